import Testing

@testable import App
@testable import Domain

/// The next five times as the preview and the page list them: however rare, and with what the clocks skip.
@Suite struct NextFiveTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test", zone: "America/New_York")
    site.now = try Instant(iso: "2027-03-10T15:00:00Z").unwrapped
    try ana.openSession()
  }

  private func times(_ page: Page) -> [String] {
    let list = page.text.components(separatedBy: "<ol class=\"upcoming\">").dropFirst().first?.components(separatedBy: "</ol>").first ?? ""
    return list.components(separatedBy: "<time datetime=\"").dropFirst().map { String($0.prefix(10)) }
  }

  @Test(arguments: [
    ("0 9 29 2 *", ["2028-02-29", "2032-02-29", "2036-02-29", "2040-02-29", "2044-02-29"]),
    ("every 29 february", ["2028-02-29", "2032-02-29", "2036-02-29", "2040-02-29", "2044-02-29"]),
    ("FREQ=YEARLY;INTERVAL=5", ["2028-03-10", "2033-03-10", "2038-03-10", "2043-03-10", "2048-03-10"]),
    ("FREQ=YEARLY;INTERVAL=10;COUNT=3", ["2028-03-10", "2038-03-10", "2048-03-10"]),
    ("0 9 1 1 *", ["2028-01-01", "2029-01-01", "2030-01-01", "2031-01-01", "2032-01-01"]),
  ])
  func `five times are listed however far apart they are, as far as there are five`(typed: String, expected: [String]) throws {
    let fields: KeyValuePairs = ["title": "A", "schedule": "recurring", "cron": typed]
    let preview = times(ana.post("/reminders/preview", fields))
    let page = times(ana.get("/reminders/\(try ana.remind(fields))"))
    #expect(preview == page)
    #expect(preview == expected)
  }

  /// LOOK: the year only where it is another; the whole stands in the title.
  @Test(arguments: [
    ("0 22 * * *", ["today 22:00", "tomorrow 22:00", "Fri 22:00", "Sat 22:00", "Sun 22:00"], "Wed 10 Mar 2027, 22:00", "today 22:00"),
    (
      "0 9 1 5,12 *", ["1 May 09:00", "1 Dec 09:00", "1 May 2028 09:00", "1 Dec 2028 09:00", "1 May 2029 09:00"], "Sat 1 May 2027, 09:00",
      "1 May 09:00"
    ),
  ])
  func `a time to come is said as it is in rows`(typed: String, expected: [String], whole: String, said: String) throws {
    let fields: KeyValuePairs = ["title": "Dentist", "schedule": "recurring", "cron": typed]
    let made = ana.post("/reminders", fields)
    let page = ana.get(try made.location.unwrapped)
    #expect(page.text.contains("Saved. It rings \(said)."))
    #expect(ana.get("/search?q=dentist").text.contains(said))
    for text in [page.text, ana.post("/reminders/preview", fields).text] {
      let list = text.components(separatedBy: "<ol class=\"upcoming\">").dropFirst().first?.components(separatedBy: "</ol>").first ?? ""
      let times = list.components(separatedBy: "<time datetime=\"").dropFirst()
      #expect(times.compactMap { $0.components(separatedBy: "</time>").first?.components(separatedBy: ">").last } == expected)
      #expect(times.first?.contains("title=\"\(whole)\"") == true)
    }
  }

  @Test(
    arguments: [
      (["schedule": "once", "at": "2027-03-14T02:30"], "The clocks skip 02:30 that day, so it rings at 03:30."),
      (["schedule": "once", "at": "mar 14 at 2:30"], "The clocks skip 02:30 that day, so it rings at 03:30."),
      (["schedule": "recurring", "cron": "30 2 * * *"], "The clocks skip its time that day, so it rings at 03:00."),
      (["schedule": "recurring", "cron": "every day at 2:30"], "The clocks skip its time that day, so it rings at 03:30."),
      (["schedule": "once", "at": "2027-03-14T03:30"], nil), (["schedule": "recurring", "cron": "every day at 2:30 and 3:30"], nil),
      (["schedule": "recurring", "cron": "*/30 * * * *"], nil), (["schedule": "interval", "every_minutes": "30"], nil),
    ] as [([String: String], String?)])
  func `a time that the clocks skip is said to be, in the preview and on the page`(typed: [String: String], says: String?) throws {
    site.now = try Instant(iso: "2027-03-14T05:30:00Z").unwrapped
    try ana.openSession()
    let fields = [("title", "A")] + typed.map { ($0.key, $0.value) }
    let body = (fields + [("csrf", ana.token())]).map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&")
    let preview = ana.post("/reminders/preview", raw: Array(body.utf8))
    #expect(preview.status == 200)
    let made = ana.post("/reminders", raw: Array(body.utf8))
    let page = ana.get(try made.location.unwrapped)
    for text in [preview.text, page.text] {
      if let says { #expect(text.components(separatedBy: says).count == 2) } else { #expect(!text.contains("The clocks skip")) }
    }
  }
}
