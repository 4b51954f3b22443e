/// A fact that a text may name, in braces: `{habit}`. Which facts a text may name depends on its ``CoachTopic``.
public enum CoachSlot: String, CaseIterable, Hashable, Sendable {
  /// A habit's name in quotation marks: “Read”.
  case habit
  /// When it was: "on Monday 4 January", "in the week of 4 January", "in January"; "no sábado, 2 de janeiro".
  case on
  /// How often it was kept ever: "once", "41 times"; "41 vezes".
  case total
  /// The streak: "14 days in a row", "2 semanas seguidas".
  case row
  /// "5.5 km"; "5,5 km".
  case amount
  /// How long it was open: "2 days", "2 semanas".
  case misses
  /// "12 of 15"; "12 de 15".
  case kept
  /// "80%".
  case rate
  /// "5 points up"; "1 ponto abaixo".
  case change
  /// The habit that went best, in quotation marks.
  case best
  /// "the week of 8 March"; "a semana de 8 de março".
  case week
  /// A goal's title in quotation marks.
  case goal
  /// "5 steps"; "5 passos".
  case steps
  /// "12 days"; "12 dias".
  case took
  /// Names of habits: “Read”, “Run” and “Write”.
  case list
  /// "3 habits"; "1 hábito".
  case count
  /// "Monday"; "segunda-feira".
  case weekday

  /// Whether it begins with a capital at the beginning of a sentence; a name stays as its owner wrote it.
  var isPhrase: Bool {
    switch self {
    case .habit, .best, .goal, .list: false
    default: true
    }
  }
}

/// A set of texts: the heading of a section in `words/PERSONALITY.LANG.txt`.
public enum CoachTopic: String, CaseIterable, Hashable, Sendable {
  case complete = "habit_complete"
  case miss = "habit_fail"
  /// Two misses in a row: offers to make the habit smaller, to move or to pause it.
  case secondMiss = "habit_fail.second"
  case streak
  case goal = "goal_complete"
  case week = "weekly_analysis"
  /// A week in which nothing was asked.
  case quietWeek = "weekly_analysis.quiet"
  case due = "chat.due"
  case dueNone = "chat.due_none"
  case thisWeek = "chat.week"
  case thisMonth = "chat.month"
  case noFigures = "chat.no_figures"
  case streakOf = "chat.streak"
  case streakNone = "chat.streak_none"
  case which = "chat.which"
  case bestDay = "chat.best_day"
  case bestDayNone = "chat.best_day_none"
  case missed = "chat.missed"
  case missedNone = "chat.missed_none"
  case again = "chat.again"
  case againAny = "chat.again_any"
  case easier = "chat.easier"
  case pause = "chat.pause"
  case pauseAny = "chat.pause_any"
  case thanks = "chat.thanks"
  case goodbye = "chat.goodbye"
  case hello = "chat.hello"
  case help = "chat.help"
  case unknown = "chat.unknown"
  /// The day's calls of the model are used up; said once.
  case limit = "chat.limit"

  public var event: CoachEvent {
    switch self {
    case .complete: .habitComplete
    case .miss, .secondMiss: .habitFail
    case .streak: .streak
    case .goal: .goalComplete
    case .week, .quietWeek: .weeklyAnalysis
    default: .chat
    }
  }

  /// What is always there.
  var always: Set<CoachSlot> {
    switch self {
    case .complete: [.habit, .on, .total]
    case .miss: [.habit, .on]
    case .secondMiss: [.habit, .misses]
    case .streak: [.habit, .row, .total]
    case .goal: [.goal, .on]
    case .week: [.week, .kept, .rate]
    case .quietWeek: [.week]
    case .due: [.list, .count]
    case .thisWeek, .thisMonth: [.kept, .rate]
    case .streakOf: [.habit, .row, .total]
    case .streakNone: [.habit, .total]
    case .which, .missed: [.list]
    case .bestDay: [.weekday]
    case .again, .easier, .pause: [.habit]
    default: []
    }
  }

  /// What is there for some: a text that names it is picked only when it is.
  var sometimes: Set<CoachSlot> {
    switch self {
    case .complete: [.row, .amount]
    case .miss: [.kept]
    case .goal: [.steps, .took]
    case .week: [.change, .best]
    default: []
    }
  }
}
