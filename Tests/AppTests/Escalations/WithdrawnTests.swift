import Testing

@testable import App
@testable import Domain

/// A message that an answer took back says so, and not why it had waited.
@Suite struct WithdrawnTests {
  @Test func `what quiet hours held is withdrawn by an answer`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    try site.owner.run("UPDATE users SET quiet_from = 0, quiet_until = 86399")
    let reminder = try ana.remind(.once(at: site.now.advanced(hours: 1)))
    site.pass(hours: 1)
    try site.work()
    #expect(try site.deliveries() == ["1 held quiet"])
    let path = "/escalations/\(try ana.newest(reminder).unwrapped.id.text)"
    #expect(ana.post(path + "/completion").status == 303)
    #expect(try site.deliveries() == ["1 cancelled "])
    let page = ana.get(path).text
    #expect(page.contains("withdrawn") && !page.contains("not sent"))
    #expect(site.logged == [])
  }
}
