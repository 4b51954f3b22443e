import Domain
import HTML
import Postgres
import Web

/// A mail that is claimed.
struct PendingAccountMail {
  let message: OutboxMessage
  let id: ID<AccountMail>
  let kind: AccountMail.Kind
  let email: String
  let language: Language
  let isUseful: Bool

  /// Some of them.
  ///
  /// Mails that show whose an address is go to any; notices only where that is known. To one that nobody has verified a link to a new password goes
  /// once an hour, for as long as it works: strangers can ask for one, its owner always has one.
  ///
  /// - Parameter reachesNobody: mail stays on this machine.
  static func query(_ ids: [ID<OutboxMessage>], at now: Instant, reachesNobody: Bool) -> Query<PendingAccountMail> {
    Query(
      """
      SELECT \(OutboxMessage.columns), l.id, l.kind, l.email, u.language,
        l.used_at IS NULL AND l.expires_at > \(now) AND (u.verified_at IS NOT NULL OR \(reachesNobody)
          OR l.kind = 'verification' OR l.kind IN ('reset', 'sign_up') AND (d.state = 'sending'
            OR row_number() OVER (PARTITION BY l.user_id, l.kind IN ('reset', 'sign_up') ORDER BY l.created_at DESC, l.id DESC) = 1
              AND NOT EXISTS (SELECT FROM account_mails s JOIN outbox o ON o.subject_id = s.id AND o.escalation_id IS NULL
                WHERE s.user_id = l.user_id AND s.kind IN ('reset', 'sign_up') AND o.state IN ('sending', 'sent')
                  AND s.created_at > \(now.advanced(hours: -1))))) AS useful
      FROM outbox d JOIN account_mails l ON l.id = d.subject_id AND l.user_id = d.user_id JOIN users u ON u.id = d.user_id
      WHERE d.id = ANY (\(ids)) ORDER BY l.created_at, l.id
      """, into: PendingAccountMail.init)
  }
}

extension OutboxSubject {
  /// Mails about accounts.
  static let accountMails = OutboxSubject(name: "'account'", noun: "letter", counted: "letters") { ids, round, claim in
    let services = round.bench.services
    var reachesNobody = false
    if case .maildir = round.bench.outbound.mailer.transport { reachesNobody = true }
    var sendings: [OutboxSending] = []
    for mail in try round.bench.db.rows(PendingAccountMail.query(ids, at: round.now, reachesNobody: reachesNobody)) {
      if !mail.isUseful {
        claim.set(mail.message, .cancelled, .noUse)
      } else if mail.message.isGivenUp {
        claim.giveUp(mail.message)
      } else {
        claim.set(mail.message, .sending)
        sendings.append(OutboxSending(message: mail.message) { AccountMailPage(mail, services).content(for: mail) })
      }
    }
    return sendings
  }
}

/// Sends mails about accounts, and finds out whose those are that were asked for by an address alone.
struct AccountMailWork {
  let kinds: [WorkKind]

  init(_ bench: WorkBench) {
    let asked = DueTime(name: "asked") { _ in "SELECT min(created_at) FROM account_mails WHERE user_id IS NULL" }
    kinds = [
      // Apart, so that one that fails holds up no other mail.
      WorkKind(name: "asked", due: asked, share: .half) { now, limit in try bench.resolveResetRequests(now, limit: limit) },
      OutboxWork(.accountMails, bench).kind("letters", share: .half),
    ]
  }
}

/// A mail as people read it.
struct AccountMailPage {
  let frame: MailFrame
  let title: String
  let message: String
  let link: SafeURL?
  let label: String

  private let words: Words

  init(_ mail: PendingAccountMail, _ services: Services) {
    let words = services.words(mail.language)
    self.words = words
    let token = AccountMail.token(mail.id, services.keys)
    var path: Path?
    switch mail.kind {
    case .verification:
      (title, label) = (words("Verify your address"), words("Verify this address"))
      message = words("Welcome to Heed. Open the link and press the button to show that this address is yours. It works for seven days.")
      path = Paths.verify(token)
    case .reset:
      (title, label) = (words("Choose a new password"), words("Choose a new password"))
      message = words("Somebody, we hope you, asked for a new password. The link works once, for one hour. If it was not you, do nothing.")
      path = Paths.passwordReset(token)
    case .signUp:
      (title, label) = (words("You have an account already"), words("Choose a new password"))
      message = words(
        "Somebody, perhaps you, tried to make an account with this address. You have one: sign in with its password, or choose a new one. The link works once, for one hour."
      )
      path = Paths.passwordReset(token)
    case .passwordChanged:
      (title, label) = (words("Your password was changed"), words("Choose a new password"))
      message = words("Your password was changed and your other sessions have ended. If it was not you, choose a new one at once.")
      path = Paths.passwordForgotten
    case .agentOff:
      (title, label) = (words("Heed cannot reach you by e-mail"), words("Look at your agents"))
      message = words("Your old address refused our mails twice, so no more are sent there.")
      path = Paths.agents
    case .webhookOff:
      (title, label) = (words("Heed cannot reach you by webhook"), words("Look at your agents"))
      message = words(
        "Your webhook's address says that it is gone for good, so no more reminders are posted there. Tiers with nothing else come by mail."
      )
      path = Paths.agent(.webhook)
    case .pushOff:
      (title, label) = (words("Heed cannot reach you by push"), words("Look at your agents"))
      message = words("The last of your devices shows no more notifications. Tiers with nothing else come by mail. Add a device again.")
      path = Paths.agent(.push)
    }
    link = path.flatMap { SafeURL(services.origin + $0.text) }
    frame = MailFrame(aboutAccount: title, message, mail.language, services)
  }

  /// Without a name: whoever signed up chose it, and the address may be a stranger's.
  func content(for mail: PendingAccountMail) -> MessageContent {
    MessageContent(
      key: ("letter", mail.id.text), name: "", address: mail.email, subject: title, text: text,
      html: String(decoding: rendered(words), as: UTF8.self))
  }

  /// The same without markup.
  var text: String { frame.text([title, message], label, link) }
}
