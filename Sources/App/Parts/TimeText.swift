import Domain
import HTML

/// An instant as people read it: relative in the text, absolute in the title, and exactly in `datetime` for machines.
///
/// A list shows fifty of them: the words are written when the page is, straight into it, and no strings are kept for them.
struct TimeText {
  private let instant: Instant
  private let zone: Zone
  private let language: Language
  private let now: Instant

  init(_ instant: Instant, _ person: Person, now: Instant) {
    self.init(instant, zone: person.zone, language: person.language, now: now)
  }

  init(_ instant: Instant, zone: Zone, language: Language, now: Instant) {
    (self.instant, self.zone, self.language, self.now) = (instant, zone, language, now)
  }

  /// `YYYY-MM-DDTHH:MM:SSZ`.
  var iso: Part { Part(time: self, kind: .iso) }
  /// "in 2 hours".
  var relative: Part { Part(time: self, kind: .relative) }
  /// "Mon 23 Nov 2026, 09:00", by the reader's clock.
  var absolute: Part { Part(time: self, kind: .absolute) }
  /// "today 09:00", "Monday 09:00", "23 Nov 09:00": what says enough in a row.
  var near: Part { Part(time: self, kind: .near) }
  /// "09:00": the end of ``absolute``, in both languages.
  var clock: Part { Part(time: self, kind: .clock) }
  /// "Mon 23 Nov 2026": what stands before it.
  var day: Part { Part(time: self, kind: .day) }

  /// One way of writing it.
  struct Part: HTMLText {
    fileprivate enum Kind { case iso, relative, absolute, near, clock, day }

    fileprivate let time: TimeText
    fileprivate let kind: Kind

    /// For sentences.
    var text: String { written.text }

    func write(into html: inout HTMLWriter) { written.withBytes { html.escape($0) } }

    private var written: ShortText {
      var text = ShortText()
      switch kind {
      case .iso: time.instant.write(iso: &text)
      case .relative: TimeWords.write(relative: time.instant, from: time.now, time.language, into: &text)
      case .absolute: TimeWords.write(dateTime: time.instant, time.zone, time.language, into: &text)
      case .near: TimeWords.write(dayTime: time.instant, time.zone, time.language, now: time.now, into: &text)
      case .day: TimeWords.write(date: time.zone.local(time.instant).day, time.language, into: &text)
      case .clock:
        TimeWords.write(dateTime: time.instant, time.zone, time.language, into: &text)
        text.keep(last: 5)
      }
      return text
    }
  }
}

/// Where a list of moments says the day: at the first, and wherever it changes.
enum DayMarks {
  static func of(_ times: [TimeText]) -> [String?] {
    let days = times.map(\.day.text)
    return zip(days, [nil] + days.map { Optional($0) }).map { day, before in day == before ? nil : day }
  }
}
