import Domain
import HTML

/// An instant as people read it: relative in the text, absolute in the title, and exactly in `datetime` for machines.
struct TimeText {
  /// `YYYY-MM-DDTHH:MM:SSZ`.
  let iso: String
  /// "in 2 hours".
  let relative: String
  /// "Mon 23 Nov 2026, 09:00", by the reader's clock.
  let absolute: String

  init(_ instant: Instant, _ person: Person, now: Instant) {
    self.init(instant, zone: person.zone, language: person.language, now: now)
  }

  init(_ instant: Instant, zone: Zone, language: Language, now: Instant) {
    iso = instant.iso
    relative = TimeWords.relative(instant, from: now, language)
    absolute = TimeWords.dateTime(instant, zone, language)
  }

  /// "09:00": the end of ``absolute``, in both languages.
  var clock: String { String(decoding: absolute.utf8.suffix(5), as: UTF8.self) }

  /// "Mon 23 Nov 2026": what stands before it.
  var day: String { String(decoding: absolute.utf8.dropLast(7), as: UTF8.self) }
}
