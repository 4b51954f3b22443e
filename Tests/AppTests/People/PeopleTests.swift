import Postgres
import Testing

@testable import App
@testable import Domain

/// People by request, with issue 13's hard cases 1, 2, 7 and 8. Monday 1 March 2027, noon in New York.
@Suite struct PeopleTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-03-01T17:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/New_York")
  }

  /// "active 2027-03-08 09:00": what rings for somebody, the newest; nil: nothing ever did.
  private func bell(_ person: String) throws -> String? {
    try site.text(
      """
      SELECT r.status || coalesce(to_char(r.next_at AT TIME ZONE 'America/New_York', ' YYYY-MM-DD HH24:MI'), '') FROM person_reminders b
      JOIN reminders r ON r.id = b.reminder_id WHERE b.person_id = \(person)::uuid ORDER BY r.id DESC LIMIT 1
      """)
  }

  private func names(_ target: String) -> [String] {
    ana.get(target).text.components(separatedBy: "<h2 class=\"row-title\"").dropFirst().compactMap {
      $0.components(separatedBy: "</a>").first?.components(separatedBy: ">").last
    }
  }

  @Test
  func `Hard case 1: an address belongs to one of those who live, letter case aside, as main one or alias; dots differ, accounts do not`()
    throws
  {
    let one = try ana.known(["name": "Ana Souza", "email": "Ana@X.example", "more_emails": "souza@x.example\n\nANA@x.example"])
    #expect(try site.text("SELECT string_agg(key, ' ' ORDER BY position) FROM person_addresses") == "ana@x.example souza@x.example")
    let again = ana.post("/people", ["name": "Other", "email": "ana@x.example", "company": "Acme"])
    #expect(again.status == 422 && again.complaints == ["email"])
    #expect(again.text.contains("href=\"/people/\(one)\"") && again.text.contains("value=\"Acme\""))
    let alias = ana.post("/people", ["name": "Other", "email": "o@x.example", "more_emails": "SOUZA@x.example"])
    #expect(alias.status == 422 && alias.complaints == ["more_emails"] && alias.text.contains("href=\"/people/\(one)\""))
    let both: KeyValuePairs = ["name": "Other", "email": "ana@x.example", "more_emails": "souza@x.example"]
    #expect(ana.post("/people", both).complaints == ["email", "more_emails"])
    let quick = ana.post("/people", ["quick": "Other ana@x.example"])
    #expect(quick.status == 422 && quick.complaints == ["quick"] && quick.text.contains("href=\"/people/\(one)\""))
    try ana.known(["name": "Dotted", "email": "a.na@x.example"])
    let bea = try site.person("bea@x.test")
    try bea.known(["name": "Theirs", "email": "ana@x.example"])
    // What somebody has already is no other's.
    #expect(ana.post("/people/\(one)", ["name": "Ana", "email": "ana@X.example", "version": "1"]).status == 303)
    #expect(try site.count("SELECT count(*) FROM person_addresses WHERE user_id = \(ana.user) AND key = 'souza@x.example'") == 0)
    #expect(ana.post("/people/\(one)", ["name": "Late", "email": "ana@X.example", "version": "1"]).status == 409)
  }

  @Test func `Hard case 2: an address of the trash is free, and who comes back chooses between merging and going without`() throws {
    let old = try ana.known(["name": "Old Ana", "email": "ana@x.example", "more_emails": "old@x.example", "stay_in_touch": "2 weeks"])
    #expect(ana.post("/people/\(old)/deletion").location == "/people")
    #expect(ana.get("/people").text.contains("action=\"/trash/person/\(old)/restoration?reminders=on\""))
    let new = try ana.known(["name": "New Ana", "email": "ANA@x.example"])
    let choice = ana.post("/trash/person/\(old)/restoration")
    #expect(choice.status == 409 && choice.text.contains("New Ana"))
    #expect(choice.text.contains("name=\"merge\" value=\"\(new)\"") && choice.text.contains("name=\"without\" value=\"on\""))
    #expect(try site.count("SELECT count(*) FROM people WHERE deleted_at IS NOT NULL") == 1)
    #expect(ana.post("/trash/person/\(old)/restoration", ["without": "on"]).location == "/people/\(old)")
    let page = ana.get("/people/\(old)")
    #expect(page.text.contains("mailto:old@x.example") && !page.text.contains("mailto:ana@x.example"))
    #expect(page.text.contains("Nothing rings to stay in touch with them"))
    #expect(try site.text("SELECT email FROM people WHERE id = \(old)::uuid") == "old@x.example")
    // The other way, where both are merged field by field.
    #expect(ana.post("/people/\(new)/deletion").status == 303)
    let third = try ana.known(["name": "Third", "email": "ana@x.example"])
    #expect(ana.post("/trash/person/\(new)/restoration", ["merge": third]).location == "/people/\(third)/merge?with=\(new)")
    #expect(ana.post("/trash/person/\(new)/restoration", ["merge": "walrus"]).status == 422)
    #expect(ana.post("/trash/person/\(new)/restoration").location == "/people/\(new)")
    let eve = try site.person("eve@x.test")
    #expect(eve.post("/trash/person/\(new)/restoration", ["merge": "walrus"]).status == 404)
    #expect(ana.post("/people/\(third)/merge", ["other": new]).location == "/people/\(third)")
    #expect(ana.get("/people/\(new)").location == "/people/\(third)")
  }

  @Test func `Hard case 7: birthdays on 29 February, without a year, of a year alone, ahead and long ago, on Today and on their pages`()
    throws
  {
    for (typed, field) in [("2027-03-02", "birthday"), ("2027-02-30", "birthday"), ("29/02", "birthday"), ("--02-30", "birthday")] {
      let page = ana.post("/people", ["name": "A", "birthday": typed])
      #expect(page.status == 422 && page.complaints == [field] && page.text.contains("value=\"\(typed)\""), "\(typed)")
    }
    let leap = try ana.known(["name": "Leap", "birthday": "1988-02-29"])
    try ana.known(["name": "Some day", "birthday": "--03-05"])
    try ana.known(["name": "Year alone", "birthday": "1985"])
    try ana.known(["name": "Long ago", "birthday": "1850-03-01"])
    #expect(ana.get("/people/\(leap)").text.contains("29 February 1988 (kept on 28 February in other years)"))
    let today = ana.get("/").text
    #expect(today.contains("Birthday today, 177 years") && today.contains(">Some day</a>") && !today.contains("Year alone"))
    #expect(!today.contains(">Leap</a>"))
    // Said on the 28th of a year without one, with the age on the day itself alone; on the 29th where there is one.
    for (at, text, isSaid) in [
      ("2027-02-28T17:00:00Z", "Birthday today, 39 years", true), ("2027-02-26T17:00:00Z", "Birthday on Sun 28 Feb 2027", true),
      ("2028-02-29T17:00:00Z", "Birthday today, 40 years", false), ("2028-02-28T17:00:00Z", "Birthday tomorrow", false),
    ] {
      site.now = try Instant(iso: at).unwrapped
      let page = try site.visit(as: ana).get("/people").text
      #expect(page.contains(text) && page.contains("kept on the 28th this year") == isSaid, "\(at)")
    }
  }

  @Test func `Hard case 8: a contact of last week moves what is due, one of tomorrow is refused, an event that ends counts`() throws {
    let person = try ana.known(["name": "Ana", "stay_in_touch": "every 3 weeks"])
    #expect(try bell(person) == "active 2027-03-22 09:00")
    let log = "/people/\(person)/contacts-log"
    for (typed, complaint) in [
      ("tomorrow", "lies ahead"), ("2027-03-02", "lies ahead"), ("walrus", "not understood"), ("2027-02-30", "no such date"),
    ] {
      let page = ana.post(log, ["at": typed, "words": "Lunch"])
      #expect(page.status == 422 && page.complaints == ["at"] && page.text.contains(complaint) && page.text.contains("Lunch"), "\(typed)")
    }
    let nonce = try ana.get("/people/\(person)").field("nonce", ofForm: log).unwrapped
    for (at, words) in [("last week", "Tea"), ("last week", "Cake"), ("last week", "Cake"), ("2027-02-20", "Cake")] {
      _ = ana.post(log, ["at": at, "words": words, "nonce": nonce])
    }
    #expect(try site.count("SELECT count(*) FROM contact_log WHERE words IN ('Tea', 'Cake')") == 3)  // One was pressed twice.
    try site.owner.run("DELETE FROM contact_log")
    #expect(ana.post(log, ["at": "last week", "words": "Lunch"]).location == "/people/\(person)")
    let page = ana.get("/people/\(person)")
    #expect(page.fact("last-contact") == "2027-02-22T14:00:00Z" && page.text.contains("Lunch"))
    #expect(try bell(person) == "active 2027-03-15 09:00")
    #expect(try site.count("SELECT count(*) FROM reminders") == 1)
    // Edits of a form that was opened before are not overtaken by that.
    #expect(ana.post("/people/\(person)", ["name": "Ana S", "stay_in_touch": "every 3 weeks", "version": "1"]).status == 303)
    #expect(try site.text("SELECT title FROM reminders") == "Get in touch with Ana S")

    // When it has rung and is done, they were in touch, and it begins anew.
    site.now = try Instant(iso: "2027-03-15T13:00:30Z").unwrapped
    try site.work()
    #expect(ana.get("/").text.contains("Get in touch: due"))
    let rung = try site.text("SELECT reminder_id::text FROM person_reminders").unwrapped
    #expect(ana.get("/reminders/\(rung)/edit").location == "/people/\(person)/edit")
    #expect(ana.post("/reminders/\(rung)/completion").status == 303)
    #expect(try bell(person) == "active 2027-04-05 09:00")
    #expect(ana.get("/people/\(person)").fact("last-contact") == "2027-03-15T13:00:30Z")

    try attend(person, at: "2027-03-16 12:00", until: "2027-03-16 13:00")
    site.now = try Instant(iso: "2027-03-16T12:59:00Z").unwrapped
    try site.work()
    #expect(try site.count("SELECT count(*) FROM contact_log WHERE event_id IS NOT NULL") == 0)
    site.now = try Instant(iso: "2027-03-16T13:01:00Z").unwrapped
    try site.work()
    try site.work()
    #expect(try site.count("SELECT count(*) FROM contact_log WHERE event_id IS NOT NULL") == 1)
    #expect(ana.get("/people/\(person)").fact("last-contact") == "2027-03-16T13:00:00Z")
    #expect(try bell(person) == "active 2027-04-06 09:00")
    // Switched off, another counts no more; and nobody is rung for who is gone.
    let off: KeyValuePairs = ["name": "Ana S", "stay_in_touch": "every 3 weeks", "stay_events": "off", "version": "2"]
    #expect(ana.post("/people/\(person)", off).status == 303)
    try attend(person, at: "2027-03-16 14:00", until: "2027-03-16 15:00")
    site.pass(hours: 4)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM contact_log WHERE event_id IS NOT NULL") == 1)
    let entry = try site.text("SELECT id::text FROM contact_log WHERE event_id IS NOT NULL").unwrapped
    #expect(ana.post("\(log)/\(entry)/deletion").status == 303)
    #expect(try bell(person) == "active 2027-04-05 09:00")
    #expect(ana.post("\(log)/\(entry)/deletion").status == 404)
    let on: KeyValuePairs = ["name": "Ana S", "stay_in_touch": "every 3 weeks", "stay_events": "on", "version": "3"]
    #expect(ana.post("/people/\(person)", on).status == 303)
    try attend(person, at: "2027-03-16 16:00", until: "2027-03-16 17:00")
    try site.work()
    #expect(try site.count("SELECT count(*) FROM contact_log WHERE event_id IS NOT NULL AND taken_out") == 1)
    #expect(try site.count("SELECT count(*) FROM contact_log WHERE event_id IS NOT NULL AND NOT taken_out") == 2)
    #expect(!ana.get("/people/\(person)").text.contains("/contacts-log/\(entry)/deletion"))
    #expect(try bell(person) == "active 2027-04-06 09:00")
    #expect(ana.post("/people/\(person)/deletion").status == 303)
    #expect(try site.count("SELECT count(*) FROM person_reminders") == 0)
    #expect(ana.post("/trash/person/\(person)/restoration", ["reminders": "on"]).status == 303)
    #expect(try bell(person) == "active 2027-04-06 09:00")
  }

  /// An event in UTC that somebody attends.
  private func attend(_ person: String, at start: String, until end: String) throws {
    let event = ID<Thing>.new(at: site.now)
    try site.owner.run(
      """
      INSERT INTO events (id, user_id, title, starts, ends, zone, starts_at, ends_at, created_at, updated_at)
      VALUES (\(event), \(ana.user), 'Lunch', \(start)::text::timestamp, \(end)::text::timestamp, 'UTC', \(start + "Z")::text::timestamptz,
        \(end + "Z")::text::timestamptz, \(site.now), \(site.now))
      """)
    try site.owner.run(
      """
      INSERT INTO event_instances (event_id, user_id, instance, all_day, starts_at, ends_at)
      SELECT id, user_id, starts, false, starts_at, ends_at FROM events WHERE id = \(event)
      """)
    try site.owner.run(
      """
      INSERT INTO entity_relationships (id, user_id, relationship, from_kind, from_id, to_kind, to_id, created_at, updated_at)
      VALUES (gen_random_uuid(), \(ana.user), 'attends', 'person', \(person)::uuid, 'event', \(event), \(site.now), \(site.now))
      """)
  }

  @Test func `the list says who is due, and is narrowed by words, addresses, kind and tag, in three orders`() throws {
    let empty = ana.get("/people")
    #expect(empty.text.contains("Nobody here yet. Add one, or bring a vCard."))
    let one = ana.post("/people", ["quick": "Ana Souza ana@x.example +55 11 98765-4321"])
    let person = try #require(one.location?.split(separator: "/").last.map { String($0) })
    let page = ana.get("/people/\(person)").text
    #expect(
      page.contains("<h1>Ana Souza</h1>") && page.contains("href=\"tel:+5511987654321\"") && page.contains("href=\"mailto:ana@x.example\""))
    #expect(page.contains("Nothing is open with them.") && page.contains("Nothing is noted yet.") && page.contains("No event with them."))
    #expect(page.contains("/contacts/new?person=\(person)"))
    #expect(ana.get("/contacts/new?person=\(person)").text.contains("value=\"ana@x.example\""))
    site.pass(seconds: 1)
    let friend: KeyValuePairs = [
      "name": "Émile", "type": "friend", "importance": "9", "tags": "chess, home", "company": "Walrus Ltd", "birthday": "--03-04",
      "private": "on",
    ]
    let emile = try ana.known(friend)
    site.pass(seconds: 1)
    try ana.known(["name": "bruno", "importance": "2"])
    #expect(ana.post("/people/\(emile)/contacts-log", ["at": "yesterday"]).status == 303)
    #expect(names("/people") == ["Ana Souza", "bruno", "Émile"])
    #expect(ana.get("/people").text.contains("Birthday on Thu 4 Mar 2027"))
    #expect(names("/people?sort=importance") == ["Émile", "Ana Souza", "bruno"])
    #expect(names("/people?sort=contact").last == "Émile")
    for (query, found) in [
      ("q=souza", ["Ana Souza"]), ("q=emile", ["Émile"]), ("q=walrus", ["Émile"]), ("q=ANA%40x.example", ["Ana Souza"]),
      ("type=friend", ["Émile"]), ("tag=Chess", ["Émile"]), ("q=%2B5511987654321", ["Ana Souza"]), ("type=lead", []), ("q=zebra", []),
    ] { #expect(names("/people?\(query)") == found, "\(query)") }
    #expect(ana.get("/people?type=lead").text.contains("Nobody whom you know is like that."))
    for bad in ["type=walrus", "sort=size", "after=x"] { #expect(ana.get("/people?\(bad)").status == 422, "\(bad)") }
    #expect(names("/people?after=\(person)") == ["bruno", "Émile"])
    #expect(names("/people?sort=importance&after=\(person)") == ["bruno"])

    let many = (0..<21).map { "a\($0)@x.example" }.joined(separator: "\n")
    let wrong: KeyValuePairs = [
      "name": " ", "email": "ana", "phone": "12", "type": "walrus", "importance": "11", "birthday": "soon", "more_emails": many,
      "stay_in_touch": "every monday", "notes": String(repeating: "x", count: 16_385),
    ]
    let refused = ana.post("/people", wrong)
    #expect(refused.status == 422)
    #expect(
      Set(refused.complaints)
        == ["name", "email", "phone", "type", "importance", "birthday", "more_emails", "stay_in_touch", "notes"])
    #expect(refused.text.contains("value=\"every monday\""))
    #expect(ana.post("/people", ["quick": "ana2@x.example"]).complaints == ["quick"])
    #expect(try site.count("SELECT count(*) FROM people") == 3)
    #expect(ana.get("/search?q=souza").text.contains("href=\"/people/\(person)\""))
  }

  @Test func `a task is somebody's by id, by a name of one alone, and by a line; others' people are nobody`() throws {
    let souza = try ana.known(["name": "Ana Souza"])
    let bea = try ana.known(["name": "Bea"])
    try ana.known(["name": "BEA"])
    #expect(ana.get("/tasks/new?assignee=\(bea)").text.contains("value=\"\(bea)\""))
    let theirs = try site.person("eve@x.test").known(["name": "Cy"])
    let gone = try ana.known(["name": "Gone"])
    #expect(ana.post("/people/\(gone)/deletion").status == 303)
    for wrong in ["Bea", "Cy", theirs, gone, "Gone", "walrus"] {
      let page = ana.post("/tasks", ["title": "A", "assignee": wrong])
      #expect(page.status == 422 && page.complaints == ["assignee"], "\(wrong)")
    }
    let task = try ana.task(["title": "Paint", "assignee": souza])
    #expect(ana.get("/tasks/\(task)").fact("assignee") == souza && ana.get("/tasks/\(task)").text.contains(">Ana Souza</a>"))
    let other = try ana.task(["title": "Buy paint"])
    #expect(ana.post("/tasks/\(other)", ["title": "Buy paint", "assignee": "ana souza", "version": "1"]).status == 303)
    // A form that says nothing of it leaves it; an empty field takes it away.
    #expect(ana.post("/tasks/\(other)", ["title": "Buy more paint", "version": "2"]).status == 303)
    #expect(ana.get("/tasks/\(other)").fact("assignee") == souza)
    let list = ana.get("/tasks?person=\(souza)").text
    #expect(list.contains(">Paint</a>") && list.contains(">Buy more paint</a>"))
    #expect(ana.get("/people/\(souza)").text.contains(">Paint</a>"))
    #expect(ana.post("/tasks/\(other)", ["title": "Buy more paint", "assignee": "", "version": "3"]).status == 303)
    #expect(!ana.get("/tasks?person=\(souza)").text.contains(">Buy more paint</a>"))
    #expect(ana.get("/tasks?person=walrus").status == 422)
    let line = ana.post("/tasks", ["quick": "Call about the roof @ana #home"])
    let quick = try #require(line.location?.split(separator: "/").last.map { String($0) })
    let page = ana.get("/tasks/\(quick)")
    #expect(page.fact("assignee") == souza && page.text.contains("<h1>Call about the roof</h1>"))
    #expect(ana.post("/tasks", ["quick": "Call @bea"]).status == 303)
    #expect(try site.count("SELECT count(*) FROM tasks WHERE title = 'Call @bea' AND assignee_id IS NULL") == 1)
    // Whoever is gone for good does nothing more.
    #expect(ana.post("/people/\(souza)/deletion").status == 303)
    #expect(ana.get("/tasks/\(task)").fact("assignee") == nil)
    #expect(ana.post("/trash/person/\(souza)/purge").status == 303)
    #expect(try site.count("SELECT count(*) FROM tasks WHERE assignee_id IS NOT NULL") == 0)
  }

  @Test func `RULES 9.16: the page of who was merged leads to whom they lie in now, through chains; strangers see nothing`() throws {
    let (a, b, d) = (try ana.known(["name": "A"]), try ana.known(["name": "B"]), try ana.known(["name": "D"]))
    for (gone, kept) in [(b, a), (a, d)] {
      try site.owner.run("UPDATE people SET merged_into = \(kept)::uuid, deleted_at = \(site.now) WHERE id = \(gone)::uuid")
      site.pass(seconds: 1)
    }
    #expect(ana.get("/people/\(b)").location == "/people/\(d)" && ana.get("/people/\(a)").location == "/people/\(d)")
    #expect(ana.get("/people/\(d)").fact("merged-into") == d)
    #expect(ana.get("/people/\(b)/edit").status == 404 && ana.post("/trash/person/\(b)/restoration").status == 404)
    let eve = try site.person("eve@x.test")
    for target in ["/people/\(b)", "/people/\(d)", "/people/\(d)/edit"] { #expect(eve.get(target).status == 404, "\(target)") }
    #expect(eve.post("/people/\(d)/contacts-log", ["at": "tomorrow"]).status == 404 && eve.post("/people/\(d)").status == 404)
  }
}
