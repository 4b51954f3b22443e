import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Two people made one by request, with issue 13's hard cases 4, 5 and 6. Monday 1 March 2027, noon in New York.
@Suite struct MergeTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-03-01T17:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/New_York")
  }

  /// Days pass; whoever is away for so long signs in again.
  private func pass(days: Int) throws {
    site.pass(hours: 24 * days)
    try ana.openSession()
  }

  private func task(_ title: String, of person: String) throws -> String {
    let task = try ana.task(["title": title])
    try site.owner.run("UPDATE tasks SET assignee_id = \(person)::uuid WHERE id = \(task)::uuid")
    return task
  }

  /// What leads to people and what is known of them, all of it.
  private func everything() throws -> String? {
    try site.text(
      """
      SELECT concat_ws(E'\\n',
        (SELECT string_agg(concat_ws('|', name, email, phone, addresses, type, importance, company, title, notes, birth_day, stay_words, stay_months,
          stay_days, stay_events, stay_due_at, last_contact_at, private, deleted_at IS NULL, merged_into), E'\\n' ORDER BY id) FROM people),
        (SELECT string_agg(concat_ws('|', person_id, kind, value, key, position, live), E'\\n' ORDER BY person_id, kind, position) FROM person_addresses),
        (SELECT string_agg(concat_ws('|', id, relationship, from_id, to_id, strength, since, until, notes), E'\\n' ORDER BY id) FROM entity_relationships),
        (SELECT string_agg(concat_ws('|', thing, tag), E'\\n' ORDER BY thing, tag) FROM tags),
        (SELECT string_agg(concat_ws('|', title, assignee_id), E'\\n' ORDER BY id) FROM tasks),
        (SELECT string_agg(concat_ws('|', id, person_id), E'\\n' ORDER BY id) FROM contact_log),
        (SELECT string_agg(concat_ws('|', source_id, thing), E'\\n' ORDER BY source_id) FROM entity_sources),
        (SELECT string_agg(concat_ws('|', words, key, subject_id, state, hidden), E'\\n' ORDER BY words) FROM assumptions))
      """)
  }

  /// "a>knows>c 7": relationships by the names of their ends.
  private func related() throws -> String? {
    try site.text(
      """
      SELECT string_agg(concat(least(f.title, t.title), ' ', r.relationship, ' ', greatest(f.title, t.title), ' ', r.strength, ' ', r.since), ', '
        ORDER BY least(f.title, t.title), r.relationship, greatest(f.title, t.title))
      FROM entity_relationships r JOIN search_documents f ON f.id = r.from_id JOIN search_documents t ON t.id = r.to_id
      WHERE NOT f.trashed AND NOT t.trashed
      """)
  }

  private func merge(_ person: String, _ other: String, _ fields: [(String, String)] = []) -> Page {
    let all = [("csrf", ana.token()), ("other", other)] + fields
    return ana.post(
      "/people/\(person)/merge", raw: Array(all.map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&").utf8))
  }

  /// Where the line of the next page takes back what was done last.
  private func undo(on target: String) throws -> String {
    let offered = ana.get(target).text.components(separatedBy: "action=\"/undo/").dropFirst().first
    return "/undo/" + String(try #require(offered, "\(target) offers none").prefix(36))
  }

  private func source(_ id: String, of person: String) throws {
    try site.owner.run(
      """
      INSERT INTO entity_sources (user_id, kind, source, source_id, thing, sha256, synced_at)
      VALUES (\(ana.user), 'person', 'import:vcard', \(id), \(person)::uuid, ''::bytea, \(site.now))
      """)
  }

  @Test func `Hard case 4: what leads to one leads to the other, equal things once, and taken back all is as it was`() throws {
    let a = try ana.known([
      "name": "Ana", "email": "a@x.example", "company": "Acme", "tags": "home, work", "notes": "Mine", "stay_in_touch": "every 3 weeks",
    ])
    let b = try ana.known([
      "name": "Ana Souza", "email": "b@x.example", "more_emails": "b2@x.example", "phone": "+1 212 555 0100", "company": "Beta",
      "title": "Cook", "tags": "choir, home", "notes": "Hers", "birthday": "--02-28",
    ])
    let c = try ana.known(["name": "Cy"])
    let dinner = "event:" + (try ana.happening("Dinner"))
    let lunch = "event:" + (try ana.happening("Lunch"))
    func knows(_ one: String, _ other: String, _ more: [(String, String)]) {
      #expect(ana.relating("person:" + one, "knows", "person:" + other, more).status == 303)
    }
    knows(a, c, [("strength", "3"), ("since", "2024-05-01")])
    knows(b, c, [("strength", "7"), ("since", "2020-01-01")])
    knows(a, b, [])
    for person in [a, b] { try ana.relate("person:" + person, "attends", dinner) }
    try ana.relate("person:" + a, "attends", lunch)
    site.pass(seconds: 1)
    try ana.relate("person:" + b, "declined", lunch)
    let paint = try task("Paint", of: b)
    #expect(ana.post("/people/\(b)/contacts-log", ["at": "2027-02-20", "words": "Choir"]).status == 303)
    try source("card-b", of: b)
    for (person, words) in [(a, "Likes tea."), (b, "Sings in a choir.")] {
      try ana.assumption(words, about: "person:" + person, on: "task:" + paint)
      site.pass(seconds: 1)
    }
    let before = try everything()
    site.pass(seconds: 1)

    let page = ana.get("/people/\(a)/merge?with=\(b)").text
    #expect(page.contains("name=\"keep_company\" value=\"this\"") && page.contains("Beta") && page.contains("1 task"))
    #expect(page.contains("name=\"other\" value=\"\(b)\"") && page.contains("5 relationships"))
    #expect(merge(a, b, [("keep_company", "walrus")]).complaints == ["keep_company"])
    #expect(merge(a, b, [("keep_company", "other"), ("keep_name", "this")]).location == "/people/\(a)")
    let merged = try undo(on: "/people/\(a)")
    #expect(
      try related()
        == "Ana assigned_to Paint 5 , Ana attends Dinner 5 , Ana declined Lunch 5 , Ana knows Cy 7 2020-01-01")
    #expect(
      try site.text(
        """
        SELECT concat_ws('|', name, email, phone, company, title, birth_month, birth_day, stay_words, notes) FROM people WHERE id = \(a)::uuid
        """) == "Ana|a@x.example|+12125550100|Beta|Cook|2|28|every 3 weeks|Mine\n\n---\n\n**Ana Souza**\n\nHers")
    #expect(
      try site.text("SELECT string_agg(key, ' ' ORDER BY kind, position) FROM person_addresses WHERE person_id = \(a)::uuid")
        == "a@x.example b@x.example b2@x.example +12125550100")
    #expect(try site.text("SELECT string_agg(tag, ' ' ORDER BY tag) FROM tags WHERE thing = \(a)::uuid") == "choir home work")
    #expect(try site.text("SELECT assignee_id::text FROM tasks WHERE id = \(paint)::uuid") == a)
    #expect(try site.text("SELECT thing::text FROM entity_sources") == a)
    #expect(ana.get("/people/\(a)").text.contains("Choir") && ana.get("/people/\(a)").fact("merged-into") == a)
    // What is assumed about either is about the one that stays, and is open still.
    let assumed: SQL =
      "SELECT string_agg(words, ' ' ORDER BY words) FROM assumptions WHERE subject_id = \(a)::uuid AND state = 'open' AND NOT hidden"
    #expect(try site.text(assumed) == "Likes tea. Sings in a choir.")
    // Whoever looks for them finds the one that stays; nobody else may have the address.
    #expect(ana.get("/people/\(b)").location == "/people/\(a)" && ana.get("/people/\(b)/merge").location == "/people/\(a)")
    #expect(ana.get("/people?q=b2%40x.example").text.contains("/people/\(a)"))
    #expect(ana.post("/people", ["name": "Other", "email": "b@x.example"]).status == 422)
    #expect(ana.get("/trash?kind=person").text.contains("Nothing matches"))
    #expect(ana.get("/settings/audit").text.contains("Merged Ana Souza into Ana."))

    let eve = try site.person("eve@x.test")
    #expect(eve.post(merged).status == 404)
    #expect(ana.post(merged).location == "/people/\(b)")
    #expect(ana.get("/people/\(b)").fact("undone") == "8")
    #expect(try everything() == before)
    #expect(ana.post(merged).status == 409)
  }

  @Test func `Hard case 5: a chain leads on, and within 30 days whoever was merged takes back what still is where it was`() throws {
    let a = try ana.known(["name": "Ana", "email": "a@x.example"])
    let b = try ana.known(["name": "Bea", "email": "b@x.example", "tags": "choir"])
    let d = try ana.known(["name": "Dan"])
    let (paint, sing) = (try task("Paint", of: b), try task("Sing", of: b))
    try ana.relate("person:" + b, "knows", "person:" + (try ana.known(["name": "Cy"])))
    try source("card-b", of: b)
    #expect(merge(a, b).status == 303)
    let first = try undo(on: "/people/\(a)")
    site.pass(seconds: 1)
    #expect(merge(d, a).status == 303)
    let second = try undo(on: "/people/\(d)")
    for gone in [a, b] { #expect(ana.get("/people/\(gone)").location == "/people/\(d)") }
    #expect(ana.get("/people?q=b%40x.example").text.contains("/people/\(d)"))
    #expect(try site.text("SELECT thing::text FROM entity_sources") == d)

    // Meanwhile one task has gone to somebody else, and something has come.
    try site.owner.run("UPDATE tasks SET assignee_id = NULL WHERE id = \(sing)::uuid")
    _ = try task("New", of: d)
    try pass(days: 29)
    #expect(ana.get("/people/\(d)").text.contains("action=\"\(second)\""))
    #expect(ana.post(first).location == "/people/\(b)")
    #expect(try related() == "Bea assigned_to Paint 5 , Bea knows Cy 5 , Dan assigned_to New 5 ")
    let known = try site.text(
      "SELECT string_agg(concat(name, ' ', email), ', ' ORDER BY name) FROM people WHERE deleted_at IS NULL AND name <> 'Cy'")
    #expect(known == "Bea b@x.example, Dan a@x.example")
    #expect(try site.text("SELECT string_agg(tag, ' ') FROM tags WHERE thing IN (\(b)::uuid, \(d)::uuid)") == "choir")
    let owners = try site.text("SELECT concat(assignee_id, ' ', (SELECT thing FROM entity_sources)) FROM tasks WHERE id = \(paint)::uuid")
    #expect(owners == "\(b) \(b)")

    try pass(days: 2)
    #expect(!ana.get("/people/\(d)").text.contains("action=\"\(second)\""))
    #expect(ana.post(second).status == 409 && ana.post(first).status == 409)
    #expect(ana.get("/people/\(a)").location == "/people/\(d)")
    // What was moved is kept no longer; that they are one is.
    site.pass(hours: 24)
    try site.work()
    try ana.openSession()
    #expect(try site.text("SELECT string_agg(moved::text, ' ') FROM merges") == "{} {}")
    #expect(ana.post(second).status == 409 && ana.get("/people/\(a)").location == "/people/\(d)")
  }

  @Test func `Hard case 6: of two merges at once one is done, and nobody is merged into themselves, the trash or a stranger's`() throws {
    let (a, b) = (try ana.known(["name": "Ana", "notes": String(repeating: "a", count: 9_000)]), try ana.known(["name": "Bea"]))
    let gone = try ana.known(["name": "Gone"])
    #expect(ana.post("/people/\(gone)/deletion").status == 303)
    let theirs = try site.person("eve@x.test").known(["name": "Theirs"])
    #expect(merge(a, a).status == 422 && merge(gone, a).status == 404 && merge(theirs, a).status == 404)
    let missing = "0192f000-0000-7000-8000-000000000000"
    for other in [missing, theirs, gone, "walrus", ""] {
      let page = merge(a, other)
      #expect(page.status == 422 && page.complaints == ["other"] && page.text.contains("Choose one of your people."), "\(other)")
      #expect(ana.get("/people/\(a)/merge?with=\(other)").status == (other.isEmpty ? 200 : 422))
    }
    #expect(ana.get("/people/\(a)/merge?with=\(theirs)").unmasked == ana.get("/people/\(a)/merge?with=\(missing)").unmasked)
    let wordy = try ana.known(["name": "Wordy", "notes": String(repeating: "b", count: 9_000)])
    let long = merge(a, wordy)
    #expect(long.status == 422 && long.text.contains("Both notes together are too long"))

    let statuses = Statuses()
    try Devices(2, of: ana).atOnce { number, browser in
      let (into, other) = number == 0 ? (a, b) : (b, a)
      statuses.add(browser.post("/people/\(into)/merge", ["other": other]).status)
    }
    #expect(statuses.sorted == [303, 409])
    #expect(try site.count("SELECT count(*) FROM merges WHERE undone_at IS NULL") == 1)
    #expect(try site.count("SELECT count(*) FROM people WHERE id IN (\(a)::uuid, \(b)::uuid) AND deleted_at IS NULL") == 1)
    #expect(try site.count("SELECT count(*) FROM people p JOIN people q ON q.id = p.merged_into WHERE q.merged_into = p.id") == 0)
  }

  /// What answers of several threads were.
  private final class Statuses: @unchecked Sendable {
    private let lock = NSLock()
    private var found: [Int] = []
    func add(_ status: Int) { lock.withLock { found.append(status) } }
    var sorted: [Int] { lock.withLock { found.sorted() } }
  }
}
