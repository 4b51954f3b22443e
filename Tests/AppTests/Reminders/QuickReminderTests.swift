import Testing
import Web

@testable import App
@testable import Domain

/// A reminder from one line, on Today, on the list and at an address of its own.
@Suite struct QuickReminderTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-03-10T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/New_York")
  }

  private func made(_ line: String) throws -> Page {
    let page = ana.post("/reminders", ["quick": line])
    #expect(page.status == 303, "\(line)")
    return ana.get(try page.location.unwrapped)
  }

  /// Where the buttons beside the line lead that says what was done.
  private func flash(_ page: Page) throws -> [String] {
    let line = try page.text.components(separatedBy: "class=\"flash\"").last.unwrapped.components(separatedBy: "</div>")[0]
    return line.components(separatedBy: "action=\"").dropFirst().map { $0.components(separatedBy: "\"")[0] }
  }

  @Test func `it rings when the line says, and what was understood is said`() throws {
    let page = try made("call mom tomorrow at 9am !high")
    #expect(page.fact("next") == "2027-03-11T14:00:00Z")
    #expect(page.text.contains("<h1>call mom</h1>"))
    #expect(page.text.contains("Saved. Tomorrow 09:00 (in 23 hours), New York time: “call mom”. Importance: High."))
    #expect(try site.text("SELECT importance FROM reminders") == "high")
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE payload LIKE '%\"call mom tomorrow at 9am !high\"%'") == 1)
  }

  @Test(arguments: [
    ("buy 2 milk", "once", "2027-03-10T16:00:00Z", "No time is in it, so today 11:00 (in 1 hour), New York time: “buy 2 milk”."),
    ("tea in 20 min", "once", "2027-03-10T15:20:00Z", "Today 10:20 (in 20 minutes), New York time: “tea”."),
    (
      "pay rent every month on the 1st at 9", "recurring", "2027-04-01T13:00:00Z",
      "Every month on the 1st at 09:00, New York time, first 1 Apr 09:00 (in 3 weeks): “pay rent”."
    ),
    ("drink water every 90 minutes", "interval", "2027-03-10T16:30:00Z", "first today 11:30"),
    ("call mom yesterday", "once", "2027-03-10T16:00:00Z", "“yesterday” is not after now, so it stays in the title."),
    ("renew it in 3 years", "once", "2027-03-10T16:00:00Z", "“in 3 years” is more than a year ahead, so it stays in the title."),
  ])
  func `each kind of line is heard, shown and stored alike`(line: String, kind: String, next: String, says: String) throws {
    let before = try site.fingerprint()
    let heard = ana.post("/reminders/quick", ["quick": line])
    #expect(heard.status == 200 && heard.text.contains(says), "\(heard.text)")
    #expect(heard.header("Content-Type") == "text/plain; charset=utf-8")
    for page in [ana.post("/reminders/preview", ["quick": line]), ana.get("/reminders/new?quick=\(Browser.encoded(line))")] {
      #expect(page.status == 200)
      #expect(page.form("/reminders")?.contains("value=\"\(line)\"") == true)
      #expect(page.text.contains(says) && page.text.contains("datetime=\"\(next)\""))
      #expect(page.text.contains("value=\"\(kind)\" checked"))
    }
    #expect(try site.fingerprint() == before)
    let page = try made(line)
    #expect(page.fact("next") == next && page.text.contains(says))
    #expect(try site.text("SELECT kind FROM schedules") == kind)
  }

  @Test(arguments: ["call mom tomorrow at 9", "pay rent every month on the 1st at 9 !low", "drink water every 90 minutes", "tea in 20 min"])
  func `the long form that a line fills in makes the same reminder`(line: String) throws {
    let page = ana.get("/reminders/new?quick=\(Browser.encoded(line))")
    let form = try Page(.text("<form class=\"form\"" + page.text.components(separatedBy: "<form class=\"form\"").last.unwrapped))
    // Hidden ones have no value here: the token is added, the nonce left out.
    let fields = form.fields(of: "/reminders").compactMap { field -> String? in
      let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return parts.count == 2 ? Browser.encoded(String(parts[0])) + "=" + Browser.encoded(String(parts[1])) : nil
    }
    let body = (["csrf=\(ana.token())"] + fields).joined(separator: "&")
    #expect(ana.post("/reminders", raw: Array(body.utf8)).status == 303)
    _ = try made(line)
    let kinds = try site.count(
      """
      SELECT count(DISTINCT (r.title, r.importance, r.next_at, s.kind, s.rule, s.every_minutes, s.words))
      FROM reminders r JOIN schedules s ON s.reminder_id = r.id
      """)
    #expect(kinds == 1)
    #expect(try site.count("SELECT count(*) FROM reminders") == 2)
  }

  @Test func `what is refused is kept in the field`() throws {
    for (line, complaint) in [
      ("", "Fill this in."), ("   ", "Fill this in."), (String(repeating: "a", count: 301), "at most 300"),
      (String(repeating: "a ", count: 120) + "tomorrow", "A title has at most 200"),
      ("meds every month on the 1st and 15th at 9 and 21:30", "two reminders"),
      ("stand-up every second friday", "“every second friday” can mean two things"),
      ("vitamin 3 times a day", "“3 times a day” does not say when"),
      ("call every fifth day of something", "How often is “every fifth day”?"),
      ("walk every day at 25:00", "no time “25:00”"),
    ] as [(String, String)] {
      let place: Comment = "\(line), \(complaint)"
      let before = try site.fingerprint()
      for (target, fields): (String, KeyValuePairs<String, String>) in [
        ("/reminders", ["quick": line, "title": "Ignored"]), ("/reminders/preview", ["quick": line]),
      ] {
        let page = ana.post(target, fields)
        #expect(page.status == 422 && page.complaints == ["quick"], place)
        #expect(page.text.contains(complaint), "\(line)")
        #expect(page.text.contains("id=\"quick\" name=\"quick\" value=\"\(line)\""), place)
      }
      #expect(ana.post("/reminders/quick", ["quick": line]).status == 422, place)
      #expect(try site.fingerprint() == before, place)
    }
  }

  @Test func `bytes that are no text are refused`() throws {
    let before = try site.fingerprint()
    for value in ["a%00b", "%FF%FE", "a%0D%0Ab", "a%01b"] {
      for target in ["/reminders", "/reminders/preview", "/reminders/quick"] {
        #expect(ana.post(target, raw: Array("csrf=\(ana.token())&quick=\(value)".utf8)).status == 422, "\(target) \(value)")
      }
      #expect(ana.get("/reminders/new?quick=\(value)").status == 422)
    }
    #expect(try site.fingerprint() == before)
  }

  @Test func `it stands on Today and on the list, and an answer of either page stays the same`() throws {
    for target in ["/", "/reminders", "/reminders?q=milk"] {
      let page = ana.get(target)
      #expect(page.form("/reminders\" data-heard=\"/reminders/quick") != nil, "\(target)")
      #expect(page.header("ETag") == ana.get(target).header("ETag"))
    }
    #expect(!ana.get("/reminders/new").text.contains("name=\"quick\""))
    #expect(!ana.get("/reminders/new?quick=+").text.contains("name=\"quick\""))
  }

  @Test func `pressed twice it is made once, from Today and from the list`() throws {
    for (number, target) in ["/", "/reminders"].enumerated() {
      let form = "/reminders\" data-heard=\"/reminders/quick"
      let nonce = try ana.get(target).field("nonce", ofForm: form).unwrapped
      let first = ana.post("/reminders", ["quick": "milk \(target)", "nonce": nonce])
      #expect(ana.post("/reminders", ["quick": "milk \(target)", "nonce": nonce]).location == first.location)
      #expect(try site.count("SELECT count(*) FROM reminders") == number + 1)
      #expect(try ana.get(target).field("nonce", ofForm: form).unwrapped != nonce)
    }
  }

  @Test func `Undo takes it away`() throws {
    let page = try made("call mom tomorrow")
    let undo = try flash(page).first { $0.hasSuffix("/deletion") }.unwrapped
    #expect(ana.post(undo).status == 303)
    #expect(try site.count("SELECT count(*) FROM reminders") == 0)
  }

  @Test func `one press keeps the words as the title, and a second changes nothing`() throws {
    let page = try made("tomorrow never dies !high")
    #expect(page.text.contains("<h1>never dies</h1>"))
    let keep = try flash(page).first { $0.hasSuffix("/wording") }.unwrapped
    let words = try page.field("words", ofForm: keep).unwrapped
    #expect(words == "tomorrow never dies !high")
    for _ in 0..<2 { #expect(ana.post(keep, ["words": words, "version": "1"]).status == 303) }
    #expect(try site.text("SELECT title || ' ' || importance || ' ' || version FROM reminders") == "tomorrow never dies !high medium 2")
    #expect(try site.text("SELECT kind FROM schedules") == "once")
    #expect(try site.count("SELECT count(*) FROM reminders WHERE next_at = '2027-03-10T16:00:00Z'") == 1)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'reminder.changed'") == 1)
    // Over an edit that was made meanwhile it does nothing.
    #expect(ana.post(keep, ["words": "other", "version": "1"]).status == 409)
  }

  @Test func `what means nothing more than it says has nothing to keep`() throws {
    #expect(!(try made("buy milk").text.contains("/wording")))
    #expect(!(try made(String(repeating: "x", count: 189) + " tomorrow at 9am").text.contains("Keep as written")))
    #expect(try made("buy bread tomorrow").text.contains("Keep as written"))
  }

  @Test func `a Brazilian reads it in Portuguese, and both languages are understood`() throws {
    let rui = try site.person("rui@x.test", zone: "America/Sao_Paulo", language: .portuguese)
    let heard = rui.post("/reminders/quick", ["quick": "ligar para a mãe amanhã às 9h !alta"])
    #expect(heard.text == "Amanhã às 09:00 (daqui a 21 horas), horário de São Paulo: “ligar para a mãe”. Importância: Alta.")
    #expect(rui.post("/reminders/quick", ["quick": "call mom tomorrow at 9"]).text.contains("“call mom”"))
    #expect(rui.get("/").text.contains("Por exemplo: ligar para a mãe amanhã às 9h"))
  }

  @Test func `a full site says so beside the line`() throws {
    let small = try Site(quota: Quota(reminders: 1, megabytes: 200))
    let bob = try small.person("bob@x.test")
    #expect(bob.post("/reminders", ["quick": "milk"]).status == 303)
    let page = bob.post("/reminders", ["quick": "bread"])
    #expect(page.status == 422 && page.complaints == ["quick"])
    #expect(try small.count("SELECT count(*) FROM reminders") == 1)
  }
}
