/// Time in words, English and Brazilian Portuguese, the same on every machine: no locale, no clock.
///
/// Each has a variant that writes a ``ShortText``, for pages with many rows; the `String` ones are made of those.
/// All words are free of `& < > " '`. Times are on the 24-hour clock.
public enum TimeWords {
  /// "Mon 23 Nov 2026, 09:00"; "seg., 23/11/2026, 09:00".
  public static func dateTime(_ instant: Instant, _ zone: Zone, _ language: Language) -> String {
    string { write(dateTime: instant, zone, language, into: &$0) }
  }

  /// Appends what ``dateTime(_:_:_:)`` says.
  public static func write(dateTime instant: Instant, _ zone: Zone, _ language: Language, into text: inout ShortText) {
    let local = zone.local(instant)
    write(date: local.day, language, into: &text)
    text.append(words: ", ")
    text.append(clock: local.time)
  }

  /// "Mon 23 Nov 2026"; "seg., 23/11/2026".
  public static func date(_ day: Day, _ language: Language) -> String {
    string { write(date: day, language, into: &$0) }
  }

  /// Appends what ``date(_:_:)`` says.
  public static func write(date day: Day, _ language: Language, into text: inout ShortText) {
    write(date: day, year: true, language, into: &text)
  }

  /// Appends "Mon 23 Nov" or "seg., 23/11", and with the year where that is asked for.
  static func write(date day: Day, year: Bool, _ language: Language, into text: inout ShortText) {
    text.append(words: short(day.weekday, language))
    text.append(words: language == .english ? " " : ", ")
    write(dayAndMonth: day, year: year, language, into: &text)
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
    dayTime instant: Instant, _ zone: Zone, _ language: Language, now: Instant, capitalized: Bool = false, into text: inout ShortText
  ) {
    let (there, today) = (zone.local(instant), zone.local(now).day)
    write(day: there.day, today: today, language, isShort: false, into: &text)
    if capitalized { text.capitalize() }
    switch language {
    case .english: text.append(words: " ")
    case .portuguese: text.append(words: there.time.hour == 1 ? " à " : " às ")
    }
    text.append(clock: there.time)
  }

  /// For rows and facts, where the whole stands in a title: "today 07:51", "yesterday 08:00", "Mon 19:30" up to six days ahead, "12 Dec 09:00",
  /// and with the year when it is another one; "hoje 07:51", "seg. 19:30", "12/12 09:00". A weekday is always one to come.
  public static func when(_ instant: Instant, _ zone: Zone, _ language: Language, now: Instant) -> String {
    string { write(when: instant, zone, language, now: now, into: &$0) }
  }

  /// Appends what ``when(_:_:_:now:)`` says.
  public static func write(when instant: Instant, _ zone: Zone, _ language: Language, now: Instant, into text: inout ShortText) {
    write(when: instant, zone, language, today: zone.local(now).day, into: &text)
  }

  /// The same on a day in that zone.
  public static func write(when instant: Instant, _ zone: Zone, _ language: Language, today: Day, into text: inout ShortText) {
    let there = zone.local(instant)
    write(day: there.day, today: today, language, isShort: true, into: &text)
    text.append(words: " ")
    text.append(clock: there.time)
  }

  /// For days over rows: "Today", "Yesterday", "Mon 23 Nov", and with the year when it is another one; "Hoje", "seg., 23/11".
  public static func day(_ day: Day, _ language: Language, today: Day) -> String {
    string { write(day: day, today: today, language, into: &$0) }
  }

  /// Appends what ``day(_:_:today:)`` says.
  public static func write(day: Day, today: Day, _ language: Language, into text: inout ShortText) {
    if (-1...1).contains(today.distance(to: day)) {
      write(day: day, today: today, language, isShort: true, into: &text)
      text.capitalize()
    } else {
      write(date: day, year: day.year != today.year, language, into: &text)
    }
  }

  private static func write(day: Day, today: Day, _ language: Language, isShort: Bool, into text: inout ShortText) {
    switch (today.distance(to: day), language) {
    case (0, .english): text.append(words: "today")
    case (0, .portuguese): text.append(words: "hoje")
    case (1, .english): text.append(words: "tomorrow")
    case (1, .portuguese): text.append(words: "amanhã")
    case (-1, .english): text.append(words: "yesterday")
    case (-1, .portuguese): text.append(words: "ontem")
    case (2...6, _): text.append(words: isShort ? short(day.weekday, language) : name(day.weekday, language))
    default: write(dayAndMonth: day, year: day.year != today.year, language, into: &text)
    }
  }

  static func write(dayAndMonth day: Day, year: Bool, _ language: Language, into text: inout ShortText) {
    let date = day.date
    switch language {
    case .english:
      text.append(number: date.day)
      text.append(words: " ")
      text.append(words: shortMonth(date.month))
    case .portuguese:
      text.append(number: date.day, width: 2)
      text.append(words: "/")
      text.append(number: date.month, width: 2)
    }
    guard year else { return }
    text.append(words: language == .english ? " " : "/")
    text.append(number: date.year)
  }

  /// What `write` writes, as a String.
  static func string(_ write: (inout ShortText) -> Void) -> String {
    var text = ShortText()
    write(&text)
    return text.text
  }
}
