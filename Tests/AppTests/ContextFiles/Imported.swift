import Postgres
import Testing

@testable import App
@testable import Domain

/// A person who takes files in: Monday 1 March 2027, noon in New York.
struct Imported {
  let site: Site
  let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-03-01T17:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/New_York")
  }

  /// Sends a file and looks at what would come of it.
  func look(_ noun: String, _ text: String, as name: String = "file") -> Page {
    ana.importing(Array(text.utf8), as: name, to: "/\(noun)/import")
  }

  /// Takes a file in.
  ///
  /// - Returns: the page that says what came of it.
  @discardableResult
  func take(_ noun: String, _ text: String, _ fields: KeyValuePairs<String, String> = [:], people: Bool = false) throws -> Page {
    let preview = people ? ana.post("/\(noun)/import", ["file": text, "people": "on"]) : look(noun, text)
    let place = "/\(noun)/import/" + (try preview.fact("import").unwrapped)
    #expect(ana.post(place + "/confirmation", fields).location == place)
    site.pass(seconds: 1)
    try site.work()
    return ana.get(place)
  }

  /// "new same known updated trashed restored refused".
  func figures(_ page: Page) -> String {
    ["new", "same", "known", "updated", "trashed", "restored", "refused"].map { page.fact($0) ?? "-" }.joined(separator: " ")
  }

  func undo(_ noun: String, _ page: Page) throws -> Page {
    let place = "/\(noun)/import/" + (try page.fact("import").unwrapped)
    #expect(ana.post(place + "/undo").status == 303)
    try site.work()
    return ana.get(place)
  }

  func person(_ name: String) throws -> String {
    try site.text("SELECT id::text FROM people WHERE name = \(name) AND deleted_at IS NULL").unwrapped
  }

  func event(_ title: String) throws -> String {
    try site.text("SELECT id::text FROM events WHERE title = \(title) AND deleted_at IS NULL").unwrapped
  }

  /// Live events by title, each with its first start, state and how many instances are kept.
  func events() throws -> String {
    try site.text(
      """
      SELECT string_agg(e.title || ' ' || to_char(e.starts_at AT TIME ZONE 'UTC', 'MM-DD"T"HH24:MI') || ' ' || e.status || ' '
        || (SELECT count(*) FROM event_instances i WHERE i.event_id = e.id), ', ' ORDER BY e.title, e.starts_at)
      FROM events e WHERE e.deleted_at IS NULL
      """) ?? ""
  }

  /// An iCalendar file of these components.
  static func calendar(_ components: String..., head: String = "") -> String {
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t\r\n" + head + components.joined() + "END:VCALENDAR\r\n"
  }

  /// A VEVENT of these lines, with a stamp where none is given.
  static func event(_ uid: String, _ lines: String..., sequence: Int = 0, stamp: String = "20270101T000000Z") -> String {
    let own = uid.isEmpty ? "" : "UID:\(uid)\r\n"
    return "BEGIN:VEVENT\r\n" + own + "DTSTAMP:\(stamp)\r\nSEQUENCE:\(sequence)\r\n" + lines.map { $0 + "\r\n" }.joined() + "END:VEVENT\r\n"
  }
}
