import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// The letter that asks a contact, and what they can say to it: nothing else goes to an address before, and who said no is asked no more.
@Suite struct ContactLetterTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func standing() -> [String] { ana.get("/contacts").facts("contact") }

  private func stop(_ address: String) -> String {
    "/u/" + UnsubscribeLink(contactOf: ana.user, address).token(site.services.keys)
  }

  @Test func `the letter names who asks and how to stop it, in the contact's language, and its link agrees by a press alone`() throws {
    let rui = try ana.contact("Ruibarbo", "rui@x.test", [("language", "pt-BR")])
    try site.work()
    let mail = try site.mails().first.unwrapped.replacing("=\r\n", with: "").replacing("=\n", with: "")
    #expect(try site.mails().count == 1)
    for piece in ["ana@x.test", "contato de confian", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"] {
      #expect(mail.contains(piece), "\(piece)")
    }
    // Names are chosen by whoever asks, and the address may be anybody's.
    #expect(!mail.contains("Ruibarbo"))
    let token = try String(mail.firstMatch(of: /\/c\/([A-Za-z0-9_-]{30,})/).unwrapped.output.1)
    #expect(mail.contains(/\/u\/[A-Za-z0-9_-]{30,}/))
    let before = try site.fingerprint()
    let page = site.browser().get("/c/\(token)")
    #expect(page.status == 200 && page.text.contains("lang=\"pt-BR\"") && page.text.contains("ana@x.test"))
    #expect(try site.fingerprint() == before && standing() == ["waiting"])
    for _ in 0..<2 {
      let press = site.browser().post("/c/\(token)", csrf: false)
      #expect(press.status == 303 && press.location == "/c/\(token)" && press.cookies.isEmpty)
    }
    #expect(standing() == ["agreed"])
    #expect(try site.count("SELECT count(*) FROM contacts WHERE id = \(rui) AND verified_at = \(site.now)") == 1)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'contact.agreed' AND actor = 'link'") == 1)
    #expect(site.browser().get("/c/\(token)").text.contains("Você é um contato de confiança"))
  }

  @Test func `a link that is too old, of an address of before, or of a deleted contact agrees to nothing`() throws {
    let rui = try ana.contact("Rui", "rui@x.test")
    let first = try ana.letter(to: rui)
    site.pass(seconds: 1)
    #expect(ana.post("/contacts/\(rui.text)", ["name": "Rui", "email": "rui2@x.test", "notify_email": "on", "version": "1"]).status == 303)
    #expect(site.browser().post(first, csrf: false).status == 422)
    let second = try ana.letter(to: rui)
    #expect(second != first)
    site.pass(hours: 7 * 24)
    #expect(site.browser().get(second).status == 200 && site.browser().post(second, csrf: false).status == 422)
    #expect(ana.post("/contacts/\(rui.text)/verification").status == 303)
    let third = try ana.letter(to: rui)
    #expect(ana.post("/contacts/\(rui.text)/deletion").status == 303)
    #expect(site.browser().get(third).status == 404 && site.browser().post(third, csrf: false).status == 404)
    #expect(try site.count("SELECT count(*) FROM contacts WHERE verified_at IS NOT NULL") == 0)
    // Letters that nobody can use any more do not leave.
    try site.work()
    #expect(try site.mails().isEmpty)
    for forged in ["/c/x", "/c/" + String(third.dropFirst(3).reversed()), stop("rui@x.test").replacing("/u/", with: "/c/")] {
      #expect(site.browser().post(forged, csrf: false).status == 404, "\(forged)")
    }
  }

  @Test func `who said no is asked no more, however often the contact is made anew, and only they take it back`() throws {
    let rui = try ana.contact("Rui", "rui@x.test")
    try site.work()
    let path = stop("rui@x.test")
    #expect(site.browser().get(path).text.contains("No more mails to this address?"))
    let pages = (0..<2).map { _ in site.browser().post(path, raw: Array("List-Unsubscribe=One-Click".utf8)) }
    #expect(pages.map(\.status) == [200, 200] && pages[0].text == pages[1].text)
    #expect(standing() == ["stopped"])
    #expect(ana.post("/contacts/\(rui.text)/verification").status == 409)
    #expect(ana.post("/contacts/\(rui.text)/deletion").status == 303)
    let again = try ana.contact("R.", "RUI@x.test")
    #expect(try site.count("SELECT count(*) FROM contact_mails WHERE contact_id = \(again)") == 0)
    #expect(standing() == ["stopped"])
    // The switch of one's own mails takes nothing off that list.
    #expect(ana.post("/agents/email", ["enabled": "on"]).status == 303)
    try site.work()
    #expect(try site.mails().count == 1)
    #expect(site.browser().post(path, ["action": "resumption"], csrf: false).text.contains("Mails come again"))
    #expect(standing() == ["waiting"])
    #expect(ana.post("/contacts/\(again.text)/verification").status == 303)
    try site.work()
    #expect(try site.mails().count == 2)
    let said = try site.text("SELECT string_agg(action, ' ' ORDER BY number) FROM audit_log WHERE actor = 'link'")
    #expect(said == "contact.stopped contact.resumed")
  }

  @Test func `a letter that waits when its address says no does not leave`() throws {
    try ana.contact("Rui", "rui@x.test")
    #expect(site.browser().post(stop("rui@x.test"), csrf: false).status == 200)
    try site.work()
    #expect(try site.mails().isEmpty)
    #expect(try site.text("SELECT state || ' ' || reason FROM outbox WHERE subject = 'contact'") == "cancelled unsubscribed")
  }

  @Test func `strangers are asked three times a day at most`() throws {
    let rui = try ana.contact("Rui", "rui@x.test")
    for status in [303, 303, 429] { #expect(ana.post("/contacts/\(rui.text)/verification").status == status) }
    site.pass(hours: 25)
    #expect(ana.post("/contacts/\(rui.text)/verification").status == 303)
  }
}
