import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// What becomes of a notification, over a real listener, opened by other people's implementations.
@Suite struct PushSendingTests {
  private let pushed: Pushed
  private var site: Site { pushed.site }
  private var ana: Browser { pushed.ana }

  init() throws { pushed = try Pushed() }

  @Test(arguments: [
    ("/status/201", "sent 1 201", 1), ("/status/404", "failed 1 404 gone", 0), ("/status/410", "failed 1 410 gone", 0),
    ("/status/413", "pending 1 413 too_long", 1), ("/status/429", "pending 1 429", 1), ("/status/400", "failed 1 400", 1),
    ("/status/403", "failed 1 403", 1), ("/status/500", "pending 1 500", 1), ("/drop", "pending 1 broken", 1),
  ])
  func `Hard case 13: what the push service says decides`(path: String, becomes: String, left: Int) throws {
    try pushed.device(path)
    try pushed.ring()
    #expect(try pushed.messages() == [becomes])
    #expect(try pushed.devices().count == left)
    #expect(try pushed.sink.log().count == 1)
    // What has failed for good comes by mail at once: nobody waits for a message that cannot come.
    #expect(try pushed.mails() == (becomes.hasPrefix("failed") ? 1 : 0))
  }

  @Test func `a mail comes in place of a notification once no device is left that may show it`() throws {
    try pushed.device("/status/403", "A")
    let other = try pushed.device("/status/429?retry-after=60", "B")
    try pushed.ring()
    #expect(try pushed.messages() == ["failed 1 403", "pending 1 429"])
    #expect(try pushed.mails() == 0)
    #expect(ana.post("/agents/push/subscriptions/\(other.text)/deletion").status == 303)
    site.pass(minutes: 1)
    try site.work()
    #expect(try pushed.messages() == ["failed 1 403", "cancelled 1 no_device"])
    #expect(try pushed.mails() == 1)
  }

  @Test func `of a digest that no device has shown each reminder comes by mail`() throws {
    try site.owner.run("UPDATE users SET quiet_from = 34200, quiet_until = 39600")
    try pushed.device("/status/403")
    for title in ["Pay the rent", "Call the dentist"] { _ = try ana.remind(nil, .low, title: title) }
    for _ in 0..<2 {
      site.pass(hours: 1)
      try site.work()
    }
    #expect(try pushed.sink.log().count == 1)
    #expect(try pushed.mails() == 2)
  }

  @Test func `Hard case 13: 429 waits as long as it says`() throws {
    try pushed.device("/status/429?retry-after=600")
    try pushed.ring()
    let due: Instant = try site.owner.value("SELECT due_at FROM outbox WHERE subject = 'escalation'").unwrapped
    #expect(due == site.now.advanced(seconds: 600))
    site.pass(minutes: 9)
    try site.work()
    #expect(try pushed.sink.log().count == 1)
    site.pass(minutes: 1)
    try site.work()
    #expect(try pushed.sink.log().count == 2)
  }

  @Test(arguments: [("/most/1200", "sent 2 201", 2), ("/most/100", "failed 2 413 too_long", 2)])
  func `Hard case 13: what was too long is made shorter once`(path: String, becomes: String, tries: Int) throws {
    try pushed.device(path)
    let notes = String(repeating: "ação ", count: 900)
    _ = try ana.remind(["title": "Pay the rent", "description": notes, "at": "2026-11-21T10:00", "timezone": "UTC"])
    site.pass(hours: 1)
    try site.work()
    #expect(try pushed.messages() == ["pending 1 413 too_long"])
    for _ in 0..<2 {
      site.pass(minutes: 1)
      try site.work()
    }
    #expect(try pushed.messages() == [becomes])
    let opened = try pushed.opened()
    #expect(opened.count == tries && opened.allSatisfy { $0["message"]?["body"]?.text?.hasSuffix("…") == true })
    let lengths = opened.compactMap { $0["length"]?.number.flatMap { Int($0) } }
    #expect(lengths[0] > 1_200 && lengths[0] <= 4_096 && lengths[1] <= 1_103)
  }

