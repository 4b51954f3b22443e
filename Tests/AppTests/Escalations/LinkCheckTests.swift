import Testing
import Web

@testable import App
@testable import Domain

/// Posts by links from mails: the token is the right, and where they come from is checked for one kind and not for the other.
@Suite struct LinkCheckTests {
  private let site: Site
  private let action: String
  private let unsubscribe: String

  init() throws {
    site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind()
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    let escalation: ID<Escalation> = try site.owner.value("SELECT id FROM escalations").unwrapped
    action = "/a/" + ActionLink(escalation, to: nil, sentAt: site.now).token(site.services.keys)
    unsubscribe = "/u/" + UnsubscribeLink(ana.user, "ana@x.test").token(site.services.keys)
  }

  @Test(
    arguments: [
      ([:], 303), (["sec-fetch-site": "same-origin"], 303), (["sec-fetch-site": "none"], 303), (["sec-fetch-site": "cross-site"], 403),
      (["sec-fetch-site": "same-site"], 403), (["origin": "https://heed.test"], 303), (["origin": "null"], 403),
      (["origin": "https://evil.example"], 403), (["sec-fetch-site": "same-origin", "origin": "https://evil.example"], 403),
    ] as [([String: String], Int)])
  func `an answer by link needs no cookie and no csrf, but must not come from another site`(headers: [String: String], status: Int) throws {
    let before = try site.fingerprint()
    let page = site.browser().post(action, ["action": "acknowledgement"], headers, csrf: false)
    #expect(page.status == status)
    let isUnchanged = try site.fingerprint() == before
    #expect(isUnchanged == (status == 403))
  }

  @Test(
    arguments: [
      ([:], 200), (["sec-fetch-site": "cross-site"], 200), (["origin": "https://mail.example"], 200), (["origin": "null"], 200),
      (["content-type": "multipart/form-data; boundary=x"], 200), (["content-type": "application/json"], 415),
      (["content-type": "text/plain"], 415),
    ] as [([String: String], Int)])
  func `a mail program ends mails with one click from wherever it is`(headers: [String: String], status: Int) throws {
    let body = Array("List-Unsubscribe=One-Click".utf8)
    let pages = (0..<2).map { _ in site.browser().post(unsubscribe, raw: body, headers) }
    #expect(pages.map(\.status) == [status, status])
    // Every time the same, and never a cookie.
    #expect(pages[0].text == pages[1].text)
    #expect(pages.flatMap { $0.cookies } == [])
    #expect(try site.count("SELECT count(*) FROM muted_addresses") == (status == 200 ? 1 : 0))
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'agent.unsubscribed'") == (status == 200 ? 1 : 0))
  }

  @Test func `opening a link changes nothing, however often scanners do`() throws {
    let before = try site.fingerprint()
    for path in [action, unsubscribe] {
      for method in [Web.Method.get, .head, .get] { #expect(site.browser().get(path, method: method).status == 200) }
    }
    #expect(try site.fingerprint() == before)
  }

  @Test func `a session that holds the link is not asked for more, and is not ended`() throws {
    let eve = try site.person("eve@x.test")
    #expect(eve.post(action, ["action": "completion"], csrf: false).status == 303)
    #expect(eve.isSignedIn)
    #expect(try site.text("SELECT status FROM reminders") == "completed")
    #expect(try site.text("SELECT actor FROM audit_log WHERE action = 'reminder.completed'") == "link")
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE account_id = \(eve.account)") == 0)
  }
}
