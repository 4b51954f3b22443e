import Domain
import Postgres
import Web

/// What the form of an instance shows that went while it was open (RULES 9.23).
extension EventFormState {
  /// How many parts of a series are looked through.
  private static let mostParts = 20
  /// What an event says besides its times and how it comes again.
  private static let contents = [
    "title", "all_day", "place", "location", "virtual_url", "type", "status", "remind", "profile", "importance", "busy", "visibility",
    "description", "tags", "private",
  ]

  /// The instance of the same time, else of the same day, in what was cut off from the series; the whole series where there is none.
  static func since(_ key: InstanceKey, _ commands: EventCommands, _ web: Context) throws -> EventFormState {
    let zones = web.services.zones
    let parts = try web.db.rows(
      Event.mine("e.id IN (\(cut(from: commands.event.id))) ORDER BY e.starts_at DESC, e.id LIMIT \(mostParts)", zones))
    let overrides = try web.db.rows(StoredOverride.of(parts.map(\.id), zones))
    let series = parts.map { (event: $0, series: $0.series(overrides)) }
    let there = series.first { $0.series.instance(key) != nil }.map { ($0.event, key) }
    let near = series.lazy.compactMap { part in part.series.first(on: key.wall.day).map { (part.event, $0) } }.first
    guard let (event, found) = there ?? near else { return try EventFormState(commands.event, commands.overrides, nil) }
    return try EventFormState(event, overrides.filter { $0.event == event.id }, found)
  }

  /// What was cut off from a series, and from that in turn.
  private static func cut(from id: ID<Event>) -> SQL {
    """
    WITH RECURSIVE parts (id, depth) AS (
      SELECT n.id, 1 FROM events n WHERE n.continues = \(id) AND n.user_id = (SELECT me())
      UNION SELECT n.id, p.depth + 1 FROM parts p JOIN events n ON n.continues = p.id AND n.user_id = (SELECT me()) WHERE p.depth < \(mostParts))
    SELECT p.id FROM parts p
    """
  }

  /// What was typed of one instance as far as it can be said of the whole: its times are those of a date that has gone.
  static func contents(of form: Form) -> Form { Form(contents.compactMap { name in form.text(name).map { (name, $0) } }) }
}

extension EventSeries {
  /// The first instance that begins on a day by the clock of the series.
  fileprivate func first(on day: Day) -> InstanceKey? {
    instances(on: day...day, in: times.zone, most: 50).first { $0.times.start.day == day }?.key
  }
}