  @Test func `Hard case 13: a digest that was too long is told one by one, each made shorter`() throws {
    try site.owner.run("UPDATE users SET quiet_from = 34200, quiet_until = 39600")
    try pushed.device("/most/1150")
    for title in ["A", "B", "C"] { _ = try ana.remind(nil, .low, title: title + String(repeating: "b", count: 180)) }
    for _ in 0..<2 {
      site.pass(hours: 1)
      try site.work()
    }
    #expect(try pushed.sink.log().count == 1)
    site.pass(minutes: 1)
    try site.work()
    let opened = try pushed.opened()
    let lengths = opened.compactMap { $0["length"]?.number.flatMap { Int($0) } }
    #expect(lengths.count == 4 && lengths[0] > 1_150 && lengths.dropFirst().allSatisfy { $0 <= 1_103 })
    #expect(Set(opened.dropFirst().compactMap { $0["message"]?["title"]?.text?.prefix(1) }) == ["A", "B", "C"])
    #expect(try site.count("SELECT count(*) FROM outbox WHERE channel = 'push' AND state = 'sent'") == 3)
  }

  @Test func `what arrives opens, is signed for its service, and says all that a notification needs`() throws {
    try pushed.device("/status/201")
    let id = try pushed.ring("Pay “the rent” 🏠", .critical)
    let escalation = try ana.newest(id).unwrapped.id.text
    let opened = try pushed.opened()[0]
    #expect(opened["error"] == nil, "\(opened.json.text)")
    #expect(try opened["key"]?.text == VAPID(site.services.keys).publicKey)
    let claims = try opened["claims"].unwrapped
    #expect(claims["aud"]?.text == "http://127.0.0.1:\(pushed.sink.port)" && claims["sub"]?.text == "mailto:heed@heed.test")
    #expect(claims["exp"]?.number == String(site.now.advanced(hours: 12).seconds))
    #expect(opened["ttl"]?.text == "86400" && opened["urgency"]?.text == "high")
    #expect(opened["topic"]?.text == escalation.replacing("-", with: ""))
    let message = try opened["message"].unwrapped
    #expect(message["title"]?.text == "Pay “the rent” 🏠" && message["tag"]?.text == escalation && message["critical"]?.bool == true)
    #expect(message["body"]?.text == "Due Sat 21 Nov 2026, 10:00. Tier 1 of 1.\nTransfer it.")
    #expect(message["actions"]?.elements.compactMap { $0["title"]?.text } == ["I am on it", "It is done", "In an hour"])
    #expect(message["items"]?.elements.map { $0["escalation"]?.text } == [escalation])
    // The page of the escalation names the device, and the log has no address of it.
    #expect(ana.get("/escalations/\(escalation)").text.contains("Push to Phone:"))
    #expect(try site.count("SELECT count(*) FROM push_devices WHERE position('127.0.0.1' IN encode(subscription, 'escape')) > 0") == 0)
  }

  @Test(arguments: [("acknowledgement", "acknowledged"), ("completion", "completed"), ("snooze", "snoozed")])
  func `a button of it answers by the signed link, without signing in, whatever the language`(action: String, becomes: String) throws {
    try pushed.device("/status/201")
    try site.owner.run("UPDATE users SET language = 'pt-BR'")
    let id = try pushed.ring()
    let link = try (pushed.opened()[0]["message"]?["link"]?.text).unwrapped
    let stranger = site.browser()
    let answer = stranger.post(
      String(link.dropFirst(site.services.origin.count)), ["action": action, "until": "1 hour"],
      ["origin": site.services.origin, "sec-fetch-site": "same-origin"], csrf: false)
    // To the link itself: a worker that sees a redirect, and not where to, knows that it was taken.
    #expect(answer.status == 303 && answer.location == String(link.dropFirst(site.services.origin.count)))
    #expect(try ana.state(id).hasPrefix(becomes))
  }

  @Test func `of a habit that asks how much, no button says that it is done`() throws {
    try pushed.device("/status/201")
    let made = ana.post(
      "/habits", ["name": "Read", "reminder": "on", "preferred_time": "10:00", "kind": "amount", "unit": "pages", "target": "30"])
    #expect(made.status == 303)
    site.pass(hours: 1)
    try site.work()
    let message = try (pushed.opened().first?["message"]).unwrapped
    #expect(message["title"]?.text == "Read")
    #expect(message["actions"]?.elements.compactMap { $0["action"]?.text } == ["acknowledgement", "snooze"])
  }

