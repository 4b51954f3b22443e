import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// Commands that a person's program posts.
@Suite struct AgentHookTests {
  private let hooked: Hooked
  private let reminder: ID<Reminder>
  private let escalation: String

  init() throws {
    hooked = try Hooked()
    reminder = try hooked.ring()
    escalation = try hooked.escalation(reminder)
  }

  private func state() throws -> String { try String(hooked.ana.state(reminder).prefix { $0 != " " }) }

  @Test(arguments: [
    ("acknowledgement", "acknowledged"), ("acknowledge", "acknowledged"), ("dismiss", "acknowledged"), ("snooze", "snoozed"),
    ("completion", "completed"), ("complete", "completed"),
  ])
  func `a command does what a press would, and the timeline and the log say who did it`(action: String, becomes: String) throws {
    let page = hooked.post(Hooked.command(escalation, action, until: "2 hours"))
    #expect(page.status == 200 && page.text.contains("\"changed\":true"))
    #expect(try state() == becomes)
    if becomes == "snoozed" {
      #expect(try hooked.ana.newest(reminder)?.course.snoozedUntil == hooked.site.now.advanced(hours: 2))
    }
    let site = hooked.site
    #expect(try site.text("SELECT actor FROM audit_log ORDER BY number DESC LIMIT 1") == "webhook")
    #expect(try site.text("SELECT actor || ' ' || actor_name FROM escalation_events WHERE kind = \(becomes)") == "webhook A webhook")
    #expect(hooked.ana.get("/escalations/\(escalation)").text.contains("A webhook"))
    #expect(hooked.ana.get("/settings/audit").text.contains("A webhook"))
    let rows = try site.count("SELECT count(*) FROM audit_log")
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == .whole(rows: rows, accounts: 1))
    #expect(site.logged.isEmpty)
  }

  @Test func `the same post again changes nothing and is answered as before`() throws {
    let command = Hooked.command(escalation, "snooze", until: "2 hours")
    #expect(hooked.post(command).status == 200)
    hooked.site.pass(minutes: 1)
    let before = try hooked.site.fingerprint()
    let again = hooked.post(command)
    #expect(again.status == 200 && again.text.contains("\"changed\":false"))
    #expect(try hooked.site.fingerprint() == before)
    // With an id of its own it is another.
    #expect(hooked.post(command, id: "msg_2").text.contains("\"changed\":true"))
  }

  @Test func `another command under the same id is a conflict, and nothing of it is done`() throws {
    #expect(hooked.post(Hooked.command(escalation, "acknowledgement")).status == 200)
    let before = try hooked.site.fingerprint()
    let page = hooked.post(Hooked.command(escalation, "completion"))
    #expect(page.status == 409 && page.text.contains("another body came under this webhook-id"))
    #expect(try hooked.site.fingerprint() == before)
    #expect(try state() == "acknowledged")
  }

  @Test func `a habit that a program completes says that a program did`() throws {
    let (site, ana) = (hooked.site, hooked.ana)
    let habit = try ana.habit(["name": "Read", "preferred_time": "12:00", "reminder": "on"])
    site.pass(hours: 3)
    try site.work()
    let id = try site.text(
      "SELECT e.id::text FROM escalations e JOIN reminders r ON r.id = e.reminder_id WHERE r.habit_id::text = \(habit)"
    ).unwrapped
    #expect(hooked.post(Hooked.command(id, "completion")).status == 200)
    #expect(try site.text("SELECT source FROM habit_days WHERE habit_id::text = \(habit)") == "webhook")
  }

  @Test func `who switches mail off while another way is on reads nothing of being reached by none`() {
    #expect(hooked.ana.post("/agents/email").status == 303)
    let page = hooked.ana.get("/agents").text
    #expect(page.contains("No reminders come by") && !page.contains("nothing reaches you"))
  }

  @Test func `what was done meanwhile is a conflict, and done twice is no change`() throws {
    #expect(hooked.post(Hooked.command(escalation, "completion")).status == 200)
    #expect(hooked.post(Hooked.command(escalation, "completion"), id: "msg_2").text.contains("\"changed\":false"))
    for (number, action) in ["acknowledgement", "snooze"].enumerated() {
      let page = hooked.post(Hooked.command(escalation, action, until: "2 hours"), id: "late \(number)")
      #expect(page.status == 409 && page.text.contains("\"error\""))
    }
  }

  @Test func `without a good signature nothing of it is read`() throws {
    let command = Hooked.command(escalation, "completion")
    let before = try hooked.site.fingerprint()
    #expect(hooked.post(command, secret: WebhookSignature.newSecret()).status == 401)
    #expect(hooked.post("no JSON at all", secret: WebhookSignature.newSecret()).status == 401)
    for seconds: Int64 in [-301, 301] { #expect(hooked.post(command, at: hooked.site.now.advanced(seconds: seconds)).status == 401) }
    let path = String(hooked.address.dropFirst("https://heed.test".count))
    #expect(hooked.site.browser().post(path, raw: Array(command.utf8), ["content-type": "application/json"]).status == 401)
    #expect(hooked.post(String(repeating: " ", count: 70_000)).status == 413)
    #expect(try hooked.site.fingerprint() == before)
  }

  @Test func `an unknown agent, one that is off, and what is another person's are not there`() throws {
    let command = Hooked.command(escalation, "completion")
    #expect(hooked.post(command, to: "/hooks/agents/00000000-0000-7000-8000-000000000000").status == 404)
    #expect(hooked.post(command, to: "/hooks/agents/nothing").status == 404)
    #expect(hooked.post(Hooked.command("00000000-0000-7000-8000-000000000000", "completion")).status == 404)
    let other = try Hooked()
    #expect(other.post(command).status == 404)
    let bob = try hooked.site.person("bob@x.test", sharing: hooked.ana)
    let theirs = try hooked.setUp(bob, "/status/200")
    let path = try String(theirs.fact("webhook").unwrapped.dropFirst("https://heed.test".count))
    #expect(try hooked.post(command, to: path, secret: theirs.fact("secret").unwrapped).status == 404)
    // Another's secret opens nothing.
    #expect(hooked.post(command, to: path).status == 401)
    try hooked.site.owner.run("UPDATE agents SET enabled = false WHERE user_id = \(hooked.ana.user)")
    #expect(hooked.post(command).status == 404)
    #expect(try state() == "active")
  }

  @Test func `a body that cannot be taken is refused with its reason`() throws {
    for body in [
      "[]", "{}", "x", #"{"escalation":7,"action":"completion"}"#, #"{"escalation":"ID"}"#, #"{"escalation":"ID","action":"delete"}"#,
      #"{"escalation":"ID","action":"snooze"}"#, #"{"escalation":"ID","action":"snooze","until":5}"#,
      #"{"escalation":"ID","action":"snooze","until":"yesterday"}"#, #"{"escalation":"ID","action":"snooze","until":"no time at all"}"#,
      "{\"escalation\":\"ID\",\"action\":\"snooze\",\"until\":\"2 hours\\u0000\"}",
    ] as [String] {
      let place: Comment = "\(body)"
      let before = try hooked.site.fingerprint()
      let page = hooked.post(body.replacing("ID", with: escalation))
      #expect(page.status == 422 && page.text.contains("\"error\""), "\(body): \(page.text)")
      #expect(try hooked.site.fingerprint() == before, place)
    }
  }
}
