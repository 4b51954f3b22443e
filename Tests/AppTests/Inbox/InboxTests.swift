import Foundation
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// Writing into the inbox, with issue 12's hard cases 16 to 19, 39 and 40.
@Suite struct InboxTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  private func items() throws -> Int { try site.count("SELECT count(*) FROM inbox_items WHERE user_id = \(ana.user)") }

  private func call(_ json: String, _ key: String, _ headers: [String: String] = [:]) -> Page {
    let all = ["authorization": "Bearer \(key)", "content-type": "application/json"].merging(headers) { $1 }
    return site.browser().post("/api/v1/inbox", raw: Array(json.utf8), all)
  }

  /// What is kept by triggers is what is counted afresh.
  private func check() throws {
    let counted = try site.count("SELECT coalesce(sum(open), 0)::integer FROM inbox_counts")
    #expect(try counted == site.count("SELECT count(*) FROM inbox_items WHERE became_kind IS NULL AND deleted_at IS NULL"))
  }

  @Test func `lines are written down on the inbox's page and in the field of the planner's others`() throws {
    #expect(ana.get("/inbox").text.contains("Nothing to sort"))
    // A bookmark fills in the field, and nothing is stored.
    let filled = ana.get("/inbox?title=A+page&text=good&url=https%3A%2F%2Fx.test%2F%3Fa%3D1")
    #expect(filled.text.contains("\nA page good https://x.test/?a=1</textarea>"))
    #expect(try items() == 0)
    #expect(ana.get("/habits").field("seen", ofForm: "/inbox") == nil)
    let seen = try ana.get("/tasks").field("seen", ofForm: "/inbox").unwrapped
    for text in ["Buy bread", "Buy bread", "Call Bob"] {
      #expect(ana.post("/inbox", ["text": text, "seen": seen, "next": "/tasks"]).location == "/tasks")
    }
    #expect(try items() == 2 && ana.get("/tasks").text.contains("“Call Bob” is in the inbox."))
    #expect(try ana.get("/tasks").field("seen", ofForm: "/inbox").unwrapped != seen)
    let list = ana.get("/inbox")
    #expect(list.fact("item") == "new" && list.text.contains(">Buy bread</a>"))
    let item = try ana.capture("Third")
    #expect(ana.post("/inbox/\(item)/deletion").status == 303 && ana.get("/inbox/\(item)/triage").status == 404)
    try check()
    #expect(ana.post("/inbox/\(item)/restoration").location == "/inbox" && ana.get("/inbox/\(item)/triage").status == 200)
    try check()
    let empty = ana.post("/inbox", ["text": " \r\n\t"])
    #expect(empty.status == 422 && empty.complaints == ["text"])
  }

  @Test func `Hard case 16: each line of a paste is an item, and one that is too long stops all of it`() throws {
    let lines = (1...497).map { "Line \($0)" } + ["Same", "Same", "👩‍👩‍👧"]
    #expect(ana.post("/inbox", ["text": lines.joined(separator: "\r\n\r\n \t\r\n") + "\r\n"]).status == 303)
    #expect(try items() == 500 && site.count("SELECT count(*) FROM inbox_items WHERE raw = 'Same'") == 2)
    #expect(try site.text("SELECT raw FROM inbox_items ORDER BY line DESC LIMIT 1") == "👩‍👩‍👧")
    #expect(ana.get("/inbox").text.contains("500 lines are in the inbox."))
    let long = ana.post("/inbox", ["text": "First\n" + String(repeating: "é", count: 4_500)])
    #expect(
      long.status == 422 && long.complaints == ["text"] && long.text.contains("Line 2 is too long") && long.text.contains("\nFirst\n"))
    #expect(try items() == 500)
    try site.owner.run("UPDATE inbox_counts SET open = 9999")
    let full = ana.post("/inbox", ["text": "A\nB"])
    #expect(full.status == 422 && full.text.contains("At most 10,000 items"))
  }

  /// Posts the same twenty times, each on a connection of its own, and lets them go on once all wait for the person's planner.
  private func twentyAtOnce(_ fields: KeyValuePairs<String, String>) throws -> [Page] {
    let (count, user) = (20, ana.user.text)
    let lock = try site.connection("heed_owner")
    let watcher = try Connection(url: Cluster.shared.get().url())
    nonisolated(unsafe) let browsers = try (0..<count).map { _ in try Site(as: site, zoneinfo: "/usr/share/zoneinfo").visit(as: ana) }
    nonisolated(unsafe) var pages = [Page?](repeating: nil, count: count)
    let (guarding, group) = (NSLock(), DispatchGroup())
    try lock.transaction {
      try lock.run("SELECT pg_advisory_xact_lock(hashtextextended('planner ' || \(user), 0))")
      for number in browsers.indices {
        group.enter()
        Thread.detachNewThread {
          let page = browsers[number].post("/inbox", fields)
          guarding.withLock { pages[number] = page }
          group.leave()
        }
      }
      let waiting: SQL = "SELECT count(*) FROM pg_stat_activity WHERE datname = \(site.name) AND wait_event_type = 'Lock'"
      try #require(try until { try watcher.value(waiting, as: Int.self) == count })
    }
    group.wait()
    for browser in browsers { #expect(browser.site.logged.isEmpty) }
    return pages.compactMap(\.self)
  }

  @Test func `Hard cases 17 and 40: a message that comes again is the first, and by its name another is refused`() throws {
    let eve = try site.person("eve@x.test")
    for text in ["a\r\nb", "a\nb", "a \nb\n"] {
      #expect(ana.post("/inbox", ["text": text, "client_msg_id": "m1", "source": "mail"]).location == "/inbox")
    }
    #expect(try items() == 2)
    let other = ana.post("/inbox", ["text": "a\nc", "client_msg_id": "m1", "source": "mail"])
    #expect(other.status == 422 && other.text.contains("\na\nc</textarea>"))
    #expect(eve.post("/inbox", ["text": "a\nc", "client_msg_id": "m1", "source": "mail"]).status == 303)
    #expect(ana.post("/inbox", ["text": "a\nc", "client_msg_id": "m1"]).status == 303)
    #expect(try items() == 4)
    // The nonce alone decides, whatever else the second post holds.
    for text in ["x", "y", "x"] { #expect(ana.post("/inbox", ["text": text, "nonce": "n"]).location == "/inbox") }
    #expect(try items() == 5 && site.count("SELECT count(*) FROM inbox_items WHERE raw = 'y'") == 0)
    let pages = try twentyAtOnce(["text": "once", "client_msg_id": "m2"])
    #expect(pages.map(\.status) == [Int](repeating: 303, count: 20))
    #expect(try site.count("SELECT count(*) FROM inbox_items WHERE raw = 'once'") == 1)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'inbox.captured' AND user_id = \(ana.user)") == 4)
    try check()
  }

  @Test func `Hard case 18: programs are known by what they call a message, then by their header`() throws {
    let key = try ana.apiKey(["planner:write"])
    let first = call(#"{"text":"Milk\nBread"}"#, key, ["idempotency-key": "k1"])
    #expect(first.status == 201 && first.text.hasPrefix(#"{"data":[{"id":""#))
    let id = try site.text("SELECT id::text FROM inbox_items WHERE line = 2").unwrapped
    #expect(first.text.contains("https://heed.test/inbox/\(id)/triage"))
    let again = call(#"{"text":"Milk\nBread"}"#, key, ["idempotency-key": "k1"])
    #expect(again.status == 200 && again.text == first.text)
    #expect(call(#"{"text":"Eggs"}"#, key, ["idempotency-key": "k1"]).status == 422)
    let named = call(#"{"text":"Salt","client_msg_id":"m1","chat_id":"c"}"#, key, ["idempotency-key": "k2"])
    let disagreed = call(#"{"text":"Salt ","client_msg_id":"m1"}"#, key, ["idempotency-key": "k3"])
    #expect(named.status == 201 && disagreed.status == 200 && disagreed.text == named.text)
    // Both are known, of different messages: what it is called decides.
    let both = call(#"{"text":"Salt","client_msg_id":"m1"}"#, key, ["idempotency-key": "k1"])
    #expect(both.status == 200 && both.text == named.text)
    #expect(call(#"{"text":"Pepper","client_msg_id":"m1"}"#, key).status == 422)
    #expect(try items() == 3)
    for (text, hours) in [("old", -31 * 24), ("early", 1), ("late", -29 * 24)] {
      #expect(call("{\"text\":\"\(text)\",\"received_at\":\"\(site.now.advanced(hours: hours).iso)\"}", key).status == 201)
    }
    let noted = try site.text(
      "SELECT string_agg(raw || ' ' || (received_at = \(site.now)), ', ' ORDER BY raw) FROM inbox_items WHERE said_at IS NOT NULL")
    #expect(noted == "early true, old true")
    for json in [
      "", "[]", "{}", #"{"text":" \n"}"#, #"{"text":"a\u0000"}"#, #"{"text":5}"#, #"{"text":"a","received_at":"soon"}"#,
      String(repeating: "[", count: 10_000), #"{"text":"a","source":"a\n"}"#,
    ] { #expect(call(json, key).status == 422, "\(json.prefix(40))") }
    let pull = try ana.apiKey()
    #expect(call(#"{"text":"a"}"#, pull).status == 403 && call(#"{"text":"a"}"#, "heed_x").status == 401)
    #expect(try items() == 6)
    try check()
  }

  @Test func `Hard case 19: messages are in sessions, and a late one makes one of two`() throws {
    let key = try ana.apiKey(["planner:write"])
    func send(_ text: String, _ time: String, chat: String = "c") {
      #expect(call("{\"text\":\"\(text)\",\"chat_id\":\"\(chat)\",\"received_at\":\"2027-03-01T\(time):00Z\"}", key).status == 201)
    }
    for (text, time) in [("a", "10:00"), ("b", "10:29"), ("c", "11:00")] { send(text, time) }
    #expect(try site.count("SELECT count(*) FROM chat_sessions") == 2)
    send("d", "10:45")
    send("e", "10:45", chat: "other")
    let sessions = try site.text(
      """
      SELECT string_agg(s.chat_id || ' ' || to_char(s.started_at AT TIME ZONE 'UTC', 'HH24:MI') || ' '
        || to_char(s.ended_at AT TIME ZONE 'UTC', 'HH24:MI') || ' ' || (SELECT count(*) FROM inbox_items i WHERE i.session_id = s.id), ', '
        ORDER BY s.chat_id)
      FROM chat_sessions s
      """)
    #expect(sessions == "c 10:00 11:30 4, other 10:45 11:15 1")
  }

  @Test func `Hard case 39: what is somebody else's is not there, at the door of sessions neither`() throws {
    let eve = try site.person("eve@x.test")
    let (mine, hers) = (try ana.capture("Mine"), try eve.capture("Hers"))
    let task = try ana.task(["title": "Hers"])
    for path in ["triage", "deletion", "restoration"] {
      #expect(eve.post("/inbox/\(mine)/\(path)", ["kind": "task", "title": "X"]).status == 404, "\(path)")
    }
    #expect(eve.get("/inbox/\(mine)/triage").status == 404)
    #expect(eve.get("/inbox/\(hers)/triage?kind=task").fact("duplicate-of") == nil)
    let pages = ["task:" + task, "task:0192f000-0000-7000-8000-000000000000", "task", ""].map { target in
      eve.post("/inbox/\(hers)/triage", ["kind": "join", "target": target])
    }
    #expect(pages.allSatisfy { $0.status == 422 && $0.text.contains("Choose something that is on your list.") })
    let session = try site.owner.value("SELECT session_id FROM inbox_items WHERE raw = 'Mine'", as: ID<ChatSession>.self).unwrapped
    let other = try site.owner.value("SELECT session_id FROM inbox_items WHERE raw = 'Hers'", as: ID<ChatSession>.self).unwrapped
    try site.web.transaction {
      try site.web.run(
        "SELECT set_config('heed.user_id', \(eve.user.text), true), set_config('heed.account_id', \(eve.account.text), true)")
      for (kept, gone) in [(session, other), (other, session)] { try site.web.run("SELECT door.join_sessions(\(kept), \([gone]))") }
    }
    #expect(try site.count("SELECT count(*) FROM inbox_items i JOIN chat_sessions s ON s.id = i.session_id AND s.user_id = i.user_id") == 2)
  }
}
