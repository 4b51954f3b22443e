/// Time in words, English and Brazilian Portuguese, the same on every machine: no locale, no clock.
///
/// Each has a variant that writes UTF-8 into a buffer, for pages with many rows; the `String` ones are made of those.
/// All words are free of `& < > " '`. Times are on the 24-hour clock.
public enum TimeWords {
  /// "Mon 23 Nov 2026, 09:00"; "seg., 23/11/2026, 09:00".
  public static func dateTime(_ instant: Instant, _ zone: Zone, _ language: Language) -> String {
    string { write(dateTime: instant, zone, language, into: &$0) }
  }

  /// Appends what ``dateTime(_:_:_:)`` says.
  public static func write(dateTime instant: Instant, _ zone: Zone, _ language: Language, into bytes: inout [UInt8]) {
    let local = zone.local(instant)
    write(date: local.day, language, into: &bytes)
    bytes.append(words: ", ")
    bytes.append(clock: local.time)
  }

  /// "Mon 23 Nov 2026"; "seg., 23/11/2026".
  public static func date(_ day: Day, _ language: Language) -> String {
    string { write(date: day, language, into: &$0) }
  }

  /// Appends what ``date(_:_:)`` says.
  public static func write(date day: Day, _ language: Language, into bytes: inout [UInt8]) {
    bytes.append(words: short(day.weekday, language))
    bytes.append(words: language == .english ? " " : ", ")
    write(dayAndMonth: day, year: true, language, into: &bytes)
  }

  /// For sentences ("Snoozed until …") and rows: "today 09:00", "Monday 09:00" up to six days ahead, "23 Nov 09:00", and with
  /// the year when it is another one; "hoje às 09:00", "segunda-feira às 09:00", "23/11 às 09:00".
  ///
  /// - Parameter capitalized: whether it begins a sentence or stands alone ("Today 09:00").
  public static func dayTime(
    _ instant: Instant, _ zone: Zone, _ language: Language, now: Instant, capitalized: Bool = false
  ) -> String {
    string { write(dayTime: instant, zone, language, now: now, capitalized: capitalized, into: &$0) }
  }

  /// Appends what ``dayTime(_:_:_:now:capitalized:)`` says.
  public static func write(
    dayTime instant: Instant, _ zone: Zone, _ language: Language, now: Instant, capitalized: Bool = false, into bytes: inout [UInt8]
  ) {
    let (there, today) = (zone.local(instant), zone.local(now).day)
    let start = bytes.count
    write(day: there.day, today: today, language, into: &bytes)
    if capitalized, case UInt8(ascii: "a")...UInt8(ascii: "z") = bytes[start] { bytes[start] -= 32 }
    switch language {
    case .english: bytes.append(words: " ")
    case .portuguese: bytes.append(words: there.time.hour == 1 ? " à " : " às ")
    }
    bytes.append(clock: there.time)
  }

  private static func write(day: Day, today: Day, _ language: Language, into bytes: inout [UInt8]) {
    switch (today.distance(to: day), language) {
    case (0, .english): bytes.append(words: "today")
    case (0, .portuguese): bytes.append(words: "hoje")
    case (1, .english): bytes.append(words: "tomorrow")
    case (1, .portuguese): bytes.append(words: "amanhã")
    case (-1, .english): bytes.append(words: "yesterday")
    case (-1, .portuguese): bytes.append(words: "ontem")
    case (2...6, _): bytes.append(words: name(day.weekday, language))
    default: write(dayAndMonth: day, year: day.year != today.year, language, into: &bytes)
    }
  }

  static func write(dayAndMonth day: Day, year: Bool, _ language: Language, into bytes: inout [UInt8]) {
    let date = day.date
    switch language {
    case .english:
      bytes.append(number: date.day)
      bytes.append(words: " ")
      bytes.append(words: shortMonth(date.month))
    case .portuguese:
      bytes.append(number: date.day, width: 2)
      bytes.append(words: "/")
      bytes.append(number: date.month, width: 2)
    }
    guard year else { return }
    bytes.append(words: language == .english ? " " : "/")
    bytes.append(number: date.year)
  }
}
