import Domain
import Postgres
import Testing

@testable import App

@Suite("Notifications")
struct NoticeTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site)
    try desk.owner.source([
      "title": "Delivery", "url": "https://shop.example/delivery", "text": "# Delivery\n\nWe deliver within three days.",
    ])
  }

  private func kinds(_ browser: Browser) throws -> [String] {
    try site.owner.rows(Query(column: "SELECT kind FROM notifications WHERE user_id = \(browser.user) ORDER BY at, kind"))
  }

  @Test func `Nothing yet says so; given, named in a note, and read`() throws {
    let bia = try desk.member("bia@x.test")
    #expect(bia.get("/notifications").text.contains("No notifications yet"))
    #expect(bia.get("/notifications").fact("unread") == "0")
    let id = try desk.write("How long does delivery take?")
    #expect(desk.owner.post("/conversations/\(id)/assignment", ["member": bia.user.text]).status == 303)
    #expect(
      desk.owner.post("/conversations/\(id)/notes", ["text": "Look, @bia: it is urgent. Not you, x@bianca.", "nonce": "n"]).status == 303)
    #expect(try kinds(bia) == ["assigned", "mention"])
    #expect(try kinds(desk.owner).isEmpty)
    let page = bia.get("/notifications")
    #expect(page.fact("unread") == "2")
    #expect(page.text.contains("Ana gave you a conversation.") && page.text.contains("Ana named you in a note."))
    #expect(page.links.contains("/conversations/\(id)"))
    let first = try site.text("SELECT id::text FROM notifications ORDER BY id LIMIT 1").unwrapped
    #expect(desk.owner.post("/notifications/\(first)/read").status == 404)
    #expect(bia.post("/notifications/\(first)/read").status == 303)
    #expect(bia.get("/notifications").fact("unread") == "1")
    #expect(bia.get("/notifications?state=unread").text.components(separatedBy: "data-notification=").count == 2)
    #expect(bia.post("/notifications/read").status == 303)
    #expect(bia.get("/notifications?state=unread").text.contains("Everything is read"))
    #expect(bia.get("/notifications?state=x").status == 422)
    site.pass(seconds: 60)
    try site.work()
    #expect(try site.mails().isEmpty)
  }

  @Test func `Where no channel was ever made, what is told of a job is unread all the same`() throws {
    let eve = try site.person("eve@x.test")
    try site.owner.run(Notice.adding(.jobFailed, to: [eve.user], of: eve.account, "desk.retention", at: site.now))
    let page = eve.get("/notifications")
    #expect(page.fact("unread") == "1" && page.form("/notifications/read") != nil)
    #expect(eve.post("/notifications/read").status == 303)
    #expect(eve.get("/notifications").fact("unread") == "0")
  }

  @Test func `What is told in one instant stands in the order of its coming, the newest first, over pages`() throws {
    let bia = try desk.member("bia@x.test")
    let id = ID<Conversation>(try desk.write("How long does delivery take?"))
    for number in 10..<70 {
      let notice = Notice.adding(.mention, to: [bia.user], of: desk.owner.account, about: id, by: "N\(number)", at: site.now)
      try site.owner.run(notice)
    }
    var (found, target): ([String], String?) = ([], "/notifications")
    while let path = target, found.count < 60 {
      let page = bia.get(path)
      found += page.text.components(separatedBy: "data-notification=\"").dropFirst().map { String($0.prefix(36)) }
      target = page.links.first { $0.contains("after=") }
    }
    #expect(try found == site.owner.rows(Query<String>(column: "SELECT id::text FROM notifications ORDER BY actor_name DESC")))
  }

  @Test func `Giving a conversation to oneself tells nobody`() throws {
    let id = try desk.write("How long does delivery take?")
    #expect(desk.owner.post("/conversations/\(id)/assignment", ["member": desk.owner.user.text]).status == 303)
    #expect(try kinds(desk.owner).isEmpty)
  }

  @Test func `Hard case 2: whose answer is kept back is told`() throws {
    let bia = try desk.member("bia@x.test")
    let id = try desk.write("How long does delivery take?")
    desk.approve(try desk.draft(), as: bia)
    try desk.write("Never mind, it came.")
    #expect(try kinds(bia) == ["send_failed"])
    #expect(bia.get("/notifications").text.contains("Your answer was kept back"))
    #expect(desk.owner.get("/conversations/\(id)").text.contains("The answer was kept back"))
  }

  @Test func `A failed job of the account is told to those who run it`() throws {
    let (admin, bia) = (try desk.member("admin@x.test", .admin), try desk.member("bia@x.test"))
    try site.owner.run(Job.asking(for: "index", of: desk.owner.account, now: site.now))
    try site.owner.run("UPDATE jobs SET state = 'failed', error = 'x', finished_at = \(site.now) WHERE kind = 'index'")
    #expect(try kinds(admin) == ["job_failed"])
    #expect(try kinds(desk.owner) == ["job_failed"])
    #expect(try kinds(bia).isEmpty)
    #expect(admin.get("/notifications").text.contains("A job failed: Index a source."))
  }

  @Test func `People choose what they are told, drafts that are ready among it`() throws {
    let bia = try desk.member("bia@x.test")
    let form = bia.get("/settings/notifications")
    #expect(form.field("version", ofForm: "/settings/notifications") == "0")
    #expect(bia.post("/settings/notifications", ["tell": "draft_ready", "version": "0"]).status == 303)
    #expect(bia.post("/settings/notifications", ["tell": "late", "version": "0"]).status == 409)
    #expect(bia.post("/settings/notifications", ["tell": "x", "version": "1"]).status == 422)
    #expect(bia.post("/settings/notifications", ["tell": "late"]).status == 422)
    let id = try desk.write("How long does delivery take?")
    try site.work()
    #expect(desk.owner.post("/conversations/\(id)/assignment", ["member": bia.user.text]).status == 303)
    #expect(try kinds(bia) == ["draft_ready"])
    #expect(try kinds(desk.owner).isEmpty)
  }

  @Test func `After ninety days they are gone`() throws {
    let bia = try desk.member("bia@x.test")
    let id = try desk.write("How long does delivery take?")
    #expect(desk.owner.post("/conversations/\(id)/assignment", ["member": bia.user.text]).status == 303)
    site.pass(hours: 24 * 89)
    try site.work()
    #expect(try kinds(bia).count == 1)
    site.pass(hours: 48)
    try site.work()
    #expect(try kinds(bia).isEmpty)
  }

  @Test func `Whom a note names`() throws {
    let bia = try desk.member("bia@x.test")
    let members = [
      Member(id: bia.user, role: .agent, email: "bia.lima@x.test", displayName: "Bia Lima", awayUntil: nil, createdAt: site.now)
    ]
    for (text, isNamed) in [
      ("@bia look", true), ("@Bia Lima", true), ("@bialima!", true), ("@bia.lima, please", true), ("(@bia)", true), ("@bianca", false),
      ("x@bia", false), ("bia", false), ("@", false), ("@biá", false),
    ] {
      #expect(Mentions.of(text, among: members, but: desk.owner.user).isEmpty != isNamed, "\(text)")
    }
    #expect(Mentions.of("@bia", among: members, but: bia.user).isEmpty)
  }
}
