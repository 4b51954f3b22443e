import Domain
import HTML
import Postgres

extension WorkBench {
  /// Stores what notes look like that were saved before such was stored, or by older rules: a few at a time, since each may take milliseconds.
  ///
  /// - Returns: where to go on; nil at the end.
  func renderTexts(after place: ID<Reminder>) throws -> ID<Reminder>? {
    let end: ID<Reminder>? = try db.value(
      "SELECT id FROM reminders WHERE id > \(place) ORDER BY id OFFSET \(Chore.slice - 1) LIMIT 1")
    let (last, few) = (end ?? ID(high: .max, low: .max), 10)
    let stale = Query<(ID<Reminder>, ID<User>, String)>(
      tuple: """
        SELECT r.id, r.user_id, r.description FROM reminders r LEFT JOIN reminder_texts t ON t.reminder_id = r.id AND t.version = \(Markdown.version)
        WHERE r.id > \(place) AND r.id <= \(last) AND r.description <> '' AND t.reminder_id IS NULL
        ORDER BY r.id LIMIT \(few) FOR SHARE OF r SKIP LOCKED
        """)
    return try db.transaction {
      // Held meanwhile, so that notes which somebody edits do not get the look of those before.
      let rows = try db.rows(stale)
      try db.runAll(rows.flatMap { id, user, notes in ReminderText.saving(notes, of: id, user) })
      return rows.count == few ? rows.last?.0 : end
    }
  }
}
