import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

@Suite struct EscalationListTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  /// So many escalations of one reminder, every tenth of which is open on a reminder of its own.
  private func fill(_ count: Int, of browser: Browser) throws {
    for number in 0..<count {
      let id = try browser.remind(["title": "Number \(number)"])
      #expect(browser.post("/reminders/\(id)/run").status == 303)
      if number % 10 != 0 { #expect(browser.post("/reminders/\(id)/completion").status == 303) }
      site.now = site.now.advanced(seconds: 1)
    }
    browser.setCookie("__Host-heed_flash", nil)
  }

  /// The titles on all pages, in order.
  private func walk(_ first: String) throws -> [String] {
    var titles: [String] = []
    var target: String? = first
    while let address = target, titles.count < 500 {
      let page = ana.get(address)
      #expect(page.status == 200)
      let found = page.text.components(separatedBy: ">Number ").dropFirst().map { String($0.prefix { $0.isNumber }) }
      #expect(found.count <= 50)
      titles += found
      target = page.links.first { $0.contains("after=") }
      if let target { #expect(target.contains("state=")) }
    }
    return titles
  }

  @Test func `every escalation stands once on the pages of the list, newest first, and only one's own`() throws {
    try fill(3, of: try site.person("eve@x.test"))
    try fill(120, of: ana)
    let all = try walk("/escalations?state=all")
    let open = try walk("/escalations?state=open")
    #expect(all == (0..<120).reversed().map(String.init))
    #expect(open == stride(from: 110, through: 0, by: -10).map { String($0) })
    let standard = try walk("/escalations")
    #expect(standard == open)
  }

  @Test(arguments: ["/escalations", "/escalations?state=all", "/escalations/ID"])
  func `what has not changed is answered 304, what has is answered whole`(target: String) throws {
    try fill(1, of: ana)
    let id = try site.text("SELECT id::text FROM escalations").unwrapped
    let target = target.replacingOccurrences(of: "ID", with: id)
    let first = ana.get(target)
    let tag = try first.header("ETag").unwrapped
    #expect(tag.hasPrefix("W/\"") && first.header("Cache-Control") == "private, no-cache")
    let second = ana.get(target, ["if-none-match": tag])
    #expect(second.status == 304)
    #expect(second.response.body.isEmpty)
    #expect(ana.post("/escalations/\(id)/advance").status == 303)
    ana.get("/reminders")  // Takes the flash line.
    let third = ana.get(target, ["if-none-match": tag])
    #expect(third.status == 200)
    #expect(third.header("ETag") != tag)
  }
}

/// Whatever is pressed on whichever escalation of a reminder, old ones too: an answer that fits or a refusal, and at most one open.
@Suite struct EscalationPressTests {
  @Test(arguments: [UInt64(11), 12, 13])
  func `no order of presses breaks anything`(seed: UInt64) throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    var dice = Dice(seed: seed)
    let id = try ana.remind(
      seed == 12 ? ["title": "A", "schedule": "interval", "every_minutes": "600"] : ["title": "A", "importance": "critical"])
    var statuses: [Int: Int] = [:]
    for step in 0..<120 {
      let all: [ID<Escalation>] = try site.owner.rows(Query(column: "SELECT id FROM escalations ORDER BY id"))
      let picked = all.randomElement(using: &dice)?.text
      let link = picked.flatMap { ID<Escalation>($0) }.map { ActionLink($0, to: nil, sentAt: site.now).token(site.services.keys) }
      let (path, fields): (String, KeyValuePairs<String, String>) =
        switch Int.random(in: 0..<12, using: &dice) {
        case 0: ("/reminders/\(id)/run", [:])
        case 1: ("/reminders/\(id)/snoozes", ["until": "2 hours"])
        case 2: ("/reminders/\(id)/completion", [:])
        case 3, 4: ("/reminders/\(id)/reopening", [:])
        case 5: ("/reminders/\(id)/acknowledgement", [:])
        case 6: ("/escalations/\(picked ?? "x")/acknowledgement", ["again_in": Bool.random(using: &dice) ? "1 hour" : ""])
        case 7: ("/escalations/\(picked ?? "x")/snoozes", ["until": "3 hours"])
        case 8: ("/escalations/\(picked ?? "x")/completion", [:])
        case 9: ("/escalations/\(picked ?? "x")/advance", [:])
        case 10:
          (
            "/a/\(link ?? "x")",
            ["action": ["acknowledgement", "completion", "snooze"].randomElement(using: &dice) ?? "", "until": "1 hour"]
          )
        default: ("/reminders/\(id)/archival", [:])
        }
      let page = ana.post(path, fields)
      statuses[page.status, default: 0] += 1
      #expect([303, 404, 409].contains(page.status), "step \(step): \(page.status) \(path)")
      #expect(try site.count("SELECT count(*) FROM escalations WHERE open") <= 1)
      // As the worker ends one that nobody answered.
      if step % 9 == 0 {
        try site.owner.run("UPDATE escalations SET state = 'expired', next_step_at = NULL, ended_at = \(site.now) WHERE state = 'active'")
      }
      site.now = site.now.advanced(minutes: Int.random(in: 0..<40, using: &dice))
    }
    #expect(site.logged.isEmpty, "\(site.logged)")
    #expect((statuses[303] ?? 0) > 30 && (statuses[409] ?? 0) > 5)
  }

  @Test func `the page of an old link offers nothing that would be refused`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind()
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    let old: ID<Escalation> = try site.owner.value("SELECT id FROM escalations").unwrapped
    let link = "/a/" + ActionLink(old, to: nil, sentAt: site.now).token(site.services.keys)
    #expect(site.browser().get(link).text.contains("I am on it"))
    try site.owner.run("UPDATE escalations SET state = 'expired', next_step_at = NULL, ended_at = \(site.now)")
    // Nobody answered in time: one still may.
    #expect(site.browser().get(link).text.contains("I am on it"))
    site.now = site.now.advanced(minutes: 5)
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    let page = site.browser().get(link)
    #expect(page.status == 200)
    #expect(!page.text.contains("<button"))
    #expect(page.text.contains("It has rung again since"))
    for path in [
      link, "/escalations/\(old.text)/acknowledgement", "/escalations/\(old.text)/snoozes", "/escalations/\(old.text)/completion",
    ] {
      #expect(ana.post(path, ["action": "completion", "until": "1 hour"]).status == 409, "\(path)")
    }
    // What is wrong with the fields comes first, as everywhere.
    for (path, field) in [("acknowledgement", "again_in"), ("snoozes", "until")] {
      #expect(ana.post("/escalations/\(old.text)/\(path)", [field: "yesterday"]).status == 422, "\(path)")
    }
    #expect(try site.count("SELECT count(*) FROM escalations WHERE open AND state = 'active'") == 1)
  }
}
