import Postgres
import Testing

@testable import App
@testable import Domain

/// What comes next is stored beside when, and lists and pages say it in the same words.
@Suite struct NextKindTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    // Told twice more after the last tier, every half hour.
    try site.owner.run("UPDATE profiles SET repeat_minutes = 30, repeat_limit = 2 WHERE preset = 'gentle'")
  }

  private func expect(_ kind: NextKind?, _ words: String?, _ id: ID<Reminder>) throws {
    let course = try ana.newest(id).unwrapped.course
    #expect(course.nextKind == kind)
    let stored: String?? = try site.owner.value("SELECT next_kind FROM escalations WHERE reminder_id = \(id)")
    #expect(stored == .some(kind?.rawValue))
    let escalation = try site.text("SELECT id::text FROM escalations WHERE reminder_id = \(id)").unwrapped
    for page in ["/escalations?state=all", "/escalations/\(escalation)"] {
      let text = ana.get(page).text
      #expect((text.contains("until it ") || text.contains("until tier ")) == (words != nil), "\(page)")
      if let words { #expect(text.contains(words), "\(page)") }
    }
  }

  @Test func `a ladder is climbed, its last tier repeated, and nobody answers`() throws {
    let id = try ana.remind(.once(at: site.now), .low, next: site.now)
    try site.work()
    try expect(.tier, "until tier 2", id)
    site.pass(minutes: 60)
    try site.work()
    try expect(.tier, "until tier 3", id)
    site.pass(minutes: 120)
    try site.work()
    try expect(.round, "until it rings again", id)
    site.pass(minutes: 60)
    try site.work()
    try expect(.expiry, "until it expires", id)
    site.pass(hours: 25)
    try site.work()
    try expect(nil, nil, id)
  }

  @Test func `an answer asks again or is the end, a snooze ends`() throws {
    let id = try ana.remind(.once(at: site.now), .critical, next: site.now)
    try site.work()
    #expect(ana.post("/reminders/\(id.text)/snoozes", ["until": "20 min"]).status == 303)
    try expect(.waking, "until it rings again", id)
    #expect(ana.post("/reminders/\(id.text)/acknowledgement").status == 303)
    try expect(.question, "until it asks again", id)
    #expect(ana.post("/reminders/\(id.text)/completion").status == 303)
    try expect(nil, nil, id)
  }
}
