import Postgres
import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let contacts = Footprint(
    parameters: [":contact": { browser in try ContactsFootprint.contact(browser).text }],
    tokens: [
      "/c/:token": { browser in
        let contact = try ContactsFootprint.contact(browser)
        let letter: ID<ContactMail> = try browser.site.owner.value(
          "SELECT id FROM contact_mails WHERE contact_id = \(contact) ORDER BY id DESC LIMIT 1"
        ).unwrapped
        return ContactMail.token(letter, browser.site.services.keys)
      }
    ],
    owned: [":contact"], posts: posts,
    queries: ["/contacts/new": [House.Field(name: "person", right: "", rule: .rowAfter)]],
    rows: { browser in
      let contact = try ContactsFootprint.contact(browser)
      try browser.site.owner.run(
        """
        INSERT INTO contact_stops (user_id, address_key, at)
        SELECT user_id, 'other@x.test', \(browser.site.now) FROM contacts WHERE id = \(contact) ON CONFLICT DO NOTHING
        """)
    },
    roots: ["contacts"],
    changed: [
      "contacts": "address address_key deleted_at language name notify_email notify_sms phone quiet_critical quiet_days quiet_days_from "
        + "quiet_days_until quiet_from quiet_until relationship shows_notes timezone updated_at verified_at version",
      "contact_mails": "used_at",
    ],
    worked: ["contacts": "DS", "contact_mails": "DS", "contact_stops": "S"], doors: ["contact_mail web", "resume_contact web"])

  private static let posts = [
    "/contacts": Post(
      entry: "contact.made",
      fields: fields + [email("rui%40x.test"), House.Field(name: "nonce", right: "n", rule: .ignored)]),
    "/contacts/:contact": Post(
      entry: "contact.changed",
      fields: fields + [email("tia%40x.test"), House.Field(name: "version", right: "1", rule: .exactly)]),
    "/contacts/:contact/verification": Post(entry: "contact.asked"),
    // Of a site without a gateway; of one with it, ContactPhoneTests say.
    "/contacts/:contact/phone/codes": Post(
      entry: nil, fields: [House.Field(name: "nonce", right: "c", rule: .ignored)], status: 409),
    "/contacts/:contact/phone/verification": Post(
      entry: nil, fields: [House.Field(name: "code", right: "123456", rule: .ignored)], status: 409),
    "/contacts/:contact/deletion": Post(entry: "contact.deleted"),
    "/contacts/:contact/restoration": Post(entry: "contact.restored", after: "/contacts/:contact/deletion"),
    "/c/:token": Post(entry: "contact.agreed"),
  ]

  private static func email(_ right: String) -> House.Field { House.Field(name: "email", right: right, rule: .exactly) }

  private static var fields: [House.Field] {
    return quietFields + [
      House.Field(name: "name", right: "B", rule: .line), House.Field(name: "phone", right: "", rule: .optionalNumber),
      House.Field(name: "relationship", right: "Sister", rule: .optionalLine),
      House.Field(name: "timezone", right: "UTC", rule: .optionalNumber), House.Field(name: "language", right: "en", rule: .choice),
      House.Field(name: "shows_notes", right: "on", rule: .flag), House.Field(name: "notify_email", right: "on", rule: .flag),
      House.Field(name: "notify_sms", right: "on", rule: .flag),
    ]
  }
}

enum ContactsFootprint {
  /// The first of somebody's contacts, made where there is none.
  static func contact(_ browser: Browser) throws -> ID<Contact> {
    let known: ID<Contact>? = try browser.site.owner.value("SELECT id FROM contacts WHERE user_id = \(browser.user) ORDER BY id LIMIT 1")
    if let known { return known }
    // Whoever has not verified their own address asks nobody by mail.
    let isVerified: Bool? = try browser.site.owner.value("SELECT verified_at IS NOT NULL FROM users WHERE id = \(browser.user)")
    if isVerified == true { return try browser.contact("Tia", "tia-\(browser.user.text.suffix(6))@x.test") }
    return try browser.contact("Tia", "", [("phone", "+351912345678")])
  }
}

extension Browser {
  /// Makes a contact through the form, who has not agreed.
  @discardableResult
  func contact(_ name: String, _ email: String, _ more: [(String, String)] = []) throws -> ID<Contact> {
    let mail = email.utf8.isEmpty ? [] : [("email", email), ("notify_email", "on")]
    let fields = [("csrf", token()), ("name", name)] + mail + more
    let body = fields.map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&")
    let page = post("/contacts", raw: Array(body.utf8))
    #expect(page.status == 303, "\(page.complaints)")
    // Ids of one instant have no order.
    return try site.owner.value(
      "SELECT id FROM contacts WHERE user_id = \(user) AND name = \(name) AND deleted_at IS NULL ORDER BY created_at DESC LIMIT 1"
    ).unwrapped
  }

  /// The path of the link in the newest letter to a contact.
  func letter(to contact: ID<Contact>) throws -> String {
    let id: ID<ContactMail> = try site.owner.value(
      "SELECT id FROM contact_mails WHERE contact_id = \(contact) ORDER BY created_at DESC, id DESC LIMIT 1"
    ).unwrapped
    return "/c/" + ContactMail.token(id, site.services.keys)
  }

  /// A contact who got the letter and has pressed its button.
  @discardableResult
  func agreed(_ name: String, _ email: String, _ more: [(String, String)] = []) throws -> ID<Contact> {
    let contact = try contact(name, email, more)
    try site.work()
    #expect(site.browser().post(try letter(to: contact), csrf: false).status == 303)
    return contact
  }
}
