import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import App
@testable import Domain

/// Lists that nobody changed are answered before any of their rows is read, and never when anything on them is another.
@Suite struct ListTagTests {
  static let lists = [
    "/", "/reminders", "/reminders?status=all&sort=title", "/reminders?q=a", "/escalations", "/escalations?state=all", "/goals",
    "/goals?q=a", "/habits", "/habits?by=group&q=a", "/tasks", "/tasks?q=a&status=all", "/tasks?view=board", "/tasks?view=agenda",
    "/deadlines", "/problems", "/plan", "/calendar?view=week", "/calendar?view=month", "/people", "/people?q=a", "/places", "/places?q=a",
  ]

  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func tag(_ target: String, _ browser: Browser? = nil) throws -> String {
    (browser ?? ana).setCookie("__Host-heed_flash", nil)
    return try (browser ?? ana).get(target).header("ETag").unwrapped
  }

  private func has(_ target: String, _ tag: String) -> Bool { ana.get(target, ["if-none-match": tag]).status == 304 }

  @Test(arguments: lists) func `one statement answers for a list that nobody changed`(target: String) throws {
    #expect(try ana.post("/reminders/\(ana.remind(["title": "A walrus"]))/run").status == 303)
    let tag = try tag(target)
    let watch = try site.watchRequests()
    let page = ana.get(target, ["if-none-match": tag])
    #expect(page.status == 304 && page.header("ETag") == tag && page.text.isEmpty)
    #expect(page.header("Cache-Control") == "private, no-cache" && page.header("Vary") == "Accept-Encoding")
    #expect(watch.statements.count == 1, "\(watch.statements)")
    #expect(!watch.plans.contains { $0.contains(" on reminders") || $0.contains(" on outbox") })
    watch.forget()
    #expect(ana.get(target, ["if-none-match": "\"x\""]).status == 200)
    // Today has the most: one for each feature that stands on it.
    #expect(watch.statements.count <= 22 && !watch.statements.isEmpty)
  }

  @Test func `every table whose rows a list shows says when they change`() throws {
    #expect(try ana.post("/reminders/\(ana.remind(["title": "A walrus"]))/run").status == 303)
    let (chat, person) = (try ana.chat(), try ana.known(["name": "A walrus"]))
    _ = try ana.habit()  // Nothing is kept of it yet, so its rules, pauses and days are read once.
    let (talk, _, _) = (try ana.talk(), try ana.proposal(), try AssumptionsFootprint.open(ana))
    let watch = try site.watchRequests()
    let others = "/coach /coach/\(chat) /people/\(person) /assistant /assistant/\(talk) /proposals /assumptions".split(separator: " ")
    for target in Self.lists + ["/reminders?importance=low&sort=importance"] + others.map({ String($0) }) {
      ana.setCookie("__Host-heed_flash", nil)
      #expect(ana.get(target).header("ETag") != nil)
    }
    let tables: [String] = try site.owner.rows(
      Query(column: "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"))
    let read = tables.filter { table in watch.plans.contains { $0.contains(" on \(table) ") } }
    let listed: [String] = try site.owner.rows(
      Query(column: "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgfoid='note_list_change'::regproc GROUP BY 1 HAVING count(*)=3"))
    #expect(Set(listed).isSuperset(of: ["escalations", "outbox", "profiles", "reminders", "schedules"]))
    #expect(Set(listed).isSubset(of: read))
    // These come with the person, follow from those (instances), or are noted for two people; of the desk, where there is none, that alone.
    let unlisted = Set(read).subtracting(listed)
    let known = """
      assumption_evidence audit_heads channels event_instances habit_lines inbox_counts list_changes reminder_counts reminder_offers \
      reminder_words search_documents task_counts users web_sessions
      """
    #expect(unlisted == Set(known.split(separator: " ").map { String($0) }))
  }

