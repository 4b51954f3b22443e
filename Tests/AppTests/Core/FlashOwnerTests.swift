import Foundation
import Testing
import Web

@testable import App

/// The line about the last change, and its Undo, are for whoever made the change.
@Suite struct FlashOwnerTests {
  private static let line = "role=\"status\""

  /// Ana has changed something and not yet looked at the answer.
  private func changed(origin: String = "https://heed.test") throws -> (Site, Browser, String) {
    let site = try Site(origin: origin)
    _ = try site.person("eve@x.test")
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(["title": "The secret of Ana", "at": "2026-12-01T09:00"])
    ana.get("/reminders/\(id)")
    #expect(ana.post("/reminders/\(id)/archival").status == 303)
    return (site, ana, id)
  }

  @Test func `the one who made it reads it, once`() throws {
    let (_, ana, id) = try changed()
    let page = ana.get("/")
    #expect(page.text.contains(FlashOwnerTests.line))
    #expect(page.form("/reminders/\(id)/reopening") != nil)
    #expect(!ana.get("/").text.contains(FlashOwnerTests.line))
  }

  @Test func `whoever signs in next on the same browser does not`() throws {
    let (_, browser, id) = try changed()
    #expect(browser.post("/sign-out").status == 303)
    #expect(browser.signIn("eve@x.test").status == 303)
    for page in [browser.get("/"), browser.get("/reminders?status=all")] {
      #expect(page.status == 200)
      #expect(!page.text.contains(FlashOwnerTests.line))
      #expect(!page.text.contains("The secret of Ana"))
      #expect(page.form("/reminders/\(id)/reopening") == nil)
    }
    #expect(!browser.cookies.keys.contains { $0.hasSuffix("heed_flash") })
  }

  @Test func `nor the page to sign in, nor the same person later`() throws {
    let (_, browser, _) = try changed()
    #expect(browser.post("/sign-out").status == 303)
    let kept = browser.cookies.first { $0.key.hasSuffix("heed_flash") }
    #expect(!browser.get("/sign-in").text.contains(FlashOwnerTests.line))
    #expect(browser.signIn("ana@x.test").status == 303)
    if let kept { browser.setCookie(kept.key, kept.value) }
    #expect(!browser.get("/").text.contains(FlashOwnerTests.line))
  }

  @Test func `a line for nobody is not shown to somebody`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let (id, other) = (try site.text("SELECT id::text FROM web_sessions").unwrapped, site.browser())
    #expect(ana.post("/settings/sessions/\(id)/revocation").status == 303)
    let line = ana.cookies.first { $0.key.hasSuffix("heed_flash") }
    // The page that comes next shows it.
    #expect(ana.get("/sign-in").text.contains(FlashOwnerTests.line))
    #expect(other.signIn("ana@x.test").status == 303)
    if let line { other.setCookie(line.key, line.value) }
    #expect(!other.get("/").text.contains(FlashOwnerTests.line))
  }

  @Test(arguments: ["https://heed.test", "http://127.0.0.1:8080"])
  func `cookies are for this host over https where the site is`(origin: String) throws {
    let (site, ana, _) = try changed(origin: origin)
    let stranger = site.browser()
    let all =
      ana.post("/settings/profile").cookies + ana.get("/").cookies + stranger.get("/sign-in").cookies
      + stranger.signIn("eve@x.test").cookies
    let isSecure = origin.hasPrefix("https")
    #expect(Set(all.map { String($0.prefix { $0 != "=" }) }).count == 3)
    for cookie in all {
      let parts = cookie.components(separatedBy: "; ")
      #expect(parts.contains("Secure") == isSecure && parts.contains("Path=/") && parts.contains("HttpOnly"), "\(cookie)")
      // The door's cookie keeps its name: who may set cookies for this host gains nothing by it.
      #expect(cookie.hasPrefix("__Host-") == (isSecure && !cookie.hasPrefix("heed_door=")), "\(cookie)")
    }
  }

  @Test func `a page behind a link tells no other address where it is`() throws {
    let browser = try Site().browser()
    let behindLinks = site.filter { $0.method == .get && $0.pattern.contains(":token") }
    #expect(behindLinks.count >= 4)
    for path in behindLinks.map({ $0.pattern.replacingOccurrences(of: ":token", with: "x") }) + ["/sign-in"] {
      #expect(browser.get(path).text.contains("<meta name=\"referrer\" content=\"strict-origin\">"), "\(path)")
    }
  }
}
