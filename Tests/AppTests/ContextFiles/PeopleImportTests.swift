import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// People out of files, with issue 13's hard cases 3 and 5.
@Suite struct PeopleImportTests {
  private let made: Imported
  private var site: Site { made.site }
  private var ana: Browser { made.ana }

  init() throws { made = try Imported() }

  private static func card(_ uid: String, _ lines: String...) -> String {
    "BEGIN:VCARD\r\nVERSION:3.0\r\n" + (uid.isEmpty ? "" : "UID:\(uid)\r\n") + lines.map { $0 + "\r\n" }.joined() + "END:VCARD\r\n"
  }

  @Test func `Hard case 3: a card comes twice and makes nobody new, whatever was done with who came of it`() throws {
    let file =
      Self.card("1", "FN:Bea Lima", "EMAIL:bea@x.example", "ORG:Acme", "BDAY:--0229", "PHOTO;ENCODING=b:AAAA")
      + Self.card("2", "FN:Cy Dias", "TEL:+55 11 98765-4321", "CATEGORIES:home") + Self.card("", "FN:Dora Reis", "EMAIL:dora@x.example")
      + Self.card("4", "N:;;;;")
    let preview = made.look("people", file, as: "a.vcf")
    #expect(preview.status == 200 && preview.fact("state") == "preview" && preview.fact("new") == "3" && preview.fact("refused") == "1")
    #expect(preview.text.contains("Left off: 1 picture, sound or key."))
    #expect(try site.count("SELECT count(*) FROM people") == 0)
    #expect(made.figures(try made.take("people", file)) == "3 0 0 0 0 0 1")
    let stored = try site.text("SELECT string_agg(name || '|' || email || '|' || phone || '|' || company, ' ' ORDER BY name) FROM people")
    #expect(stored == "Bea Lima|bea@x.example||Acme Cy Dias||+5511987654321| Dora Reis|dora@x.example||")
    #expect(try site.text("SELECT birth_month || '-' || birth_day FROM people WHERE name = 'Bea Lima'") == "2-29")
    #expect(made.figures(try made.take("people", file)) == "0 3 0 0 0 0 1")
    // One edited by hand: what was typed stays, is listed, and the rest follows the card.
    let bea = try made.person("Bea Lima")
    let edit: KeyValuePairs = ["name": "Bea L.", "email": "bea@x.example", "company": "Acme", "birthday": "--02-29", "version": "1"]
    #expect(ana.post("/people/\(bea)", edit).status == 303)
    let again = try made.take("people", file)
    #expect(made.figures(again) == "0 2 1 0 0 0 1" && again.text.contains("Kept as you changed it: Name."))
    let newer = file.replacingOccurrences(of: "FN:Bea Lima", with: "FN:Beatriz").replacingOccurrences(of: "ORG:Acme", with: "ORG:Umbra")
    #expect(made.figures(try made.take("people", newer, ["same": "skip"])) == "0 2 1 0 0 0 1")
    let updated = try made.take("people", newer)
    #expect(made.figures(updated) == "0 2 0 1 0 0 1")
    #expect(try site.text("SELECT name || ' ' || company FROM people WHERE id = \(bea)::uuid") == "Bea L. Umbra")
    // Her page says where she came from, and that too.
    let page = ana.get("/people/\(bea)")
    #expect(page.fact("source") == "import:vcard" && page.text.contains("Changed by hand, and therefore kept: name"))
    let back = try made.undo("people", updated)
    #expect(back.fact("state") == "undone" && back.fact("undone") == "1" && back.fact("kept") == "0")
    #expect(try site.text("SELECT name || ' ' || company FROM people WHERE id = \(bea)::uuid") == "Bea L. Acme")
    #expect(try site.count("SELECT count(*) FROM person_addresses WHERE person_id = \(bea)::uuid") == 1)
    // In the trash it stays there, and can be chosen to come back; an address that somebody has makes nobody new.
    let cy = try made.person("Cy Dias")
    #expect(ana.post("/people/\(cy)/deletion").status == 303)
    let trashed = try made.take("people", file)
    #expect(made.figures(trashed) == "0 1 1 0 1 0 1")
    #expect(made.figures(try made.take("people", file, ["trash": "restore"])) == "0 1 1 0 0 1 1")
    let eva = Self.card("10", "FN:Eva", "EMAIL:bea@x.example", "EMAIL:eva@x.example")
    let other = Self.card("9", "FN:Somebody else", "EMAIL:DORA@x.example") + eva
    let taken = try made.take("people", other)
    #expect(made.figures(taken) == "0 0 2 0 0 0 0" && taken.text.contains("Dora Reis has this address."))
    let added = try made.take("people", other, ["same": "add"])
    #expect(made.figures(added) == "2 0 0 0 0 0 0")
    #expect(try site.text("SELECT email FROM people WHERE name = 'Eva'") == "eva@x.example")
    // Purged is new.
    #expect(ana.post("/people/\(cy)/deletion").status == 303)
    #expect(ana.post("/trash/person/\(cy)/purge").status == 303)
    #expect(made.look("people", file).fact("new") == "1")
    // A card of ours about who was merged since is about whom they lie in.
    let (stays, gone) = (try ana.known(["name": "Stays"]), try ana.known(["name": "Goes"]))
    #expect(ana.post("/people/\(stays)/merge", ["other": gone]).status == 303)
    let ours = made.look("people", Self.card(gone, "FN:Goes"))
    #expect(ours.fact("known") == "1" && ours.fact("new") == "0" && ours.text.contains("/people/\(stays)"))
    // Hard case 5: what says something new of who was merged updates whom they lie in, but for what was typed there.
    let gil = Self.card("20", "FN:Gil", "EMAIL:gil@x.example")
    try made.take("people", gil)
    let merged = ana.post("/people/\(stays)/merge", ["other": try made.person("Gil")])
    #expect(merged.status == 303)
    let cook = try made.take("people", gil.replacingOccurrences(of: "FN:Gil", with: "FN:Gil\r\nTITLE:Cook"))
    #expect(made.figures(cook) == "0 0 0 1 0 0 0" && cook.text.contains("Kept as you changed it: Name."))
    #expect(
      try site.text("SELECT name || ' ' || title || ' ' || email FROM people WHERE id = \(stays)::uuid") == "Stays Cook gil@x.example")
    #expect(site.logged.isEmpty)
  }

  @Test func `Hard case 3: of 600 cards 598 are gone again when two were edited, which are named`() throws {
    let cards = (1...600).map { Self.card("c\($0)", "FN:Person \($0)", "EMAIL:p\($0)@x.example") }.joined()
    let page = try made.take("people", cards)
    #expect(made.figures(page) == "600 0 0 0 0 0 0")
    for number in [7, 300] {
      let id = try made.person("Person \(number)")
      #expect(ana.post("/people/\(id)", ["name": "Person \(number)", "notes": "Met", "version": "1"]).status == 303)
    }
    let place = "/people/import/" + (try page.fact("import").unwrapped)
    #expect(ana.post(place + "/undo").status == 303)
    let back = ana.get(place)
    #expect(back.fact("state") == "undone" && back.fact("undone") == "598" && back.fact("kept") == "2")
    #expect(back.text.contains("Person 7") && back.text.contains("Person 300"))
    #expect(try site.text("SELECT string_agg(name, ', ' ORDER BY name) FROM people") == "Person 300, Person 7")
    #expect(try site.count("SELECT count(*) FROM entity_sources") == 2)
    #expect(ana.post(place + "/undo").status == 303, "twice")
    let other = try made.take("people", Self.card("z", "FN:Zoe")).fact("import").unwrapped
    // Not long enough away to be signed out.
    site.pass(hours: 24 * 16)
    #expect(ana.get("/people/import/\(other)").fact("state") == "done")
    site.pass(hours: 24 * 16)
    #expect(ana.post("/people/import/\(other)/undo").status == 409)
  }

  @Test func `what is no file of people is refused with words, and nobody else sees a preview`() throws {
    for (text, words) in [
      (" ", "This file is empty."), ("nothing", "This file holds no people"), ("a,b\n1,2\n", "This file holds no people"),
    ] {
      let page = made.look("people", text)
      #expect(page.status == 422 && page.text.contains(words), "\(text)")
    }
    #expect(ana.post("/people/import", ["file": Self.card("1", "FN:A"), "format": "ics"]).status == 422)
    #expect(ana.post("/people/import", [:]).status == 422)
    let many = (0...50_000).map { "n\($0)\n" }.joined()
    #expect(made.look("people", "name\n" + many).status == 413)
    let id = try made.look("people", Self.card("1", "FN:A")).fact("import").unwrapped
    let eve = try site.person("eve@x.test")
    #expect(eve.get("/people/import/\(id)").status == 404 && eve.post("/people/import/\(id)/confirmation").status == 404)
    #expect(ana.get("/events/import/\(id)").status == 404, "another noun")
    #expect(ana.post("/people/import/\(id)/confirmation", ["same": "x", "trash": "y"]).status == 422)
    // The doors ask whose it is.
    try site.owner.transaction {
      try site.owner.run("SELECT set_config('heed.user_id', \(eve.user.text), true)")
      try site.owner.run("SELECT door.discard_context_import(\(id)::uuid), door.undo_context_import(\(id)::uuid, 500)")
      try site.owner.run("SELECT door.replace_context_imports('people', \(site.now))")
    }
    #expect(ana.get("/people/import/\(id)").fact("state") == "preview")
    #expect(ana.post("/people/import/\(id)/deletion").status == 303 && ana.get("/people/import/\(id)").status == 404)
  }
}
