/// Dates and times as files of tasks write them; the past is as good as what comes.
enum PlannerDates {
  /// "2027-03-01", "2027-03-01 14:00", "2027-03-01T14:00", an instant, or a date in figures by the reader's order ("01/03/2027 14:00").
  static func due(_ text: String, _ reader: PhraseReader) -> Due? {
    if let day = Day(iso: text) { return Due(day: day) }
    if let instant = instant(text) { return Due(day: reader.zone.local(instant).day, at: instant) }
    var words = ByteReader(text)
    guard let day = day(&words, reader.language) else { return nil }
    if words.isAtEnd { return Due(day: day) }
    guard words.skip(0x20) || words.skip(0x54), let time = TimeOfDay(from: &words), words.isAtEnd else { return nil }
    return Due(day: day, at: reader.zone.instant(LocalTime(day: day, time: time)))
  }

  static func day(_ text: String, _ reader: PhraseReader) -> Day? { due(text, reader)?.day }

  /// RFC 3339, or the same without marks as iCalendar and Taskwarrior have it: "20270301T140000Z".
  static func instant(_ text: String) -> Instant? {
    if let instant = Instant(iso: text) { return instant }
    var reader = ByteReader(text)
    guard let year = reader.digits(4), let month = reader.digits(2), let date = reader.digits(2),
      let day = Day(year: year, month: month, day: date), reader.skip(0x54),
      let hour = reader.digits(2), let minute = reader.digits(2), let second = reader.digits(2),
      let time = TimeOfDay(hour: hour, minute: minute, second: second), reader.skip(0x5A), reader.isAtEnd
    else { return nil }
    return Instant(seconds: LocalTime(day: day, time: time).wallSeconds)
  }

  /// Years first, else in the order of the language, or in the only one that a calendar has.
  private static func day(_ reader: inout ByteReader, _ language: Language) -> Day? {
    guard let first = reader.number(upTo: 9_999), let mark = reader.take(), "-/.".utf8.contains(mark),
      let second = reader.number(upTo: 99), reader.skip(mark), let third = reader.number(upTo: 9_999)
    else { return nil }
    if first > 31 { return Day(year: first, month: second, day: third) }
    guard third > 999 else { return nil }
    let (dayFirst, monthFirst) = (Day(year: third, month: second, day: first), Day(year: third, month: first, day: second))
    // Between points it is never the American order.
    return language == .portuguese || mark == UInt8(ascii: ".") ? dayFirst ?? monthFirst : monthFirst ?? dayFirst
  }
}
