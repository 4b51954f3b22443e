import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// The trial page and the golden questions.
@Suite struct SourceTrialTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func passages(_ page: Page) -> [String] {
    page.text.components(separatedBy: "data-passage=\"").dropFirst().compactMap { $0.components(separatedBy: "\"").first }
  }

  @Test func `a question leads to passages with scores, and to the draft`() throws {
    let id = try ana.source(["title": "Returns", "url": "https://x.test/r", "text": "# Returns\n\nSend it back within 30 days."])
    let page = ana.get("/sources/trial?q=How+do+returns+work&language=")
    #expect(passages(page) == ["\(id)#1"])
    #expect(page.fact("rank") == "1")
    let confidence = try #require(page.fact("confidence").flatMap { Double($0) })
    #expect(confidence > 0.6 && confidence <= 1)
    #expect(
      page.text.contains("data-part=\"draft\"") && page.text.contains("Kind regards") && page.text.contains("href=\"https://x.test/r\""))
  }

  @Test func `Hard case 30: nothing found is said, and why`() throws {
    try ana.source(["title": "Returns", "text": "Send it back within 30 days."])
    let unknown = ana.get("/sources/trial?q=xylophone")
    #expect(passages(unknown).isEmpty && unknown.fact("confidence") == "0.00" && unknown.text.contains("No source holds any of its words."))
    #expect(unknown.text.contains("We found nothing in our pages"))
    #expect(ana.get("/sources/trial?q=the+of").text.contains("no word that could be looked for"))
    #expect(!ana.get("/sources/trial").text.contains("data-part=\"draft\""))
  }

  @Test func `the draft is in the language of the question, or in the one that is chosen`() throws {
    try ana.demoSources()
    #expect(ana.get("/sources/trial?q=" + Browser.encoded("Qual o prazo de entrega para o interior?")).text.contains("Atenciosamente"))
    #expect(ana.get("/sources/trial?q=refund").text.contains("Kind regards"))
    #expect(ana.get("/sources/trial?q=refund&language=pt-BR").text.contains("Atenciosamente"))
  }

  @Test func `golden questions say how many find their source, now and before`() throws {
    try ana.demoSources()
    let csv = "question,source_url\nHow long does delivery take?,https://shop.example/delivery\nQuokkas?,https://shop.example/quokkas\n"
    #expect(ana.post("/sources/golden", ["file": csv]).status == 303)
    var page = ana.get("/sources/golden")
    #expect(page.fact("golden-now") == "1/2" && page.fact("golden-before") == nil)
    // What is not found comes first.
    #expect(page.fact("place") == "0" && page.text.contains("Quokkas?"))
    try ana.source(["title": "Quokkas", "url": "https://shop.example/quokkas", "text": "Quokkas are friendly."])
    site.pass(minutes: 1)
    #expect(ana.post("/sources/golden").status == 303)
    page = ana.get("/sources/golden")
    #expect(page.fact("golden-now") == "2/2" && page.fact("golden-before") == "1/2")
    // A new file takes their place.
    site.pass(minutes: 1)
    #expect(ana.post("/sources/golden", ["file": "Nothing?,https://shop.example/none"]).status == 303)
    page = ana.get("/sources/golden")
    #expect(page.fact("golden-now") == "0/1" && page.fact("golden-before") == "2/2" && !page.text.contains("Quokkas?"))
  }

  @Test(arguments: [("", "file"), ("one column", "file"), ("question,source_url", "file")])
  func `a file that holds none is refused`(file: String, field: String) throws {
    let page = ana.post("/sources/golden", ["file": file])
    #expect(page.status == 422 && page.complaints == [field])
  }

  @Test func `sixty golden questions of the demo are asked in one post`() throws {
    try ana.demoSources()
    let lines = (SourceQuestions.english + SourceQuestions.portuguese).map { "\"\($0.question)\",https://shop.example/\($0.page)" }
    #expect(ana.post("/sources/golden", ["file": lines.joined(separator: "\n")]).status == 303)
    let found = try #require(ana.get("/sources/golden").fact("golden-now")?.split(separator: "/").first.flatMap { Int($0) })
    #expect(found >= 56)
  }
}
