import Domain
import Postgres
import Testing

@testable import App

@Suite("How drafts fare")
struct LearningPageTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site)
    try desk.owner.source([
      "title": "Delivery", "url": "https://shop.example/delivery", "text": "# Delivery\n\nWe deliver within three days.",
    ])
    try desk.owner.source(["title": "Opening hours", "url": "", "text": "# Opening\n\nMonday to Friday, nine to six."])
  }

  @Test func `Nothing learnt yet says so`() throws {
    let page = desk.owner.get("/learning")
    #expect(page.status == 200)
    #expect(page.fact("samples") == "0")
    #expect(page.text.contains("Nothing learnt yet"))
    #expect(desk.owner.get("/learning?days=7").status == 422)
  }

  @Test func `Rates, reasons, changes, sources that nobody needs and questions without one`() throws {
    for (place, text) in [nil, "Three days, kindly.", "Within a week, kindly."].enumerated() {
      let draft = try desk.draft(try desk.write("How long does delivery take?", in: "c\(place)"))
      #expect(desk.approve(draft, text).status == 303)
      site.pass(seconds: 31)
      try site.work()
    }
    let draft = try desk.draft(try desk.write("Xyzzy plugh?", in: "c9", subject: "Xyzzy"))
    let fields: KeyValuePairs = ["version": desk.fields(draft).version, "nonce": "r", "reason": "incomplete"]
    #expect(desk.owner.post("/drafts/\(draft)/rejection", fields).status == 303)
    let page = try desk.member("v@x.test", .viewer).get("/learning")
    #expect(page.status == 200)
    #expect(page.fact("samples") == "4")
    #expect(page.fact("acceptance-rate") == "0.250000")
    #expect(page.fact("edit-distance") != "0.000000")
    #expect(page.fact("decide-seconds") != nil)
    #expect(page.text.contains("builtin/extractive-1"))
    #expect(page.text.contains("2026-W47"))
    #expect(page.text.contains("kindly"))
    #expect(page.text.contains("Words taken out"))
    for part in ["https", "shop", "example"] { #expect(!page.text.contains("<li>\(part) "), "a part of a link is no word") }
    #expect(page.text.contains("1 source was never quoted") && page.text.contains("Opening hours"))
    #expect(page.text.contains("1 question found no source") && page.text.contains("Xyzzy"))
    #expect(!page.links.contains("/learning/export.jsonl"))
    #expect(desk.owner.get("/learning").links.contains("/learning/export.jsonl"))
    let stranger = try site.person("eve@x.test").get("/learning")
    #expect(stranger.fact("samples") == "0")
    #expect(!stranger.text.contains("kindly") && !stranger.text.contains("Opening hours"))
  }

  @Test func `What is added three times is offered as a saved reply and as a source, each filled in`() throws {
    for place in 0..<3 {
      #expect(!desk.owner.get("/learning").text.contains("Make a source of it"))
      let draft = try desk.draft(try desk.write("How long does delivery take?", in: "c\(place)"))
      #expect(desk.approve(draft, desk.fields(draft).text + "\n\nOur shop in Lisbon is closed until Monday.").status == 303)
      site.pass(seconds: 31)
      try site.work()
    }
    func offers(_ browser: Browser) -> [String] {
      browser.get("/learning").links.filter { $0.hasPrefix("/sources/new?text=") || $0.hasPrefix("/saved-replies?text=") }
    }
    let links = offers(desk.owner)
    #expect(links.count == 2)
    for link in links { #expect(desk.owner.get(link).area("text") == "Our shop in Lisbon is closed until Monday", "\(link)") }
    #expect(try offers(desk.member("bia@x.test")).map { $0.hasPrefix("/saved-replies") } == [true])
    #expect(try offers(desk.member("v@x.test", .viewer)).isEmpty)
  }
}
