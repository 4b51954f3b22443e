import Domain
import HTML
import Web

/// What forms of ours ask for beside texts, choices and numbers.
extension FormReader {
  /// An e-mail address.
  mutating func email(_ name: String) -> String {
    let text = trimmed(raw(name))
    if text.utf8.isEmpty {
      complain(name, words("Fill this in."))
    } else if !EmailAddress.isValid(text) {
      complain(name, words("Write an address such as ana@example.org."))
    }
    return text
  }

  /// A password for a new or changed account.
  mutating func newPassword(_ name: String, email: String) -> String {
    let text = raw(name)
    if text.utf8.count < Password.lengths.lowerBound {
      complain(name, words("Use at least 10 characters. Several words together are good."))
    } else if text.utf8.count > Password.lengths.upperBound {
      complain(name, words("Use at most 1,024 bytes."))
    } else if Password.isCommon(text, email: email) {
      complain(name, words("This password is among the first that others would try. Choose another."))
    }
    return text
  }

  /// A time zone of this machine's list, in any letter case; not sent or empty means `fallback`.
  mutating func zone(_ name: String, _ zones: Zones, fallback: Zone) -> Zone {
    let text = trimmed(raw(name))
    if text.utf8.isEmpty { return fallback }
    if let zone = zones.zone(text) { return zone }
    complain(name, words("This time zone is not known. Choose one of the list, such as Europe/Berlin."))
    return fallback
  }

  /// A time of day, `HH:MM`; nil when it was not given.
  mutating func time(_ name: String) -> TimeOfDay? {
    let text = trimmed(raw(name))
    if text.utf8.isEmpty { return nil }
    if let time = TimeOfDay(text: text) { return time }
    complain(name, words("Write a time such as 09:00."))
    return nil
  }

  /// Hours without messages, `quiet_from` and `quiet_until`: neither is given, or both ends.
  mutating func quietHours() -> QuietHours.Span? { quietSpan("quiet_from", "quiet_until") }

  /// All that ``QuietFields`` ask.
  mutating func allQuietHours() -> QuietHours {
    var quiet = QuietHours(usual: quietHours())
    let sent = form.all("quiet_days")
    let days = Weekday.allCases.filter { sent.contains(.text($0.field)) }
    let isKnown = sent.allSatisfy { value in value == .text("") || Weekday.allCases.contains { value == .text($0.field) } }
    if !isKnown { complain("quiet_days", words("Choose one of the values offered.")) }
    quiet.days = WeekdaySet(days)
    quiet.other = quietSpan("quiet_days_from", "quiet_days_until")
    if days.isEmpty, isKnown, quiet.other != nil { complain("quiet_days", words("Choose the days on which these hours begin.")) }
    quiet.holdsCritical = flag("quiet_critical")
    return quiet
  }

  /// When somebody works: `work_from`, `work_until`, `work_days`. What is not sent at all stays; without days it is Monday to Friday.
  mutating func workTimes(_ stored: WorkTimes) -> WorkTimes {
    if ["work_from", "work_until", "work_days"].allSatisfy({ form.first($0) == nil }) { return stored }
    let (from, until) = (time("work_from"), time("work_until"))
    if (from == nil) != (until == nil) {
      complain(from == nil ? "work_from" : "work_until", words("Give both ends of your working hours, or neither."))
    } else if let from, from == until {
      complain("work_until", words("Working hours that end when they begin have no length. Leave both empty for 09:00 to 17:00."))
    }
    let sent = form.all("work_days")
    let days = Weekday.allCases.filter { sent.contains(.text($0.field)) }
    let isKnown = sent.allSatisfy { value in value == .text("") || Weekday.allCases.contains { value == .text($0.field) } }
    if !isKnown { complain("work_days", words("Choose one of the values offered.")) }
    var span: QuietHours.Span?
    if let from, let until { span = QuietHours.Span(from: from, until: until) }
    return WorkTimes(span: span, days: days.isEmpty ? .workdays : WeekdaySet(days))
  }

  private mutating func quietSpan(_ first: String, _ second: String) -> QuietHours.Span? {
    let (from, until) = (time(first), time(second))
    if (from == nil) != (until == nil) {
      complain(from == nil ? first : second, words("Give both ends of the quiet hours, or neither."))
    } else if let from, from == until {
      complain(second, words("Quiet hours that end when they begin would never end. Leave both empty for none."))
    }
    guard let from, let until else { return nil }
    return QuietHours.Span(from: from, until: until)
  }

  /// The row that a page of a list begins after; nil: it is the first page.
  mutating func after<Row>(as type: Row.Type = Row.self) -> ID<Row>? {
    let text = raw("after")
    if text.utf8.isEmpty { return nil }
    if let id = ID<Row>(text) { return id }
    complain("after", words("This page cannot be found any more. Begin at the first."))
    return nil
  }

  /// Whether a filter of a list is on: links say `on` or nothing.
  mutating func isOn(_ name: String) -> Bool {
    let text = raw(name)
    if text.utf8.elementsEqual("on".utf8) { return true }
    if !text.utf8.isEmpty { complain(name, words("Choose one of the values offered.")) }
    return false
  }

  /// An instant in a person's words; nil when it was complained about.
  ///
  /// - Parameter isDuration: whether the field asks "in how long?".
  mutating func phrase(_ name: String, _ reader: Reader, isDuration: Bool = false) -> Phrase? {
    phrase(name, PhraseReader(reader, reader.person.zone, isDuration: isDuration))
  }

  /// The same by the clocks of any zone.
  mutating func phrase(_ name: String, _ phrases: PhraseReader) -> Phrase? {
    let text = filled(name)
    do {
      return try Phrase(text, reader: phrases)
    } catch {
      complain(name, complaint(error, text, phrases))
      return nil
    }
  }

  private func complaint(_ error: PhraseError, _ text: String, _ phrases: PhraseReader) -> String {
    switch error {
    case .empty: words("Say until when: “20 min”, “tomorrow at 9”, “next friday”.")
    case .tooLong: words("This is too long: at most {n} characters.", ["n": String(Phrase.longest)])
    case .unknown: complaint(PhraseStumble(text, reader: phrases))
    case .past: words("This time has passed. Choose one after now.")
    case .tooFar: words("Choose a time within one year.")
    case .notPositive: words("Choose a time after now.")
    case .impossibleDate: words("There is no such date.")
    }
  }

  private func complaint(_ stumble: PhraseStumble?) -> String {
    guard let stumble else { return words("This is not understood. Try “2 hours”, “tomorrow at 9” or “12 Dec”.") }
    if let offer = stumble.offer {
      return words("“{part}” is not understood. Did you mean “{offer}”?", ["part": stumble.word, "offer": offer])
    }
    return words("“{part}” is not understood. Try “2 hours”, “tomorrow at 9” or “12 Dec”.", ["part": stumble.word])
  }
}

extension PhraseReader {
  /// What this person types, by the clocks of `zone`.
  init(_ reader: Reader, _ zone: Zone, isDuration: Bool = false) {
    let person = reader.person
    self.init(zone: zone, language: person.language, defaultHour: person.defaultTime, now: reader.now, isDuration: isDuration)
  }
}

/// A time that the clocks skip (RULES 1.3).
enum SkippedTime {
  /// What is said once it was moved on.
  static func sentence(_ words: Words) -> String { words("The clocks skip the time you typed, so it was moved on.") }
}
