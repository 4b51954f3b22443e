import Domain
import HTML
import Postgres

/// What a person is told whose times go by the clocks of a zone that this machine no longer knows.
struct ZoneWarnings {
  let lines: [Line]

  /// A sentence that leads to where it can be mended.
  struct Line {
    let text: String
    let path: Path
  }

  /// A reminder in such a zone, as the worker found.
  struct Lost {
    let id: ID<Reminder>
    let title: String
    let zone: String
  }

  /// The next three; when one is mended, another comes up.
  static var reminders: Query<Lost> {
    Query(
      """
      SELECT r.id, r.title, s.timezone FROM schedules s JOIN reminders r ON r.id = s.reminder_id
      WHERE s.user_id = me() AND s.zone_lost AND r.user_id = me() AND r.status IN ('active', 'snoozed') ORDER BY r.sort_at, r.id LIMIT 3
      """, into: Lost.init)
  }

  /// Nil when there is nothing to say.
  init?(_ lost: [Lost], _ person: Person, _ words: Words) {
    var lines: [Line] = []
    if person.isZoneLost { lines.append(Line(text: ZoneWarnings.person(person.zone, words), path: Paths.profileSettings)) }
    for reminder in lost {
      let text = words(
        "“{title}” is in the time zone {zone}, which this site no longer knows. Choose another.",
        ["title": reminder.title, "zone": reminder.zone])
      lines.append(Line(text: text, path: Paths.editReminder(reminder.id)))
    }
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
