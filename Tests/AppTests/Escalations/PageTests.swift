import Domain
import Foundation
import Testing
import Web

@testable import App

@Suite struct EscalationPageTests {
  private func ringing(_ importance: Importance = .high) throws -> (Site, Browser, ID<Reminder>, ID<Escalation>) {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(nil, importance, title: "Pay <the> rent")
    site.pass(hours: 1)
    try site.work()
    return (site, ana, id, try ana.newest(id).unwrapped.id)
  }

  @Test func theTimelineTellsPastAndPlanned() throws {
    let (site, ana, _, id) = try ringing()
    let page = ana.get("/escalations/\(id.text)")
    #expect(page.status == 200, "\(site.logged)")
    for piece in [
      "data-fact=\"state\" value=\"active\"", "data-fact=\"tier\" value=\"1\"", "data-fact=\"delivery\" value=\"sent\"",
      "Pay &lt;the&gt; rent",
      "data-fact=\"next-step\" value=\"\(site.now.advanced(minutes: 5).iso)\"", "Not set up: push, SMS. By e-mail instead.",
      "Tier 4: push, SMS, e-mail, trusted contacts.",
    ] { #expect(page.text.contains(piece), "\(piece)") }
    #expect(ana.get("/escalations").text.contains("Escalating, tier 1 of 4"))
  }

  @Test func everyAnswerIsAPostThatLeadsBack() throws {
    let (site, ana, reminder, id) = try ringing(.critical)
    let path = "/escalations/\(id.text)"
    #expect(ana.post(path + "/advance").status == 303)
    #expect(try ana.state(reminder) == "active 2 0 1")
    #expect(ana.post(path + "/notes", ["text": "I called the bank"]).status == 303)
    #expect(ana.post(path + "/notes", ["text": ""]).status == 422)
    #expect(ana.post(path + "/acknowledgement", ["again_in": "the day after never"]).status == 422)
    #expect(ana.post(path + "/acknowledgement", ["again_in": "2 hours"]).status == 303)
    #expect(try ana.newest(reminder)?.course.againAt == site.now.advanced(hours: 2))
    #expect(ana.post(path + "/snoozes", ["until": "tomorrow at 9", "reason": "asleep"]).status == 303)
    #expect(try ana.state(reminder) == "snoozed 2 0 1")
    #expect(ana.post(path + "/advance").status == 409)
    #expect(ana.post(path + "/completion").status == 303)
    #expect(ana.post(path + "/completion").status == 303)
    #expect(ana.post(path + "/snoozes", ["until": "1 hour"]).status == 409)
    let page = ana.get(path).text
    for piece in ["Ana did not wait: tier 2 told.", "I called the bank", "Ana says that it is done.", "withdrawn"] {
      #expect(page.contains(piece), "\(piece)")
    }
    #expect(site.logged == [])
  }

  @Test func aStrangerFindsNothing() throws {
    let (site, ana, reminder, id) = try ringing()
    let eve = try site.person("eve@x.test")
    let path = "/escalations/\(id.text)"
    #expect(eve.get(path).status == 404)
    let nouns = App.site.filter { $0.method == .post && $0.pattern.hasPrefix("/escalations/:escalation/") }.map {
      $0.pattern.replacingOccurrences(of: "/escalations/:escalation/", with: "")
    }
    #expect(nouns.count >= 5)
    for noun in nouns { #expect(eve.post("\(path)/\(noun)", ["until": "1 hour", "text": "hm"]).status == 404, "\(noun)") }
    #expect(!eve.get("/escalations?state=all").text.contains("the&gt;"))
    #expect(try ana.state(reminder) == "active 1 0 1")
    #expect(site.browser().get(path).status == 303 && site.browser().post(path + "/completion", csrf: false).status == 401)
  }

  @Test func aSignedLinkShowsAndAnswersWithoutSigningIn() throws {
    let (site, ana, reminder, id) = try ringing()
    let path = "/a/" + ActionLink(id, to: nil, sentAt: site.now).token(site.services.keys)
    #expect(site.browser().get(path).text.contains("I am on it"))
    #expect(try ana.state(reminder) == "active 1 0 1")
    #expect(site.browser().post(path, ["action": "dance"], csrf: false).status == 422)
    #expect(site.browser().post(path, ["action": "snooze", "until": "yesterday"], csrf: false).status == 422)
    #expect(site.browser().post(path, ["action": "snooze", "until": "2 hours"], csrf: false).status == 303)
    #expect(try ana.state(reminder) == "snoozed 1 0 1")
    // What was understood is said.
    #expect(
      site.browser().get(path).text.contains("ana@x.test snoozed it on Sat 21 Nov 2026, 10:00, until Sat 21 Nov 2026, 12:00."))
    #expect(site.browser().post(path, ["action": "completion"], csrf: false).status == 303)
    #expect(site.browser().post(path, ["action": "completion"], csrf: false).status == 303)
    #expect(site.browser().get(path).text.contains("ana@x.test did it on"))
    #expect(try ana.reminder(reminder).status == .completed)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE actor = 'link'") >= 2)
    for bad in ["/a/x", path + "A", "/a/" + String(path.dropFirst(4))] {
      #expect(site.browser().get(bad).status == 404, "\(bad)")
    }
    #expect(site.logged == [])
  }

  @Test func aLateLinkIsReadAndDoesNothingAndAnOldOneNeverTouchesANewerOne() throws {
    let (site, ana, reminder, id) = try ringing()
    let path = "/a/" + ActionLink(id, to: nil, sentAt: site.now).token(site.services.keys)
    site.pass(hours: 30)
    try site.work()
    site.pass(hours: 30)
    try site.work()
    let profile: EscalationProfile = try site.owner.row(
      "SELECT \(EscalationProfile.columns) FROM profiles p WHERE p.user_id = \(ana.user) AND p.preset = 'urgent'"
    ).unwrapped
    try ana.desk(reminder) { _ = try $0.fire(profile) }
    #expect(site.browser().post(path, ["action": "completion"], csrf: false).status == 409)
    #expect(try ana.state(reminder) == "active 1 0 1")
    site.pass(hours: 24 * 6)
    #expect(site.browser().get(path).text.contains("older than seven days"))
    #expect(site.browser().post(path, ["action": "completion"], csrf: false).status == 409)
  }

  @Test func oneClickEndsMailsToThatAddressAndTheSwitchBringsThemBack() throws {
    let (site, ana, _, _) = try ringing()
    let path = "/u/" + UnsubscribeLink(ana.user, "ana@x.test").token(site.services.keys)
    #expect(site.browser().get(path).status == 200)
    #expect(try site.count("SELECT count(*) FROM muted_addresses") == 0)
    for _ in 0..<2 { #expect(site.browser().post(path, ["List-Unsubscribe": "One-Click"], csrf: false).status == 200) }
    #expect(try site.count("SELECT count(*) FROM muted_addresses") == 1)
    #expect(site.browser().get("/u/abc").status == 404)
    site.pass(minutes: 5)
    try site.work()
    #expect(try site.deliveries() == ["1 sent kept", "2 cancelled unsubscribed"])
    #expect(ana.get("/agents").text.contains("asked for no more mail"))
    #expect(ana.get("/profiles").text.contains("E-mail is off: no tier reaches you."))
    #expect(ana.post("/agents/email", ["enabled": "on"]).status == 303)
    site.pass(minutes: 10)
    #expect(try site.work().sent == 1)
    #expect(ana.post("/agents/email").status == 303)
    site.pass(minutes: 15)
    try site.work()
    #expect(try site.deliveries().last == "4 cancelled switched_off")
    #expect(ana.post("/agents/sms").status == 409 && ana.get("/agents/fax").status == 404)
    #expect(site.logged == [])
  }

  @Test func malformedFiltersAreRefused() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    #expect(ana.get("/escalations?state=odd").status == 422)
    #expect(ana.get("/escalations?after=odd").status == 422)
    #expect(ana.get("/escalations?state=all").status == 200)
    #expect(ana.get("/escalations/odd").status == 404)
  }
}
