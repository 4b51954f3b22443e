import Testing
import Web

@testable import App
@testable import HTML

/// Where buttons and refusals lead: back to where somebody was, to pages only, never to another site.
@Suite struct WayBackTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  @Test(arguments: ["completion", "acknowledgement", "archival"])
  func `a button of a row leads back to its list, with its filters`(action: String) throws {
    let id = try ana.remind(nil, .low).text
    site.pass(hours: 1)
    try site.work()
    let list = ana.get("/reminders?status=all&sort=title")
    #expect(list.text.contains("name=\"next\" value=\"/reminders?status=all&amp;sort=title\""))
    let done = ana.post("/reminders/\(id)/\(action)", ["next": "/reminders?status=all&sort=title"])
    #expect(done.status == 303 && done.location == "/reminders?status=all&sort=title")
    #expect(ana.get("/reminders?status=all&sort=title").text.contains("class=\"flash\""))
  }

  @Test func `a button of the timeline's list and of Today leads back there`() throws {
    _ = try ana.remind(nil, .low)
    site.pass(hours: 1)
    try site.work()
    let escalation = try site.text("SELECT id::text FROM escalations").unwrapped
    #expect(ana.get("/").text.contains("name=\"next\" value=\"/\""))
    #expect(ana.get("/escalations?state=all").text.contains("name=\"next\" value=\"/escalations?state=all\""))
    #expect(ana.post("/escalations/\(escalation)/acknowledgement", ["next": "/"]).location == "/")
    #expect(ana.post("/escalations/\(escalation)/snoozes", ["until": "1 hour", "next": "/escalations"]).location == "/escalations")
  }

  @Test(arguments: ["//evil.test", "https://evil.test/", "/\\evil.test", "/sign-out", "/reminders/bulk", "/nothing", "%00", ""])
  func `what is no page of ours is not led to`(next: String) throws {
    let id = try ana.remind(nil, .low).text
    #expect(ana.post("/reminders/\(id)/completion", ["next": next]).location == "/reminders/\(id)")
    let door = site.browser()
    #expect(door.post("/sign-in", ["email": "ana@x.test", "password": Site.password, "next": next]).location == "/")
  }

  @Test func `a refusal leads to what it is about`() throws {
    let id = try ana.remind(nil, .low).text
    #expect(ana.post("/reminders/\(id)/archival").status == 303)
    let page = ana.post("/reminders/\(id)/completion")
    #expect(page.status == 409 && page.text.contains("<h1>That cannot be done now</h1>"))
    #expect(page.text.contains("href=\"/reminders/\(id)\""))
    #expect(ana.post("/agents/sms/test").text.contains("href=\"/agents/sms\""))
  }

  @Test func `deleting is asked first, and the question changes nothing`() throws {
    let id = try ana.remind(nil, .low).text
    #expect(ana.get("/reminders/\(id)").text.contains("href=\"/reminders/\(id)/delete\""))
    let before = try site.fingerprint()
    let page = ana.get("/reminders/\(id)/delete")
    #expect(page.status == 200 && page.form("/reminders/\(id)/deletion") != nil && page.form("/reminders/\(id)/archival") != nil)
    #expect(try site.fingerprint() == before)
    #expect(try site.person("eve@x.test").get("/reminders/\(id)/delete").status == 404)
    #expect(ana.post("/reminders/\(id)/archival").status == 303)
    #expect(ana.get("/reminders/\(id)/delete").form("/reminders/\(id)/archival") == nil)
    #expect(ana.post("/reminders/\(id)/deletion").location == "/reminders")
  }

  @Test(arguments: ["%C2%A0", "%E3%80%80", "%E2%80%8B", "%EF%BB%BF", "%E2%81%A0+%E2%81%A0", "%E2%A0%80"])
  func `a title of nothing that is seen is missing`(title: String) throws {
    let page = ana.post("/reminders", raw: Array("csrf=\(ana.token())&title=\(title)".utf8))
    // Braille's blank is a sign for who reads with fingers.
    #expect(page.status == (title == "%E2%A0%80" ? 303 : 422))
  }

  @Test func `a form of which only a part can be read does nothing`() throws {
    let fields = (0...Form.mostFields).map { "id=\($0)" }.joined(separator: "&")
    #expect(ana.post("/reminders/bulk", raw: Array("csrf=\(ana.token())&\(fields)".utf8)).status == 413)
    let broken = ana.post("/reminders/import", raw: Array("--x\r\nbroken".utf8), ["content-type": "multipart/form-data; boundary=x"])
    #expect(broken.status == 422 && broken.text.contains("broke off"))
  }
}
