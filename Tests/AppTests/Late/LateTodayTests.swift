import Postgres
import Testing

@testable import App

/// What Today says of the desk, and for how long a browser may keep it.
@Suite("The desk on Today")
struct LateTodayTests {
  private let site: Site
  private let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site, target: 90)
  }

  private func today() -> Page {
    desk.owner.setCookie("__Host-heed_flash", nil)
    return desk.owner.get("/")
  }

  private func isKept(_ tag: String?) -> Bool { desk.owner.get("/", ["if-none-match": tag ?? ""]).status == 304 }

  @Test func `it says who will wait too long within the hour, and who does, whatever the browser kept`() throws {
    #expect(!today().text.contains("id=\"soon\""))
    let conversation = try desk.write("How long?")
    let early = today()
    #expect(!early.text.contains("id=\"soon\"") && !early.text.contains("id=\"late\""))
    let tag = early.header("ETag")
    site.pass(minutes: 29)
    #expect(isKept(tag))
    site.pass(minutes: 1)
    #expect(!isKept(tag))
    let soon = today()
    #expect(soon.text.contains("1 customer is to have an answer within the hour.") && soon.links.contains("/conversations?state=soon"))
    site.pass(minutes: 60)
    let late = today()
    #expect(late.text.contains("1 customer should have had an answer by now.") && !late.text.contains("id=\"soon\""))
    #expect(late.links.contains("/conversations?state=late"))
    let last = late.header("ETag")
    #expect(desk.owner.post("/conversations/\(conversation)/closure").status == 303)
    desk.owner.setCookie("__Host-heed_flash", nil)
    #expect(!isKept(last) && !today().text.contains("id=\"late\""))
  }

  @Test func `it counts what the attention list holds`() throws {
    try desk.write("How long?")
    let draft = try desk.draft()
    #expect(desk.approve(draft).status == 303)
    #expect(!today().text.contains("id=\"attention\""))
    try site.owner.run("UPDATE messages SET sending = 'failed' WHERE direction = 'outbound'")
    let page = today()
    #expect(page.text.contains("1 did not go as it should.") && page.links.contains("/drafts?state=attention"))
  }
}
