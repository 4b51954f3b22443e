import Postgres
import Testing

@testable import App

extension Footprint {
  static let contextFiles = Footprint(
    parameters: [
      ":peoplefile": { browser in try ContextFilesFootprint.people(browser) },
      ":eventfile": { browser in try ContextFilesFootprint.events(browser) },
    ],
    owned: [":peoplefile", ":eventfile"],
    posts: posts("people", ":peoplefile", ContextFilesFootprint.card, "vcf", [])
      .merging(
        posts("events", ":eventfile", ContextFilesFootprint.calendar, "ics", [House.Field(name: "people", right: "on", rule: .flag)])
      ) { $1 },
    rows: { browser in
      let file = try ContextFilesFootprint.people(browser)
      let person = try browser.known(["name": "Taken in"])
      try browser.site.owner.run(
        "INSERT INTO context_import_rows (import_id, user_id, number, line, outcome) VALUES (\(file)::uuid, \(browser.user), 0, 1, 'refused')"
      )
      try browser.site.owner.run(
        """
        INSERT INTO entity_sources (user_id, kind, source, source_id, thing, sha256, synced_at)
        VALUES (\(browser.user), 'person', 'import:vcard', 'footprint', \(person)::uuid, '', \(browser.site.now))
        """)
      try browser.site.owner.run(
        "INSERT INTO feed_doubts (user_id, source, since, missing) VALUES (\(browser.user), 'calendar:1', \(browser.site.now), '{}')")
    },
    changed: [
      "context_imports": "confirmed_at file finished_at job_id kept same trash undo_at undone undone_at",
      "entity_sources": "fields hand_changed import_id modified_at revision sequence sha256 stamped_at synced_at thing",
    ],
    worked: ["context_imports": "DS", "context_import_rows": "IS", "entity_sources": "IS", "feed_doubts": "DISU"],
    doors: ["discard_context_import web", "replace_context_imports web", "undo_context_import web work"])

  private static func posts(
    _ noun: String, _ file: String, _ text: String, _ format: String, _ more: [House.Field]
  ) -> [String: Post] {
    let place = "/\(noun)/import/\(file)"
    return [
      "/\(noun)/import": Post(
        entry: "context_import.read",
        fields: [
          House.Field(name: "file", right: Browser.encoded(text), rule: .exactly),
          House.Field(name: "format", right: format, rule: .choice),
        ] + more, status: 200),
      place + "/confirmation": Post(
        entry: "context_import.ordered",
        fields: [House.Field(name: "same", right: "add", rule: .choice), House.Field(name: "trash", right: "restore", rule: .choice)]),
      place + "/undo": Post(entry: "context_import.undone", after: place + "/confirmation"),
      place + "/deletion": Post(entry: "context_import.discarded"),
    ]
  }
}

enum ContextFilesFootprint {
  static let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:footprint-1\r\nFN:Imported Ina\r\nEND:VCARD\r\n"
  static let calendar =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:footprint-1\r\nDTSTAMP:20270101T000000Z\r\nDTSTART:20270629T170000Z\r\n"
    + "SUMMARY:Imported\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

  /// Sends it.
  static func people(_ browser: Browser) throws -> String {
    try browser.post("/people/import", ["file": card]).fact("import").unwrapped
  }

  static func events(_ browser: Browser) throws -> String {
    try browser.post("/events/import", ["file": calendar]).fact("import").unwrapped
  }
}
