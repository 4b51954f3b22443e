import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Issue 11, part 9: a reminder is offered to another member, who accepts it or not.
@Suite struct ReminderOfferTests {
  private let site: Site
  private let ana: Browser
  private let bob: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    bob = try site.person("bob@x.test", sharing: ana, role: .viewer)
    try site.owner.run("UPDATE users SET display_name = 'Bob' WHERE id = \(bob.user)")
  }

  private func offer(_ reminder: String, to browser: Browser) -> Page {
    ana.post("/reminders/\(reminder)/offers", ["member": browser.user.text])
  }

  private func newest() throws -> String { try site.text("SELECT id::text FROM reminder_offers ORDER BY id DESC LIMIT 1").unwrapped }

  /// The actions in somebody's log about offers, newest first.
  private func log(_ browser: Browser) throws -> [String] {
    try site.owner.rows(
      Query(column: "SELECT action FROM audit_log WHERE user_id = \(browser.user) AND subject = 'offer' ORDER BY number DESC"))
  }

  @Test func `whoever accepts becomes the owner, and it rings for them`() throws {
    let id = try ana.remind(["title": "Feed the cat", "description": "Dry food.", "importance": "high", "at": "2026-11-22T09:00"])
    #expect(ana.get("/reminders/\(id)").links.contains("/reminders/\(id)/offer"))
    #expect(offer(id, to: bob).location == "/reminders/offers")
    // It stays hers until then, and he may read what he would take over.
    #expect(bob.get("/").text.contains("Feed the cat") && bob.get("/reminders/offers").text.contains("Dry food."))
    #expect(bob.get("/reminders/\(id)").status == 404)
    let page = bob.post("/reminders/offers/\(try newest())/acceptance")
    let own = try page.location.unwrapped
    #expect(page.status == 303 && bob.get(own).text.contains("Feed the cat") && ana.get(own).status == 404)
    #expect(ana.get("/reminders/\(id)").fact("status") == "archived")
    #expect(try log(ana) == ["offer.accepted", "offer.made"] && log(bob) == ["offer.accepted", "offer.made"])
    #expect(ana.get("/settings/audit").text.contains("Bob took over “Feed the cat”."))
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == .whole(rows: 5, accounts: 1))
    site.now = try Instant(iso: "2026-11-22T09:01:00Z").unwrapped
    try site.work()
    let users: [String] = try site.owner.rows(Query(column: "SELECT user_id::text FROM escalations"))
    #expect(users == [bob.user.text])
    let preset = try site.text(
      "SELECT p.preset FROM reminders r JOIN profiles p ON p.id = r.profile_id AND p.user_id = r.user_id WHERE r.user_id = \(bob.user)")
    #expect(preset == "urgent")
  }

  @Test func `what completed it for its giver completes nothing for its new owner`() throws {
    let id = try ana.remind(["title": "Back up", "at": "2026-11-25T09:00", "criteria": "webhook"])
    let address = try ana.post("/reminders/\(id)/completion-secret").fact("webhook").unwrapped
    #expect(offer(id, to: bob).status == 303)
    let own = try bob.post("/reminders/offers/\(try newest())/acceptance").location.unwrapped
    #expect(site.browser().post(String(address.dropFirst("https://heed.test".count)), raw: []).status == 409)
    let another = try bob.post(own + "/completion-secret").fact("webhook").unwrapped
    #expect(bob.get(own).fact("status") == "active" && another != address)
  }

  @Test func `one that rings ends for its giver and rings for its new owner`() throws {
    let id = try ana.remind(["title": "Now"])
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    #expect(offer(id, to: bob).status == 303)
    #expect(bob.post("/reminders/offers/\(try newest())/acceptance").status == 303)
    try site.work()
    let states: [String] = try site.owner.rows(
      Query(column: "SELECT u.email || ' ' || e.state FROM escalations e JOIN users u ON u.id = e.user_id ORDER BY 1"))
    #expect(states == ["ana@x.test cancelled", "bob@x.test active"])
  }

  @Test(arguments: ["refusal", "withdrawal"])
  func `refused or taken back it stays with its owner, and nothing comes of it any more`(way: String) throws {
    let id = try ana.remind(["title": "Feed the cat", "at": "2026-11-25T09:00"])
    #expect(offer(id, to: bob).status == 303 && offer(id, to: bob).status == 303)
    #expect(try site.count("SELECT count(*) FROM reminder_offers") == 1)
    let path = "/reminders/offers/\(try newest())"
    let decider = way == "refusal" ? bob : ana
    for _ in 0..<2 { #expect(decider.post("\(path)/\(way)").status == 303) }
    #expect(bob.post(path + "/acceptance").status == 409)
    #expect(ana.get("/reminders/\(id)").fact("status") == "active")
    #expect(try site.count("SELECT count(*) FROM reminders WHERE user_id = \(bob.user)") == 0)
    let action = way == "refusal" ? "offer.refused" : "offer.withdrawn"
    #expect(try log(ana) == [action, "offer.made"] && log(bob) == [action, "offer.made"])
    // It can be offered anew.
    site.pass(seconds: 1)
    #expect(offer(id, to: bob).status == 303)
    let anew = try newest()
    #expect(bob.post("/reminders/offers/\(anew)/acceptance").status == 303)
  }

  @Test func `strangers, housemates and the wrong side get the same 404`() throws {
    let id = try ana.remind(["title": "Feed the cat", "at": "2026-11-25T09:00"])
    #expect(offer(id, to: bob).status == 303)
    let (eve, carl) = (try site.person("eve@x.test"), try site.person("carl@x.test", sharing: ana, role: .owner))
    let real = "/reminders/offers/\(try newest())"
    let missing = "/reminders/offers/0192f000-0000-7000-8000-000000000000"
    for browser in [eve, carl] {
      for way in ["acceptance", "refusal", "withdrawal"] {
        let (one, other) = (browser.post("\(real)/\(way)"), browser.post("\(missing)/\(way)"))
        #expect(one.status == 404 && one.unmasked == other.unmasked, "\(way)")
      }
      #expect(browser.post("/reminders/\(id)/offers", ["member": bob.user.text]).status == 404)
      #expect(browser.get("/reminders/\(id)/offer").status == 404 && !browser.get("/reminders/offers").text.contains("Feed the cat"))
    }
    #expect(ana.post(real + "/acceptance").status == 404 && bob.post(real + "/withdrawal").status == 404)
    for member in [eve.user.text, ana.user.text, "x", ""] {
      #expect(ana.post("/reminders/\(id)/offers", ["member": member]).status == 422, "\(member)")
    }
    #expect(try log(eve).isEmpty && log(carl).isEmpty && site.logged.isEmpty)
  }

  @Test func `what is done, a habit's, or offered to somebody else cannot be offered`() throws {
    let done = try ana.remind(["title": "Done", "at": "2026-11-25T09:00"])
    #expect(ana.post("/reminders/\(done)/completion").status == 303 && offer(done, to: bob).status == 409)
    let id = try ana.remind(["title": "Feed the cat", "at": "2026-11-25T09:00"])
    let carl = try site.person("carl@x.test", sharing: ana, role: .agent)
    #expect(offer(id, to: bob).status == 303 && offer(id, to: carl).status == 409)
    // Done meanwhile: nothing is left to take over.
    #expect(ana.post("/reminders/\(id)/completion").status == 303)
    #expect(!bob.get("/").text.contains("Feed the cat") && !bob.get("/reminders/offers").text.contains("Feed the cat"))
    #expect(bob.post("/reminders/offers/\(try newest())/acceptance").status == 409)
    let alone = try site.person("eve@x.test")
    let own = try alone.remind(["title": "Mine", "at": "2026-11-25T09:00"])
    #expect(!alone.get("/reminders/\(own)").links.contains("/reminders/\(own)/offer"))
    #expect(alone.get("/reminders/\(own)/offer").text.contains("You are alone in this account."))
  }

  @Test func `whoever has left the team takes no offer along`() throws {
    let id = try ana.remind(["title": "Feed the cat", "at": "2026-11-25T09:00"])
    #expect(offer(id, to: bob).status == 303)
    #expect(bob.post("/settings/members/\(bob.user.text)/removal").status == 303)
    #expect(bob.post("/reminders/offers/\(try newest())/acceptance").status == 404)
    #expect(!bob.get("/reminders/offers").text.contains("Feed the cat"))
    // What nobody can answer any more stands in nobody's way.
    let carl = try site.person("carl@x.test", sharing: ana, role: .agent)
    site.pass(seconds: 1)
    #expect(offer(id, to: carl).status == 303)
    #expect(carl.post("/reminders/offers/\(try newest())/acceptance").status == 303)
  }

  @Test func `what was answered for a while rings when that ends, and what completes it goes along without its address`() throws {
    let id = try ana.remind(["title": "Now", "criteria": "webhook", "at": "2026-12-01T09:00"])
    #expect(ana.post("/reminders/\(id)/completion-secret").status == 200)
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    let rung = try site.text("SELECT id::text FROM escalations").unwrapped
    #expect(ana.post("/escalations/\(rung)/acknowledgement", ["again_in": "2 hours"]).status == 303)
    #expect(offer(id, to: bob).status == 303)
    #expect(bob.post("/reminders/offers/\(try newest())/acceptance").status == 303)
    let next: Instant? = try site.owner.value("SELECT next_at FROM reminders WHERE user_id = \(bob.user)")
    #expect(next == site.now.advanced(hours: 2))
    #expect(try site.text("SELECT type || ' ' || link_number FROM completion_criteria WHERE user_id = \(bob.user)") == "webhook 1")
  }

  @Test func `one of which nothing would come any more rings for its new owner`() throws {
    let id = try ana.remind(["title": "Feed the cat", "at": "2026-11-25T09:00"])
    try site.owner.run("UPDATE reminders SET next_at = NULL WHERE user_id = \(ana.user)")
    #expect(offer(id, to: bob).status == 303)
    #expect(bob.post("/reminders/offers/\(try newest())/acceptance").status == 303)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM escalations WHERE user_id = \(bob.user)") == 1)
  }
}
