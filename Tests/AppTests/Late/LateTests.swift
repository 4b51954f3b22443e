import Domain
import Foundation
import Postgres
import Testing

@testable import App

/// Customers who wait too long (RULES 6.14). Saturday 21 November 2026, 09:00 in UTC, is when they write; an hour is theirs.
@Suite("Late customers")
struct LateTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site, target: 60)
  }

  /// A customer writes and waits for more than an hour.
  @discardableResult
  private func late(_ conversation: String = "c1") throws -> String {
    let id = try desk.write("How long does delivery take?", in: conversation)
    try site.work()
    site.pass(minutes: 61)
    try site.work()
    return id
  }

  private func escalation(_ conversation: String) -> String? { desk.owner.get("/conversations/\(conversation)").fact("escalation") }

  private func told() throws -> [String] {
    try site.owner.rows(
      Query(
        column:
          "SELECT u.email || ' ' || r.title FROM desk_late l JOIN users u ON u.id = l.user_id JOIN reminders r ON r.id = l.reminder_id ORDER BY l.at, l.id"
      ))
  }

  private func rota(_ member: Browser, from: Int = 0, until: Int = 1_440, days: Int = 127, n: Int = 1) throws {
    try site.owner.run(
      """
      INSERT INTO rotas (channel_id, account_id, n, days, from_minute, until_minute, user_id)
      VALUES (\(desk.channel), \(desk.owner.account), \(n), \(days), \(from), \(until), \(member.user))
      """)
  }

  @Test func `Whoever is on duty is told by a reminder that rings, once, and the conversation says so`() throws {
    let bia = try desk.member("bia@x.test")
    try rota(bia)
    let id = try desk.write("How long does delivery take?")
    site.pass(minutes: 59)
    try site.work()
    #expect(try told().isEmpty)
    #expect(escalation(id) == "")
    site.pass(minutes: 2)
    try site.work()
    try site.work()
    #expect(try told() == ["bia@x.test Late: Ana Souza: Delivery"])
    #expect(escalation(id) == "active")
    #expect(try site.count("SELECT count(*) FROM escalations WHERE open AND user_id = \(bia.user)") == 1)
    let page = desk.owner.get("/conversations/\(id)")
    #expect(page.text.contains("The customer waits too long. Ana was told"))
    #expect(page.text.contains("It is late: Ana was told."))
    // The reminder leads there, and the next tier is a line of the timeline too.
    let reminder = try site.text("SELECT reminder_id::text FROM desk_late").unwrapped
    #expect(try site.count("SELECT count(*) FROM reminders WHERE id::text = \(reminder) AND of_desk") == 1)
    #expect(bia.get("/reminders/\(reminder)").text.contains("/conversations/\(id)"))
    site.pass(hours: 3)
    try site.work()
    #expect(desk.owner.get("/conversations/\(id)").text.contains("It is still late: Ana was told again."))
    #expect(try told().count == 1)
    #expect(try site.count("SELECT count(*) FROM notifications WHERE kind = 'late' AND user_id = \(bia.user)") == 1)
  }

  @Test func `Hard case 20: an approval ends nothing, so its undo has nothing to bring back; what is sent ends it`() throws {
    let id = try late()
    let draft = try desk.draft(id)
    #expect(escalation(id) == "active")
    desk.approve(draft)
    try site.work()
    #expect(escalation(id) == "active")
    #expect(desk.owner.post("/drafts/\(draft)/undo").status == 303)
    site.pass(seconds: 60)
    try site.work()
    #expect(escalation(id) == "active")
    #expect(desk.owner.get("/conversations/\(id)").fact("late-at") != "")
    desk.approve(draft, nonce: "again")
    site.pass(seconds: 31)
    for _ in 0..<3 { try site.work() }
    #expect(desk.state(draft) == "sent")
    #expect(escalation(id) == "completed")
    #expect(try site.text("SELECT status FROM reminders") == "completed")
    #expect(try site.text("SELECT state FROM escalations") == "completed")
    #expect(desk.owner.get("/conversations/\(id)").text.contains("It is late no more."))
  }

  @Test func `Closed or spam ends it, and what brings the conversation back tells anew`() throws {
    for (place, way) in [("closure", "reopening"), ("spam", "spam/deletion")].enumerated() {
      let id = try late("c\(place)")
      #expect(escalation(id) == "active")
      #expect(desk.owner.post("/conversations/\(id)/\(way.0)").status == 303)
      try site.work()
      #expect(escalation(id) == "completed", "\(way.0)")
      site.pass(minutes: 1)
      #expect(desk.owner.post("/conversations/\(id)/\(way.1)").status == 303)
      try site.work()
      try site.work()
      #expect(escalation(id) == "active", "\(way.1)")
      #expect(try site.count("SELECT count(*) FROM desk_late WHERE conversation_id = \(id)::text::uuid") == 2)
    }
  }

  @Test func `Hard case 20: in a hole, and for somebody away, removed or who only reads, the assignee is told, else the owner`() throws {
    let (bia, cid, rui) = (try desk.member("bia@x.test"), try desk.member("cid@x.test"), try desk.member("rui@x.test", .viewer))
    // Nobody at this hour.
    try rota(bia, from: 0, until: 540)
    let first = try desk.write("One", in: "c1")
    #expect(desk.owner.post("/conversations/\(first)/assignment", ["member": cid.user.text]).status == 303)
    try desk.write("Two", in: "c2")
    site.pass(minutes: 61)
    try site.work()
    #expect(Set(try told()) == ["cid@x.test Late: Ana Souza: Delivery", "owner@x.test Late: Ana Souza: Delivery"])
    // All day, and away.
    try site.owner.run("UPDATE rotas SET until_minute = 1440")
    try site.owner.run("UPDATE users SET away_until = \(site.now.advanced(days: 1)) WHERE id = \(bia.user)")
    try late("c3")
    #expect(try told().last == "owner@x.test Late: Ana Souza: Delivery")
    // The next line counts; of one who only reads it does not.
    try rota(rui, n: 2)
    try rota(cid, n: 3)
    try late("c4")
    #expect(try told().last == "cid@x.test Late: Ana Souza: Delivery")
  }

  @Test func `Whoever is told and leaves hands it on`() throws {
    let bia = try desk.member("bia@x.test")
    try rota(bia)
    let id = try late()
    try site.owner.run("UPDATE users SET role = 'viewer' WHERE id = \(bia.user)")
    site.pass(seconds: 1)
    try site.work()
    try site.work()
    #expect(try told().map { $0.prefix(5) } == ["bia@x", "owner"])
    #expect(escalation(id) == "active")
    #expect(try site.text("SELECT status FROM reminders WHERE user_id = \(bia.user)") == "completed")
  }

  @Test func `Of a customer who is erased no reminder and no notification is left`() throws {
    let id = try late()
    let customer = try site.text("SELECT customer_id::text FROM conversations WHERE id = \(id)::text::uuid").unwrapped
    #expect(desk.owner.post("/customers/\(customer)/erasure", ["password": Site.password]).status == 303)
    #expect(try site.count("SELECT count(*) FROM reminders") == 0)
    #expect(try site.count("SELECT count(*) FROM notifications") == 0)
    try site.work()
  }

  @Test func `It climbs by the channel's profile, or by the member's own of the same preset`() throws {
    let bia = try desk.member("bia@x.test")
    try rota(bia)
    try site.owner.run(
      "UPDATE channels SET profile_id = (SELECT id FROM profiles WHERE user_id = \(desk.owner.user) AND preset = 'critical') WHERE id = \(desk.channel)"
    )
    try late()
    #expect(
      try site.text("SELECT p.preset || ' ' || (p.user_id = e.user_id) FROM escalations e JOIN profiles p ON p.id = e.profile_id")
        == "critical true")
  }

  @Test func `After a change of target answers are owed by other times, and who is late no more is told of again once they are`() throws {
    let id = try late()
    let place = "/channels/\(desk.channel.text)"
    func owe(within minutes: String) throws -> String? {
      let version = desk.owner.get(place).field("version", ofForm: place) ?? ""
      let form: KeyValuePairs = [
        "name": "Support", "address": "support@shop.example", "timezone": "UTC", "target_minutes": minutes, "enabled": "on",
        "version": version,
      ]
      let page = desk.owner.post(place, form)
      #expect(page.status == 303, "\(page.complaints)")
      try site.work()
      try site.work()
      return desk.owner.get("/conversations/\(id)").fact("late-at")
    }
    #expect(escalation(id) == "active")
    #expect(try owe(within: "120")?.hasPrefix("2026-11-21T11:00") == true)
    #expect(escalation(id) == "completed")
    site.pass(minutes: 60)
    try site.work()
    #expect(escalation(id) == "active")
    #expect(try told().count == 2)
    #expect(try owe(within: "") == "")
    #expect(escalation(id) == "completed")
  }

  @Test(arguments: [(49, 49), (50, 1)])
  func `Fifty of a channel within an hour are one reminder, fewer are as many`(customers: Int, reminders: Int) throws {
    for n in 1...customers { try desk.write("Where is it?", in: "c\(n)", email: "c\(n)@c\(n).example") }
    site.pass(minutes: 60)
    try site.work()
    #expect(try site.count("SELECT count(DISTINCT conversation_id) FROM desk_late") == customers)
    #expect(try site.count("SELECT count(DISTINCT reminder_id) FROM desk_late") == reminders)
  }

  @Test func `Hard case 20: fifty of a channel within an hour are one reminder that names all, and later ones join it`() throws {
    for n in 1...51 { try desk.write("Where is it?", in: "c\(n)", email: "c\(n)@c\(n).example", subject: "Order \(n)") }
    try site.owner.run("UPDATE conversations SET late_at = late_at + interval '1 minute' WHERE subject = 'Order 51'")
    site.pass(minutes: 60)
    try site.work()
    #expect(try site.count("SELECT count(DISTINCT reminder_id) FROM desk_late") == 1)
    #expect(try site.text("SELECT title FROM reminders") == "50 customers of Support wait too long")
    site.pass(minutes: 1)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM reminders") == 1)
    #expect(try site.text("SELECT title FROM reminders") == "51 customers of Support wait too long")
    let text = try site.text("SELECT description FROM reminders").unwrapped
    #expect(text.contains("Order 1\\") || text.contains("Order 1]"))
    #expect(text.contains("Order 51"))
    // Closed one after the other, the last ends it.
    try site.owner.run("UPDATE conversations SET late_at = NULL WHERE subject <> 'Order 7'")
    try site.work()
    #expect(try site.text("SELECT status FROM reminders") == "active")
    try site.owner.run("UPDATE conversations SET late_at = NULL WHERE subject = 'Order 7'")
    try site.work()
    #expect(try site.text("SELECT status FROM reminders") == "completed")
  }

  @Test func `Hard case 20: those that were told of one by one are taken into the one reminder that names all once they are fifty`() throws
  {
    for n in 1...54 { try desk.write("Where is it?", in: "c\(n)", email: "c\(n)@c\(n).example", subject: "Order \(n)") }
    try site.owner.run("UPDATE conversations SET late_at = late_at + interval '1 minute' WHERE substr(subject, 7)::integer >= 50")
    site.pass(minutes: 60)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM reminders WHERE status = 'active'") == 49)
    site.pass(minutes: 1)
    for _ in 0..<2 { try site.work() }
    #expect(try site.count("SELECT count(DISTINCT reminder_id) FROM desk_late WHERE NOT is_over") == 1)
    #expect(try site.count("SELECT count(*) FROM escalations WHERE open") == 1)
    #expect(try site.text("SELECT title FROM reminders WHERE status = 'active'") == "54 customers of Support wait too long")
    let text = try site.text("SELECT description FROM reminders WHERE status = 'active'").unwrapped
    #expect(text.components(separatedBy: "/conversations/").count - 1 == 54)
    // One of the first is answered for by it as well.
    let first = try site.text("SELECT id::text FROM conversations WHERE subject = 'Order 1'").unwrapped
    #expect(escalation(first) == "active")
    try site.owner.run("UPDATE conversations SET late_at = NULL")
    try site.work()
    #expect(try site.count("SELECT count(*) FROM reminders WHERE status = 'active'") == 0)
  }
}
