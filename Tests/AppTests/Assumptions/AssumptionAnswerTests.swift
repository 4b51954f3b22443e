import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// What people answer to assumptions, by request, with issue 14's hard cases 35 to 37. Monday 1 March 2027, noon in New York.
@Suite struct AssumptionAnswerTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  /// "Ana works_at Acme": all relationships, in the order of the names.
  private func ties() throws -> String {
    try site.text(
      """
      SELECT coalesce(string_agg(concat_ws(' ', f.title, r.relationship, t.title), ', ' ORDER BY f.title, t.title), '')
      FROM entity_relationships r JOIN search_documents f ON f.id = r.from_id JOIN search_documents t ON t.id = r.to_id
      """) ?? ""
  }

  private func version(_ assumption: String) throws -> String {
    try site.text("SELECT version::text FROM assumptions WHERE id = \(assumption)::uuid").unwrapped
  }

  /// Takes back the last press.
  private func undo() throws -> Int { ana.post(try planned.undo()).status }

  @Test func `Hard case 35: a correction keeps the words, changes or takes away what rested on it, and is taken back as one`() throws {
    let who = "person:" + (try ana.known("Bea"))
    let (umbrella, acme) = ("place:" + (try ana.place(named: "Umbrella")), "place:" + (try ana.place(named: "Acme")))
    let works = try ana.assumption("Bea works at Umbrella.", about: who, "works_at", umbrella)
    let list = ana.get("/assumptions")
    #expect(list.facts("confidence") == ["0.70"] && list.facts("state") == ["open"] && list.facts("category") == ["context"])
    #expect(list.facts("key") == ["\(who) works_at \(umbrella)"] && list.text.contains("Bea works at Umbrella."))
    // Accepted, it makes the relationship; the same answer again changes nothing.
    #expect(ana.post("/assumptions/\(works)/confirmation", ["version": "1"]).status == 303)
    #expect(ana.get("/assumptions").text.contains("Confirmed: Bea works at Umbrella."))
    #expect(try ties() == "Bea works_at Umbrella")
    #expect(try ana.stands(works) == "confirmed 1.00 2")
    #expect(ana.post("/assumptions/\(works)/confirmation", ["version": "1"]).status == 303)
    #expect(try ana.stands(works) == "confirmed 1.00 2")
    // It leads to Acme once that is said.
    site.pass(seconds: 1)
    #expect(ana.post("/assumptions/\(works)/correction", ["version": "2", "correction": "no, at Acme"]).status == 303)
    #expect(try ties() == "Bea works_at Acme")
    #expect(try ana.stands(works) == "corrected 1.00 3")
    let facts = ana.get("/assumptions?state=confirmed")
    #expect(
      facts.facts("key") == ["\(who) works_at \(acme)"] && facts.facts("confidence") == ["1.00"] && facts.facts("written-by") == ["person"])
    #expect(facts.text.contains("no, at Acme"))
    #expect(ana.get("/assumptions?state=corrected").facts("correction") == ["no, at Acme"])
    // As before, in one press; once.
    site.pass(seconds: 1)
    let path = try planned.undo()
    #expect(ana.post(path).status == 303)
    #expect(try ties() == "Bea works_at Umbrella")
    #expect(try ana.stands(works) == "confirmed 1.00 4")
    #expect(ana.get("/assumptions?state=corrected").facts("key").isEmpty)
    #expect(ana.post(path).status == 409)
    // Of what nobody knows only the words are kept.
    site.pass(seconds: 1)
    #expect(ana.post("/assumptions/\(works)/correction", ["correction": "no, at Initech now"]).status == 303)
    #expect(try ties() == "")
    #expect(ana.get("/assumptions?state=confirmed").text.contains("no, at Initech now"))
    site.pass(seconds: 1)
    #expect(try undo() == 303)
    #expect(try ties() == "Bea works_at Umbrella")
    // Two of that name: nobody knows which is meant. What is said not to be so is not taken for it.
    try site.owner.run(
      """
      INSERT INTO places (id, user_id, name, created_at, updated_at) VALUES (\(ID<Thing>.new(at: site.now)), \(ana.user), 'Acme', \(site.now), \(site.now))
      """)
    for words in ["no, at Acme", "not at Acme either"] {
      site.pass(seconds: 1)
      #expect(ana.post("/assumptions/\(works)/correction", ["correction": words]).status == 303)
      #expect(try ties() == "", "\(words)")
      site.pass(seconds: 1)
      #expect(try undo() == 303)
    }
    // Dismissed, what rested on it goes, and comes back with it.
    site.pass(seconds: 1)
    var now = ""
    now = try version(works)
    #expect(ana.post("/assumptions/\(works)/dismissal", ["version": now]).status == 303)
    #expect(try ties() == "")
    site.pass(seconds: 1)
    #expect(try undo() == 303)
    #expect(try ties() == "Bea works_at Umbrella")
    // A later answer is not lost to an old undo.
    site.pass(seconds: 1)
    now = try version(works)
    #expect(ana.post("/assumptions/\(works)/dismissal", ["version": now]).status == 303)
    let old = try planned.undo()
    site.pass(seconds: 1)
    now = try version(works)
    #expect(ana.post("/assumptions/\(works)/confirmation", ["version": now]).status == 303)
    #expect(ana.post(old).status == 409)
    #expect(try ties() == "Bea works_at Umbrella")
    // One that is still asked about and corrected to what is known says that, too: about whom the words name. It is taken back as one, unless what was
    // kept was answered since.
    let cal = try ana.known("Cal")
    site.pass(seconds: 1)
    _ = try ana.known("Dan")
    let with = try ana.assumption("Bea works with Cal.", about: who, "works_with", "person:" + cal)
    #expect(ana.post("/assumptions/\(with)/correction", ["version": "1", "correction": "No, Cal works with Dan"]).status == 303)
    #expect(try ties() == "Bea works_at Umbrella, Cal works_with Dan")
    let whole = try planned.undo()
    site.pass(seconds: 1)
    let kept = try site.text("SELECT id::text FROM assumptions WHERE words = 'No, Cal works with Dan'").unwrapped
    #expect(ana.post("/assumptions/\(kept)/correction", ["version": "1", "correction": "Cal worked with them once"]).status == 303)
    #expect(try ties() == "Bea works_at Umbrella")
    #expect(ana.post(whole).status == 409)
    #expect(try ana.stands(with) == "corrected 0.70 2" && ana.stands(kept) == "corrected 1.00 2")
    let acts = try site.text("SELECT string_agg(action, ' ' ORDER BY number) FROM audit_log WHERE action LIKE 'assumption.%'")
    let corrected = String(repeating: " corrected", count: 4)
    let done = "confirmed" + corrected + " dismissed dismissed confirmed corrected corrected"
    #expect(acts?.replacingOccurrences(of: "assumption.", with: "") == done)
    // A confirmation is taken back after a correction of it was: it stands as the confirmation left it, and what rested on it goes.
    site.pass(seconds: 1)
    let (eli, before) = ("person:" + (try ana.known("Eli")), try ties())
    let knows = try ana.assumption("Eli works at Umbrella.", about: eli, "works_at", umbrella)
    #expect(ana.post("/assumptions/\(knows)/confirmation", ["version": "1"]).status == 303)
    let confirmation = try planned.undo()
    let confirmed = try ties()
    #expect(confirmed.contains("Eli works_at Umbrella"))
    site.pass(seconds: 1)
    #expect(ana.post("/assumptions/\(knows)/correction", ["version": "2", "correction": "no, at Initech now"]).status == 303)
    let correction = try planned.undo()
    site.pass(seconds: 1)
    #expect(ana.post(confirmation).status == 409, "it is corrected")
    #expect(ana.post(correction).status == 303)
    #expect(try ties() == confirmed)
    site.pass(seconds: 1)
    #expect(ana.post(confirmation).status == 303)
    #expect(try ana.stands(knows) == "open 0.70 5")
    #expect(try ties() == before)
  }

  @Test func `Hard cases 36 and 37: contrary ones are both asked, a stale answer is 409, a stranger's is 404, and nothing is lost`() throws
  {
    let who = "person:" + (try ana.known("Bea"))
    let places = [try ana.place(named: "Acme"), try ana.place(named: "Umbrella")].map { "place:" + $0 }
    let friend = "person:" + (try ana.known("Cal"))
    let one = try ana.assumption("Bea works at Acme.", about: who, "works_at", places[0])
    site.pass(seconds: 1)
    let other = try ana.assumption("Bea works at Umbrella.", about: who, "works_at", places[1])
    let contrary = ana.get("/assumptions").text
    #expect(contrary.components(separatedBy: "Something else is said of this, too. Which is so?").count == 3)
    #expect(ana.post("/assumptions/\(one)/confirmation").status == 303)
    // The other is asked about still: a fact retires no question by itself.
    #expect(ana.get("/assumptions").facts("key") == ["\(who) works_at \(places[1])", "\(who) works_at \(places[0])"])
    #expect(try ana.stands(other) == "open 0.70 1")
    // What can stand together is not contrary.
    let knows = try ana.assumption("Bea knows Cal.", about: who, "knows", friend)
    #expect(!ana.get("/assumptions?kind=person&about=\(friend)").text.contains("Which is so?"))
    site.pass(seconds: 1)
    let both = try ana.assumption("Bea knows Eli.", about: who, "knows", "person:" + ana.known("Eli"))
    #expect(ana.post("/assumptions/\(both)/confirmation").status == 303)
    #expect(try ana.stands(both) == "confirmed 1.00 2" && ana.stands(knows) == "open 0.70 1")
    #expect(ana.get("/assumptions").text.components(separatedBy: "Which is so?").count == 3)
    // Two tabs: the second answer, made for what was there before, is refused and says so; what was typed is kept.
    let stale = ana.post("/assumptions/\(one)/dismissal", ["version": "1"])
    #expect(stale.status == 409 && stale.text.contains("answered or changed meanwhile"))
    #expect(ana.post("/assumptions/\(one)/dismissal").status == 409)
    let typed = ana.post("/assumptions/\(one)/correction", ["version": "1", "correction": "She runs Acme"])
    #expect(typed.status == 409 && typed.text.contains("She runs Acme"))
    #expect(try ana.stands(one) == "confirmed 1.00 2")
    // 422 with the complaint beside the control; nothing is stored.
    let (before, long) = (try site.fingerprint(), String(repeating: "a", count: 1_001))
    for words in ["", "  \n ", "\u{2066}\u{200B}", long] {
      let page = ana.post("/assumptions/\(knows)/correction", ["version": "1", "correction": words])
      #expect(page.status == 422 && page.complaints == ["correction"], "\(words.count) \(page.status)")
    }
    #expect(ana.post("/assumptions/\(knows)/confirmation", ["version": "soon"]).status == 422)
    #expect(try site.fingerprint() == before)
    for query in ["state=superseded", "kind=secret", "about=person:me", "after=x"] {
      #expect(ana.get("/assumptions?" + query).status == 422, "\(query)")
    }
    // Somebody else's is nobody's, before anything is judged.
    let eve = try site.person("eve@x.test")
    for what in ["confirmation", "dismissal", "correction"] {
      #expect(eve.post("/assumptions/\(knows)/\(what)", ["version": "x"]).status == 404)
      #expect(eve.post("/assumptions/0192f000-0000-7000-8000-000000000000/\(what)").status == 404)
    }
    let hers = eve.get("/assumptions?state=all&about=\(who)")
    #expect(hers.status == 200 && !hers.text.contains("Bea") && eve.get("/assumptions").text.contains("Nothing to confirm."))
    #expect(try ana.stands(knows) == "open 0.70 1")
    // The page of a person has the three answers, and leads back to itself; Today says how many wait.
    let page = ana.get("/people/" + who.dropFirst("person:".count))
    #expect(
      page.text.contains("What is assumed")
        && page.field("next", ofForm: "/assumptions/\(knows)/dismissal") == "/people/" + who.dropFirst(7))
    #expect(ana.get("/").text.contains("2 assumptions to confirm"))
    let back = ana.post("/assumptions/\(knows)/dismissal", ["version": "1", "next": "/people/" + who.dropFirst(7)])
    #expect(back.location == "/people/" + who.dropFirst(7))
    // In the trash it is not asked about, and not answered; it comes back with its subject.
    #expect(ana.post("/people/\(who.dropFirst(7))/deletion").status == 303)
    #expect(ana.get("/assumptions?state=all").facts("key").isEmpty && ana.post("/assumptions/\(other)/confirmation").status == 404)
    site.pass(seconds: 1)
    #expect(ana.post("/trash/person/\(who.dropFirst(7))/restoration").status == 303)
    #expect(ana.get("/assumptions?state=all").facts("key").count == 4)
    // Made one with somebody, what is assumed about them goes along, and is theirs again when they are apart.
    let (bea, dan) = (String(who.dropFirst(7)), try ana.known("Dan"))
    site.pass(seconds: 1)
    #expect(ana.post("/people/\(dan)/merge", ["other": bea]).status == 303)
    #expect(ana.get("/people/\(dan)").text.contains("Bea works at Umbrella."))
    #expect(ana.get("/assumptions").facts("key").first == "person:\(dan) works_at \(places[1])")
    let merge = try site.text("SELECT id::text FROM merges").unwrapped
    #expect(ana.post("/undo/\(merge)").status == 303)
    #expect(ana.get("/people/\(bea)").text.contains("Bea works at Umbrella.") && !ana.get("/people/\(dan)").text.contains("Umbrella"))
  }
}