  @Test func `what is not of the rows tells pages apart too`() throws {
    let tags = try Self.lists.map { try tag($0) }
    #expect(Set(tags).count == tags.count)
    #expect(try tag("/reminders") == tags[1] && has("/reminders", "\"x\", " + tags[1]) && !has("/", tags[1]))
    // Ours are weak, and weakly compared (RFC 9110, 13.1.2): a proxy that makes them strong is answered all the same.
    #expect(tags[1].hasPrefix("W/\"") && has("/reminders", String(tags[1].dropFirst(2))) && !has("/reminders", "w/" + tags[1].dropFirst(2)))
    // Another session, whose forms have another secret.
    #expect(try tag("/reminders", site.visit(as: ana)) != tags[1])
    // Another build, which has other templates; other secrets; a clock that stands still.
    let cookies = ana.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    func answer(_ services: Services) -> String? {
      let request = Request(method: .get, target: Array("/reminders".utf8), headers: ["cookie": Array(cookies.utf8)])
      return Dispatcher(services) { _, _ in }.respond(to: request, now: site.now, site.web).header("ETag")
    }
    #expect(answer(site.services) == tags[1])
    var other = site.services
    other.program = { "another" }
    #expect(try answer(other).unwrapped != tags[1])
    let zones = try Zones(folder: "/usr/share/zoneinfo")
    let more = [
      Services(origin: "https://heed.test", secret: [UInt8](repeating: 7, count: 32), zones: zones, assets: Assets(folder: nil)),
      Services(origin: "https://heed.test", secret: Site.secret, zones: zones, assets: Assets(folder: repository + "/static")),
      Services(origin: "https://heed.test", secret: Site.secret, zones: zones, assets: Assets(folder: nil), holdsClock: true),
      Services(origin: "https://heed.test", secret: Site.secret, zones: zones, assets: Assets(folder: nil), checksAddresses: false),
    ]
    #expect(try Set(more.map { try answer($0).unwrapped }).count == 4 && !more.contains { answer($0) == tags[1] })
    // A flash line is shown once, and is on no page that is kept.
    ana.post("/reminders", ["title": "A"])
    let flash = ana.cookies["__Host-heed_flash"]
    #expect(ana.get("/reminders", ["if-none-match": "*"]).header("ETag") == nil)
    ana.setCookie("__Host-heed_flash", flash)
    #expect(ana.get("/reminders", ["sec-fetch-dest": "empty"]).header("ETag") != nil)
  }

  @Test func `what no tag of ours is like is none`() throws {
    for sent in [
      "", "W/\"\"", "\"..\"", "\"a.b\"", "\"a.zzzzzzzzzzzzzzzzzzzzzzzz.0\"", "\"x.-1y2p0ij32e8e7.1y2p0ij32e8e7\"", ",,,", "\u{1}",
    ] as [String] {
      #expect(ana.get("/reminders", ["if-none-match": sent]).status == 200 && site.logged.isEmpty, "\(sent)")
    }
  }

