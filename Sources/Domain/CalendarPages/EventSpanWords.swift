/// When an event is, in words. All are free of `& < > " '` but for the names of zones.
public enum EventSpanWords {
  /// "Tue 10 Mar, 09:00–10:00", over midnight "Tue 10 Mar, 23:00 – Wed 11 Mar, 01:00", a point "Tue 10 Mar, 09:00";
  /// "ter., 10/03, 09:00–10:00". The year stands with a date of another year than today's. In the hour that comes twice the clocks are named: "01:30 EDT–01:30 EST".
  public static func text(_ span: Range<Instant>, in zone: Zone, _ language: Language, today: Day) -> String {
    let (start, end) = (zone.local(span.lowerBound), zone.local(span.upperBound))
    let isBackwards = end <= start && !span.isEmpty && start.day == end.day
    return TimeWords.string { text in
      write(start, language, today, into: &text)
      if span.isEmpty { return }
      if isBackwards { write(zone.abbreviation(at: span.lowerBound), into: &text) }
      // What ends at midnight ends on its own date, as lists have it.
      if start.day == end.day || endsWithDate(span, in: zone) {
        text.append(words: "–")
        text.append(clock: end.time)
      } else {
        text.append(words: " – ")
        write(end, language, today, into: &text)
      }
      if isBackwards { write(zone.abbreviation(at: span.upperBound), into: &text) }
    }
  }

  /// "Tue 10 Mar", "Tue 10 Mar – Thu 12 Mar"; "ter., 10/03 – qui., 12/03".
  ///
  /// - Parameter days: of an all-day event, both inclusive.
  public static func text(_ days: ClosedRange<Day>, _ language: Language, today: Day) -> String {
    TimeWords.string { text in
      TimeWords.write(date: days.lowerBound, year: days.lowerBound.year != today.year, language, into: &text)
      if days.lowerBound == days.upperBound { return }
      text.append(words: " – ")
      TimeWords.write(date: days.upperBound, year: days.upperBound.year != today.year, language, into: &text)
    }
  }

  /// Where an event has clocks of its own that show another time than the reader's: "Tue 10 Mar, 09:00–10:00 (New York time)", of a flight
  /// "Wed 10 Mar, 22:00 (Sao Paulo time) – Thu 11 Mar, 12:30 (Lisbon time)"; nil where they show the same.
  ///
  /// - Parameters:
  ///   - zone: the event's, of its beginning.
  ///   - endZone: of its end.
  ///   - reader: the reader's.
  public static func elsewhere(
    _ span: Range<Instant>, from zone: Zone, until endZone: Zone, reader: Zone, _ language: Language, today: Day
  ) -> String? {
    let (start, end) = (zone.local(span.lowerBound), endZone.local(span.upperBound))
    if start == reader.local(span.lowerBound) && end == reader.local(span.upperBound) { return nil }
    let name = " (" + TimeWords.zone(zone, language) + ")"
    if zone == endZone || span.isEmpty { return text(span, in: zone, language, today: today) + name }
    let first = TimeWords.string { write(start, language, today, into: &$0) }
    let last = TimeWords.string { write(end, language, today, into: &$0) }
    return first + name + " – " + last + " (" + TimeWords.zone(endZone, language) + ")"
  }

  /// Below the heading of a date: "09:00–10:00", "09:00", "from 23:00" where it goes on, "until 01:00" where it came from the date before,
  /// "all day" in between; "a partir das 23:00", "até 01:00", "o dia todo". Nil where it is not on that date.
  public static func clock(_ span: Range<Instant>, on day: Day, in zone: Zone, _ language: Language) -> String? {
    guard let part = EventDaysTouched(span, in: zone).part(on: day) else { return nil }
    let (start, end) = (zone.local(span.lowerBound).time, zone.local(span.upperBound).time)
    return TimeWords.string { text in
      switch (part, language) {
      case (.continues, .english): text.append(words: "all day")
      case (.continues, .portuguese): text.append(words: "o dia todo")
      case (.begins, .english): text.append(words: "from ")
      case (.begins, .portuguese): text.append(words: start.hour == 1 ? "a partir da " : "a partir das ")
      case (.ends, .english): text.append(words: "until ")
      case (.ends, .portuguese): text.append(words: "até ")
      case (.whole, _): break
      }
      if part == .whole || part == .begins { text.append(clock: start) }
      if part == .whole && !span.isEmpty { text.append(words: "–") }
      if part == .ends || part == .whole && !span.isEmpty { text.append(clock: end) }
    }
  }

  /// Whether it ends at 00:00 of the date after the one that it begins on.
  private static func endsWithDate(_ span: Range<Instant>, in zone: Zone) -> Bool {
    let touched = EventDaysTouched(span, in: zone).days
    return touched.lowerBound == touched.upperBound
  }

  private static func write(_ local: LocalTime, _ language: Language, _ today: Day, into text: inout ShortText) {
    TimeWords.write(date: local.day, year: local.day.year != today.year, language, into: &text)
    text.append(words: ", ")
    text.append(clock: local.time)
  }

  private static func write(_ abbreviation: String, into text: inout ShortText) {
    text.append(UInt8(ascii: " "))
    for byte in abbreviation.utf8 { text.append(byte) }
  }
}
