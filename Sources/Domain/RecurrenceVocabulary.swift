/// The words of recurrences beside those of phrases (``PhraseWords``): lower case, without accents.
enum RecurrenceVocabulary {
  static let every: Set = ["every", "each", "todo", "toda", "todos", "todas", "cada"]
  static let starts: Set = ["starting", "starts", "start", "beginning", "begins", "from", "since", "comecando", "desde", "iniciando"]
  static let ends: Set = ["until", "till", "til", "through", "thru", "ending", "ends", "ate"]
  static let beforeDays: Set = ["nos", "nas", "aos", "as"]
  static let other: Set = ["other", "second", "alternate"]

  static let minutes: Set = ["min", "mins", "minute", "minutes", "minuto", "minutos"]
  static let hours: Set = ["hour", "hours", "hr", "hrs", "h", "hora", "horas"]

  static let units: [String: Recurrence.Frequency] = [
    "day": .daily, "days": .daily, "dia": .daily, "dias": .daily, "week": .weekly, "weeks": .weekly, "semana": .weekly, "semanas": .weekly,
    "month": .monthly, "months": .monthly, "mes": .monthly, "meses": .monthly, "year": .yearly, "years": .yearly, "ano": .yearly,
    "anos": .yearly,
  ]

  /// One word that says how often.
  static let adverbs: [String: (Recurrence.Frequency, Int)] = [
    "daily": (.daily, 1), "everyday": (.daily, 1), "diariamente": (.daily, 1), "weekly": (.weekly, 1), "semanalmente": (.weekly, 1),
    "fortnightly": (.weekly, 2), "quinzenalmente": (.weekly, 2), "monthly": (.monthly, 1), "mensalmente": (.monthly, 1),
    "bimestralmente": (.monthly, 2), "quarterly": (.monthly, 3), "trimestralmente": (.monthly, 3), "semestralmente": (.monthly, 6),
    "yearly": (.yearly, 1), "annually": (.yearly, 1), "anualmente": (.yearly, 1),
  ]

  /// A day of the week said of each one of them: "mondays", "segundas".
  static let weekdaysInPlural: [String: Weekday] = [
    "mondays": .monday, "tuesdays": .tuesday, "wednesdays": .wednesday, "thursdays": .thursday, "fridays": .friday, "saturdays": .saturday,
    "sundays": .sunday, "segundas": .monday, "tercas": .tuesday, "quartas": .wednesday, "quintas": .thursday, "sextas": .friday,
    "sabados": .saturday, "domingos": .sunday,
  ]

  /// Between the first and the last of several days.
  static let spans: [PhraseToken.Kind] = [
    .word("to"), .word("through"), .word("thru"), .word("a"), .word("ate"), .mark(UInt8(ascii: "-")),
  ]

  /// Between two days that are not both meant, or are not meant each week.
  static let notEach: [PhraseToken.Kind] = spans + [.word("or"), .word("ou")]

  /// Longer than a month or a week, in these.
  static let periods: [String: (Recurrence.Frequency, Int)] = [
    "fortnight": (.weekly, 2), "fortnights": (.weekly, 2), "quinzena": (.weekly, 2), "quinzenas": (.weekly, 2), "bimestre": (.monthly, 2),
    "bimestres": (.monthly, 2), "quarter": (.monthly, 3), "quarters": (.monthly, 3), "trimestre": (.monthly, 3),
    "trimestres": (.monthly, 3),
    "semestre": (.monthly, 6), "semestres": (.monthly, 6),
  ]

  /// A part of the day said of each day: "sunday evenings", "todas as noites".
  static let partsInPlural: [String: PhrasePart] = [
    "mornings": .morning, "afternoons": .afternoon, "evenings": .evening, "nights": .evening, "manhas": .morning, "tardes": .afternoon,
    "noites": .evening, "madrugadas": .dawn,
  ]

  /// Before days that are left out.
  static let exceptions: Set = ["except", "excepting", "excluding", "but", "exceto", "excepto", "menos", "salvo", "tirando"]

  /// Twice in that time for some, every other one for others.
  static let unclear: Set = ["biweekly", "bimonthly", "semimonthly", "biannually", "bimensal", "bissemanal"]

  static let ordinals: [String: Int] = [
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1, "final": -1, "primeiro": 1, "primeira": 1, "segundo": 2,
    "segunda": 2, "terceiro": 3, "terceira": 3, "quarto": 4, "quarta": 4, "quinto": 5, "quinta": 5, "ultimo": -1, "ultima": -1,
    "penultimo": -2,
    "penultima": -2, "penultimate": -2,
  ]

  /// What an hour without a mark may have behind it: "at 9 and 21 every day".
  static func mayFollowHour(_ word: String) -> Bool {
    every.contains(word) || starts.contains(word) || ends.contains(word)
      || ["on", "in", "for", "of", "and", "e", "na", "no", "nos", "nas", "por"].contains(word)
  }
}
