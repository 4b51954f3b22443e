import Domain
import HTML
import Postgres
import Web

/// Links that end mail to one address (RFC 8058): for people a page with a button, for mail programs one POST without a cookie.
enum Unsubscription {
  /// GET /u/:token
  static func form(_ web: Context, _ token: String) throws -> Response {
    let link = try web.db.transaction { try open(token, web) }
    return web.page(UnsubscribePage(link, token, done: false, web))
  }

  /// POST /u/:token answers every time the same.
  static func stop(_ web: Context, _ token: String) throws -> Change {
    let link = try open(token, web)
    let page = web.page(UnsubscribePage(link, token, done: true, web))
    if link.isWeekly {
      let fresh = try web.db.run(
        "UPDATE users SET weekly_mail = false, coach_version = coach_version + 1 WHERE id = \(link.user) AND weekly_mail")
      return .page(page, did: fresh == 1 ? [AuditEntry("review.mail_off", "user", link.user.text)] : [], as: .link)
    }
    let fresh = try web.db.run(
      """
      INSERT INTO muted_addresses (user_id, agent, address, reason, at)
      VALUES (\(link.user), 'email', \(link.address), 'unsubscribed', \(web.now)) ON CONFLICT DO NOTHING
      """)
    let entry = AuditEntry("agent.unsubscribed", "agent", nil, ["type": "email", "address": link.address])
    return .page(page, did: fresh == 1 ? [entry] : [], as: .link)
  }

  /// Makes the link's owner the one for whom the rest of the transaction acts: the answer is in their language, whatever the browser's.
  private static func open(_ token: String, _ web: Context) throws -> UnsubscribeLink {
    guard let link = UnsubscribeLink(token: token, web.services.keys) else { throw Failure.notFound }
    let account: ID<Account>? = try web.db.value("SELECT account_id FROM door.account(\(link.user))")
    guard let account else { throw Failure.notFound }
    try web.act(for: link.user, of: account)
    guard let person = try web.db.row(Person.mine(web.services.zones)) else { throw Failure.notFound }
    web.adopt(person, nil)
    return link
  }
}

/// The page of an unsubscribe link.
struct UnsubscribePage {
  let layout: PublicLayout
  let address: String
  let isDone: Bool
  let isWeekly: Bool
  let action: Path

  init(_ link: UnsubscribeLink, _ token: String, done: Bool, _ web: Context) {
    isWeekly = link.isWeekly
    let words = web.words
    let title =
      isWeekly
      ? done ? words("No more weekly mails") : words("No more weekly mails?")
      : done ? words("No more mails") : words("No more mails to this address?")
    layout = PublicLayout(title: title, web)
    address = link.address
    isDone = done
    action = Paths.unsubscribe(token)
  }
}