  @Test func `a tag counts in its quotation marks, weak or strong, alone or among others`() throws {
    for target in ["/reminders", "/coach"] {
      let tag = try tag(target)
      let strong = String(tag.dropFirst(2))
      for same in [tag, strong, "\"x\", \(tag)", "\(strong) , W/\"x\""] { #expect(has(target, same), "\(same)") }
      let bare = String(strong.dropFirst().dropLast())
      for other in [bare, "W/" + bare, "w/" + strong, "\"" + bare, bare + "\"", "\"x\", " + bare] { #expect(!has(target, other)) }
    }
  }

  @Test func `a session that ended has no list, whatever the browser has`() throws {
    let tag = try tag("/")
    try site.owner.run("DELETE FROM web_sessions")
    #expect(ana.get("/", ["if-none-match": tag]).location == "/sign-in")
  }

  @Test func `two at once do not wait for each other, and neither change goes unseen`() throws {
    let ids = try (0..<3).map { try ana.remind(["title": "A\($0)"]) }
    var seen = [try tag("/reminders")]
    func look() throws {
      let now = try tag("/reminders")
      #expect(!seen.contains(now) && !seen.contains { has("/reminders", $0) })
      seen.append(now)
    }
    let writers = try ids.map { _ in try site.connection("heed_owner") }
    for (writer, id) in zip(writers, ids) {
      try writer.run("BEGIN")
      try writer.run("SET LOCAL lock_timeout = '2s'")
      try writer.run("UPDATE reminders SET title = reverse(title) WHERE id = \(id)::uuid")
      try writer.run("UPDATE schedules SET words = 'x' WHERE reminder_id = \(id)::uuid")
      #expect(try tag("/reminders") == seen[0])
    }
    for writer in [writers[1], writers[0], writers[2]] {
      try writer.run("COMMIT")
      try look()
    }
    #expect(try site.count("SELECT count(*) FROM list_changes") == 3)
    try site.owner.run("UPDATE reminders SET title = 'same'")
    try look()
    #expect(try site.count("SELECT count(*) FROM list_changes") == 1)
    // What is taken back was never there.
    try site.owner.run("BEGIN")
    try site.owner.run("DELETE FROM reminders")
    try site.owner.run("ROLLBACK")
    #expect(try tag("/reminders") == seen.last)
  }

  @Test func `who goes with all that is theirs leaves nothing`() throws {
    let eve = try site.person("eve@x.test")
    _ = try eve.remind(["title": "E"])
    _ = try ana.remind(["title": "A"])
    try site.owner.run("DELETE FROM users WHERE id = \(eve.user)")
    #expect(try site.text("SELECT string_agg(user_id::text, ' ') FROM list_changes") == ana.user.text)
  }
}

/// Whatever happens, in any order: a tag stands for one page, and only for that.
@Suite struct ListTagWalkTests {
  private let site: Site
  private let ana, bob: Browser
  /// The page of each tag that was ever given out to Ana.
  private final class Seen { var pages: [String: String] = [:] }

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test", zone: "America/New_York")
    bob = try site.person("bob@x.test", sharing: ana)
    for importance in Importance.allCases { _ = try ana.remind(["title": "A walrus", "importance": importance.rawValue]) }
    _ = try bob.remind(["title": "B"])
  }

  /// Not what ends sessions.
  private static let posts = Footprint.all(\.posts).keys.sorted().filter { pattern in
    !["/sign", "/password", "/settings/password", "/settings/deletion", ":session", ":token"].contains { pattern.contains($0) }
  }

  private func any(_ table: Columns, _ browser: Browser, _ dice: inout Dice) throws -> String? {
    let ids: [String] = try site.owner.rows(Query(column: "SELECT id::text FROM \(table) WHERE user_id = \(browser.user) ORDER BY id"))
    return ids.randomElement(using: &dice)
  }

  private func post(_ browser: Browser, _ dice: inout Dice) throws -> String {
    let pattern = try Self.posts.randomElement(using: &dice).unwrapped
    func value(_ name: String) throws -> String {
      switch name {
      case ":reminder": try any("reminders", browser, &dice) ?? browser.remind(["title": "Another"])
      case ":escalation": try any("escalations", browser, &dice) ?? "none"
      default: (try? Footprint.value(name, browser)) ?? "none"  // A coach that was told to be silent says nothing to delete.
      }
    }
    let path = try pattern.split(separator: "/").map { $0.hasPrefix(":") ? try value(String($0)) : String($0) }.joined(separator: "/")
    let fields = try (Footprint.all(\.posts)[pattern]?.fields ?? []).filter { _ in Int.random(in: 0..<8, using: &dice) > 0 }.map { field in
      field.name + "=" + (field.name == "nonce" ? "\(dice.next())" : field.right.hasPrefix(":") ? try value(field.right) : field.right)
    }
    browser.post("/" + path, raw: Array((["csrf=" + browser.token()] + fields).joined(separator: "&").utf8))
    return pattern
  }

  private static let changes: [SQL] = [
    "UPDATE schedules SET zone_lost = NOT zone_lost WHERE reminder_id = (SELECT max(id::text)::uuid FROM reminders)",
    "UPDATE profiles SET name = left(name || 'x', 90)", "UPDATE users SET verified_at = NULL", "UPDATE users SET verified_at = updated_at",
    "UPDATE outbox SET state = 'failed', reason = 'broken' WHERE state IN ('sent', 'pending')", "DELETE FROM escalations WHERE NOT open",
    "DELETE FROM reminders WHERE id = (SELECT min(id::text)::uuid FROM reminders)", "UPDATE users SET zone_lost = NOT zone_lost",
    "UPDATE users SET display_name = left(display_name || '<', 90)", "DELETE FROM outbox", "UPDATE users SET language = 'pt-BR'",
    "UPDATE users SET timezone = 'Asia/Kolkata', zone_rule = ''",
    "UPDATE users SET timezone = 'America/Sao_Paulo', language = 'en', zone_rule = ''",
  ]

  private func happen(_ dice: inout Dice) throws -> String {
    switch Int.random(in: 0..<12, using: &dice) {
    case 0...2:
      // Back, too: a clock that was set.
      let seconds = [1, 7, 29, 31, 60, 599, 1_800, 3_600, 7_000, 100_000, -1, -45, -3_600].randomElement(using: &dice) ?? 1
      site.now = site.now.advanced(seconds: seconds).advanced(microseconds: Int64.random(in: 0..<1_000_000, using: &dice))
      return "\(seconds) s pass"
    case 3...4: return "\(try site.work())"
    case 5: return "bob: " + (try post(bob, &dice))
    case 6:
      let change = try Self.changes.randomElement(using: &dice).unwrapped
      try site.owner.run(change)
      return change.text
    case 7:
      let minutes = Int.random(in: 0...90, using: &dice)
      _ = ana.post("/reminders", ["title": "In a bit", "at": "in \(minutes + 1) min", "schedule": "once"])
      return "one in \(minutes + 1) minutes"
    default: return try post(ana, &dice)
    }
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `a tag stands for one page, whatever happens`(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let seen = Seen()
    var story: [String] = []
    var (kept, changed) = (0, 0)
    var last: [String: String] = [:]
    for _ in 0..<120 {
      story.append(try happen(&dice))
      ana.setCookie("__Host-heed_flash", nil)
      for target in ListTagTests.lists {
        let page = ana.get(target)
        let tag = try #require(page.header("ETag"), "\(target) \(page.status) after \(story.suffix(4))")
        let shown = target + "\n" + page.unmasked
        if let before = seen.pages[tag] { #expect(before == shown, "\(target) after \(story.suffix(4)): \(tag)") }
        seen.pages[tag] = shown
        if let old = last[target] {
          let isKept = ana.get(target, ["if-none-match": old]).status == 304
          #expect(!isKept || seen.pages[old] == shown, "\(target) after \(story.suffix(4))")
          (kept, changed) = isKept ? (kept + 1, changed) : (kept, changed + 1)
        }
        last[target] = tag
      }
    }
    #expect(kept > 50 && changed > 100, "\(kept) kept, \(changed) changed")
    #expect(site.logged.isEmpty, "\(site.logged.prefix(3))")
  }

  @Test func `as the clock goes, a page is kept up to the microsecond at which it changes`() throws {
    for (minutes, seconds) in [(1, 7), (5, 30), (59, 59), (90, 0), (600, 1)] {
      let at = site.now.advanced(seconds: minutes * 60 + seconds)
      _ = try ana.remind(.once(at: at), .low, next: at)
    }
    ana.setCookie("__Host-heed_flash", nil)
    for _ in 0..<150 {
      for target in ["/", "/reminders"] {
        let page = ana.get(target)
        let tag = try ListTag(Array(page.header("ETag").unwrapped.utf8)).unwrapped
        #expect(tag.isGood(at: site.now))
        let now = site.now
        site.now = tag.until.advanced(microseconds: -1)
        #expect(ana.get(target).unmasked == page.unmasked && ana.get(target, ["if-none-match": tag.text]).status == 304)
        site.now = tag.until
        // Suggestions are reckoned anew each quarter of an hour, and may be the same.
        #expect(ana.get(target).unmasked != page.unmasked || target == "/" && tag.until.microseconds % 900_000_000 == 0, "\(now.iso)")
        #expect(ana.get(target, ["if-none-match": tag.text]).status == 200)
        site.now = now
        if target == "/reminders" { site.now = tag.until }
      }
    }
    #expect(site.now.seconds(since: try Instant(iso: "2026-11-21T09:00:00Z").unwrapped) > 1_800)
  }
}
