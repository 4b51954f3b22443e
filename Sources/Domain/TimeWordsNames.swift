/// The names of days and months. Weekdays count from Monday, months from January.
extension TimeWords {
  public static func short(_ weekday: Weekday, _ language: Language) -> StaticString {
    switch (weekday, language) {
    case (.monday, .english): "Mon"
    case (.tuesday, .english): "Tue"
    case (.wednesday, .english): "Wed"
    case (.thursday, .english): "Thu"
    case (.friday, .english): "Fri"
    case (.saturday, .english): "Sat"
    case (.sunday, .english): "Sun"
    case (.monday, .portuguese): "seg."
    case (.tuesday, .portuguese): "ter."
    case (.wednesday, .portuguese): "qua."
    case (.thursday, .portuguese): "qui."
    case (.friday, .portuguese): "sex."
    case (.saturday, .portuguese): "sáb."
    case (.sunday, .portuguese): "dom."
    }
  }

  /// "Monday", "segunda-feira".
  public static func name(_ weekday: Weekday, _ language: Language) -> StaticString {
    switch (weekday, language) {
    case (.monday, .english): "Monday"
    case (.tuesday, .english): "Tuesday"
    case (.wednesday, .english): "Wednesday"
    case (.thursday, .english): "Thursday"
    case (.friday, .english): "Friday"
    case (.saturday, .english): "Saturday"
    case (.sunday, .english): "Sunday"
    case (.monday, .portuguese): "segunda-feira"
    case (.tuesday, .portuguese): "terça-feira"
    case (.wednesday, .portuguese): "quarta-feira"
    case (.thursday, .portuguese): "quinta-feira"
    case (.friday, .portuguese): "sexta-feira"
    case (.saturday, .portuguese): "sábado"
    case (.sunday, .portuguese): "domingo"
    }
  }

  /// "January", "janeiro"; empty outside 1...12.
  public static func month(_ month: Int, _ language: Language) -> StaticString {
    let names: [StaticString] =
      switch language {
      case .english: englishMonths
      case .portuguese: portugueseMonths
      }
    return names.indices.contains(month - 1) ? names[month - 1] : ""
  }

  /// "Jan"; Portuguese dates are written in figures and need none.
  static func shortMonth(_ month: Int) -> StaticString {
    let names = englishShortMonths
    return names.indices.contains(month - 1) ? names[month - 1] : ""
  }

  private static let englishShortMonths: [StaticString] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  private static let englishMonths: [StaticString] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
  ]
  private static let portugueseMonths: [StaticString] = [
    "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
  ]
}