  @Test func `lists say that it was sent where one of the devices got it, whichever`() throws {
    for (path, label) in [("/status/410", "A"), ("/status/201", "B")] { try pushed.device(path, label) }
    try pushed.ring()
    #expect(try pushed.messages() == ["failed 1 410 gone", "sent 1 201"])
    #expect(try site.text("SELECT message_state FROM reminders") == "sent")
  }

  @Test func `each device is told, and one that fails holds up no other`() throws {
    for (path, label) in [("/status/201", "A"), ("/status/410", "B"), ("/status/500", "C")] { try pushed.device(path, label) }
    try pushed.ring()
    #expect(try pushed.messages() == ["sent 1 201", "failed 1 410 gone", "pending 1 500"])
    #expect(try pushed.devices() == ["A", "C"])
    #expect(ana.get("/settings/audit").text.contains("No more notifications on B: its push service says that it is gone."))
    try site.work()
    #expect(try site.mails().isEmpty)
    let page = ana.get("/agents/push")
    #expect(page.fact("last-success") == "2026-11-21T10:00:00Z" && page.fact("last-failure") == "2026-11-21T10:00:00Z")
  }

  @Test func `with the last device a mail says so, and reminders come by mail`() throws {
    try pushed.device("/status/410")
    try pushed.ring()
    try site.work()
    #expect(try site.mails().filter { $0.contains("Subject: Heed cannot reach you by push") }.count == 1)
    #expect(ana.get("/agents/push").text.contains("No device yet"))
    let other = try pushed.ring("Call the dentist")
    #expect(try site.text("SELECT channel FROM outbox WHERE reminder_id = \(other)") == "email")
  }

  @Test func `a device that is removed between two tiers is told no more`() throws {
    try pushed.tell([.push], [.push])
    let phone = try pushed.device("/status/201", "A")
    try pushed.device("/status/202", "B")
    try pushed.ring()
    #expect(ana.post("/agents/push/subscriptions/\(phone.text)/deletion").location == "/agents/push")
    site.pass(minutes: 5)
    try site.work()
    let paths = try pushed.sink.log().compactMap { $0["path"] as? String }
    #expect(paths.sorted() == ["/status/201", "/status/202", "/status/202"])
  }

  @Test func `one that waits for a device that is gone by then is not sent`() throws {
    let phone = try pushed.device("/status/500")
    try pushed.ring()
    #expect(ana.post("/agents/push/subscriptions/\(phone.text)/deletion").status == 303)
    site.pass(minutes: 1)
    try site.work()
    #expect(try pushed.messages() == ["cancelled 1 no_device"])
  }

  @Test func `hours that are taken away let go at once of what a device waits for`() throws {
    try site.owner.run("UPDATE users SET quiet_from = 34200, quiet_until = 39600")
    try pushed.device("/status/201")
    try pushed.ring()
    #expect(try pushed.sink.log().isEmpty)
    #expect(ana.post("/settings/quiet", ["quiet_from": "", "quiet_until": "", "version": "1"]).status == 303)
    try site.work()
    #expect(try pushed.sink.log().count == 1)
  }

  @Test func `what waited for the end of quiet hours comes as one on each device`() throws {
    try site.owner.run("UPDATE users SET quiet_from = 34200, quiet_until = 39600")
    for label in ["A", "B"] { try pushed.device("/status/201?\(label)", label) }
    for title in ["Pay the rent", "Call the dentist"] { _ = try ana.remind(nil, .low, title: title) }
    site.pass(hours: 1)
    try site.work()
    #expect(try pushed.sink.log().isEmpty && site.count("SELECT count(*) FROM outbox WHERE state = 'held' AND reason = 'quiet'") == 4)
    #expect(ana.get("/settings/quiet").text.contains("4 messages wait for the quiet to end."))
    site.pass(hours: 1)
    try site.work()
    let messages = try pushed.opened().compactMap { $0["message"] }
    #expect(messages.count == 2)
    for message in messages {
      #expect(message["title"]?.text == "2 reminders waited for you" && message["link"]?.text == "/escalations")
      #expect(message["items"]?.elements.count == 2 && message["actions"] == nil)
    }
  }
}
