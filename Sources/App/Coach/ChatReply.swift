import Domain

/// What the coach answers by rules: a question, read, and the figures of the person's habits.
struct ChatReply {
  let saying: CoachSaying
  let page: ChatPageKind?
  let habit: ID<Habit>?

  /// - Parameters:
  ///   - question: names a habit by its place among `habits`.
  ///   - habits: the active ones, in the person's order.
  ///   - week: the one that goes on, read where it was asked for.
  init(_ question: CoachQuestion, _ habits: [ReckonedHabit], week: CoachWeek?, _ calendar: HabitCalendar) {
    let open = habits.filter { !$0.isPaused }
    let named = question.habit.flatMap { habits.indices.contains($0) ? $0 : nil }
    // Who has one habit means that one.
    let place = named ?? (habits.count == 1 ? 0 : nil)
    let it = place.map { habits[$0] }
    let today = calendar.today
    func answer(_ saying: CoachSaying, of habit: Int? = nil) -> (CoachSaying, CoachPage) {
      (saying, question.intent?.page(habit: habit) ?? .none)
    }
    func which() -> (CoachSaying, CoachPage) { (.which(habits.map(\.habit.name)), .habits) }
    let (said, leads): (CoachSaying, CoachPage) =
      switch question.intent {
      case .due: answer(.due((named.map { [habits[$0]] } ?? open).filter(\.figures.today.isDue).map(\.habit.name)))
      case .week: answer(week?.soFar ?? .plain(.noFigures))
      case .month: answer(.thisMonth(ChatReply.share(ofMonth: open, today), rate: ChatReply.rate(ChatReply.share(ofMonth: open, today))))
      case .streak: it.map { answer(.streakOf(habit: $0.habit.name, $0.streak, total: $0.figures.total), of: place) } ?? which()
      case .bestDay: answer(ChatReply.bestDay(habits).map { .bestDay($0) } ?? .plain(.bestDayNone))
      // Who has begun today has missed nothing, and kept nothing either.
      case .missed where !habits.contains { $0.figures.start < today }: answer(.plain(.noFigures))
      case .missed: answer(.missed(open.filter { $0.hasMissed(calendar) }.map(\.habit.name)), of: named)
      case .again: ChatReply.again(habits, place).map { answer(.again(habit: habits[$0].habit.name), of: $0) } ?? answer(.plain(.againAny))
      case .easier: it.map { answer(.easier(habit: $0.habit.name), of: place) } ?? which()
      case .pause: it.map { answer(.pause(habit: $0.habit.name), of: place) } ?? answer(.plain(.pauseAny))
      case .thanks: answer(.plain(.thanks))
      case .goodbye: answer(.plain(.goodbye))
      case .hello: answer(.plain(.hello))
      case .help: answer(.plain(.help))
      case nil: answer(.plain(.unknown))
      }
    saying = said
    (page, habit) = ChatReply.place(leads, habits)
  }

  private static func place(_ page: CoachPage, _ habits: [ReckonedHabit]) -> (ChatPageKind?, ID<Habit>?) {
    switch page {
    case .none: (nil, nil)
    case .habits: (.habits, nil)
    case .review: (.review, nil)
    case .habit(let place): (.habit, habits[place].habit.id)
    case .editForm(let place): (.edit, habits[place].habit.id)
    case .pauseForm(let place): (.pause, habits[place].habit.id)
    }
  }

  private static func rate(_ share: CoachShare) -> Int { share.of == 0 ? 0 : (share.done * 200 + share.of) / (share.of * 2) }

  /// The dates of this month until today that were asked for: those of habits of days, today only once kept; of the others those that were kept.
  private static func share(ofMonth habits: [ReckonedHabit], _ today: Day) -> CoachShare {
    let first = today.advanced(by: 1 - today.day)
    return habits.reduce(CoachShare(0, of: 0)) { sum, it in
      let tally = HabitTally(it.history.cells(first...today, today: today))
      return CoachShare(sum.done + tally.kept, of: sum.of + tally.kept + tally.missed)
    }
  }

  /// The weekday on which most was kept, of at least two weeks' worth.
  private static func bestDay(_ habits: [ReckonedHabit]) -> Weekday? {
    let counts = Weekday.allCases.map { day in (day, habits.reduce(0) { $0 + ($1.figures.weekdays[day] ?? 0) }) }
    guard counts.reduce(0, { $0 + $1.1 }) >= 14 else { return nil }
    return counts.max { $0.1 < $1.1 }?.0
  }

  /// The habit that is meant, else one that was missed.
  private static func again(_ habits: [ReckonedHabit], _ place: Int?) -> Int? { place ?? habits.firstIndex { $0.figures.misses > 0 } }
}

extension ReckonedHabit {
  var streak: CoachCount { CoachCount(figures.current, CoachUnit(figures.unit)) }

  /// Whether one of the seven dates before today was missed, or the last week or month.
  fileprivate func hasMissed(_ calendar: HabitCalendar) -> Bool {
    let yesterday = calendar.today.advanced(by: -1)
    if figures.unit != .days { return figures.misses > 0 }
    return history.cells(yesterday.advanced(by: -6)...yesterday, today: calendar.today).contains {
      $0.mark == .missed || $0.mark == .partial
    }
  }
}
