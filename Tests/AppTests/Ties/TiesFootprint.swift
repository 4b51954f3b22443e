import Postgres
import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let ties = Footprint(
    parameters: [
      ":relationship": { browser in try TiesFootprint.relationship(browser) },
      ":tiedRef": { browser in "person:" + (try browser.known("Tied")) },
      ":otherTiedRef": { browser in "person:" + (try browser.known("Tied too")) },
    ],
    owned: [":relationship"],
    posts: [
      "/relationships": Post(
        entry: "relationship.made",
        fields: [
          House.Field(name: "from", right: ":tiedRef", rule: .exactly), House.Field(name: "to", right: ":otherTiedRef", rule: .exactly),
          House.Field(name: "nonce", right: "n", rule: .ignored),
        ] + fields("knows")),
      "/relationships/:relationship": Post(
        entry: "relationship.changed", fields: fields("manages") + [House.Field(name: "version", right: "1", rule: .exactly)]),
      "/relationships/:relationship/deletion": Post(entry: "relationship.deleted"),
    ],
    rows: { browser in _ = try TiesFootprint.relationship(browser) },
    roots: ["entity_relationships"],
    changed: [
      "entity_relationships":
        "from_assumption from_id from_kind notes relationship reverse since strength to_id to_kind two_way until updated_at version"
    ],
    worked: ["entity_relationships": "IS"], doors: ["drop_relationships web work"])

  private static func fields(_ word: String) -> [House.Field] {
    [
      House.Field(name: "relationship", right: word, rule: .line), House.Field(name: "reverse", right: "", rule: .optionalLine),
      House.Field(name: "strength", right: "8", rule: .optionalNumber), House.Field(name: "two_way", right: "on", rule: .flag),
      House.Field(name: "notes", right: "Of+old", rule: .markdown), House.Field(name: "since", right: "2020-02-29", rule: .optionalNumber),
      House.Field(name: "until", right: "2030-02-28", rule: .optionalNumber),
    ]
  }
}

enum TiesFootprint {
  /// One of somebody's, made where there is none.
  static func relationship(_ browser: Browser) throws -> String {
    let known = try browser.site.text(
      "SELECT id::text FROM entity_relationships WHERE user_id = \(browser.user) AND relationship = 'works_with' ORDER BY id LIMIT 1")
    if let known { return known }
    let (one, other) = (try browser.known("Tied"), try browser.known("Tied first"))
    try browser.relate("person:" + one, "works_with", "person:" + other)
    return try browser.site.text(
      "SELECT id::text FROM entity_relationships WHERE user_id = \(browser.user) AND relationship = 'works_with' ORDER BY id LIMIT 1"
    ).unwrapped
  }
}

extension Browser {
  /// Somebody whom they know by that name, past the program where nobody is called so yet.
  func known(_ name: String) throws -> String { try thing("people", name) }

  /// The same of a place.
  func place(named name: String) throws -> String { try thing("places", name) }

  private func thing(_ table: String, _ name: String) throws -> String {
    let known = try site.text("SELECT id::text FROM \(name: table) WHERE user_id = \(user) AND name = \(name) ORDER BY id LIMIT 1")
    if let known { return known }
    let id = ID<Thing>.new(at: site.now)
    try site.owner.run(
      "INSERT INTO \(name: table) (id, user_id, name, created_at, updated_at) VALUES (\(id), \(user), \(name), \(site.now), \(site.now))")
    return id.text
  }

  /// An event of an hour, past the program.
  func happening(_ title: String) throws -> String {
    let (id, end) = (ID<Thing>.new(at: site.now), site.now.advanced(hours: 1))
    try site.owner.run(
      """
      INSERT INTO events (id, user_id, title, all_day, starts, ends, zone, starts_at, ends_at, created_at, updated_at)
      VALUES (\(id), \(user), \(title), false, \(site.now)::timestamptz AT TIME ZONE 'UTC', \(end)::timestamptz AT TIME ZONE 'UTC', 'UTC',
        \(site.now), \(end), \(site.now), \(site.now))
      """)
    return id.text
  }

  /// Relates two things: `person:…`.
  func relate(_ from: String, _ word: String, _ to: String) throws {
    let page = relating(from, word, to)
    #expect(page.status == 303, "\(page.complaints)")
  }

  /// The same, whatever is answered.
  @discardableResult
  func relating(_ from: String, _ word: String, _ to: String, _ more: [(String, String)] = []) -> Page {
    let fields = [("csrf", token()), ("from", from), ("to", to), ("relationship", word)] + more
    return post(
      "/relationships", raw: Array(fields.map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&").utf8))
  }
}
