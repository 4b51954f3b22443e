import Domain
import HTML

/// Whose form is read, and what reading it needs. A form asks for this and not for the request, so that it can be read wherever it comes from.
struct Reader {
  let person: Person
  /// The language of the complaints.
  let words: Words
  let zones: Zones
  let now: Instant
}

extension Context {
  /// Whoever is signed in, as a reader of forms.
  ///
  /// - Throws: as ``person``.
  var reader: Reader {
    get throws { Reader(person: try person, words: words, zones: services.zones, now: now) }
  }
}
