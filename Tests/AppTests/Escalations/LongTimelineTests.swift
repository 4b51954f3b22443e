import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// An escalation that nobody answered for a long time.
@Suite struct LongTimelineTests {
  private let site: Site
  private let ana: Browser
  private let id: ID<Escalation>
  private var path: String { "/escalations/\(id.text)" }

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    let reminder = try ana.remind()
    #expect(ana.post("/reminders/\(reminder)/run").status == 303)
    id = try site.owner.value("SELECT id FROM escalations").unwrapped
  }

  /// 1,200 entries every four seconds up to now, in threes of one instant; every tenth a step with a message that failed twice.
  private func fill() throws {
    try site.owner.run(
      """
      INSERT INTO escalation_events (id, user_id, escalation_id, at, kind, run, tier, round, data)
      SELECT gen_random_uuid(), user_id, id, \(site.now) - (1200 - n) / 3 * interval '12 seconds', CASE WHEN n % 10 = 0 THEN 'escalated' ELSE 'note' END, 1, 4, n,
        jsonb_build_object('text', 'Entry ' || n || '.')
      FROM escalations, generate_series(1, 1200) n
      """)
    try site.owner.run(
      """
      INSERT INTO outbox (id, user_id, subject, subject_id, reminder_id, run, tier, round, channel, recipient_kind, recipient_id, address, state, due_at, created_at)
      SELECT gen_random_uuid(), v.user_id, 'escalation', v.escalation_id, e.reminder_id, v.run, v.tier, v.round, 'email', 'user', v.user_id, 'n' || v.round || '@x.test', 'failed', v.at, v.at
      FROM escalation_events v JOIN escalations e ON e.id = v.escalation_id WHERE v.kind = 'escalated' AND v.round > 0
      """)
    try site.owner.run(
      """
      INSERT INTO outbox_attempts (id, user_id, subject_id, message_id, at, state, detail)
      SELECT gen_random_uuid(), user_id, subject_id, id, created_at + n * interval '1 second', CASE n % 2 WHEN 0 THEN 'failed' ELSE 'sending' END, ''
      FROM outbox, generate_series(1, 4) n WHERE tier = 4
      """)
  }

  private func entries(_ page: Page) -> [Int] {
    page.text.components(separatedBy: "Entry ").dropFirst().compactMap { Int($0.prefix { $0 != "." }) }
  }

  @Test func `the newest stand on the page, all others on the pages before it`() throws {
    try fill()
    var page = ana.get(path)
    #expect(page.status == 200)
    #expect(page.text.contains("class=\"now\"") && page.text.contains("class=\"planned\""))
    #expect(page.text.contains("n1200@x.test") && !page.text.contains("n1000@x.test"))
    var found: [Int] = entries(page)
    // The two entries of the run by hand are of now.
    #expect(found.count == 98)
    var pages = 1
    while let link = page.links.first(where: { $0.contains("?before=") }) {
      page = ana.get(link)
      #expect(page.status == 200)
      #expect(!page.text.contains("class=\"now\"") && !page.text.contains("class=\"planned\""))
      #expect(page.links.contains(path))
      let steps = entries(page).filter { $0 % 10 == 0 }
      #expect(page.text.components(separatedBy: "data-fact=\"delivery\" value=\"failed\"").count - 1 == steps.count)
      // Every message with its first state and the four that it was in since.
      #expect(page.text.components(separatedBy: "<tr><th scope=\"row\">").count - 1 == 5 * steps.count)
      for step in steps { #expect(page.text.contains("n\(step)@x.test")) }
      found = entries(page) + found
      pages += 1
      #expect(page.header("ETag") != nil)
      if pages > 20 { break }
    }
    #expect(pages == 13)
    #expect(found.count == 1_200 && Set(found).count == 1_200)
    // Oldest first; of those of one instant each stands once, though a page ends between them.
    let instants = found.map { (1_200 - $0) / 3 }
    #expect(instants == instants.sorted(by: >))
    #expect(site.logged.isEmpty)
  }

  @Test func `notes alone are asked for by a link, which its pages keep`() throws {
    try fill()
    let notes = path + "?view=notes"
    #expect(ana.get(path).links.contains(notes))
    let page = ana.get(notes)
    let found: [Int] = entries(page)
    let all: [Int] = (1...1_200).filter { $0 % 10 != 0 }
    // Of three of one instant any may be the first.
    #expect(found.count == 100)
    #expect(Set(found).isSuperset(of: Set(all.suffix(97))))
    #expect(Set(found).isSubset(of: Set(all.suffix(103))))
    let instants: [Int] = found.map { (1_200 - $0) / 3 }
    #expect(instants == instants.sorted(by: >))
    #expect(page.links.contains(path) && !page.text.contains("class=\"planned\"") && !page.text.contains("data-fact=\"delivery\""))
    let earlier = ana.get(try page.links.first { $0.hasPrefix(notes + "&before=") }.unwrapped)
    #expect(entries(earlier).count == 100 && entries(earlier).allSatisfy { $0 % 10 != 0 } && earlier.links.contains(notes))
    #expect(ana.get(path + "?view=odd").status == 422 && site.logged.isEmpty)
  }

  @Test(arguments: ["a", "‹&é", "\"'<"])
  func `long notes make pages of fewer entries, none over 80 kB, and each stands once`(letters: String) throws {
    let long = String(repeating: letters, count: 1_900 / letters.count)
    try site.owner.run(
      """
      INSERT INTO escalation_events (id, user_id, escalation_id, at, kind, run, tier, round, data)
      SELECT gen_random_uuid(), user_id, id, \(site.now) - (121 - n) * interval '1 minute', 'note', 1, 4, n,
        jsonb_build_object('text', 'Entry ' || n || '. ' || \(long)::text)
      FROM escalations, generate_series(1, 120) n
      """)
    var (next, found, pages): (String?, [Int], Int) = (path, [], 0)
    while let link = next, pages < 130 {
      let page = ana.get(link)
      #expect(page.status == 200 && page.response.body.count <= 80_000, "\(page.response.body.count)")
      #expect(!entries(page).isEmpty)
      (found, pages) = (entries(page) + found, pages + 1)
      next = page.links.first { $0.contains("?before=") }
    }
    #expect(found == Array(1...120) && pages > 2)
  }

  @Test func `a second note counts and a double click does not, however long the timeline is`() throws {
    try fill()
    func nonce() throws -> String { try ana.get(path).field("nonce", ofForm: path + "/notes").unwrapped }
    let first = try nonce()
    for _ in 0..<2 { #expect(ana.post(path + "/notes", ["text": "called the bank", "nonce": first]).status == 303) }
    let second = try nonce()
    #expect(second != first)
    #expect(ana.post(path + "/notes", ["text": "called the bank", "nonce": second]).status == 303)
    #expect(try site.count("SELECT count(*) FROM escalation_events WHERE data->>'text' = 'called the bank'") == 2)
    for until in ["2 hours", "3 hours"] {
      let nonce = try ana.get(path).field("nonce", ofForm: path + "/snoozes").unwrapped
      for _ in 0..<2 { #expect(ana.post(path + "/snoozes", ["until": until, "nonce": nonce]).status == 303) }
    }
    #expect(try site.count("SELECT count(*) FROM snoozes") == 2)
  }

  @Test func `a clock that was set back hides no note's form`() throws {
    for text in ["one", "two", "three"] {
      let nonce = try ana.get(path).field("nonce", ofForm: path + "/notes").unwrapped
      #expect(ana.post(path + "/notes", ["text": text, "nonce": nonce]).status == 303)
      site.now = site.now.advanced(minutes: -10)
    }
    #expect(try site.count("SELECT count(*) FROM escalation_events WHERE kind = 'note'") == 3)
  }

  @Test(arguments: [
    "x", "1.", ".", "1.0192f000-0000-7000-8000-00000000000", "99999999999999999999.0192f000-0000-7000-8000-000000000000", "%00",
  ])
  func `a place that is none is refused`(place: String) {
    let page = ana.get(path + "?before=" + place)
    #expect(page.status == 422)
    #expect(ana.get("/escalations/0192f000-0000-7000-8000-000000000000?before=" + place).status == 404)
    #expect(site.logged.isEmpty)
  }

  @Test func `another person's timeline is not there, at any place`() throws {
    let eve = try site.person("eve@x.test", sharing: ana)
    #expect(eve.get(path + "?before=1.0192f000-0000-7000-8000-000000000000").status == 404)
    #expect(ana.get(path + "?before=1.0192f000-0000-7000-8000-000000000000").status == 200)
    #expect(ana.get(path + "?before=-9223372036854775808.0192f000-0000-7000-8000-000000000000").status == 200)
    #expect(ana.get(path + "?before=9223372036854775807.0192f000-0000-7000-8000-000000000000").status == 200)
    #expect(site.logged.isEmpty)
  }
}
