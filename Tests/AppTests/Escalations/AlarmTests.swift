import Foundation
import Testing

@testable import App
@testable import Domain

/// What the lists say about escalations: which come first, what happens next, how many wait.
@Suite struct AlarmTests {
  private func list(_ visitor: Visitor, _ query: String = "") -> String { visitor.get("/escalations" + query).body }

  /// The titles in order.
  private func titles(_ page: String) -> [String] {
    page.components(separatedBy: "<article class=\"alarm\"").dropFirst().map { part in
      part.components(separatedBy: "</a>")[0].components(separatedBy: ">").last ?? ""
    }
  }

  /// What stands below each countdown.
  private func coming(_ page: String) -> [String] {
    page.components(separatedBy: "<p class=\"countdown\">").dropFirst().map {
      $0.components(separatedBy: "<span class=\"what\">")[1].components(separatedBy: "</span>")[0]
    }
  }

  @Test func `what was acknowledged for good stays in hand, and does not wait in red`() throws {
    let world = try World()
    let id = try world.remind(nil, .high)
    let visitor = try Visitor(world, as: world.user)
    world.pass(hours: 1)
    try world.work()
    #expect(visitor.get("/reminders").body.contains("Escalating</span>"))
    try world.desk(id) { _ = try $0.acknowledge(againAt: nil) }
    #expect(visitor.get("/reminders").body.contains("Acknowledged</span>"))
    #expect(visitor.get("/").body.contains("id=\"in-hand\""))
  }

  @Test func `the countdown says what it counts to`() throws {
    let world = try World()
    let id = try world.remind(nil, .high)
    let visitor = try Visitor(world, as: world.user)
    world.pass(hours: 1)
    try world.work()
    #expect(coming(list(visitor)) == ["until tier 2"])
    world.pass(minutes: 30)
    try world.work()
    #expect(coming(list(visitor)) == ["until it expires"])
    try world.desk(id) { _ = try $0.acknowledge(againAt: world.now.advanced(hours: 4)) }
    #expect(coming(list(visitor)) == ["until it asks again"])
    try world.desk(id) { _ = try $0.snooze(until: world.now.advanced(hours: 2), words: "2 hours", reason: "") }
    #expect(coming(list(visitor)) == ["until it rings again"])
    #expect(coming(visitor.get("/reminders/\(id.text)").body) == ["until it rings again"])
    #expect(visitor.errors == [])
  }

  @Test func `a last tier that is repeated rings again until its limit`() throws {
    let world = try World()
    try world.db.run("UPDATE profiles SET repeat_minutes = 10, repeat_limit = 1 WHERE user_id = \(world.user)")
    _ = try world.remind(nil, .high)
    let visitor = try Visitor(world, as: world.user)
    world.pass(hours: 1)
    try world.work()
    world.pass(minutes: 30)
    try world.work()
    #expect(coming(list(visitor)) == ["until it rings again"])
    world.pass(minutes: 10)
    try world.work()
    #expect(coming(list(visitor)) == ["until it expires"])
  }

  @Test func `what rings comes first, and only that is counted`() throws {
    let world = try World()
    let visitor = try Visitor(world, as: world.user)
    let early = try world.remind(nil, .low, title: "Rings, older")
    let slept = try world.remind(nil, .high, title: "Snoozed, newer")
    world.pass(hours: 1)
    try world.work()
    try world.desk(slept) { _ = try $0.snooze(until: world.now.advanced(hours: 2), words: "2 hours", reason: "") }
    #expect(titles(list(visitor)) == ["Rings, older", "Snoozed, newer"])
    #expect(list(visitor).contains("data-state=\"urgent\">1<span class=\"vh\"> escalating</span>"))
    let today = visitor.get("/").body
    #expect(titles(today) == ["Rings, older"])
    #expect(today.contains("<data value=\"1\">1</data>"))
    try world.desk(early) { _ = try $0.acknowledge() }
    #expect(!list(visitor).contains("class=\"vh\"> escalating"))
    #expect(titles(visitor.get("/").body).isEmpty)
    #expect(visitor.errors == [])
  }

