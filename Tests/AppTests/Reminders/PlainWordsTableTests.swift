import Foundation
import Testing

@testable import App
@testable import Domain

/// What is typed and what is understood, row by row as it was asked for: Wednesday 10 March 2027, 10:00 in New York, 12:00 in São Paulo.
@Suite struct PlainWordsTableTests {
  private let site: Site
  private let ana: Browser
  private let rui: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-03-10T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/New_York")
    rui = try site.person("rui@x.test", zone: "America/Sao_Paulo", language: .portuguese)
  }

  private func times(_ page: Page) -> [String] {
    page.text.components(separatedBy: "<time datetime=\"").dropFirst().map { String($0.prefix(20)) }
  }

  private func once(_ phrase: String, by browser: Browser) -> Page {
    browser.post("/reminders/preview", ["title": "A", "schedule": "once", "at": phrase])
  }

  private func series(_ typed: String, by browser: Browser) -> Page {
    browser.post("/reminders/preview", ["title": "A", "schedule": "recurring", "cron": typed])
  }

  @Test func `times in English`() {
    for (phrase, time) in [
      ("tmr 9", "2027-03-11T14:00:00Z"), ("end of day", "2027-03-10T23:00:00Z"), ("end of month", "2027-03-31T13:00:00Z"),
      ("first monday of next month", "2027-04-05T13:00:00Z"), ("in 3 business days", "2027-03-15T13:00:00Z"),
      ("later today", "2027-03-10T18:00:00Z"), ("20/03/2027", "2027-03-20T13:00:00Z"), ("20.03.2027", "2027-03-20T13:00:00Z"),
      ("14h", "2027-03-11T05:00:00Z"),
    ] as [(String, String)] {
      let place: Comment = "\(phrase), \(time)"
      #expect(times(once(phrase, by: ana)) == [time], place)
    }
  }

  @Test func `times in Portuguese`() {
    for (phrase, time) in [
      ("fim do dia", "2027-03-10T21:00:00Z"), ("fim do mês", "2027-03-31T12:00:00Z"), ("9 da manhã", "2027-03-11T12:00:00Z"),
      ("3 da tarde", "2027-03-10T18:00:00Z"), ("8 da noite", "2027-03-10T23:00:00Z"), ("03/04/2027", "2027-04-03T12:00:00Z"),
      ("21h", "2027-03-11T00:00:00Z"), ("2h", "2027-03-10T17:00:00Z"),
    ] as [(String, String)] {
      let place: Comment = "\(phrase), \(time)"
      #expect(times(once(phrase, by: rui)) == [time], place)
    }
  }

  @Test func `a date that is past in one's own order is refused`() {
    let page = once("03/04/2027", by: ana)
    #expect(page.status == 422 && page.complaints == ["at"])
  }

  @Test func `lines in English`() {
    for (line, title, first) in [
      ("pay rent every month on the 1st at 9", "pay rent", ["2027-04-01T13:00:00Z", "2027-05-01T13:00:00Z"]),
      ("every other friday at 17:00 water the plants", "water the plants", ["2027-03-12T22:00:00Z", "2027-03-26T21:00:00Z"]),
      ("buy 2 milk", "buy 2 milk", ["2027-03-10T16:00:00Z"]),
      ("read \"tomorrow is mine\" tonight", "read &quot;tomorrow is mine&quot;", ["2027-03-11T01:00:00Z"]),
      ("call 555 0199 !critical", "call 555 0199", ["2027-03-10T16:00:00Z"]), ("tomorrow", "tomorrow", ["2027-03-11T14:00:00Z"]),
    ] {
      let page = ana.post("/reminders/preview", ["quick": line])
      #expect(times(page).prefix(2).elementsEqual(first.prefix(2)), "\(times(page))")
      #expect(page.text.replacingOccurrences(of: "&#34;", with: "&quot;").contains("name=\"title\" type=\"text\" value=\"\(title)\""))
      #expect(page.text.contains("value=\"critical\" checked") == line.hasSuffix("!critical"))
    }
  }

  @Test func `lines in Portuguese`() {
    for (line, title, first) in [
      ("remédio todo dia às 8h e 20h", "remédio", ["2027-03-10T23:00:00Z", "2027-03-11T11:00:00Z"]),
      ("reunião sexta às 14h30", "reunião", ["2027-03-12T17:30:00Z"]),
    ] {
      let page = rui.post("/reminders/preview", ["quick": line])
      #expect(times(page).prefix(2).elementsEqual(first.prefix(2)), "\(times(page))")
      #expect(page.text.contains("name=\"title\" type=\"text\" value=\"\(title)\""))
    }
  }

  @Test func `the 31st leaves April out, and the page says so`() {
    for typed in ["every 31st", "monthly on the 31st"] {
      let page = series(typed, by: ana)
      #expect(times(page).prefix(3).map { $0.prefix(10) } == ["2027-03-31", "2027-05-31", "2027-07-31"])
      #expect(page.text.contains("April is left out"))
    }
  }

  @Test func `last Fridays by a rule, and a rule of seconds refused with the reason`() {
    let page = series("FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=0", by: ana)
    #expect(times(page).prefix(3) == ["2027-03-26T13:00:00Z", "2027-04-30T13:00:00Z", "2027-05-28T13:00:00Z"])
    let refused = series("FREQ=SECONDLY", by: ana)
    #expect(refused.status == 422 && refused.text.contains("is an interval here"))
  }

  @Test func `COUNT=3 rings three times, then the page says that it is over`() throws {
    let id = try ana.remind(["title": "A", "schedule": "recurring", "cron": "RRULE:FREQ=DAILY;COUNT=3"])
    for rung in 1...5 {
      #expect(ana.get("/reminders/\(id)").text.contains("This series is over. Nothing more comes.") == (rung > 3))
      site.pass(hours: 24)
      try ana.openSession()
      try site.work()
      #expect(try site.count("SELECT count(*) FROM fired") == min(rung, 3))
    }
  }
}
