import Domain

/// A time on the wall of a place: what somebody meant who named a time and not a duration. It is stored beside the instant, so that the instant
/// can follow when the place's clocks change (RULES 1.7).
struct WallTime {
  let local: LocalTime
  /// The zone's IANA name.
  let zone: String

  init(_ local: LocalTime, _ zone: Zone) { (self.local, self.zone) = (local, zone.name) }

  /// - Parameter person: in whose zone the phrase was read.
  /// - Returns: nil for a duration, which is elapsed whatever the clocks do.
  init?(_ phrase: Phrase, of person: Person) {
    guard let wall = phrase.wall else { return nil }
    self.init(wall, person.zone)
  }
}
