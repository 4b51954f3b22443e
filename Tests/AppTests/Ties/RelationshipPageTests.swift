import Postgres
import Testing

@testable import App
@testable import Domain

/// Relationships by request, with issue 13's hard case 32. Monday 1 March 2027, noon in New York.
@Suite struct RelationshipPageTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  /// "Ana manages Bea 5, …": all that is stored, in the order of the names.
  private func stored() throws -> String {
    try site.text(
      """
      SELECT coalesce(string_agg(concat_ws(' ', f.title, r.relationship, t.title, r.strength), ', ' ORDER BY f.title, r.relationship, t.title), '')
      FROM entity_relationships r JOIN search_documents f ON f.id = r.from_id JOIN search_documents t ON t.id = r.to_id
      """) ?? ""
  }

  private func person(_ name: String) throws -> String {
    defer { site.pass(seconds: 1) }
    return "person:" + (try ana.known(name))
  }
  private func page(_ ref: String) -> Page { ana.get("/people/" + ref.dropFirst("person:".count)) }

  @Test func `Hard case 32: once in all wordings, both directions with a notice, and what cannot be is complained about`() throws {
    let (a, b) = (try person("Aaron"), try person("Bea"))
    try ana.relate(a, "manages", b)
    #expect(page(a).text.contains("“Aaron” manages “Bea”."))
    // The same in two other wordings is the first, with strength and notes as typed; what is not typed stays.
    #expect(ana.relating(b, "reports_to", a, [("strength", "7"), ("notes", "Since the move")]).status == 303)
    #expect(ana.relating(b, "Reports to", a).status == 303)
    #expect(try stored() == "Aaron manages Bea 7")
    #expect(try site.text("SELECT notes FROM entity_relationships") == "Since the move")
    site.pass(seconds: 1)
    try ana.relate(b, "manages", a)
    #expect(page(b).text.contains("The same is said the other way round: both stand."))
    #expect(try stored() == "Aaron manages Bea 7, Bea manages Aaron 5")
    for (from, to) in [(a, b), (b, a)] { try ana.relate(from, "knows", to) }
    #expect(try site.count("SELECT count(*) FROM entity_relationships WHERE relationship = 'knows'") == 1)
    // 422: itself, ends of the wrong kinds, strength 0 and 11, dates the wrong way round; each beside its control, what was typed stays.
    let place = "place:" + (try ana.place(named: "Harbour"))
    let before = try stored()
    let wrong: [(String, String, String, [(String, String)], String)] = [
      (a, "knows", a, [], "to"), (a, "works_at", b, [], "relationship"), (place, "knows", a, [], "relationship"),
      (a, "works_at", place, [("strength", "0")], "strength"), (a, "works_at", place, [("strength", "11")], "strength"),
      (a, "works_at", place, [("since", "2027-02-02"), ("until", "2027-02-01")], "until"), (a, "", b, [], "relationship"),
      (a, String(repeating: "x", count: 41), b, [], "relationship"),
      (a, "twin of", b, [("reverse", "other twin of"), ("two_way", "on")], "reverse"), (a, "works_at", "nothing", [], "to"),
    ]
    for (from, word, to, more, field) in wrong {
      let answer = ana.relating(from, word, to, more)
      #expect(answer.status == 422 && answer.text.contains("href=\"#\(field)\""), "\(word) \(more) \(answer.status)")
    }
    let all = ana.relating(a, "works_at", place, [("strength", "0"), ("since", "soon"), ("notes", "Kept")])
    #expect(all.status == 422 && Set(all.complaints) == ["strength", "since"] && all.text.contains("Kept</textarea>"))
    // Whether both are there comes before what is said of them.
    let gone = "person:0192f000-0000-7000-8000-000000000000"
    for (from, to) in [(a, gone), (gone, a)] { #expect(ana.relating(from, "", to, [("strength", "0")]).status == 404) }
    #expect(try stored() == before)
    // The other end deleted: hidden; purged: gone, and no orphan.
    let bea = try ana.known("Bea")
    let fact = "manages:" + b
    #expect(page(a).text.contains(fact))
    try site.owner.run(
      """
      INSERT INTO deletions (id, user_id, kind, thing, things, at)
      VALUES ('0192f000-0000-7000-8000-00000000000a', \(ana.user), 'person', \(bea)::uuid, 1, \(site.now))
      """)
    try site.owner.run(
      "UPDATE people SET deleted_at = \(site.now), deletion_id = '0192f000-0000-7000-8000-00000000000a' WHERE id = \(bea)::uuid")
    let id = try site.text("SELECT id::text FROM entity_relationships ORDER BY id LIMIT 1").unwrapped
    #expect(!page(a).text.contains(fact) && ana.get("/relationships/\(id)/edit").status == 404)
    #expect(ana.post("/relationships/\(id)/deletion").status == 404)
    #expect(try site.count("SELECT count(*) FROM entity_relationships") == 3)
    try site.owner.run("DELETE FROM people WHERE id = \(bea)::uuid")
    #expect(try site.count("SELECT count(*) FROM entity_relationships") == 0)
  }

  @Test func `words of one's own are said from both ends, edited over their version, taken away and brought back`() throws {
    let (a, b) = (try person("Aaron"), try person("Bea"))
    #expect(ana.relating(a, "godmother of", b, [("reverse", "godchild of"), ("until", "2026-12-31"), ("notes", "A party")]).status == 303)
    let (here, there) = (page(a), page(b))
    #expect(here.text.contains("godmother of <a") && there.text.contains("godchild of <a"))
    #expect(here.fact("relationship") == "godmother of:" + b && here.fact("tie") == "past" && here.fact("strength") == "5")
    let id = try site.text("SELECT id::text FROM entity_relationships").unwrapped
    let edit = ana.get("/relationships/\(id)/edit")
    #expect(
      edit.status == 200 && edit.text.contains("value=\"godmother of\"") && edit.field("version", ofForm: "/relationships/\(id)") == "1")
    let fields: KeyValuePairs = ["relationship": "aunt of", "reverse": "niece of", "strength": "9", "notes": "", "version": "1"]
    #expect(ana.post("/relationships/\(id)", fields).status == 303)
    #expect(try stored() == "Aaron aunt of Bea 9")
    #expect(ana.post("/relationships/\(id)", fields).status == 409)
    #expect(ana.post("/relationships/\(id)", ["relationship": "aunt of", "strength": "12", "version": "2"]).status == 422)
    try ana.relate(a, "knows", b)
    let twice = ana.post("/relationships/\(id)", ["relationship": "knows", "version": "2"])
    #expect(twice.status == 422 && twice.text.contains("They are related like that already."))
    #expect(ana.post("/relationships/\(id)/deletion", ["next": "/tasks"]).location == "/tasks")
    #expect(try site.count("SELECT count(*) FROM entity_relationships") == 1)
    let back = ana.post(try planned.undo(on: "/tasks"))
    #expect(back.status == 303)
    #expect(try stored() == "Aaron aunt of Bea 9, Aaron knows Bea 5")
    // The forms that begin and make one, in the reader's language.
    let new = ana.get("/relationships/new?from=\(a)&type=reports_to&q=be")
    #expect(new.text.contains("name=\"to\" value=\"\(b)\"") && new.text.contains("value=\"reports to\""))
    #expect(ana.get("/relationships/new?from=\(a)&q=nobody").text.contains("Nobody and nothing of yours"))
    #expect(ana.get("/relationships/new").status == 404)
    try site.owner.run("UPDATE users SET language = 'pt-BR' WHERE id = \(ana.user)")
    #expect(ana.get("/relationships/new?from=\(a)&type=reports_to").text.contains("value=\"responde a\""))
    try ana.relate(b, "responde a", a)
    #expect(try stored().contains("Aaron manages Bea 5"))
  }

  @Test func `who does a task and where an event is are columns, which relationships write and follow`() throws {
    let (a, b) = (try person("Aaron"), try person("Bea"))
    let (id, event) = (try ana.task(["title": "Task"]), "event:" + (try ana.happening("Fair")))
    let task = "task:" + id
    let (harbour, hall) = ("place:" + (try ana.place(named: "Harbour")), "place:" + (try ana.place(named: "Hall")))
    func assignee() throws -> String? {
      try site.text("SELECT p.name FROM tasks t LEFT JOIN people p ON p.id = t.assignee_id WHERE t.id = \(id)::uuid")
    }
    #expect(ana.relating(a, "assigned_to", task, [("strength", "8")]).status == 303)
    #expect(try assignee() == "Aaron")
    #expect(try stored() == "Aaron assigned_to Task 8")
    site.pass(seconds: 1)
    try ana.relate(task, "responsible_for", b)
    let shown = ana.get("/tasks/\(id)")
    #expect(shown.text.contains("It stands in the place of what was said before.") && shown.fact("relationship") == "responsible_for:" + b)
    #expect(try assignee() == "Bea")
    #expect(try stored() == "Bea assigned_to Task 5")
    // One undo puts back who did it before, with the strength of then.
    let undo = try planned.undo()
    #expect(ana.post(undo).status == 303)
    #expect(try assignee() == "Aaron")
    #expect(try stored() == "Aaron assigned_to Task 8")
    // A form of the task's own is what holds: the relationship follows it.
    try site.owner.run("UPDATE tasks SET assignee_id = \(String(b.dropFirst(7)))::uuid, updated_at = \(site.now) WHERE id = \(id)::uuid")
    #expect(try stored() == "Bea assigned_to Task 5")
    let relationship = try site.text("SELECT id::text FROM entity_relationships").unwrapped
    #expect(ana.post("/relationships/\(relationship)/deletion").status == 303)
    #expect(try assignee() == nil)
    for place in [harbour, hall] { try ana.relate(event, "located_at", place) }
    #expect(try site.text("SELECT p.name FROM events e JOIN places p ON p.id = e.place_id") == "Hall")
    #expect(try stored() == "Fair located_at Hall 5")
    // One attends or declined: the newer stands.
    try ana.relate(a, "attends", event)
    site.pass(seconds: 1)
    try ana.relate(event, "declined_by", a)
    #expect(try stored() == "Aaron declined Fair 5, Fair located_at Hall 5")
    let back = ana.post(try planned.undo())
    #expect(back.status == 303)
    #expect(try stored() == "Aaron attends Fair 5, Fair located_at Hall 5")
    // Deadlines take words of one's own alone.
    let deadline = "deadline:" + (try ana.deadline(["title": "Tax", "due": "2027-03-20 09:00"]))
    #expect(ana.relating(a, "attends", deadline).status == 422)
    try ana.relate(a, "pays for", deadline)
    #expect(ana.get("/deadlines/" + deadline.dropFirst("deadline:".count)).text.contains("pays for"))
    #expect(site.logged.isEmpty, "\(site.logged)")
  }
}
