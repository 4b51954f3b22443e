import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

@Suite struct ReminderActionTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func status(_ id: String) throws -> String? { try site.text("SELECT status FROM reminders WHERE id::text = \(id)") }

  private func act(_ id: String, _ action: String, _ fields: KeyValuePairs<String, String> = [:]) -> Page {
    ana.post("/reminders/\(id)/\(action)", fields)
  }

  @Test(arguments: [("completion", "completed"), ("archival", "archived")])
  func `what is done or put away can be taken back`(action: String, state: String) throws {
    let id = try ana.remind(["title": "A", "at": "2026-12-01T09:00"])
    #expect(act(id, action).location == "/reminders/\(id)")
    #expect(try status(id) == state)
    let page = ana.get("/reminders/\(id)")
    #expect(page.fact("status") == state)
    #expect(try page.form("/reminders/\(id)/reopening").unwrapped.contains("Undo"))
    // Again is no error and changes nothing.
    #expect(act(id, action).status == 303)
    #expect(act(id, "reopening").status == 303)
    #expect(try status(id) == "active")
    #expect(ana.get("/reminders/\(id)").fact("next") == "2026-12-01T09:00:00Z")
  }

  @Test func `what was done before its time and taken back after it rings at once, and not again`() throws {
    let id = try ana.remind(["title": "A", "at": "2026-12-01T09:00"])
    #expect(act(id, "completion").status == 303)
    site.now = try Instant(iso: "2026-12-01T09:00:30Z").unwrapped
    try site.work()
    #expect(try site.count("SELECT count(*) FROM escalations") == 0)
    #expect(act(id, "reopening").status == 303)
    #expect(ana.get("/reminders/\(id)").fact("next") == "2026-12-01T09:00:00Z")
    try site.work()
    #expect(try site.text("SELECT string_agg(state, ' ') FROM escalations WHERE open") == "active")
    for action in ["completion", "reopening"] { #expect(act(id, action).status == 303) }
    try site.work()
    #expect(try site.count("SELECT count(*) FROM escalations") == 1 && status(id) == "active")
  }

  @Test func `a series goes on after it was done`() throws {
    let id = try ana.remind(["title": "A", "schedule": "recurring", "cron": "0 9 * * *"])
    #expect(act(id, "run").status == 303)
    #expect(act(id, "completion").status == 303)
    #expect(try status(id) == "active")
    #expect(try site.text("SELECT string_agg(state, ' ') FROM escalations") == "completed")
    #expect(ana.get("/reminders/\(id)").fact("next") == "2026-11-22T09:00:00Z")
  }

  @Test(arguments: [
    ("20 min", "2026-11-21T09:20:00Z"), ("1 day and 3 hours", "2026-11-22T12:00:00Z"), ("tomorrow", "2026-11-22T09:00:00Z"),
    ("amanhã às 10h", "2026-11-22T10:00:00Z"), ("AMANHA", "2026-11-22T09:00:00Z"), ("next friday noon", "2026-11-27T12:00:00Z"),
    ("2026-12-24T18:00", "2026-12-24T18:00:00Z"), ("until 9pm", "2026-11-21T21:00:00Z"), ("9am", "2026-11-22T09:00:00Z"),
  ])
  func `a snooze understands words`(words: String, until: String) throws {
    let id = try ana.remind(["title": "A", "at": "2026-12-01T09:00"])
    #expect(act(id, "snoozes", ["until": words, "reason": "travelling"]).status == 303)
    let page = ana.get("/reminders/\(id)")
    #expect(page.fact("status") == "snoozed")
    #expect(page.fact("snoozed-until") == until)
    #expect(try site.text("SELECT words || '|' || reason FROM snoozes") == words + "|travelling")
  }

  @Test func `what a snooze cannot mean changes nothing and is kept`() throws {
    for (words, reason, field) in [
      ("", "", "until"), ("yesterday", "", "until"), ("0 min", "", "until"), ("-2 hours", "", "until"), ("2 years", "", "until"),
      ("31 Feb", "", "until"), ("soonish", "", "until"), (String(repeating: "1 day and ", count: 30) + "1 day", "", "until"),
      ("99999999999999999999 hours", "", "until"), ("2026-11-21T09:00", "", "until"),
      ("2 hours", String(repeating: "é", count: 201), "reason"),
      ("2 hours", "a\nb", "reason"),
    ] as [(String, String, String)] {
      let place: Comment = "\(words), \(reason), \(field)"
      let id = try ana.remind()
      let before = try site.fingerprint()
      let page = act(id, "snoozes", ["until": words, "reason": reason, "nonce": "n"])
      #expect(page.status == 422, place)
      #expect(page.complaints.contains { $0.hasSuffix(field) }, place)
      if words.utf8.count < 30, words != "" { #expect(page.text.contains("value=\"\(words)\""), place) }
      #expect(try site.fingerprint() == before, place)
    }
  }

  @Test func `a new snooze takes the place of the one before`() throws {
    let id = try ana.remind()
    for words in ["2 hours", "3 hours"] { #expect(act(id, "snoozes", ["until": words]).status == 303) }
    #expect(ana.get("/reminders/\(id)").fact("snoozed-until") == "2026-11-21T12:00:00Z")
    #expect(try site.count("SELECT count(*) FROM snoozes WHERE until_time > \(site.now.advanced(hours: 1))") == 1)
  }

  @Test func `a snooze after a snooze counts, with the nonce that the page has by then`() throws {
    let id = try ana.remind(["title": "A", "at": "2026-12-01T09:00"])
    func press(_ action: String, _ fields: [(String, String)] = []) throws {
      let nonce = ana.get("/reminders/\(id)").field("nonce", ofForm: "/reminders/\(id)/\(action)")
      let body = (fields + [("csrf", ana.token())] + (nonce.map { [("nonce", $0)] } ?? [])).map { "\($0.0)=\(Browser.encoded($0.1))" }
      #expect(ana.post("/reminders/\(id)/\(action)", raw: Array(body.joined(separator: "&").utf8)).status == 303)
    }
    var snoozes = 0
    // Before it ever rang, after it was woken, reopened and rung.
    for action in [
      "snoozes", "acknowledgement", "snoozes", "snoozes", "completion", "reopening", "snoozes", "run", "snoozes", "acknowledgement",
      "snoozes",
      "run", "snoozes",
    ] {
      try press(action, action == "snoozes" ? [("until", "2 hours")] : [])
      if action == "snoozes" { snoozes += 1 }
      #expect(try site.count("SELECT count(*) FROM snoozes") == snoozes)
      #expect(try status(id) == (action == "snoozes" ? "snoozed" : action == "completion" ? "completed" : "active"))
    }
    #expect(try site.count("SELECT count(*) FROM fired") == 2)
  }

  @Test func `a quick reminder after one that was deleted is a new one`() throws {
    for title in ["Milk", "Bread", "Salt"] {
      let nonce = try ana.get("/").field("nonce", ofForm: "/reminders").unwrapped
      let made = try ana.post("/reminders", ["title": title, "nonce": nonce]).location.unwrapped
      #expect(ana.get(made).text.contains(title))
      #expect(ana.post(made + "/deletion").status == 303)
    }
  }

  @Test func `what has ended refuses what no longer fits`() throws {
    let done = try ana.remind()
    let away = try ana.remind()
    #expect(act(done, "completion").status == 303)
    #expect(act(away, "archival").status == 303)
    let before = try site.fingerprint()
    for id in [done, away] {
      for action in ["snoozes", "run", "acknowledgement"] {
        let page = act(id, action, ["until": "2 hours"])
        #expect(page.status == 409, "\(action)")
        #expect(!page.cookies.contains { $0.hasPrefix("__Host-heed_flash=") }, "\(action)")
      }
    }
    #expect(act(away, "completion").status == 409)
    #expect(try site.fingerprint() == before)
  }

  @Test func `ringing by hand starts one escalation and a second press none`() throws {
    let id = try ana.remind()
    let nonce = try ana.get("/reminders/\(id)").field("nonce", ofForm: "/reminders/\(id)/run").unwrapped
    for _ in 0..<2 { #expect(act(id, "run", ["nonce": nonce]).status == 303) }
    #expect(try site.count("SELECT count(*) FROM fired") == 1)
    #expect(try site.count("SELECT count(*) FROM escalations WHERE open") == 1)
    #expect(act(id, "acknowledgement").status == 303)
    #expect(try site.text("SELECT state FROM escalations") == "acknowledged")
    #expect(try status(id) == "active")
    #expect(act(id, "acknowledgement").status == 303)
  }

  @Test func `a deleted reminder is gone with everything about it`() throws {
    let id = try ana.remind()
    #expect(act(id, "run").status == 303)
    #expect(act(id, "deletion").location == "/reminders")
    #expect(ana.get("/reminders/\(id)").status == 404)
    for table in ["reminders", "schedules", "escalations", "occurrences", "outbox"] {
      #expect(try site.count("SELECT count(*) FROM \(name: table)") == 0, "\(table)")
    }
  }

  @Test(arguments: [("completion", "completed"), ("archival", "archived"), ("snooze", "snoozed")])
  func `many are changed at once`(action: String, state: String) throws {
    let ids = try (0..<3).map { _ in try ana.remind() }
    let page = ana.post("/reminders/bulk", ["id": ids[0], "id": ids[1], "id": ids[0], "action": action, "until": "2 hours"])
    #expect(page.location == "/reminders")
    #expect(try ids.map { try status($0) } == [state, state, "active"])
  }

  @Test func `of many, all are changed or none`() throws {
    let mine = try ana.remind()
    let theirs = try site.person("eve@x.test").remind()
    let before = try site.fingerprint()
    let missing = "0192f000-0000-7000-8000-000000000000"
    for other in [theirs, missing, "x", "", "\u{0}"] {
      #expect(ana.post("/reminders/bulk", ["id": mine, "id": other, "action": "completion"]).status == 404)
    }
    for (action, until) in [("", ""), ("deletion", ""), ("snooze", ""), ("snooze", "yesterday"), ("snooze", "\u{0}")] {
      #expect(ana.post("/reminders/bulk", ["id": mine, "action": action, "until": until]).status == 422)
    }
    #expect(ana.post("/reminders/bulk", ["action": "completion"]).status == 422)
    // The row comes before the fields.
    #expect(ana.post("/reminders/bulk", ["id": missing, "action": "deletion"]).status == 404)
    #expect(try site.fingerprint() == before)
  }

  @Test func `somebody else's, a deleted and a missing reminder are answered alike`() throws {
    let bob = try site.person("bob@x.test", sharing: ana, role: .admin)
    let (theirs, gone, missing) = (try bob.remind(), try ana.remind(), "0192f000-0000-7000-8000-000000000000")
    #expect(act(gone, "deletion").status == 303)
    ana.get("/reminders")  // Takes the flash line.
    let before = try site.fingerprint()
    func answers(_ id: String) -> [Page] {
      [ana.get("/reminders/\(id)"), ana.get("/reminders/\(id)/edit"), ana.post("/reminders/\(id)", ["title": "A", "version": "1"])]
        + ["completion", "acknowledgement", "reopening", "archival", "deletion", "run", "snoozes"].map { act(id, $0, ["until": "2 hours"]) }
    }
    let expected = answers(missing)
    for id in [theirs, gone, missing.uppercased(), theirs.uppercased(), "x"] {
      for (page, other) in zip(answers(id), expected) {
        #expect(page.status == 404)
        #expect(page.response.body == other.response.body)
        #expect(page.response.headers.map { "\($0)" } == other.response.headers.map { "\($0)" })
      }
    }
    #expect(try site.fingerprint() == before)
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `the counters are right after any walk`(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    var ids: [String] = []
    for _ in 0..<60 {
      let id = ids.randomElement(using: &dice)
      switch Int.random(in: 0..<9, using: &dice) {
      case 0, 1:
        ids.append(
          try ana.remind(Bool.random(using: &dice) ? ["title": "A"] : ["title": "B", "schedule": "interval", "every_minutes": "60"]))
      case 2:
        ana.post("/reminders/bulk", ["id": id ?? "", "id": ids.randomElement(using: &dice) ?? "", "action": "snooze", "until": "1 hour"])
      case let n:
        let actions = ["completion", "reopening", "archival", "run", "snoozes", "deletion"]
        if let id { _ = act(id, actions[n - 3], ["until": "2 hours"]) }
      }
      site.now = site.now.advanced(minutes: Int.random(in: 0..<30, using: &dice))
      let wrong = try site.count(
        """
        SELECT count(*) FROM reminder_counts c, LATERAL (
          SELECT count(*) FILTER (WHERE status = 'active') AS a, count(*) FILTER (WHERE status = 'snoozed') AS s,
            count(*) FILTER (WHERE status = 'completed') AS d, count(*) FILTER (WHERE status = 'archived') AS z
          FROM reminders r WHERE r.user_id = c.user_id) n
        WHERE (c.active, c.snoozed, c.completed, c.archived) <> (n.a, n.s, n.d, n.z)
        """)
      #expect(wrong == 0)
    }
    #expect(site.logged.isEmpty)
  }
}

/// The same numbers for the same seed (splitmix64).
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
