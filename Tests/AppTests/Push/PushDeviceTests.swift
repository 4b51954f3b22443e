import Net
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// Devices: added by what a browser says, listed, tried, removed.
@Suite struct PushDeviceTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  @discardableResult
  private func add(_ subscription: String, label: String? = nil, _ browser: Browser? = nil) -> Page {
    let agent = ["user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"]
    let browser = browser ?? ana
    guard let label else { return browser.post("/agents/push/subscriptions", ["subscription": subscription], agent) }
    return browser.post("/agents/push/subscriptions", ["subscription": subscription, "label": label], agent)
  }

  private func devices() throws -> [String] {
    try site.owner.rows(
      Query(column: "SELECT concat_ws(' ', u.email, d.label, d.service) FROM push_devices d JOIN users u ON u.id = d.user_id ORDER BY 1"))
  }

  private static let point = Bytes.base64url(Array(repeating: 4, count: 64))

  @Test func `Hard case 13: what is no subscription is refused, and nothing is stored`() throws {
    for (text, says) in [
      ("", "not what a browser says"), ("x", "not what a browser says"), ("[]", "not what a browser says"),
      ("{}", "not what a browser says"),
      (#"{"endpoint":7}"#, "not what a browser says"), (String(repeating: "[", count: 4_000), "not what a browser says"),
      (#"{"endpoint":"https://push.example.org/1"}"#, "keys of this subscription"),
      (PushFootprint.subscription("http://push.example.org/1"), "begins with https"),
      (PushFootprint.subscription("https://a@push.example.org/1"), "begins with https"),
      (PushFootprint.subscription("https://push.example.org:22/1"), "begins with https"),
      (PushFootprint.subscription("https://push.example.org/" + String(repeating: "a", count: 1_000)), "begins with https"),
      (PushFootprint.subscription("https://" + String(repeating: "a.", count: 150) + "example.org/1"), "begins with https"),
      (PushFootprint.subscription("https://127.0.0.1/1"), "private network"),
      (PushFootprint.subscription("https://0x7f.1/"), "private network"),
      (PushFootprint.subscription("https://[::ffff:10.0.0.1]/"), "private network"),
      (PushFootprint.subscription("https://localhost/"), "private network"),
      (PushFootprint.subscription("https://push.example.org/1", PushDeviceTests.point), "keys of this subscription"),
      (PushFootprint.subscription("https://push.example.org/1", Pushed.point, "BTBZMqHH6r4Tts7J_aSI"), "keys of this subscription"),
    ] as [(String, String)] {
      let place: Comment = "\(text), \(says)"
      let before = try site.fingerprint()
      let page = add(text, label: "My phone")
      #expect(page.status == 422 && page.complaints.contains("subscription") && page.text.contains(says), place)
      #expect(page.text.contains("value=\"My phone\""), place)
      #expect(try site.fingerprint() == before, place)
    }
  }

  @Test func `Hard case 13: the same browser twice is one row, and each person's own`() throws {
    let subscription = PushFootprint.subscription()
    for _ in 0..<2 { #expect(add(subscription).location == "/agents/push") }
    let eve = try site.person("eve@x.test")
    #expect(add(subscription, label: "Laptop", eve).status == 303)
    #expect(try devices() == ["ana@x.test Firefox on Linux push.example.org", "eve@x.test Laptop push.example.org"])
    #expect(try site.text("SELECT string_agg(action, ' ') FROM audit_log WHERE user_id = \(ana.user)") == "device.added")
    let page = ana.get("/agents/push").text
    #expect(page.contains("Firefox on Linux") && page.contains("By push.example.org, since Sat 21 Nov 2026, 09:00."))
    #expect(!page.contains("Laptop"))
    // A name that is typed takes the place of the other.
    #expect(add(subscription, label: "My phone").status == 303)
    #expect(try devices().first == "ana@x.test My phone push.example.org")
    #expect(ana.get("/settings/audit").text.contains("Added a device for notifications: My phone."))
  }

  @Test func `new keys of a known browser take the place of the old`() throws {
    add(PushFootprint.subscription())
    let before: [UInt8] = try site.owner.value("SELECT subscription FROM push_devices").unwrapped
    let auth = Bytes.base64url(Array(repeating: 7, count: 16))
    add(PushFootprint.subscription("https://push.example.org/send/1", Pushed.point, auth))
    #expect(try site.owner.value("SELECT subscription FROM push_devices", as: [UInt8].self) != before)
    #expect(try devices().count == 1)
  }

  @Test func `the page has the key of this site, the policy of the worker, and says what to do without script`() throws {
    let page = ana.get("/agents/push")
    #expect(page.header("Content-Security-Policy") == SecurityHeaders.workerPolicy)
    #expect(page.text.contains("data-push=\"\(try VAPID(site.services.keys).publicKey)\"") && page.text.contains("This needs script"))
    #expect(page.text.contains("No device yet") && page.text.contains("Show reminders as notifications"))
    #expect(ana.get("/agents/email").header("Content-Security-Policy") == SecurityHeaders.contentSecurityPolicy)
  }

  @Test func `adding one switches the agent on, and it counts as set up while there is one`() throws {
    #expect(ana.post("/agents/push", ["enabled": "on"]).status == 303)
    #expect(ana.get("/agents/push").text.contains("No reminders come by push before you add a device."))
    let ladder = try Ladder(tiers: [Tier(delayMinutes: 0, agents: [.push])])
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
    // Switched on without a device it reaches nobody: the mail comes instead.
    _ = try ana.remind(nil, .low)
    site.pass(hours: 1)
    try site.work()
    #expect(try site.text("SELECT channel FROM outbox WHERE subject = 'escalation'") == "email")
    #expect(ana.post("/agents/push").status == 303)
    add(PushFootprint.subscription())
    #expect(try site.text("SELECT enabled::text FROM agents WHERE type = 'push'") == "true")
    let means: [AgentType] = try site.owner.rows(
      Query<EscalationProfile>("SELECT \(EscalationProfile.columns) FROM profiles p WHERE p.user_id = \(ana.user)") {
        row throws(PostgresError) in try EscalationProfile(row: row)
      }
    ).first.unwrapped.means
    #expect(means.sorted { $0.rawValue < $1.rawValue } == [.email, .push])
  }

  @Test func `removed it is gone, and nobody else can`() throws {
    add(PushFootprint.subscription())
    let id: ID<PushDevice> = try site.owner.value("SELECT id FROM push_devices").unwrapped
    let path = "/agents/push/subscriptions/\(id.text)/deletion"
    #expect(try site.person("eve@x.test").post(path).status == 404)
    #expect(try devices().count == 1)
    #expect(ana.post(path).location == "/agents/push")
    #expect(ana.post(path).status == 404)
    #expect(try devices().isEmpty)
    #expect(ana.get("/settings/audit").text.contains("Removed a device for notifications: Firefox on Linux."))
  }

  @Test func `twenty are enough`() throws {
    for number in 0..<PushDevice.most { _ = try ana.device("https://push.example.org/\(number)") }
    let page = add(PushFootprint.subscription())
    #expect(page.status == 422 && page.text.contains("You have 20 devices. Remove one first."))
    #expect(add(PushFootprint.subscription("https://push.example.org/3")).status == 303)
  }

  @Test func `a test goes to each device, and the page tells of one that did not arrive`() throws {
    #expect(ana.post("/agents/push/test").status == 409)
    let pushed = try Pushed()
    for (path, label) in [("/status/201", "A"), ("/status/404", "B")] { try pushed.device(path, label) }
    #expect(pushed.ana.post("/agents/push/test").location == "/agents/push")
    #expect(try pushed.site.work()["tests"] == 1)
    #expect(try pushed.devices() == ["A"])
    let page = pushed.ana.get("/agents/push")
    #expect(page.fact("delivery") == "failed" && page.text.contains("404"))
    let message = try (pushed.opened().first?["message"]).unwrapped
    #expect(message["title"]?.text == "A test message from Heed" && message["link"]?.text == "/agents/push")
    #expect(pushed.ana.post("/agents/push/test").status == 303)
    try pushed.site.work()
    #expect(pushed.ana.get("/agents/push").fact("delivery") == "sent")
  }
}
