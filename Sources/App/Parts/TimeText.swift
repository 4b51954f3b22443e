import Domain
import HTML

/// An instant as people read it: in short in the text, in full in the title, and exactly in `datetime` for machines.
///
/// A list shows fifty of them: the words are written when the page is, straight into it, and no strings are kept for them.
struct TimeText {
  private let instant: Instant
  private let zone: Zone
  private let language: Language
  private let watch: PageClock

  init(_ instant: Instant, _ person: Person, _ clock: PageClock) {
    self.init(instant, zone: person.zone, language: person.language, clock)
  }

  /// - Parameter clock: is told how long the words are good, once they are written.
  init(_ instant: Instant, zone: Zone, language: Language, _ clock: PageClock) {
    (self.instant, self.zone, self.language, watch) = (instant, zone, language, clock)
  }

  /// `YYYY-MM-DDTHH:MM:SSZ`.
  var iso: Part { Part(time: self, kind: .iso) }
  /// "today 07:51", "Mon 19:30", "12 Dec 09:00".
  var when: Part { Part(time: self, kind: .when) }
  /// "in 2 hours".
  var relative: Part { Part(time: self, kind: .relative) }
  /// "Mon 23 Nov 2026, 09:00", by the reader's clock.
  var absolute: Part { Part(time: self, kind: .absolute) }
  /// "09:00": the end of ``absolute``, in both languages.
  var clock: Part { Part(time: self, kind: .clock) }
  /// "Today", "Mon 23 Nov": its day over rows.
  var day: Part { Part(time: self, kind: .day) }

  /// One way of writing it.
  struct Part: HTMLText {
    fileprivate enum Kind { case iso, when, relative, absolute, clock, day }

    fileprivate let time: TimeText
    fileprivate let kind: Kind

    /// For sentences.
    var text: String { written.text }

    func write(into html: inout HTMLWriter) { written.withBytes { html.escape($0) } }

    private var written: ShortText {
      var text = ShortText()
      switch kind {
      case .iso: time.instant.write(iso: &text)
      case .when: TimeWords.write(when: time.instant, time.zone, time.language, today: time.watch.day(in: time.zone), into: &text)
      case .relative:
        TimeWords.write(relative: time.instant, from: time.watch.now, time.language, into: &text)
        time.watch.keep(within: TimeWords.stretch(ofRelative: time.instant, from: time.watch.now))
      case .absolute: TimeWords.write(dateTime: time.instant, time.zone, time.language, into: &text)
      case .day:
        TimeWords.write(day: time.zone.local(time.instant).day, today: time.watch.day(in: time.zone), time.language, into: &text)
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
