import Foundation
import Testing
import Web

@testable import App
@testable import Domain

/// What is over the limit is refused in the same words by the program and by nginx in front of it.
@Suite struct TooLargeTests {
  @Test(arguments: [("en", Language.english), ("pt-BR", .portuguese)])
  func `a body over the limit says what fits`(folder: String, language: Language) throws {
    let ana = try Site().person("ana@x.test", language: language)
    let headers = ["accept-language": folder, "content-type": "application/x-www-form-urlencoded"]
    let page = ana.post("/reminders", raw: Array("csrf=\(ana.token())&title=\(String(repeating: "x", count: 1_100_000))".utf8), headers)
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    let nginx = try String(contentsOf: root.appending(path: "nginx/errors/\(folder)/413.html"), encoding: .utf8)
    let words = try #require(nginx.split(separator: "\n").first { $0.hasPrefix("<p class=\"muted\">") })
    let sentence = words.dropFirst("<p class=\"muted\">".count).dropLast("</p>".count)
    #expect(sentence.contains("25 MB") && page.status == 413 && page.text.contains(sentence))
  }

  /// Below `/api/` and `/hooks/`: what nginx says by itself, in the words that the program would take.
  @Test func `programs are refused in the same words by both`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../nginx/errors")
    let pages = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "en").path)
    let request = Request(method: .post, target: Array("/api/v1/inbox".utf8))
    for page in pages {
      let number = try #require(Int(page.prefix(3)))
      let told = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: folder.appending(path: "json/\(number).json")))
      let said = try JSONDecoder().decode([String: String].self, from: Data(APIAnswer.error(number, request).body))
      #expect(told["error"] == said["error"] && told["error"] != "it is not understood", "\(number)")
    }
    #expect(pages.count >= 9)
  }

  @Test func `what is wrong at a hook is said in JSON`() throws {
    let somebody = try Site().browser()
    for (path, status) in [("/hooks/nothing", 404), ("/hooks/agents/nothing/more", 404), ("/api/v1/nothing", 404)] {
      let page = somebody.get(path)
      #expect(page.status == status && page.header("Content-Type") == "application/json" && page.text.contains("\"error\""), "\(path)")
    }
    let page = somebody.get("/hooks/sms/inbound")
    #expect(page.status == 405 && page.header("Allow") == "POST" && page.header("Content-Type") == "application/json")
  }

  @Test(arguments: [(Language.english, "at most 3000 fields"), (.portuguese, "no máximo 3000 campos")])
  func `more fields than are read are refused by their number`(language: Language, words: String) throws {
    let ana = try Site().person("ana@x.test", language: language)
    let ids = (0..<3_000).map { _ in "id=0192f000-0000-7000-8000-000000000000" }
    let body = Array((["csrf=\(ana.token())"] + ids).joined(separator: "&").utf8)
    let page = ana.post("/habits/bulk", raw: body)
    #expect(page.status == 413 && page.text.contains(words) && !page.text.contains("1 MB"))
  }
}
