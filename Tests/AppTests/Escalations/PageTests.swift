import Domain
import Testing

@testable import App

@Suite struct EscalationPageTests {
  private func ringing(_ importance: Importance = .high) throws -> (World, Visitor, ID<Reminder>, ID<Escalation>) {
    let world = try World()
    let id = try world.remind(nil, importance, title: "Pay <the> rent")
    world.pass(hours: 1)
    try world.work()
    return (world, try Visitor(world, as: world.user), id, try world.newest(id).unwrapped.id)
  }

  @Test func theTimelineTellsPastAndPlanned() throws {
    let (world, visitor, _, id) = try ringing()
    let page = visitor.get("/escalations/\(id.text)")
    #expect(page.status == 200, "\(visitor.errors)")
    for piece in [
      "data-fact=\"state\" value=\"active\"", "data-fact=\"tier\" value=\"1\"", "data-fact=\"delivery\" value=\"sent\"",
      "Pay &lt;the&gt; rent",
      "data-fact=\"next-step\" value=\"\(world.now.advanced(minutes: 5).iso)\"", "Not set up: push, SMS. By e-mail instead.",
      "Tier 4: push, SMS, e-mail.",
    ] { #expect(page.body.contains(piece), "\(piece)") }
    #expect(visitor.get("/escalations").body.contains("Escalating, tier 1 of 4"))
  }

  @Test func everyAnswerIsAPostThatLeadsBack() throws {
    let (world, visitor, reminder, id) = try ringing(.critical)
    let path = "/escalations/\(id.text)"
    #expect(visitor.post(path + "/advance").status == 303)
    #expect(try world.state(reminder) == "active 2 0 1")
    #expect(visitor.post(path + "/notes", ["text": "I called the bank"]).status == 303)
    #expect(visitor.post(path + "/notes", ["text": ""]).status == 422)
    #expect(visitor.post(path + "/acknowledgement", ["again_in": "the day after never"]).status == 422)
    #expect(visitor.post(path + "/acknowledgement", ["again_in": "2 hours"]).status == 303)
    #expect(try world.newest(reminder)?.course.againAt == world.now.advanced(hours: 2))
    #expect(visitor.post(path + "/snoozes", ["until": "tomorrow at 9", "reason": "asleep"]).status == 303)
    #expect(try world.state(reminder) == "snoozed 2 0 1")
    #expect(visitor.post(path + "/advance").status == 409)
    #expect(visitor.post(path + "/completion").status == 303)
    #expect(visitor.post(path + "/completion").status == 303)
    #expect(visitor.post(path + "/snoozes", ["until": "1 hour"]).status == 409)
    let page = visitor.get(path).body
    for piece in ["Ana did not wait: tier 2 told.", "I called the bank", "Done, says Ana.", "withdrawn"] {
      #expect(page.contains(piece), "\(piece)")
    }
    #expect(visitor.errors == [])
  }

  @Test func aStrangerFindsNothing() throws {
    let (world, _, reminder, id) = try ringing()
    let (user, account) = (ID<User>.new(at: world.now), ID<Account>.new(at: world.now))
    try world.addPerson(user, account, "eve@x.test", "UTC", .english, true)
    let eve = try Visitor(world, as: user)
    let path = "/escalations/\(id.text)"
    #expect(eve.get(path).status == 404)
    for (noun, fields) in [
      ("acknowledgement", [:]), ("snoozes", ["until": "1 hour"]), ("completion", [:]), ("advance", [:]), ("notes", ["text": "hm"]),
    ] as [(String, KeyValuePairs<String, String>)] { #expect(eve.post("\(path)/\(noun)", fields).status == 404, "\(noun)") }
    #expect(!eve.get("/escalations?state=all").body.contains("the&gt;"))
    #expect(try world.state(reminder) == "active 1 0 1")
    #expect(eve.get(path, signedIn: false).status == 303 && eve.post(path + "/completion", signedIn: false).status == 401)
  }

  @Test func aSignedLinkShowsAndAnswersWithoutSigningIn() throws {
    let (world, visitor, reminder, id) = try ringing()
    let path = "/a/" + ActionLink(id, sentAt: world.now).token(world.services.keys)
    #expect(visitor.get(path, signedIn: false).body.contains("I am on it"))
    #expect(try world.state(reminder) == "active 1 0 1")
    #expect(visitor.post(path, ["action": "dance"], signedIn: false).status == 422)
    #expect(visitor.post(path, ["action": "snooze", "until": "yesterday"], signedIn: false).status == 422)
    #expect(visitor.post(path, ["action": "snooze", "until": "2 hours"], signedIn: false).status == 303)
    #expect(try world.state(reminder) == "snoozed 1 0 1")
    // What was understood is said.
    #expect(
      visitor.get(path, signedIn: false).body.contains("ana@x.test snoozed it on Sat 21 Nov 2026, 10:00, until Sat 21 Nov 2026, 12:00."))
    #expect(visitor.post(path, ["action": "completion"], signedIn: false).status == 303)
    #expect(visitor.post(path, ["action": "completion"], signedIn: false).status == 303)
    #expect(visitor.get(path, signedIn: false).body.contains("ana@x.test did it on"))
    #expect(try world.reminder(reminder).status == .completed)
    #expect(try world.count("SELECT count(*) FROM audit_log WHERE actor = 'link'") >= 2)
    for bad in ["/a/x", path + "A", "/a/" + String(path.dropFirst(4))] {
      #expect(visitor.get(bad, signedIn: false).status == 404, "\(bad)")
    }
    #expect(visitor.errors == [])
  }

  @Test func aLateLinkIsReadAndDoesNothingAndAnOldOneNeverTouchesANewerOne() throws {
    let (world, visitor, reminder, id) = try ringing()
    let path = "/a/" + ActionLink(id, sentAt: world.now).token(world.services.keys)
    world.pass(hours: 30)
    try world.work()
    world.pass(hours: 30)
    try world.work()
    let profile: EscalationProfile = try world.db.row(
      "SELECT \(EscalationProfile.columns) FROM profiles p WHERE p.user_id = \(world.user) AND p.preset = 'urgent'"
    ).unwrapped
    try world.desk(reminder) { _ = try $0.fire(profile) }
    #expect(visitor.post(path, ["action": "completion"], signedIn: false).status == 409)
    #expect(try world.state(reminder) == "active 1 0 1")
    world.pass(hours: 24 * 6)
    #expect(visitor.get(path, signedIn: false).body.contains("older than seven days"))
    #expect(visitor.post(path, ["action": "completion"], signedIn: false).status == 409)
  }

  @Test func oneClickEndsMailsToThatAddressAndTheSwitchBringsThemBack() throws {
    let (world, visitor, _, _) = try ringing()
    let path = "/u/" + UnsubscribeLink(world.user, "ana@x.test").token(world.services.keys)
    #expect(visitor.get(path, signedIn: false).status == 200)
    #expect(try world.count("SELECT count(*) FROM muted_addresses") == 0)
    for _ in 0..<2 { #expect(visitor.post(path, ["List-Unsubscribe": "One-Click"], signedIn: false).status == 200) }
    #expect(try world.count("SELECT count(*) FROM muted_addresses") == 1)
    #expect(visitor.get("/u/abc", signedIn: false).status == 404)
    world.pass(minutes: 5)
    try world.work()
    #expect(try world.deliveries() == ["1 sent kept", "2 cancelled unsubscribed"])
    #expect(visitor.get("/agents").body.contains("asked for no more mail"))
    #expect(visitor.get("/profiles").body.contains("E-mail is off: no tier reaches you."))
    #expect(visitor.post("/agents/email", ["enabled": "on"]).status == 303)
    world.pass(minutes: 10)
    #expect(try world.work().sent == 1)
    #expect(visitor.post("/agents/email").status == 303)
    world.pass(minutes: 15)
    try world.work()
    #expect(try world.deliveries().last == "4 cancelled switched_off")
    #expect(visitor.post("/agents/sms").status == 409 && visitor.get("/agents/fax").status == 404)
    #expect(visitor.errors == [])
  }

  @Test func malformedFiltersAreRefused() throws {
    let world = try World()
    let visitor = try Visitor(world, as: world.user)
    #expect(visitor.get("/escalations?state=odd").status == 422)
    #expect(visitor.get("/escalations?after=odd").status == 422)
    #expect(visitor.get("/escalations?state=all").status == 200)
    #expect(visitor.get("/escalations/odd").status == 404)
  }
}
