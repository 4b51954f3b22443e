import Postgres
import Testing

@testable import App
@testable import Domain

/// The pages of contacts: what they take, what they complain about, and what a contact's row in the list says.
@Suite struct ContactPagesTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func post(_ target: String, _ fields: [(String, String)]) -> Page {
    let body = ([("csrf", ana.token())] + fields).map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&")
    return ana.post(target, raw: Array(body.utf8))
  }

  @Test func `who has no contacts reads what they are for, and a button leads to the form`() {
    let page = ana.get("/contacts")
    #expect(page.status == 200 && page.text.contains("No contacts yet") && page.links.contains("/contacts/new"))
    let form = ana.get("/contacts/new")
    #expect(form.status == 200 && form.form("/contacts") != nil)
    // What does not work is not offered.
    #expect(!form.text.contains("notify_sms"))
  }

  @Test func `a contact is stored as typed, its number as it is called from anywhere, and asked by a letter`() throws {
    let id = try ana.contact(
      "Rui", "Rui@x.test",
      [
        ("phone", "00351 912-345.678"), ("relationship", "Brother"), ("timezone", "asia/tokyo"), ("language", "pt-BR"),
        ("quiet_from", "22:00"), ("quiet_until", "07:00"), ("shows_notes", "on"),
      ])
    let row = try site.text(
      """
      SELECT concat_ws(' ', name, address, address_key, phone, relationship, timezone, language, quiet_from, quiet_until, shows_notes, notify_email,
        notify_sms, verified_at) FROM contacts WHERE id = \(id)
      """)
    #expect(row == "Rui Rui@x.test rui@x.test +351912345678 Brother Asia/Tokyo pt-BR 79200 25200 t t f")
    #expect(ana.get("/contacts").facts("contact") == ["waiting"])
    #expect(try site.count("SELECT count(*) FROM contact_mails WHERE address = 'Rui@x.test' AND asked_by = 'ana@x.test'") == 1)
    // What the form does not offer stays as it is.
    try site.owner.run("UPDATE contacts SET notify_sms = true")
    #expect(post("/contacts/\(id.text)", [("name", "Rui"), ("email", "Rui@x.test"), ("version", "1")]).status == 303)
    #expect(try site.text("SELECT concat_ws(' ', notify_sms, notify_email, phone, version) FROM contacts") == "t f  2")
    // The same address is asked once.
    #expect(try site.count("SELECT count(*) FROM contact_mails") == 1)
  }

  static let wrong: [(fields: [(String, String)], complaints: [String])] = [
    ([("email", "rui@x.test")], ["name"]), ([("name", "Rui")], ["email"]), ([("name", "Rui"), ("email", "rui")], ["email"]),
    ([("name", "Rui"), ("email", "rui@x.test\r\nBcc: eve@x.test")], ["email"]), ([("name", "Rui"), ("phone", "912 345 678")], ["phone"]),
    ([("name", "Rui"), ("email", "rui@x.test"), ("phone", "+351 912 345 678 ext. 9")], ["phone"]),
    ([("name", "Rui"), ("email", "rui@x.test"), ("phone", "+1 2 3")], ["phone"]),
    ([("name", "Rui"), ("email", "rui@x.test"), ("phone", String(repeating: "9", count: 10_000))], ["phone"]),
    ([("name", String(repeating: "R", count: 101)), ("email", "rui@x.test")], ["name"]),
    ([("name", "Rui"), ("email", String(repeating: "r", count: 10_000) + "@x.test")], ["email"]),
    ([("name", "Rui"), ("email", "rui@x.test"), ("relationship", String(repeating: "r", count: 10_000))], ["relationship"]),
    ([("name", "Rui"), ("email", "rui@x.test"), ("quiet_from", "22:00")], ["quiet_until"]),
    ([("name", "Rui"), ("email", "rui@x.test"), ("quiet_from", "22:00"), ("quiet_until", "22:00")], ["quiet_until"]),
    ([("name", "Rui"), ("email", "rui@x.test"), ("timezone", "Atlantis/Poseidonis")], ["timezone"]),
    (
      [("email", "rui"), ("phone", "12"), ("timezone", "x"), ("quiet_from", "25:00")],
      ["name", "email", "phone", "timezone", "quiet_from"]
    ),
  ]

  @Test(arguments: wrong.indices)
  func `all that is wrong is said at once, what was typed is kept, and nothing is stored`(number: Int) throws {
    let (fields, complaints) = ContactPagesTests.wrong[number]
    _ = ana.token()
    let before = try site.fingerprint()
    let page = post("/contacts", fields)
    #expect(page.status == 422 && Set(page.complaints) == Set(complaints), "\(page.complaints)")
    #expect(try site.fingerprint() == before)
    if let name = fields.first(where: { $0.0 == "name" }) { #expect(page.text.contains("value=\"\(name.1)\"")) }
  }

  @Test func `a form that was opened before another was saved is shown beside what is stored`() throws {
    let id = try ana.contact("Rui", "rui@x.test")
    #expect(post("/contacts/\(id.text)", [("name", "Rui Costa"), ("email", "rui@x.test"), ("version", "1")]).status == 303)
    let page = post("/contacts/\(id.text)", [("name", "Ruy"), ("email", "rui@x.test"), ("version", "1")])
    #expect(page.status == 409 && page.text.contains("Rui Costa") && page.text.contains("value=\"Ruy\""))
    #expect(post("/contacts/\(id.text)", [("name", "Ruy"), ("email", "rui@x.test")]).status == 422)
  }

  @Test func `a form that is sent twice makes one contact and one letter`() throws {
    for _ in 0..<2 {
      let page = post("/contacts", [("name", "Rui"), ("email", "rui@x.test"), ("nonce", "n")])
      #expect(page.status == 303 && page.location == "/contacts")
    }
    #expect(try site.count("SELECT count(*) FROM contacts") == 1)
    #expect(try site.count("SELECT count(*) FROM contact_mails") == 1)
  }

  @Test func `a contact of somebody else, a deleted one and none are the same 404`() throws {
    let id = try ana.contact("Rui", "rui@x.test")
    let eve = try site.person("eve@x.test")
    let gone = try ana.contact("Bia", "bia@x.test")
    #expect(ana.post("/contacts/\(gone.text)/deletion").status == 303)
    for (browser, path) in [(eve, "/contacts/\(id.text)/edit"), (ana, "/contacts/\(gone.text)/edit")] {
      let (page, none) = (browser.get(path), browser.get("/contacts/0192f000-0000-7000-8000-000000000000/edit"))
      #expect(page.status == 404 && page.unmasked == none.unmasked)
    }
    #expect(eve.post("/contacts/\(id.text)/deletion").status == 404 && eve.post("/contacts/\(id.text)/verification").status == 404)
    #expect(!eve.get("/contacts").text.contains("Rui"))
  }

  @Test func `a deletion is taken back, and a person has fifty contacts at most`() throws {
    let id = try ana.contact("Rui", "rui@x.test")
    #expect(ana.post("/contacts/\(id.text)/deletion").status == 303)
    #expect(!ana.get("/contacts").text.contains("rui@x.test"))
    #expect(ana.post("/contacts/\(id.text)/restoration").status == 303)
    #expect(ana.get("/contacts").text.contains("rui@x.test"))
    try site.owner.run(
      """
      INSERT INTO contacts (id, user_id, name, address, address_key, phone, relationship, timezone, zone_rule, language, shows_notes, notify_email,
        notify_sms, created_at, updated_at)
      SELECT gen_random_uuid(), user_id, 'C' || n, '', '', '+351912345678', '', timezone, zone_rule, language, false, false, false, created_at,
        updated_at FROM contacts, generate_series(2, 50) n
      """)
    #expect(post("/contacts", [("name", "One more"), ("email", "more@x.test")]).status == 409)
    #expect(try site.count("SELECT count(*) FROM contacts") == 50)
    #expect(ana.post("/contacts/\(id.text)/deletion").status == 303)
    #expect(post("/contacts", [("name", "One more"), ("phone", "+351912345678")]).status == 303)
    #expect(ana.post("/contacts/\(id.text)/restoration").status == 409)
    #expect(ana.get("/contacts").facts("contact") == Array(repeating: "no-address", count: 50))
  }

  @Test func `who has not verified their own address asks nobody, and stores whom nothing is sent to`() throws {
    try site.owner.run("UPDATE users SET verified_at = NULL")
    let page = post("/contacts", [("name", "Rui"), ("email", "rui@x.test")])
    #expect(page.status == 422 && page.text.contains("Verify your own address first"))
    #expect(post("/contacts", [("name", "Rui"), ("phone", "+351912345678")]).status == 303)
    #expect(try site.count("SELECT count(*) FROM contact_mails") == 0)
  }

  @Test func `the page of profiles warns until a contact can be told`() throws {
    let warning = "No trusted contact can be told"
    try ana.contact("Rui", "rui@x.test")
    #expect(ana.get("/profiles").text.contains(warning))
    try ana.agreed("Bia", "bia@x.test")
    #expect(!ana.get("/profiles").text.contains(warning))
  }
}
