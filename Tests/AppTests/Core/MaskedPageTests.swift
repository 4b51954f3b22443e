import Foundation
import Testing
import Web

@testable import App

/// The secret of the forms on whole pages: never twice the same bytes, and always good.
@Suite struct MaskedPageTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  /// The values of all `csrf` fields of a page.
  private func fields(_ page: Page) -> [String] {
    page.text.components(separatedBy: "name=\"csrf\" value=\"").dropFirst().compactMap { $0.components(separatedBy: "\"").first }
  }

  @Test(arguments: ["/", "/reminders", "/reminders/ID", "/reminders/new", "/escalations", "/settings/profile", "/settings/sessions"])
  func `each rendering has a mask of its own, and the forms of all of them are good`(target: String) throws {
    let target = try target.replacingOccurrences(of: "ID", with: ana.remind())
    ana.setCookie("__Host-heed_flash", nil)
    let pages = (0..<4).map { _ in ana.get(target) }
    let sent = pages.flatMap(fields)
    #expect(Set(sent).count == 4 && sent.allSatisfy { $0.utf8.count == 64 })
    #expect(Set(pages.map { $0.header("ETag") ?? "none" }).count == 1)
    #expect(pages.allSatisfy { $0.header("Vary") == "Accept-Encoding" && $0.text.hasSuffix("-->") })
    for value in Set(sent) + [ana.token()] {
      #expect(ana.post("/reminders", raw: Array("title=A&csrf=\(value)".utf8)).status == 303)
    }
    let bob = try site.person("bob@x.test")
    #expect(try bob.post("/reminders", raw: Array("title=A&csrf=\(sent.first.unwrapped)".utf8)).status == 403)
  }

  @Test(arguments: ["/sign-in", "/sign-up", "/password/forgotten"]) func `those of the door are masked too`(target: String) throws {
    let nobody = site.browser()
    let pages = (0..<4).map { _ in nobody.get(target) }
    let sent = pages.flatMap(fields)
    #expect(sent.count == 4 && Set(sent).count == 4 && pages.allSatisfy { $0.text.hasSuffix("-->") })
    for value in sent {
      #expect(nobody.post("/password/forgotten", raw: Array("email=a%40x.test&csrf=\(value)".utf8)).status == 200)
    }
  }

  @Test func `no page of the site shows a token as it is`() throws {
    let house = try House()
    let owner = house.guests[0]
    for route in App.site
    where route.method == .get && route.access != .hook && !["/healthz", "/readyz"].contains(route.pattern)
      && !House.leading.contains(route.pattern)
    {
      let headers = route.access >= .member ? ["cookie": Array(owner.cookie.utf8)] : [:]
      let page = Page(house.site.respond(Request(method: .get, target: Array(house.path(route.pattern).utf8), headers: headers)))
      #expect(page.status == 200, "\(route.pattern)")
      #expect(fields(page).allSatisfy { $0.utf8.count == 64 && !$0.hasPrefix("0000000000000000") }, "\(route.pattern)")
      #expect(!page.text.contains(owner.csrf), "\(route.pattern)")
    }
  }

  @Test func `refused forms and refusals are masked too, and what is not there is the same to the byte`() throws {
    let refused = (0..<3).map { _ in ana.post("/reminders", ["title": ""]) }
    #expect(refused.allSatisfy { $0.status == 422 } && Set(refused.flatMap(fields)).count == 3)
    let forbidden = (0..<3).map { _ in ana.post("/reminders", ["title": "A"], csrf: false) }
    #expect(forbidden.allSatisfy { $0.status == 403 } && Set(forbidden.flatMap(fields)).count == 3)
    let missing = [ana, site.browser()].flatMap { browser in (0..<3).map { _ in browser.get("/nowhere").response.body } }
    #expect(Set(missing).count == 1)
  }

  @Test func `another session of the same person gets no 304 for a page whose forms are not its own`() throws {
    let other = try site.visit(as: ana)
    let tag = try ana.get("/reminders").header("ETag").unwrapped
    #expect(other.get("/reminders", ["if-none-match": tag]).status == 200)
    #expect(ana.get("/reminders", ["if-none-match": tag]).status == 304)
  }
}
