import Domain
import HTML

/// What a person is told whose times go by the clocks of a zone that this machine no longer knows.
struct ZoneWarnings {
  let lines: [Line]

  /// A sentence that leads to where it can be mended.
  struct Line {
    let text: String
    let path: Path
  }

  /// Nil when there is nothing to say.
  ///
  /// - Parameter others: what features have to say of what is theirs.
  init?(_ person: Person, _ words: Words, and others: [Line]) {
    let own = person.isZoneLost ? [Line(text: ZoneWarnings.person(person.zone, words), path: Paths.profileSettings)] : []
    let lines = own + others
    if lines.isEmpty { return nil }
    self.lines = lines
  }

  /// About the person's own zone.
  static func person(_ zone: Zone, _ words: Words) -> String {
    words(
      "This site no longer knows your time zone, {zone}: it goes on by the clocks that were known last. Choose another.",
      ["zone": zone.name])
  }

  /// About the zone of a schedule.
  static func schedule(_ zone: Zone, _ words: Words) -> String {
    words(
      "This site no longer knows the time zone {zone}: the reminder goes on by the clocks that were known last. Choose another zone.",
      ["zone": zone.name])
  }
}
