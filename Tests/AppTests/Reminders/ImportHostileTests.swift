import Foundation
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// Files that are large, broken, in other charsets or sent twice: clear complaints, nothing stored by half, nothing made twice.
@Suite struct ImportHostileTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private static func toDo(_ id: Int, _ more: String = "") -> String {
    "BEGIN:VTODO\r\nUID:\(id)\r\nSUMMARY:Task \(id)\r\nDUE:20270401T090000\r\n\(more)END:VTODO\r\n"
  }

  private static func calendar(_ parts: String) -> [UInt8] { Array("BEGIN:VCALENDAR\r\n\(parts)END:VCALENDAR\r\n".utf8) }

  private func id(_ page: Page) throws -> String { try page.fact("import").unwrapped }

  private func stored() throws -> [Int] {
    let tables: [SQL] = ["reminder_imports", "reminder_import_rows", "reminders"]
    return try tables.map { try site.count("SELECT count(*) FROM \($0)") }
  }

  @Test func `50 thousand components are refused, 5 thousand are not`() throws {
    let page = ana.importing(Self.calendar((0..<50_000).map { Self.toDo($0) }.joined()))
    #expect(page.status == 422 && page.text.contains("5,000 entries"))
    #expect(try stored() == [0, 0, 0])
    let timers = String(repeating: "BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\n", count: 50_000)
    #expect(ana.importing(Self.calendar(Self.toDo(1, timers))).text.contains("Rings at the first of its 500 alarms."))
  }

  @Test(arguments: [
    "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=2TU;BYSETPOS=2", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SA;INTERVAL=10",
    "FREQ=HOURLY;BYMONTH=4;BYMONTHDAY=31;INTERVAL=999", "FREQ=DAILY;COUNT=5000;BYHOUR=0,1,2,3;BYMINUTE=0",
  ])
  func `rules that loop hold nobody up`(rule: String) throws {
    let page = ana.importing(Self.calendar((0..<2_000).map { Self.toDo($0, "RRULE:\(rule)\r\n") }.joined()))
    let isRead = page.status == 200
    #expect(isRead || page.status == 422 && page.text.contains("took too long, and nothing of it was stored"))
    #expect(try stored() == (isRead ? [1, 2_000, 0] : [0, 0, 0]), "\(page.status)")
  }

  @Test func `a table whose quotes are broken is read by line, and a quote that nothing closes swallows no reminder unsaid`() throws {
    let page = ana.importing(
      Array(
        "TYPE,CONTENT,DATE\r\ntask,Milk,2027-04-01\r\ntask,Br\"ead,2027-04-01\r\ntask,\"Tea,2027-04-01\r\ntask,Salt,2027-04-01\r\n".utf8))
    #expect(page.text.contains("Reminders to be made: 1. Left out: 2."))
    #expect(page.text.components(separatedBy: "The quotation marks of this line are broken.").count == 3)
    #expect(page.text.contains("task,Salt"))
  }

  @Test(arguments: [
    "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\n\0", "TYPE,CONTENT,DATE\r\ntask,M\0ilk,2027-04-01\r\n", "{\"kind\":\"tasks#taskLists\"\0}",
    "PK\u{3}\u{4}\0",
  ])
  func `a NUL is no text`(text: String) throws {
    let page = ana.importing(Array(text.utf8))
    #expect(page.status == 422 && page.text.contains("This file is not text."))
    #expect(try stored() == [0, 0, 0])
  }

  @Test func `UTF-16 of either kind, Windows-1252 and a mark are read as what they say`() throws {
    let text = "TYPE,CONTENT,DATE\r\ntask,Café – já às 9h,2027-04-01\r\n"
    let little: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big: [UInt8] = [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let windows = text.unicodeScalars.map { $0 == "–" ? 0x96 : UInt8($0.value) }
    for file in [Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), little, big, windows] {
      #expect(ana.importing(file).text.contains("Café – já às 9h"))
    }
  }

  @Test func `JSON of Google is read by what it is, damaged it says the line, and a note of Keep says why not`() throws {
    let task = #"{"kind":"tasks#task","id":"a","title":"Água","status":"needsAction","due":"2027-04-01T00:00:00.000Z"}"#
    let page = ana.importing(
      Array("{\"kind\":\"tasks#taskLists\",\"items\":[{\"kind\":\"tasks#tasks\",\"items\":[\(task)]}]}".utf8), as: "x.txt")
    #expect(page.status == 200 && page.text.contains("Água") && page.text.contains("1 Apr 2027, 09:00"))
    #expect(ana.post("/reminders/import/\(try id(page))/confirmation").status == 303)
    #expect(ana.importing(Array("[\(task)]".utf8)).text.contains("You have it already."))
    #expect(ana.importing(Array("[\(task),\n{".utf8)).text.contains("This file is damaged in line 2."))
    #expect(ana.importing(Array("{\"textContent\":\"Milk\"}".utf8)).text.contains("does not say when it reminds you"))
    #expect(try site.count("SELECT count(*) FROM reminders") == 1)
  }

  @Test func `the same file in two browsers, confirmed in both at once, is made once`() throws {
    let file = Self.calendar((0..<20).map { Self.toDo($0) }.joined())
    let lock = try site.connection("heed_owner")
    let watcher = try Connection(url: Cluster.shared.get().url())
    nonisolated(unsafe) let browsers = try (0..<2).map { _ in try Site(as: site, zoneinfo: "/usr/share/zoneinfo").visit(as: ana) }
    let first = try id(browsers[0].importing(file))
    let second = try id(browsers[1].importing(file))
    // The newer preview took the place of the older.
    #expect(browsers[0].post("/reminders/import/\(first)/confirmation").status == 409)
    nonisolated(unsafe) var pages: [Page] = []
    let (guarding, group) = (NSLock(), DispatchGroup())
    try lock.transaction {
      try lock.run("SELECT pg_advisory_xact_lock(hashtextextended('import ' || \(ana.user)::text, 0))")
      for browser in browsers {
        nonisolated(unsafe) let browser = browser
        group.enter()
        Thread.detachNewThread {
          let page = browser.post("/reminders/import/\(second)/confirmation")
          guarding.withLock { pages.append(page) }
          group.leave()
        }
      }
      let waiting: SQL = "SELECT count(*) FROM pg_stat_activity WHERE datname = \(site.name) AND wait_event_type = 'Lock'"
      try #require(try until { try watcher.value(waiting, as: Int.self) == 2 })
    }
    group.wait()
    #expect(pages.map(\.status) == [303, 303])
    #expect(try site.count("SELECT count(*) FROM reminders") == 20)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'reminder_import.made'") == 1)
    #expect(browsers[0].importing(file).text.contains("Reminders to be made: 0. Left out: 20."))
  }
}

extension Browser {
  /// Sends a file as browsers do.
  func importing(_ bytes: [UInt8], as name: String = "House.ics", to target: String = "/reminders/import") -> Page {
    let head = "--XX\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n\(token())\r\n--XX\r\n"
    let file = "Content-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\nContent-Type: text/calendar\r\n\r\n"
    return post(
      target, raw: Array((head + file).utf8) + bytes + Array("\r\n--XX--\r\n".utf8),
      ["content-type": "multipart/form-data; boundary=XX"])
  }
}
