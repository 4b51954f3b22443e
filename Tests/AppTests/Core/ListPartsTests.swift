import Foundation
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

@Suite struct ListPartsTests {
  @Test func `a page is read by one number, bound or constant`() {
    #expect(PageSize.limit.text == "LIMIT \(PageSize.read)")
  }

  @Test(arguments: [(0, 0, nil), (1, 1, nil), (50, 50, nil), (51, 50, 49)] as [(Int, Int, Int?)])
  func `a page holds fifty rows, and the next begins behind its last one`(_ found: Int, _ rows: Int, _ last: Int?) {
    let page = PageOf(Array(0..<found))
    #expect(page.rows == Array(0..<rows) && page.last == last)
    #expect(found <= PageSize.read)
  }

  /// What stands between two texts, wherever both do.
  private func all(_ start: String, _ end: String, in text: String) -> [String] {
    text.components(separatedBy: start).dropFirst().map { $0.components(separatedBy: end)[0] }
  }

  @Test func `every icon that a page draws is in the sprite`() throws {
    let sprite = try String(contentsOfFile: repository + "/static/icons.svg", encoding: .utf8)
    let (site, ana) = try Site.demo()
    let reminders = try site.owner.rows(Query<String>(column: "SELECT '/reminders/' || id FROM reminders"))
    let escalations = try site.owner.rows(Query<String>(column: "SELECT '/escalations/' || id FROM escalations"))
    let lists = ["/", "/reminders?status=all", "/reminders?q=zzz", "/escalations?state=all", "/profiles", "/agents", "/reminders/x"]
    var drawn: Set<String> = []
    for path in lists + reminders + escalations {
      for name in all("icons.svg#", "\"", in: ana.get(path).text) where drawn.insert(name).inserted {
        #expect(sprite.contains("<symbol id=\"\(name)\""), "\(name) on \(path)")
      }
    }
    #expect(drawn.count > 30)
  }

  @Test(arguments: ["en", "pt-BR"]) func `a badge that is rendered once a page is that of its row's own state`(_ language: String) throws {
    let (site, ana) = try Site.demo()
    try site.owner.run("UPDATE users SET language = \(language)")
    let words = site.services.words(try Language(rawValue: language).unwrapped)
    let rows = all("<li class=\"row\"", "</li>", in: ana.get("/reminders?status=all").text)
    let stored = try site.owner.rows(
      Query<String>(column: "SELECT id || ' ' || status FROM reminders WHERE user_id = \(ana.user) ORDER BY id"))
    var labels: Set<String> = []
    for line in stored {
      let parts = line.split(separator: " ").map(String.init)
      let row = try rows.first { $0.contains("href=\"/reminders/\(parts[0])\"") }.unwrapped
      let badge = all("<b>", "</b>", in: row)
      let label = try badge.first?.components(separatedBy: "</svg> ").last.unwrapped ?? ""
      labels.insert(label)
      let tone = all("data-state=\"", "\"", in: row)
      switch label {
      case words("Completed"): #expect(tone == ["done"])
      case words("Due today"): #expect(tone == ["due"])
      case words("Escalating"), words("Overdue"), words("Waiting for you"): #expect(tone == ["urgent"])
      default: #expect(tone.isEmpty)
      }
      switch parts[1] {
      case "completed": #expect(label == words("Completed"))
      case "archived": #expect(label == words("Archived"))
      case "snoozed": #expect(label == words("Snoozed"))
      default:
        #expect(
          [words("Escalating"), words("Acknowledged"), words("Overdue"), words("Due today"), words("Planned"), words("Waiting for you")]
            .contains(label))
      }
    }
    #expect(rows.count == stored.count && labels.count >= 5)
  }
}
