/// What a line most likely is, by how people write. It is a guess: sorting out shows it first and takes any other.
enum InboxKindWords {
  /// Before a colon.
  static let labels: [String: InboxLine.Kind] = [
    "task": .task, "todo": .task, "tarefa": .task, "deadline": .deadline, "prazo": .deadline, "goal": .goal, "meta": .goal,
    "objetivo": .goal, "problem": .problem, "issue": .problem, "problema": .problem, "reminder": .reminder, "lembrete": .reminder,
    "habit": .habit, "habito": .habit,
  ]

  /// Behind "!"; 2.7's words in the planner's numbers.
  static let priorities: [String: Int] = [
    "1": 1, "2": 2, "3": 3, "4": 4, "critical": 1, "critica": 1, "high": 2, "alta": 2, "medium": 3, "media": 3, "low": 4, "baixa": 4,
  ]

  /// What is named is that; what asks to be reminded is a reminder; what has an estimate is work. Then how it comes again, what is wrong, what is
  /// wished, until when.
  static func likeliest(_ parts: [InboxLine.Part], _ reading: InboxReading, _ tokens: [PhraseToken]) -> InboxLine.Kind {
    for part in parts { if case .kind(let kind) = part.meaning { return kind } }
    if parts.contains(where: { if case .estimate = $0.meaning { true } else { false } }) { return .task }
    if case .series(let again, _, _)? = reading.when { return ofSeries(again) }
    if case .series(.timesOnly)? = reading.unclear { return .habit }
    let words = tokens.map { token in if case .word(let word) = token.kind { word } else { "" } }
    if !deeds.contains(words.first ?? ""), holds(words, wrong) { return .problem }
    if isTimed(reading.when) { return reading.isShortSpan ? .reminder : isDeadline(words, reading) ? .deadline : .task }
    if wishes.contains(where: { words.starts(with: $0) }) { return .goal }
    return isDeadline(words, reading) ? .deadline : .task
  }

  /// At a time it rings; without one what comes daily, or on several days of the week, is a habit and the rest is work.
  private static func ofSeries(_ again: TaskRepeat?) -> InboxLine.Kind {
    guard let again, !again.isTimed else { return .reminder }
    switch again.rule.frequency {
    case .daily: return again.rule.interval == 1 ? .habit : .task
    case .weekly: return again.rule.weekdays.count > 1 ? .habit : .task
    case .hourly, .monthly, .yearly: return .task
    }
  }

  private static func isTimed(_ when: InboxLine.When?) -> Bool {
    if case .once(let due, _)? = when { due.at != nil } else { false }
  }

  private static func isDeadline(_ words: [String], _ reading: InboxReading) -> Bool {
    guard case .once? = reading.when else { return false }
    return reading.isUntil || words.contains(where: ends.contains)
  }

  private static func holds(_ words: [String], _ phrases: [[String]]) -> Bool {
    phrases.contains { phrase in words.indices.contains { words[$0...].starts(with: phrase) } }
  }

  private static let ends: Set = ["due", "deadline", "expires", "prazo", "vence", "vencimento", "expira"]

  /// Behind these what is wrong is what something is done about.
  private static let deeds: Set = [
    "fix", "repair", "replace", "solve", "report", "call", "buy", "consertar", "arrumar", "trocar", "resolver", "ligar", "comprar",
  ]

  private static let wrong = phrases(
    """
    is broken|are broken|does not work|doesn't work|do not work|don't work|not working|stopped working|is leaking|leaks|keeps crashing|crashes|is stuck
    problem with|trouble with
    quebrou|quebrado|quebrada|nao funciona|parou de funcionar|vazando|nao liga|travando|problema com|problema no|problema na
    """)

  private static let wishes = phrases(
    """
    learn|learn to|become|master|i want to|i would like to|get better at|lose weight|save up|stop smoking|quit smoking
    aprender|tornar me|me tornar|virar|quero|eu quero|gostaria de|emagrecer|parar de fumar|melhorar
    """)

  private static func phrases(_ text: String) -> [[String]] {
    text.split { $0 == "|" || $0 == "\n" }.map { $0.split(separator: " ").map { String($0) } }
  }
}