  @Test func `Today begins with what climbs soonest`() throws {
    let world = try World()
    let visitor = try Visitor(world, as: world.user)
    _ = try world.remind(nil, .low, title: "In an hour")
    _ = try world.remind(nil, .critical, title: "In two minutes")
    _ = try world.remind(nil, .high, title: "In five minutes")
    world.pass(hours: 1)
    try world.work()
    #expect(titles(visitor.get("/").body) == ["In two minutes", "In five minutes", "In an hour"])
  }

  @Test(arguments: ["open", "all"]) func `every escalation is on one page`(_ state: String) throws {
    let world = try World()
    let visitor = try Visitor(world, as: world.user)
    for n in 0..<105 { _ = try world.remind(nil, .low, title: "R\(n)") }
    world.pass(hours: 1)
    try world.work()
    try world.db.run(
      """
      UPDATE escalations SET state = 'snoozed', snoozed_until = \(world.now.advanced(hours: 3)), next_step_at = NULL
      WHERE reminder_id IN (SELECT id FROM reminders WHERE title LIKE '%3' OR title LIKE '%7')
      """)
    var found: [String] = []
    var address: String? = "/escalations?state=\(state)"
    while let next = address, found.count < 200 {
      let page = visitor.get(next).body
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
    let world = try World(language: .portuguese)
    let visitor = try Visitor(world, as: world.user)
    let id = try world.remind(nil, .high)
    world.pass(hours: 1)
    try world.work()
    let escalation = try world.newest(id).unwrapped.id
    for path in ["/escalations", "/escalations/\(escalation.text)", "/reminders/\(id.text)", "/profiles"] {
      let page = visitor.get(path).body
      #expect(page.contains("Urgente") && !page.contains("Urgent<"), "\(path)")
    }
    try world.db.run("UPDATE profiles SET preset = NULL WHERE user_id = \(world.user) AND preset = 'urgent'")
    #expect(visitor.get("/reminders/\(id.text)").body.contains(">Urgent<"))
    #expect(visitor.errors == [])
  }

  @Test func `spans are written as the language does`() throws {
    for (language, span) in [(Language.english, "0.0 s"), (.portuguese, "0,0 s")] {
      let world = try World(language: language)
      let id = try world.remind(nil, .high)
      world.pass(hours: 1)
      try world.work()
      let page = try Visitor(world, as: world.user).get("/escalations/\(world.newest(id).unwrapped.id.text)").body
      #expect(page.contains("<td>\(span)</td>"))
    }
  }

  @Test func `a day is said once, and now has a time only while something is open`() throws {
    let world = try World()
    let id = try world.remind(nil, .high)
    world.pass(hours: 1)
    try world.work()
    let path = "/escalations/\(try world.newest(id).unwrapped.id.text)"
    let visitor = try Visitor(world, as: world.user)
    let open = visitor.get(path).body
    #expect(open.components(separatedBy: "class=\"day\"").count == 2)
    #expect(open.contains("<li class=\"now\"><p class=\"at\">10:00</p>"))
    for piece in ["aria-current=\"step\"", "until tier 2", "trusted contacts", "after 30 min"] { #expect(open.contains(piece), "\(piece)") }
    try world.desk(id) { _ = try $0.complete() }
    let ended = visitor.get(path).body
    #expect(ended.contains("<li class=\"now\"><p class=\"at\"></p>") && !ended.contains("data-countdown"))
  }

  @Test func `a snooze that is not understood is complained about beside its field`() throws {
    let world = try World()
    let id = try world.remind(nil, .high)
    world.pass(hours: 1)
    try world.work()
    let path = "/escalations/\(try world.newest(id).unwrapped.id.text)"
    let page = try Visitor(world, as: world.user).post(path + "/snoozes", ["until": "<whenever>", "reason": "asleep"])
    #expect(page.status == 422)
    for piece in ["value=\"&lt;whenever&gt;\"", "value=\"asleep\"", "id=\"until-complaint\"", "<strong>Snooze until</strong>"] {
      #expect(page.body.contains(piece), "\(piece)")
    }
  }
}
