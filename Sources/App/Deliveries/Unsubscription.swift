import Domain
import HTML
import Postgres
import Web

/// Links that end mail to one address (RFC 8058): for people a page with a button, for mail programs one POST without a cookie.
enum Unsubscription {
  /// GET /u/:token
  static func form(_ web: Context, _ token: String) throws -> Response {
    try web.db.transaction {
      let link = try open(token, web)
      let isStopped = try link.isOfContact && ContactStop.isThere(link.address, web.db)
      return web.page(UnsubscribePage(link, token, isStopped ? .known : .asked, web))
    }
  }

  /// POST /u/:token answers every time the same. A contact who stopped begins again with the same link: nobody else can.
  static func stop(_ web: Context, _ token: String) throws -> Change {
    let link = try open(token, web)
    if link.isOfContact { return try contact(link, token, web) }
    let page = web.page(UnsubscribePage(link, token, .done, web))
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

  private static func contact(_ link: UnsubscribeLink, _ token: String, _ web: Context) throws -> Change {
    let isBack = web.form.text("action") == "resumption"
    let isNew = try isBack ? ContactStop.end(link.address, web.db) : ContactStop.begin(link.address, of: link.user, at: web.now, web.db)
    let entry = AuditEntry(isBack ? "contact.resumed" : "contact.stopped", Contact.subject, nil, ["email": link.address])
    return .page(web.page(UnsubscribePage(link, token, isBack ? .back : .done, web)), did: isNew ? [entry] : [], as: .link)
  }

  /// Makes the link's owner the one for whom the rest of the transaction acts: the answer is in their language, or a contact's, whatever the browser's.
  private static func open(_ token: String, _ web: Context) throws -> UnsubscribeLink {
    guard let link = UnsubscribeLink(token: token, web.services.keys) else { throw Failure.notFound }
    let account: ID<Account>? = try web.db.value("SELECT account_id FROM door.account(\(link.user))")
    guard let account else { throw Failure.notFound }
    try web.act(for: link.user, of: account)
    guard let person = try web.db.row(Person.mine(web.services.zones)) else { throw Failure.notFound }
    web.adopt(person, nil)
    if link.isOfContact, let language = try ContactStop.language(link.address, web.db) { web.speak(language) }
    return link
  }
}

/// The page of an unsubscribe link.
struct UnsubscribePage {
  /// What it tells: nothing was pressed yet, and nothing has been; it was pressed before; just now; mails come again.
  enum Moment { case asked, known, done, back }

  let layout: PublicLayout
  let address: String
  /// What ends, or has ended.
  let text: String
  /// Nothing to press but what takes it back.
  let isDone: Bool
  let button: String
  /// Takes it back; nil: not by this link.
  let again: String?
  let action: Path

  init(_ link: UnsubscribeLink, _ token: String, _ moment: Moment, _ web: Context) {
    let words = web.words
    let who = web.known?.displayName ?? ""
    isDone = moment != .asked && moment != .back
    let title: String
    switch link.kind {
    case .week:
      title = isDone ? words("No more weekly mails") : words("No more weekly mails?")
      button = words("No more weekly mails")
      text =
        isDone
        ? words("Heed sends no more mails about your weeks. The review is still there, as a page.")
        : words("The mail about each week ends. Reminders go on as before.")
    case .reminders:
      title = isDone ? words("No more mails") : words("No more mails to this address?")
      button = words("No more mails to this address")
      text =
        isDone
        ? words("Heed sends no more reminders to this address. The owner can switch them on again on the Agents page.")
        : words("Reminders by e-mail to this address end. What is planned stays, and is not sent here.")
    case .contact:
      title =
        moment == .back ? words("Mails come again") : isDone ? words("No more mails") : words("No more mails to this address?")
      button = words("No more mails to this address")
      text = UnsubscribePage.text(moment, who, words)
    }
    layout = PublicLayout(title: title, web)
    address = link.address
    again = link.isOfContact && isDone ? words("Let them come again") : nil
    action = Paths.unsubscribe(token)
  }

  private static func text(_ moment: Moment, _ who: String, _ words: Words) -> String {
    switch moment {
    case .asked:
      words("From then on nothing about {name}’s reminders is sent here. {name} cannot change that, only you can.", ["name": who])
    case .known, .done:
      words("Heed sends you nothing about {name}’s reminders any more. {name} cannot change that, only you can.", ["name": who])
    case .back: words("You are told of {name}’s reminders again, as far as you have agreed.", ["name": who])
    }
  }
}
