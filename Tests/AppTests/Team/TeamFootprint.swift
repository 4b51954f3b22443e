import Postgres
import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let team = Footprint(
    parameters: [
      ":member": { browser in try colleague(browser).text },
      ":invitation": { browser in try browser.invite("guest@x.test").text },
    ],
    tokens: [
      "/invitations/:token": { browser in Invitation.token(try browser.invite("new@x.test"), browser.site.services.keys) }
    ],
    shared: [":member", ":invitation"],
    posts: [
      "/settings/members": Post(
        entry: "member.invited",
        fields: [
          House.Field(name: "email", right: "guest2@x.test", rule: .exactly), House.Field(name: "role", right: "agent", rule: .choice),
        ]),
      "/settings/members/:member/role": Post(
        entry: "member.role_changed", fields: [House.Field(name: "role", right: "agent", rule: .choice)]),
      "/settings/members/:member/absence": Post(
        entry: "member.absence",
        fields: [House.Field(name: "until", right: "2+hours", rule: .exactly), House.Field(name: "back", right: "", rule: .flag)]),
      // Its own end, and the beginning of another account's log.
      "/settings/members/:member/removal": Post(entry: "member.removed", entries: 2),
      "/settings/invitations/:invitation/revocation": Post(entry: "member.invitation_revoked"),
      "/invitations/:token": Post(
        entry: "member.joined",
        fields: [
          House.Field(name: "password", right: "a+good+new+walrus", rule: .newPassword),
          House.Field(name: "display_name", right: "N", rule: .optionalLine),
          House.Field(name: "timezone", right: "UTC", rule: .optionalNumber), House.Field(name: "language", right: "en", rule: .choice),
        ]),
    ],
    rows: { browser in _ = try browser.invite("guest-of-\(browser.user.text.suffix(6))@x.test") },
    changed: ["invitations": "revoked_at"], worked: ["invitations": "DS"],
    doors: [
      "has_left web", "invitation web", "invitation_mails web", "join_team web", "members web", "remove_member web", "set_absence web",
      "set_role web",
    ])

  /// A viewer who shares the account.
  private static func colleague(_ browser: Browser) throws -> ID<User> {
    let known: ID<User>? = try browser.site.owner.value("SELECT id FROM users WHERE email_key = 'colleague@x.test'")
    return try known ?? browser.site.person("colleague@x.test", sharing: browser, role: .viewer).user
  }
}

extension Browser {
  /// An invitation to the account of this person.
  func invite(_ email: String, as role: Role = .agent) throws -> ID<Invitation> {
    try site.owner.transaction {
      let person = try site.acting(user)
      return try Invitation.send(to: email, as: role, by: person, at: site.now, site.owner)
    }
  }
}

extension Site {
  /// A person for whom the transaction of the owner's connection acts.
  fileprivate func acting(_ user: ID<User>) throws -> Person {
    let bench = try WorkBench(services, owner, Mailer(.maildir(.init(path: "/nonexistent")), from: try Mailer.sender("heed@heed.test"))) {
      _, _ in
    }
    return try Person.acting(user, bench).unwrapped
  }
}
