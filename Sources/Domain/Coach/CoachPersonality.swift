/// How the coach speaks; the raw value is stored and sent.
public enum CoachPersonality: String, CaseIterable, Hashable, Sendable {
  /// An old master: short, calm, the order of words turned now and then.
  case yoda
  /// Plain and brief.
  case general
  /// Warm, and asks one question.
  case mentor
}

/// What the coach speaks about; the raw value is stored and names the prompt's file.
public enum CoachEvent: String, CaseIterable, Hashable, Sendable {
  case habitComplete = "habit_complete"
  case habitFail = "habit_fail"
  case streak
  case goalComplete = "goal_complete"
  case weeklyAnalysis = "weekly_analysis"
  case chat
  /// What came of a session, a day or a week with the planner.
  case summary

  /// The longest text, in Unicode scalars.
  public var limit: Int {
    switch self {
    case .habitComplete, .habitFail, .streak, .goalComplete: 600
    case .weeklyAnalysis, .chat, .summary: 2000
    }
  }
}

/// What a habit's streak is counted in.
public enum CoachUnit: String, CaseIterable, Hashable, Sendable {
  case days, weeks, months

  /// "1 day", "3 weeks", "2 meses".
  public func text(_ count: Int, _ language: Language) -> String { "\(count) \(noun(count, language))" }

  /// "3 days in a row", "3 semanas seguidas"; of one, nothing stands in a row.
  func inARow(_ count: Int, _ language: Language) -> String {
    let text = text(count, language)
    guard count != 1 else { return text }
    return switch (language, self) {
    case (.english, _): text + " in a row"
    case (.portuguese, .weeks): text + " seguidas"
    case (.portuguese, .days), (.portuguese, .months): text + " seguidos"
    }
  }

  private func noun(_ count: Int, _ language: Language) -> StaticString {
    switch (self, language, count == 1) {
    case (.days, .english, true): "day"
    case (.days, .english, false): "days"
    case (.weeks, .english, true): "week"
    case (.weeks, .english, false): "weeks"
    case (.months, .english, true): "month"
    case (.months, .english, false): "months"
    case (.days, .portuguese, true): "dia"
    case (.days, .portuguese, false): "dias"
    case (.weeks, .portuguese, true): "semana"
    case (.weeks, .portuguese, false): "semanas"
    case (.months, .portuguese, true): "mês"
    case (.months, .portuguese, false): "meses"
    }
  }
}
