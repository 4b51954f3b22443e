import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// Sources that are fetched: asked for or by night, told apart by their ETag, through the address guard.
@Suite struct SourceRefreshTests {
  private let site: Site
  private let ana: Browser
  private let sink: Sink

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    sink = try Sink("http_sink.py")
    try serve("<html><title>Returns</title><nav>Home</nav><h1>Returns</h1><p>Send it back within 30 days.</p></html>")
  }

  private func serve(_ page: String) throws {
    try page.write(to: sink.folder.appendingPathComponent("page"), atomically: true, encoding: .utf8)
  }

  private func address(_ path: String) -> String { "http://127.0.0.1:\(sink.port)\(path)" }

  /// One that may dial this machine.
  private func work(isOpen: Bool = true) throws {
    let opened = isOpen ? [try AddressRange("127.0.0.0/8").unwrapped] : []
    let services = Services(
      origin: site.services.origin, secret: Site.secret, zones: site.services.zones, assets: Assets(folder: nil),
      addresses: AddressGuard(opening: opened))
    let mailer = Mailer(
      .maildir(Maildir(path: sink.folder.path + "/mail")), from: Mail.Mailbox("Heed", try MailAddress("heed@heed.test").unwrapped))
    _ = try Worker(try WorkBench(services, site.connection("heed_work"), mailer) { _, _ in }, features).runOnce { site.now }
  }

  private func column(_ sql: Columns) throws -> String? { try site.text("SELECT \(sql) FROM sources") }

  private func asked() throws -> [[String: String]] { try sink.log().compactMap { $0["headers"] as? [String: String] } }

  @Test func `an address alone is fetched, cut and called by its title`() throws {
    let id = try ana.source(["url": address("/page")])
    #expect(ana.get("/sources/\(id)").fact("source") == "fetching")
    try work()
    let page = ana.get("/sources/\(id)")
    #expect(page.fact("source") == "fresh" && page.fact("passages") == "1" && page.text.contains("<h1>Returns</h1>"))
    #expect(page.text.contains("Send it back within 30 days.") && !page.text.contains("Home</p>"))
    #expect(try column("(asked_at IS NULL AND checked_at IS NOT NULL)::text") == "true")
  }

  @Test func `what is as it was is not cut again, what changed is`() throws {
    let id = try ana.source(["url": address("/page"), "refresh": "daily", "title": "Mine"])
    try work()
    site.pass(hours: 1)
    #expect(ana.post("/sources/\(id)/refresh").status == 303)
    // A second press asks for nothing more.
    #expect(ana.post("/sources/\(id)/refresh").status == 303)
    try work()
    #expect(try asked().map { $0["if-none-match"] != nil } == [false, true])
    #expect(try column("(checked_at > indexed_at)::text || version") == "true2")
    try serve("<html><title>New</title><p>Only ten days from now on.</html>")
    #expect(ana.post("/sources/\(id)/refresh").status == 303)
    try work()
    let page = ana.get("/sources/\(id)")
    #expect(page.text.contains("Only ten days") && !page.text.contains("within 30 days") && page.text.contains("<h1>Mine</h1>"))
  }

  @Test(arguments: [
    ("/status/503", "its host answered 503"), ("/redirect", "its host answered 302"), ("/huge", "too large"),
    ("/drop", "the connection broke"),
    ("/page?type=application/pdf", "it is application/pdf"), ("/gzip", "nothing"),
  ])
  func `one that fails keeps its text and says why`(path: String, why: String) throws {
    let id = try ana.source(["url": address(path), "refresh": "weekly", "text": "The text of before."])
    try work()
    let page = ana.get("/sources/\(id)")
    if why == "nothing" {
      #expect(page.fact("source") == "fresh")
    } else {
      let error = try column("error") ?? ""
      #expect(page.fact("source") == "failing" && page.text.contains(why), "\(error)")
      #expect(page.text.contains("The text of before."))
    }
  }

  @Test func `the guard lets nobody look into this machine's own network`() throws {
    let id = try ana.source(["url": address("/page")])
    try work(isOpen: false)
    #expect(ana.get("/sources/\(id)").text.contains("in a network that Heed may not reach"))
    #expect(try asked().isEmpty)
    // It works again, and the complaint goes.
    site.pass(hours: 1)
    #expect(ana.post("/sources/\(id)/refresh").status == 303)
    try work()
    #expect(ana.get("/sources/\(id)").fact("source") == "fresh")
  }

  @Test func `every night those are looked at whose turn it is`() throws {
    for (path, refresh) in [("/page?a", "daily"), ("/page?b", "weekly"), ("/page?c", "never")] {
      try ana.source(["url": address(path), "refresh": refresh, "text": "x"])
    }
    try work()
    #expect(try asked().count == 2)
    site.pass(hours: 24)
    try work()
    #expect(try asked().count == 3)
    site.pass(hours: 24 * 7)
    try work()
    #expect(try asked().count == 5)
  }

  @Test func `one that is off or has no address is not looked at`() throws {
    let pasted = try ana.source(["text": "x"])
    #expect(ana.post("/sources/\(pasted)/refresh").status == 409)
    let off = try ana.source(["url": address("/page"), "text": "x"])
    #expect(ana.post("/sources/\(off)", ["url": address("/page"), "text": "x", "version": "1"]).status == 303)
    #expect(ana.post("/sources/\(off)/refresh").status == 409)
  }
}
