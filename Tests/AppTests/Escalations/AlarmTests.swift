import Foundation
import Testing

@testable import App
@testable import Domain

/// What the lists say about escalations: which come first, what happens next, how many wait.
@Suite struct AlarmTests {
  private func list(_ ana: Browser, _ query: String = "") -> String { ana.get("/escalations" + query).text }

  /// The titles in order.
  private func titles(_ page: String) -> [String] {
    page.components(separatedBy: "<article class=alarm").dropFirst().map { part in
      part.components(separatedBy: "</a>")[0].components(separatedBy: ">").last ?? ""
    }
  }

  /// What stands below each countdown.
  private func coming(_ page: String) -> [String] {
    page.replacingOccurrences(of: "\"countdown\"", with: "countdown").components(separatedBy: "<p class=countdown>").dropFirst().map {
      String($0.components(separatedBy: "</time> <")[1].drop { $0 != ">" }.dropFirst().prefix { $0 != "<" })
    }
  }

  @Test func `what was acknowledged for good stays in hand, and does not wait in red`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(nil, .high)
    site.pass(hours: 1)
    try site.work()
    #expect(ana.get("/reminders").text.contains("Escalating</b>"))
    try ana.desk(id) { _ = try $0.acknowledge(againAt: nil) }
    #expect(ana.get("/reminders").text.contains("Acknowledged</b>"))
    #expect(ana.get("/").text.contains("id=\"in-hand\""))
  }

  @Test func `the countdown says what it counts to`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(nil, .high)
    site.pass(hours: 1)
    try site.work()
    #expect(coming(list(ana)) == ["until tier 2"])
    site.pass(minutes: 30)
    try site.work()
    #expect(coming(list(ana)) == ["until it expires"])
    try ana.desk(id) { _ = try $0.acknowledge(againAt: site.now.advanced(hours: 4)) }
    #expect(coming(list(ana)) == ["until it asks again"])
    try ana.desk(id) { _ = try $0.snooze(until: site.now.advanced(hours: 2), words: "2 hours", reason: "") }
    #expect(coming(list(ana)) == ["until it rings again"])
    #expect(coming(ana.get("/reminders/\(id.text)").text) == ["until it rings again"])
    #expect(site.logged == [])
  }

  @Test func `a last tier that is repeated rings again until its limit`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    try site.owner.run("UPDATE profiles SET repeat_minutes = 10, repeat_limit = 1 WHERE user_id = \(ana.user)")
    _ = try ana.remind(nil, .high)
    site.pass(hours: 1)
    try site.work()
    site.pass(minutes: 30)
    try site.work()
    #expect(coming(list(ana)) == ["until it rings again"])
    site.pass(minutes: 10)
    try site.work()
    #expect(coming(list(ana)) == ["until it expires"])
  }

  @Test func `what rings comes first, and only that is counted`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let early = try ana.remind(nil, .low, title: "Rings, older")
    let slept = try ana.remind(nil, .high, title: "Snoozed, newer")
    site.pass(hours: 1)
    try site.work()
    try ana.desk(slept) { _ = try $0.snooze(until: site.now.advanced(hours: 2), words: "2 hours", reason: "") }
    #expect(titles(list(ana)) == ["Rings, older", "Snoozed, newer"])
    #expect(list(ana).contains("data-state=urgent>1<span class=vh> escalating</span>"))
    let today = ana.get("/").text
    #expect(titles(today) == ["Rings, older"])
    #expect(today.contains("<data value=\"1\">1</data>"))
    try ana.desk(early) { _ = try $0.acknowledge() }
    #expect(!list(ana).contains("class=vh> escalating"))
    #expect(titles(ana.get("/").text).isEmpty)
    #expect(site.logged == [])
  }

  @Test func `Today begins with what climbs soonest`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    _ = try ana.remind(nil, .low, title: "In an hour")
    _ = try ana.remind(nil, .critical, title: "In two minutes")
    _ = try ana.remind(nil, .high, title: "In five minutes")
    site.pass(hours: 1)
    try site.work()
    #expect(titles(ana.get("/").text) == ["In two minutes", "In five minutes", "In an hour"])
  }

  @Test(arguments: ["open", "all"]) func `every escalation is on one page`(_ state: String) throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    for n in 0..<105 { _ = try ana.remind(nil, .low, title: "R\(n)") }
    site.pass(hours: 1)
    try site.work()
    try site.owner.run(
      """
      UPDATE escalations SET state = 'snoozed', snoozed_until = \(site.now.advanced(hours: 3)), next_step_at = NULL
      WHERE reminder_id IN (SELECT id FROM reminders WHERE title LIKE '%3' OR title LIKE '%7')
      """)
    var found: [String] = []
    var address: String? = "/escalations?state=\(state)"
    while let next = address, found.count < 200 {
      let page = ana.get(next).text
      found += titles(page)
      address = page.components(separatedBy: "rel=\"next\" href=\"").dropFirst().first?.components(separatedBy: "\"")[0]
        .replacingOccurrences(of: "&amp;", with: "&")
    }
    #expect(found.count == 105 && Set(found).count == 105)
    if state == "open" {
      let asleep = found.map { $0.hasSuffix("3") || $0.hasSuffix("7") }
      #expect(asleep.firstIndex(of: true) == 84 && asleep.lastIndex(of: false) == 83)
    }
  }

  @Test func `presets are named in the reader's language, own profiles as they are written`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test", language: .portuguese)
    let id = try ana.remind(nil, .high)
    site.pass(hours: 1)
    try site.work()
    let escalation = try ana.newest(id).unwrapped.id
    for path in ["/escalations", "/escalations/\(escalation.text)", "/reminders/\(id.text)", "/profiles"] {
      let page = ana.get(path).text
      #expect(page.contains("Urgente") && !page.contains("Urgent<"), "\(path)")
    }
    try site.owner.run("UPDATE profiles SET preset = NULL WHERE user_id = \(ana.user) AND preset = 'urgent'")
    #expect(ana.get("/reminders/\(id.text)").text.contains(">Urgent<"))
    #expect(site.logged == [])
  }

  @Test func `spans are written as the language does`() throws {
    for (language, span) in [(Language.english, "0.0 s"), (.portuguese, "0,0 s")] {
      let site = try Site()
      let ana = try site.person("ana@x.test", language: language)
      let id = try ana.remind(nil, .high)
      site.pass(hours: 1)
      try site.work()
      let page = try ana.get("/escalations/\(ana.newest(id).unwrapped.id.text)").text
      #expect(page.contains("<td>\(span)</td>"))
    }
  }

  @Test func `a day is said once, and now has a time only while something is open`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(nil, .high)
    site.pass(hours: 1)
    try site.work()
    let path = "/escalations/\(try ana.newest(id).unwrapped.id.text)"
    let open = ana.get(path).text
    #expect(open.components(separatedBy: "class=\"day\"").count == 2)
    #expect(open.contains("<li class=\"now\"><p class=\"at\">10:00</p>"))
    for piece in ["aria-current=\"step\"", "until tier 2", "trusted contacts", "after 30 min"] { #expect(open.contains(piece), "\(piece)") }
    try ana.desk(id) { _ = try $0.complete() }
    let ended = ana.get(path).text
    #expect(ended.contains("<li class=\"now\"><p class=\"at\"></p>") && !ended.contains("data-countdown"))
  }

  @Test func `a snooze that is not understood is complained about beside its field`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(nil, .high)
    site.pass(hours: 1)
    try site.work()
    let path = "/escalations/\(try ana.newest(id).unwrapped.id.text)"
    let page = ana.post(path + "/snoozes", ["until": "<whenever>", "reason": "asleep"])
    #expect(page.status == 422)
    for piece in ["value=\"&lt;whenever&gt;\"", "value=\"asleep\"", "id=\"until-complaint\"", "<strong>Snooze until</strong>"] {
      #expect(page.text.contains(piece), "\(piece)")
    }
  }
}
