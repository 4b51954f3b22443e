import Foundation
import Testing
import Web

@testable import App
@testable import Domain

/// Links of today name whom they were sent to; those in mails of before do not, and work as long.
@Suite struct ActionLinkTests {
  private let site: Site
  private let ana: Browser
  private let escalation: ID<Escalation>

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    let id = try ana.remind()
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    escalation = try site.owner.value("SELECT id FROM escalations").unwrapped
  }

  private func read(_ token: String) -> ActionLink? { ActionLink(token: token, site.services.keys) }

  @Test func `a mail's link holds its recipient`() throws {
    try site.work()
    let mail = try site.mails().first.unwrapped.replacing("=\r\n", with: "").replacing("=\n", with: "")
    let token = try mail.firstMatch(of: /\/a\/([A-Za-z0-9_-]{40,})/).unwrapped.output.1
    let link = try read(String(token)).unwrapped
    #expect(link == ActionLink(escalation, to: .user(ana.user), sentAt: site.now))
    #expect(site.browser().get("/a/\(token)").status == 200)
    #expect(site.browser().post("/a/\(token)", ["action": "acknowledgement"], csrf: false).status == 303)
  }

  @Test func `a contact's link holds the contact`() throws {
    let link = ActionLink(escalation, to: .contact(ID(high: 3, low: 4)), sentAt: site.now)
    #expect(read(link.token(site.services.keys)) == link)
    #expect(link != ActionLink(escalation, to: .user(ID(high: 3, low: 4)), sentAt: site.now))
  }

  @Test func `a link of before is read, written and answered as it was`() throws {
    let expiry = site.now.advanced(days: 7).seconds
    let bytes = [1, 0] + escalation.bytes + (0..<8).map { UInt8(truncatingIfNeeded: expiry >> Int64(56 - $0 * 8)) }
    let token = Token.make(bytes, .link, site.services.keys)
    let link = try read(token).unwrapped
    #expect(link == ActionLink(escalation, to: nil, sentAt: site.now) && link.token(site.services.keys) == token)
    #expect(site.browser().post("/a/\(token)", ["action": "completion"], csrf: false).status == 303)
  }

  @Test func `a link for somebody else answers nothing`() throws {
    let eve = try site.person("eve@x.test")
    let token = ActionLink(escalation, to: .user(eve.user), sentAt: site.now).token(site.services.keys)
    #expect(site.browser().get("/a/\(token)").status == 404)
    #expect(site.browser().post("/a/\(token)", ["action": "completion"], csrf: false).status == 404)
  }

  @Test(arguments: [[1, 1], [0, 0], [2, 0], [2], [3, 0], [2, 1], [2, 2] + [UInt8](repeating: 7, count: 16)] as [[UInt8]])
  func `other forms are none of ours`(head: [UInt8]) {
    let token = Token.make(head + escalation.bytes + [UInt8](repeating: 0, count: 8), .link, site.services.keys)
    #expect(read(token) == nil)
  }
}
