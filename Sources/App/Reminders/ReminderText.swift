import Domain
import HTML
import Postgres

/// A reminder's notes as pages and mails show them: rendered when they are saved, kept in `reminder_texts`, which nothing else writes to.
enum ReminderText {
  /// Keeps what notes look like, in the transaction that has just written them. None are needed for none: a trigger has thrown away what was kept
  /// of those before.
  static func saving(_ notes: String, of reminder: ID<Reminder>, _ user: ID<User>) -> [SQL] {
    saving([(of: reminder, notes: notes)], user)
  }

  /// The same of many, in one statement.
  static func saving(_ all: [(of: ID<Reminder>, notes: String)], _ user: ID<User>) -> [SQL] {
    let written = all.filter { !$0.notes.utf8.isEmpty }
    if written.isEmpty { return [] }
    let texts = written.map { Markdown.rendered($0.notes) }
    let rows = SQL.insert(
      into: "reminder_texts", .each("reminder_id", written.map(\.of)), .all("user_id", "\(user)"), .all("version", "\(Markdown.version)"),
      .each("html", texts.map { String(decoding: $0.html.bytes, as: UTF8.self) }), .each("plain", texts.map(\.plain)))
    return [
      """
      \(rows) ON CONFLICT (reminder_id) DO UPDATE SET version = excluded.version, html = excluded.html, plain = excluded.plain
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
