import Foundation
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

@Suite struct ReminderListTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  /// Many reminders, with three due times, four titles and four importances among them, so that every order has ties.
  private func fill(_ count: Int) throws {
    try site.owner.run(
      """
      WITH made AS (
        INSERT INTO reminders (id, user_id, profile_id, title, importance, status, next_at, created_at, updated_at)
        SELECT gen_random_uuid(), \(ana.user), (SELECT id FROM profiles WHERE user_id = \(ana.user) AND preset = 'gentle'),
          (ARRAY['Water', 'water', 'Émile', 'Zebra'])[n % 4 + 1], (ARRAY['low', 'medium', 'high', 'critical'])[n % 4 + 1],
          CASE WHEN n % 10 = 0 THEN 'completed' ELSE 'active' END, t, \(site.now), \(site.now)
        FROM generate_series(1, \(count)) n,
          LATERAL (SELECT (ARRAY[\(site.now.advanced(hours: 1)), \(site.now.advanced(hours: 2)), NULL]::timestamptz[])[n % 3 + 1] AS t) x
        RETURNING id, user_id)
      INSERT INTO schedules (reminder_id, user_id, kind, timezone, cron) SELECT id, user_id, 'recurring', 'UTC', '0 9 * * *' FROM made
      """)
  }

  /// The ids of the rows of all pages, in order.
  private func walk(_ first: String) throws -> [String] {
    var ids: [String] = []
    var target: String? = first
    while let address = target, ids.count < 1_000 {
      let page = ana.get(address)
      #expect(page.status == 200)
      let rows = page.text.components(separatedBy: "name=id value=\"").dropFirst().map { String($0.prefix(36)) }
      #expect(rows.count <= 50)
      ids += rows
      target = page.links.first { $0.contains("after=") }
    }
    return ids
  }

  @Test(arguments: ["due", "title", "importance"], ["all", "open", "active", "completed"])
  func `the pages of a list hold every row once, whatever ties there are`(sort: String, status: String) throws {
    try fill(130)
    let ids = try walk("/reminders?sort=\(sort)&status=\(status)")
    let expected: SQL =
      switch status {
      case "all": "SELECT count(*) FROM reminders"
      case "completed": "SELECT count(*) FROM reminders WHERE status = 'completed'"
      default: "SELECT count(*) FROM reminders WHERE status = 'active'"
      }
    #expect(Set(ids).count == ids.count)
    #expect(try ids.count == site.count(expected))
  }

  @Test func `filters stay in the links to the next page`() throws {
    try fill(130)
    let page = ana.get("/reminders?status=all&importance=high&sort=title&q=%C3%A9mile")
    let next = page.links.first { $0.contains("after=") }
    #expect(next == nil)
    let more = try ana.get("/reminders?status=all&sort=title&q=e").links.first { $0.contains("after=") }.unwrapped
    for part in ["status=all", "sort=title", "q=e"] { #expect(more.contains(part)) }
  }

  @Test func `a malformed filter is told`() throws {
    for query in [
      "status=done", "status=OPEN", "importance=urgent", "sort=name", "q=%00", "q=%FF", "q=a%0Ab",
      "q=" + String(repeating: "a", count: 201),
      "after=x", "after=AAAA", "after=!!!", "after=" + String(repeating: "A", count: 2_000), "status=%00",
    ] as [String] {
      let place: Comment = "\(query)"
      let page = ana.get("/reminders?" + query)
      #expect(page.status == 422, place)
      Headers.check(page, https: true)
    }
  }

  @Test func `a cursor that was made up breaks nothing`() throws {
    try fill(3)
    let id = ID<Reminder>(high: .max, low: .max)
    for sort in ["due", "title", "importance"] {
      let order = try ReminderFilter.Sort(rawValue: sort).unwrapped
      for key in ["", "x", "99999999999999999999", "9223372036854775807", "-9223372036854775808", "urgent", "\u{0}"] {
        let page = ana.get("/reminders?sort=\(sort)&after=" + Cursor(order, key: key, id: id).text)
        // Only what can be a key of that order is taken.
        let isKey = sort == "title" ? key != "" && key != "\u{0}" : sort == "due" && Int64(key) != nil
        #expect(page.status == (isKey ? 200 : 422), "\(sort) \(key)")
      }
    }
    #expect(site.logged.isEmpty)
  }

  @Test(arguments: ["due", "title", "importance"])
  func `a place of another order, or with a letter more or less, is told`(sort: String) throws {
    try fill(60)
    let next = try ana.get("/reminders?sort=\(sort)").links.first { $0.contains("after=") }.unwrapped
    #expect(ana.get(next).status == 200)
    let place = try next.components(separatedBy: "after=").last.unwrapped
    for wrong in [String(place.dropLast()), String(place.dropFirst())] + ["A", "x", "1", "AA", "x1", "MTc"].map({ place + $0 }) {
      #expect(ana.get("/reminders?sort=\(sort)&after=\(wrong)").status == 422, "\(wrong)")
    }
    for other in ["due", "title", "importance"] where other != sort {
      #expect(ana.get("/reminders?sort=\(other)&after=\(place)").status == 422, "\(other)")
    }
  }

  @Test func `the search takes words as they are`() throws {
    _ = try ana.remind(["title": "Pay the rent, 50% off"])
    _ = try ana.remind(["title": "Cook", "description": "with Garlic"])
    for (words, count) in [("rent", 1), ("RENT", 1), ("%", 1), ("_", 0), ("50%", 1), ("garlic", 1), ("\\", 0), ("'", 0), ("", 2)]
      as [(String, Int)]
    {
      let place: Comment = "\(words), \(count)"
      #expect(try walk("/reminders?q=" + Browser.encoded(words)).count == count, place)
    }
  }

  @Test func `nobody sees reminders of others in list, search or Today`() throws {
    let bob = try site.person("bob@x.test", sharing: ana)
    _ = try bob.remind(["title": "Secret of Bob"])
    for target in ["/", "/reminders", "/reminders?status=all", "/reminders?q=Secret", "/settings/audit"] {
      #expect(!ana.get(target).text.contains("Secret of Bob"))
    }
  }

  @Test(arguments: ["/", "/reminders", "/reminders?status=all&sort=title", "/reminders/ID"])
  func `what has not changed is answered 304, what has is answered whole`(target: String) throws {
    let id = try ana.remind()
    let target = target.replacingOccurrences(of: "ID", with: id)
    ana.setCookie("__Host-heed_flash", nil)
    let first = ana.get(target)
    #expect(first.status == 200)
    let tag = try first.header("ETag").unwrapped
    #expect(tag.hasPrefix("W/\"") && tag.hasSuffix("\""))
    for sent in [tag, String(tag.dropFirst(2)), "\"x\", " + tag, "*"] {
      let second = ana.get(target, ["if-none-match": sent])
      #expect(second.status == 304)
      #expect(second.response.body.isEmpty)
      #expect(second.header("ETag") == tag)
    }
    #expect(ana.get(target, ["if-none-match": "\"x\""]).status == 200)
    ana.post("/reminders/\(id)/snoozes", ["until": "2 hours"])
    // A flash line is shown whatever the browser has.
    #expect(ana.get(target, ["if-none-match": tag]).text.contains("role=\"status\""))
    let third = ana.get(target, ["if-none-match": tag])
    #expect(third.status == 200)
    #expect(third.header("ETag") != tag)
  }

  @Test func `HEAD is answered as GET`() throws {
    let get = ana.get("/reminders")
    let head = ana.get("/reminders", method: .head)
    #expect(head.status == 200)
    #expect(head.header("ETag") == get.header("ETag"))
    let written = head.response.written(withBody: false)
    #expect(written.head.suffix(4) == Array("\r\n\r\n".utf8)[...])
    #expect(written.body == [])
  }
}
