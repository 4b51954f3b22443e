import Foundation
import Testing

@testable import App
@testable import Domain

/// What the navigation counts, as it stands on the page.
@Suite struct NavNumbersTests {
  /// What stands beside a section's name: its number, and what is counted.
  private func number(_ label: String, _ page: Page) throws -> String {
    let rest = try page.text.range(of: "<span>\(label)</span>").unwrapped.upperBound
    let link = page.text[rest...].components(separatedBy: "</a>")[0]
    return link.replacing(/<[^>]*>/, with: "").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test func `open reminders and what waits for an answer are counted, and nobody else's`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let bob = try site.person("bob@x.test", sharing: ana)
    #expect(try number("Reminders", ana.get("/")) == "" && number("Escalations", ana.get("/")) == "")
    var ids: [String] = []
    for title in ["A", "B", "C", "D", "E", "F", "G"] { ids.append(try ana.remind(["title": title])) }
    for id in ids[0..<5] { #expect(ana.post("/reminders/\(id)/run").status == 303) }
    // Of five that ring one is acknowledged, one put to sleep, one done; another that does not ring sleeps, and one is put away.
    #expect(ana.post("/reminders/\(ids[0])/acknowledgement").status == 303)
    for id in [ids[1], ids[5]] { #expect(ana.post("/reminders/\(id)/snoozes", ["until": "2 days"]).status == 303) }
    #expect(ana.post("/reminders/\(ids[2])/completion").status == 303)
    #expect(ana.post("/reminders/\(ids[6])/archival").status == 303)
    for target in ["/", "/reminders", "/escalations", "/settings/password"] {
      #expect(try number("Reminders", ana.get(target)) == "5 open", "\(target)")
      #expect(try number("Escalations", ana.get(target)) == "2 escalating", "\(target)")
    }
    #expect(try number("Reminders", bob.get("/")) == "" && number("Escalations", bob.get("/")) == "")
  }

  @Test func `beyond 99 it is many`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    for _ in 0..<99 { _ = try ana.remind(.once(at: site.now), .low, next: site.now) }
    try site.work()
    #expect(try number("Escalations", ana.get("/")) == "99 escalating")
    _ = try ana.remind(.once(at: site.now), .low, next: site.now)
    try site.work()
    #expect(try number("Escalations", ana.get("/")) == "99+ escalating")
    #expect(try number("Reminders", ana.get("/")) == "99+ open")
  }
}
