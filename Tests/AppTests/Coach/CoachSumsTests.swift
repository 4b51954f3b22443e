import Domain
import Postgres
import Testing

@testable import App

/// What the coach says of amounts and of several dates at once. Wednesday 6 January 2027, noon in São Paulo.
@Suite struct CoachSumsTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-06T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  private func said() throws -> [String] {
    try site.owner.rows(Query(column: "SELECT event || ' ' || date FROM coach_messages WHERE deleted_at IS NULL ORDER BY created_at, date"))
  }

  private func enter(_ id: String, _ amount: String, _ date: String = "2027-01-06") {
    site.pass(seconds: 1)
    #expect(ana.post("/habits/\(id)/completions", ["amount": amount, "date": date]).status == 303)
  }

  @Test(arguments: ["week", "month"]) func `a sum is done when it is reached, once`(period: String) throws {
    let id = try ana.habit(["name": "Run", "kind": "amount", "unit": "km", "target": "10", "period": period])
    enter(id, "4", "2027-01-05")
    enter(id, "5")
    #expect(try said() == [])
    enter(id, "1")
    #expect(try said() == ["habit_complete 2027-01-06"])
    let text = try site.text("SELECT text FROM coach_messages").unwrapped
    #expect(!text.contains("6 km"), "\(text)")
    enter(id, "3")
    enter(id, "2", "2027-01-04")
    #expect(try said() == ["habit_complete 2027-01-06"])
  }

  @Test func `a week's sum that is reached afterwards is done as well`() throws {
    let id = try ana.habit(["name": "Run", "kind": "amount", "unit": "km", "target": "10", "period": "week"])
    enter(id, "4", "2026-12-31")
    #expect(try said() == [])
    enter(id, "6", "2027-01-02")
    #expect(try said() == ["habit_complete 2027-01-02"])
  }

  @Test func `at most so much a week is kept when the week is over, not before`() throws {
    let id = try ana.habit(["name": "Coffee", "kind": "amount", "target": "3", "direction": "at_most", "period": "week"])
    enter(id, "0")
    enter(id, "1")
    #expect(try said() == [])
  }

  @Test func `the first zero of an at-most habit is a first time, and no target is spoken of`() throws {
    for personality in ["yoda", "general", "mentor"] {
      let rui = try site.person("\(personality)@x.test", zone: "America/Sao_Paulo")
      try site.owner.run("UPDATE users SET personality = \(personality) WHERE id = \(rui.user)")
      for number in 0..<8 {
        let id = try rui.habit(["name": "Coffee \(number)", "kind": "amount", "target": "2", "direction": "at_most"])
        #expect(rui.post("/habits/\(id)/completions", ["amount": "0"]).status == 303)
      }
    }
    let texts: [String] = try site.owner.rows(Query(column: "SELECT text FROM coach_messages"))
    #expect(texts.count == 24)
    for text in texts {
      for word in ["again", "One more", "target reached", "0 of", "easier"] { #expect(!text.contains(word), "\(text)") }
    }
  }

  @Test func `eight dates at once are eight days in a row`() throws {
    let id = try ana.habit(["name": "Read"])
    let today = try Day(iso: "2027-01-06").unwrapped
    let dates = (0..<8).map { "date=" + today.advanced(by: -$0).iso }
    let page = ana.post("/habits/\(id)/completions", raw: Array((["csrf=\(ana.token())"] + dates).joined(separator: "&").utf8))
    #expect(page.status == 303)
    #expect(try said() == ["streak 2027-01-05"])
    let text = try site.text("SELECT text FROM coach_messages").unwrapped
    #expect(text.contains("8 days in a row") && !text.contains("7 days"), "\(text)")
  }
}
