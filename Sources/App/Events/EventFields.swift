import Domain
import HTML
import Web

/// What forms of events ask beside texts, choices and numbers.
extension FormReader {
  /// From when until when (RULES 9.19): `starts`, `ends`, `timezone`, `ends_timezone`; nil when something was complained about.
  mutating func eventTimes(_ type: EventType, isAllDay: Bool, stored: EventTimes?, _ reader: Reader) -> EventTimes? {
    let before = errors
    let own = stored.flatMap { $0.isAllDay ? nil : $0 }
    let zone = zone("timezone", reader.zones, fallback: own?.zone ?? reader.person.zone)
    let other = trimmed(raw("ends_timezone")).utf8.isEmpty ? nil : self.zone("ends_timezone", reader.zones, fallback: zone)
    let start = wall("starts", zone, isAllDay: isAllDay, isRequired: true, reader)
    let end = wall("ends", other ?? zone, isAllDay: isAllDay, after: start, reader)
    guard before == errors, let start else { return nil }
    do throws(EventTimesError) {
      if isAllDay { return try EventTimes(allDay: start.day, through: end?.day) }
      // The last hour of all time has no hour after it.
      let usual = type.standardEnd(after: start).flatMap { $0 > start ? $0 : nil }
      return try EventTimes(from: start, to: end ?? usual, zone: zone, endZone: end == nil ? nil : other)
    } catch {
      switch error {
      case .endBeforeStart: complain("ends", words("The end is before the start."))
      case .tooLong: complain("ends", words("An event lasts at most {n} days.", ["n": String(EventTimes.longestDays)]))
      }
      return nil
    }
  }

  /// A time on the wall: a date, with a time, or words; an end also as a time of the start's day or as how long it lasts. nil: none was given, or
  /// something was complained about.
  private mutating func wall(
    _ name: String, _ zone: Zone, isAllDay: Bool, isRequired: Bool = false, after start: LocalTime? = nil, _ reader: Reader
  ) -> LocalTime? {
    let text = trimmed(filled(name))
    if text.utf8.isEmpty {
      if isRequired { complain(name, words("Fill this in.")) }
      return nil
    }
    if let local = LocalTime(text: Due.joined(text)) { return isAllDay ? LocalTime(day: local.day, time: .midnight) : local }
    if let day = Day(iso: text) { return LocalTime(day: day, time: isAllDay ? .midnight : reader.person.defaultTime) }
    if looksLikeDate(text) {
      complain(name, words("There is no such date."))
      return nil
    }
    if let start, !isAllDay, let end = end(text, after: start) { return end }
    guard let due = moment(name, zone, reader) else { return nil }
    let local = due.at.map { zone.local($0) } ?? LocalTime(day: due.day, time: reader.person.defaultTime)
    return isAllDay ? LocalTime(day: due.day, time: .midnight) : local
  }

  /// "2027-02-30T10:00" is written as a date.
  private func looksLikeDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count >= 10 && bytes[4] == 0x2D && bytes[7] == 0x2D && bytes[..<4].allSatisfy { (0x30...0x39).contains($0) }
  }

  /// "11:30" of the same day, or of the next one where that is over; "1h30" later.
  private func end(_ text: String, after start: LocalTime) -> LocalTime? {
    let clock = text.utf8.count == 4 ? "0" + text : text
    if let time = TimeOfDay(text: clock) {
      return LocalTime(day: time < start.time ? start.day.advanced(by: 1) : start.day, time: time)
    }
    guard let minutes = WorkMinutes.read(text), minutes >= 0 else { return nil }
    let whole = start.time.second / 60 + minutes
    let time = TimeOfDay(hour: whole / 60 % 24, minute: whole % 60, second: start.time.second % 60)
    return LocalTime(day: start.day.advanced(by: whole / 1_440), time: time ?? start.time)
  }

  /// Whether its time is taken: `on`, `off`, or as such events mostly are.
  mutating func busy(_ name: String, _ usual: Bool) -> Bool {
    switch raw(name) {
    case "": return usual
    case "on": return true
    case "off": return false
    default:
      complain(name, words("Choose one of the values offered."))
      return usual
    }
  }

  /// An address of the web; empty: none.
  mutating func webAddress(_ name: String) -> String {
    let text = line(name, 0...2_000)
    if text.utf8.isEmpty { return "" }
    let scheme = text.utf8.prefix(8).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    let isWeb = scheme.starts(with: "http://".utf8) || scheme.elementsEqual("https://".utf8)
    if !isWeb || SafeURL(text) == nil { complain(name, words("Write a whole address such as https://meet.example/room.")) }
    return text
  }

  /// How long before each instance a reminder rings, and the words for it; nil: not at all. What is typed as it stands stays as it is.
  mutating func remind(_ name: String, _ stored: Event?, _ reader: Reader) -> (DeadlineReminder.Offset?, String) {
    let text = trimmed(raw(name))
    if text.utf8.isEmpty { return (nil, "") }
    if let stored, stored.remindWords.utf8.elementsEqual(text.utf8) { return (stored.rings, text) }
    let complaint = words("Say how long before it, such as “30 minutes before” or “the day before at 18:00”.")
    if text.unicodeScalars.count > Phrase.longest {
      complain(name, words("This is too long: at most {n} characters.", ["n": String(Phrase.longest)]))
      return (nil, "")
    }
    // What is no offset may be a moment, which an event does not take either.
    if let read = try? DeadlineReminder(text, reader: PhraseReader(reader, reader.person.zone)), case .before(let offset) = read {
      return (offset, text)
    }
    complain(name, complaint)
    return (nil, text)
  }

  /// Dates of a series, one a line; nil: the field was not sent, or says what is stored.
  mutating func seriesDates(_ name: String, _ stored: [SeriesDate]?, _ reader: Reader) -> [SeriesDate]? {
    guard form.first(name) != nil else { return nil }
    let typed = text(name, bytes: 200_000)
    if let stored, typed.utf8.elementsEqual(EventText.lines(stored).utf8) { return nil }
    var dates: [SeriesDate] = []
    for line in typed.utf8.split(separator: UInt8(ascii: "\n")) {
      let line = trimmed(String(decoding: line, as: UTF8.self))
      if line.utf8.isEmpty { continue }
      guard let date = SeriesDate(line, zone: { reader.zones.zone($0) }) else {
        complain(name, words("“{line}” is no date. Write one a line, such as 2027-12-25 or 2027-12-25 09:00.", ["line": shortened(line)]))
        return []
      }
      dates.append(date)
    }
    if dates.count > EventText.mostDates {
      complain(name, words("At most {n} dates fit here.", ["n": String(EventText.mostDates)]))
    }
    return dates
  }

  private func shortened(_ text: String) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text.unicodeScalars.prefix(40))
    return String(view)
  }
}

extension FormReader {
  /// When something is, in words, by the clocks of a zone.
  fileprivate mutating func moment(_ name: String, _ zone: Zone, _ reader: Reader) -> Due? {
    do throws(PhraseError) {
      return try Due(trimmed(filled(name)), reader: PhraseReader(reader, zone))
    } catch {
      switch error {
      case .impossibleDate: complain(name, words("There is no such date."))
      case .past: complain(name, words("Write what has passed as a date, such as 2027-03-15 09:00."))
      case .tooFar: complain(name, words("Write what is far away as a date, such as 2027-03-15 09:00."))
      case .tooLong: complain(name, words("This is too long: at most {n} characters.", ["n": String(Phrase.longest)]))
      default: complain(name, words("This is not understood. Try 2027-03-15 09:00 or “tomorrow at 9”."))
      }
      return nil
    }
  }
}
