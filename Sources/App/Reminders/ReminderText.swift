import Domain
import HTML
import Postgres

/// A reminder's notes as pages and mails show them: rendered when they are saved, kept in `reminder_texts`, which nothing else writes to.
enum ReminderText {
  /// Keeps what notes look like, in the transaction that has just written them. None are needed for none: a trigger has thrown away what was kept
  /// of those before.
  static func saving(_ notes: String, of reminder: ID<Reminder>, _ user: ID<User>) -> [SQL] {
    if notes.utf8.isEmpty { return [] }
    let text = Markdown.rendered(notes)
    return [
      """
      INSERT INTO reminder_texts (reminder_id, user_id, version, html, plain)
      VALUES (\(reminder), \(user), \(Markdown.version), \(String(decoding: text.html.bytes, as: UTF8.self)), \(text.plain))
      ON CONFLICT (reminder_id) DO UPDATE SET version = excluded.version, html = excluded.html, plain = excluded.plain
      """
    ]
  }

  /// What is kept for a reminder of the person who asks; no row where nothing is.
  static func query(_ reminder: ID<Reminder>) -> Query<RenderedText?> {
    Query(
      """
      SELECT html, plain FROM reminder_texts WHERE reminder_id = \(reminder) AND user_id = me() AND version = \(Markdown.version)
      """
    ) { row throws(PostgresError) in try stored(row) }
  }

  /// Reads the columns `html` and `plain`; nil where an outer join found none. This is where stored bytes become markup again.
  static func stored(_ row: Row) throws(PostgresError) -> RenderedText? {
    guard let html: [UInt8] = try row("html"), let plain: String = try row("plain") else { return nil }
    return RenderedText(storedHTML: html, plain: plain)
  }

  /// The stored text, and for notes that were saved by older rules, or before any were stored, what they look like now. Nil: there are no notes.
  static func of(_ notes: String, stored: RenderedText?) -> RenderedText? {
    stored ?? (notes.utf8.isEmpty ? nil : Markdown.rendered(notes))
  }
}
