import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// What a list shows of an escalation and of messages stands in the reminder's row: it is what their own rows say, whatever happens.
@Suite struct ReminderRowTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  /// Rows that say another thing than escalations and messages do.
  private func wrong() throws -> Int {
    let messages = try site.count(
      """
      SELECT count(*) FROM reminders r LEFT JOIN outbox o ON o.id = r.last_message_id AND o.reminder_id = r.id
      WHERE o.created_at IS DISTINCT FROM (SELECT max(created_at) FROM outbox WHERE reminder_id = r.id)
        OR r.message_agent IS DISTINCT FROM o.channel OR r.message_state <> o.state
      """)
    return try messages
      + site.count(
        """
        SELECT count(*) FROM reminders r LEFT JOIN escalations e ON e.reminder_id = r.id AND e.open
        LEFT JOIN LATERAL (SELECT l.state FROM escalations l WHERE l.reminder_id = r.id ORDER BY l.created_at DESC LIMIT 1) l ON true
        WHERE (r.open_since, r.tier, r.tiers, r.escalation_state)
          IS DISTINCT FROM (e.occurrence_at, e.tier, jsonb_array_length(e.plan->'tiers'), coalesce(e.state, l.state))
        """)
  }

  private static let presses: [(path: String, fields: KeyValuePairs<String, String>)] = [
    ("run", [:]), ("acknowledgement", [:]), ("completion", [:]), ("archival", [:]), ("reopening", [:]), ("snoozes", ["until": "20 min"]),
  ]

  private func happen(_ ids: [ID<Reminder>], _ dice: inout Dice) throws -> String {
    // Never two things in one instant, so that it is known which escalation is the last.
    site.now = site.now.advanced(seconds: [1, 60, 900, 3_600, 20_000, 90_000].randomElement(using: &dice) ?? 1)
    if Int.random(in: 0..<3, using: &dice) == 0 {
      _ = try site.work()
      return "work"
    }
    let press = Self.presses.randomElement(using: &dice) ?? Self.presses[0]
    let id = ids.randomElement(using: &dice) ?? ids[0]
    return "\(press.path) \(ana.post("/reminders/\(id.text)/\(press.path)", press.fields).status)"
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `a reminder's row says what its escalations say, whatever happens`(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let ids = try [
      ana.remind(nil, .critical), ana.remind(.interval(minutes: 600), .high), ana.remind(.recurring(try Cron("0 9 * * *")), .low),
      ana.remind(nil),
    ]
    var (story, seen): ([String], Set<String>) = ([], [])
    for _ in 0..<100 {
      story.append(try happen(ids, &dice))
      #expect(try wrong() == 0, "after \(story.suffix(5))")
      let states: [String] = try site.owner.rows(
        Query(
          column:
            "SELECT escalation_state || CASE WHEN tier IS NULL THEN '' ELSE ' open' END FROM reminders WHERE escalation_state IS NOT NULL"))
      seen.formUnion(states)
    }
    #expect(seen.count >= 5, "\(seen)")
    #expect(try site.count("SELECT count(*) FROM reminders WHERE message_state = 'sent'") > 0)
  }

  @Test func `an acknowledged reminder that asks no more says so, and which tier it had come to does not`() throws {
    let id = try ana.remind(nil, .high)
    site.pass(hours: 2)
    try site.work()
    let course = try ana.newest(id).unwrapped.course
    let tiers = course.ladder.tiers.count
    #expect(try site.text("SELECT escalation_state || ' ' || tier || ' ' || tiers FROM reminders") == "active \(course.tier) \(tiers)")
    let tier = "tier \(course.tier) of \(tiers)"
    #expect(course.tier > 0 && ana.get("/reminders").text.contains(tier))
    #expect(ana.post("/reminders/\(id.text)/acknowledgement").status == 303)
    let page = ana.get("/reminders").text
    #expect(page.contains("Acknowledged") && !page.contains(tier))
    #expect(try wrong() == 0)
  }

  @Test func `who sends waits for nobody who has the reminder in hands, and the list says how it ended all the same`() throws {
    let id = try ana.remind(nil, .high)
    #expect(ana.post("/reminders/\(id.text)/run").status == 303)
    let holder = try site.connection("heed_owner")
    try holder.transaction {
      try holder.run("SELECT FROM reminders WHERE id = \(id) FOR UPDATE")
      try site.work()
    }
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sent'") == 1)
    #expect(try site.count("SELECT count(*) FROM reminders WHERE message_state IS NULL AND last_message_id IS NOT NULL") == 1)
    #expect(ana.get("/reminders").text.contains("e-mail sent"))
    #expect(try wrong() == 0)
  }
}
