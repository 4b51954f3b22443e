import Postgres
import Testing

@testable import App
@testable import Domain

/// A form's nonce says "this press, once". Whatever the clock does and however much a page leaves out, a later form is another one.
@Suite struct NonceTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  /// Opens the page, sends its form, and expects that something was done.
  private func press(_ page: String, _ action: String, _ fields: KeyValuePairs<String, String>, counted sql: SQL) throws {
    let before = try site.count(sql)
    let nonce = try ana.get(page).field("nonce", ofForm: action).unwrapped
    let body = ["csrf=\(ana.token())", "nonce=\(nonce)"] + fields.map { "\($0.key)=\(Browser.encoded($0.value))" }
    let done = ana.post(action, raw: Array(body.joined(separator: "&").utf8))
    #expect(done.status == 303)
    #expect(try site.count(sql) == before + 1)
    // The same form again is the same press.
    #expect(ana.post(action, raw: Array(body.joined(separator: "&").utf8)).location == done.location)
    #expect(try site.count(sql) == before + 1)
  }

  /// 25 times in one instant, then three times after the clock was set back, and three times later.
  private func keepPressing(_ page: String, _ action: String, _ fields: KeyValuePairs<String, String>, counted sql: SQL) throws {
    for _ in 0..<25 { try press(page, action, fields, counted: sql) }
    site.now = site.now.advanced(hours: -1)
    for _ in 0..<3 { try press(page, action, fields, counted: sql) }
    site.now = site.now.advanced(hours: 1)
    for _ in 0..<3 { try press(page, action, fields, counted: sql) }
  }

  @Test func `each snooze of a reminder counts`() throws {
    let id = try ana.remind(["title": "Pay the rent", "at": "2026-12-01T09:00"])
    try keepPressing(
      "/reminders/\(id)", "/reminders/\(id)/snoozes", ["until": "2 days"], counted: "SELECT count(*) FROM snoozes")
  }

  @Test func `20 snoozes in one instant have 20 nonces, on the reminder's page and in the timeline`() throws {
    let id = try ana.remind(["title": "Pay the rent", "at": "2026-12-01T09:00"])
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    let escalation = try site.text("SELECT id::text FROM escalations").unwrapped
    for page in ["/reminders/\(id)", "/escalations/\(escalation)"] {
      var nonces: Set<String> = []
      for _ in 0..<20 {
        nonces.insert(try ana.get(page).field("nonce", ofForm: page + "/snoozes").unwrapped)
        #expect(ana.post(page + "/snoozes", ["until": "2 days"]).status == 303)
      }
      #expect(nonces.count == 20, "\(page)")
    }
  }

  @Test func `each form that snoozes is one press, on the reminder's page and in the timeline`() throws {
    let id = try ana.remind(["title": "Pay the rent", "at": "2026-12-01T09:00"])
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    let escalation = try site.text("SELECT id::text FROM escalations").unwrapped
    var snoozes = 0
    for page in ["/reminders/\(id)", "/escalations/\(escalation)"] {
      let forms = ana.get(page).text.components(separatedBy: "action=\"\(page)/snoozes\"").dropFirst()
      let nonces = forms.map { form in
        form.components(separatedBy: "</form>")[0].components(separatedBy: "name=\"nonce\" value=\"").dropFirst().first?
          .components(separatedBy: "\"").first
      }
      #expect(nonces.count == 2 && !nonces.contains(nil) && Set(nonces).count == 2)
      for nonce in nonces.compactMap(\.self) {
        for _ in 0..<2 { #expect(ana.post(page + "/snoozes", ["until": "20 min", "nonce": nonce]).status == 303) }
        snoozes += 1
        #expect(try site.count("SELECT count(*) FROM snoozes") == snoozes)
      }
    }
  }

  @Test func `each ring by hand counts`() throws {
    let id = try ana.remind(["title": "Pay the rent", "at": "2026-12-01T09:00"])
    try keepPressing("/reminders/\(id)", "/reminders/\(id)/run", [:], counted: "SELECT count(*) FROM fired")
  }

  @Test func `each snooze and each note of an escalation counts`() throws {
    let id = try ana.remind(["title": "Pay the rent", "at": "2026-12-01T09:00"])
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    let escalation = try site.text("SELECT id::text FROM escalations").unwrapped
    let page = "/escalations/\(escalation)"
    try keepPressing(page, page + "/snoozes", ["until": "2 days"], counted: "SELECT count(*) FROM snoozes")
    try keepPressing(page, page + "/notes", ["text": "On it"], counted: "SELECT count(*) FROM escalation_events WHERE kind = 'note'")
  }

  @Test func `each reminder that is made on Today counts`() throws {
    let fields: KeyValuePairs = ["title": "Buy milk", "at": "2026-12-01T09:00"]
    try keepPressing("/", "/reminders", fields, counted: "SELECT count(*) FROM reminders")
  }
}
