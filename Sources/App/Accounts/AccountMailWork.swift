import Domain
import HTML
import Net
import Postgres
import Web

/// A letter that is claimed.
struct PendingLetter {
  let id: ID<AccountMail>
  let user: ID<User>
  let kind: AccountMail.Kind
  let email: String
  let attempts: Int
  let fence: Int
  /// How many claims in a row have ended without a result, this one included.
  let lost: Int
  let dueAt: Instant
  let createdAt: Instant
  let isUseful: Bool
  let language: Language

  init(row: Row) throws(PostgresError) {
    id = try row("id")
    user = try row("user_id")
    kind = try row("kind")
    email = try row("email")
    attempts = try row("attempts")
    fence = try row("fence")
    lost = try row("lost")
    dueAt = try row("due_at")
    createdAt = try row("created_at")
    isUseful = try row("useful")
    language = try row("language")
  }
}

extension PendingLetter {
  /// Claimed too often without a result.
  var isGivenUp: Bool { LeasedTable<Outbox>.isGivenUp(lost: lost) }

  /// What a claim makes of it, and why.
  fileprivate var claim: (LeasedTable<Outbox>.Claim, detail: String) {
    let (state, detail) = !isUseful ? ("cancelled", "no use any more") : isGivenUp ? ("failed", "no_result") : ("sending", "")
    return (.init(id: ID(high: id.high, low: id.low), user: user, state: state, dueAt: dueAt, lost: lost), detail)
  }
}

extension Outbox {
  /// Mails about accounts.
  static let letters = Outbox(name: "letters", table: LeasedTable(name: "letters", underway: "'sending'"), counted: "letters")
}

/// Claims letters and sends them: the same way as messages of escalations, without ladders.
final class AccountMailWork {
  private let bench: WorkBench
  /// Whose letters were claimed last.
  private var turn = ID<User>(high: 0, low: 0)

  private var db: Connection { bench.db }
  private var outbound: Outbound { bench.outbound }

  init(_ bench: WorkBench) { self.bench = bench }

  var kinds: [WorkKind] {
    let due = DueTime(name: "letter", next: next) { _ in Outbox.letters.table.firstLease(passing: .init(users: self.outbound.stalledUsers))
    }
    return [
      // Apart, so that one that fails holds up no other letter.
      WorkKind(name: "asked", due: due, share: .half) { now, limit in try self.bench.resolveResetRequests(now, limit: limit) },
      WorkKind(name: "letters", due: due, share: .half) { now, limit in try self.claim(now, limit: limit) },
    ]
  }

  private func next(_ now: Instant) -> SQL {
    "SELECT min(due_at) FROM letters WHERE state = 'pending' AND (user_id IS NULL OR user_id <> ALL (\(outbound.stalledUsers)))"
  }

  private func claim(_ now: Instant, limit: Int) throws -> Int {
    // Letters that show whose an address is go to any; notices only where that is known. To one that nobody has verified a link to a new password goes
    // once an hour, for as long as it works: strangers can ask for one, its owner always has one.
    var reachesNobody = false
    if case .maildir = outbound.mailer.transport { reachesNobody = true }
    let letters: [PendingLetter] = try db.transaction {
      let (due, lost) = try db.read(
        Query<ID<AccountMail>>(column: dueLetters(now, limit: limit)),
        Query<ID<AccountMail>>(column: Outbox.letters.table.lost("id", limit: limit, passing: .init(users: outbound.stalledUsers))))
      let ids = due + lost
      if ids.isEmpty { return [] }
      let found = try db.rows(
        Query<PendingLetter>(
          """
          SELECT l.id, l.user_id, l.kind, l.email, l.attempts, l.fence, l.lost + (l.state = 'sending')::int AS lost, l.due_at, l.created_at,
            l.used_at IS NULL AND l.expires_at > \(now) AND (u.verified_at IS NOT NULL OR \(reachesNobody)
              OR l.kind = 'verification' OR l.kind IN ('reset', 'sign_up') AND (l.state = 'sending'
                OR row_number() OVER (PARTITION BY l.user_id, l.kind IN ('reset', 'sign_up') ORDER BY l.created_at DESC, l.id DESC) = 1
                  AND NOT EXISTS (SELECT FROM letters s WHERE s.user_id = l.user_id AND s.kind IN ('reset', 'sign_up')
                    AND s.state IN ('sending', 'sent') AND s.created_at > \(now.advanced(hours: -1))))) AS useful, u.language
          FROM letters l JOIN users u ON u.id = l.user_id WHERE l.id = ANY (\(ids)) ORDER BY l.created_at, l.id
          """
        ) { row throws(PostgresError) in try PendingLetter(row: row) })
      if let last = due.last, let letter = found.first(where: { $0.id == last }) { turn = letter.user }
      let claims = found.map(\.claim)
      try db.run(Outbox.letters.table.claim(claims.map(\.0), also: [.each("detail", claims.map(\.detail))]))
      return found
    }
    for letter in letters where letter.isUseful {
      if letter.isGivenUp {
        bench.tally.add("failed")
        bench.log("work.letter_given_up", ["letter": letter.id.text, "claims": String(letter.fence)])
      } else {
        send(letter, now)
        try outbound.renewLeases(db)
      }
    }
    return letters.count
  }

  /// People take turns here, too, among those that have waited longest.
  private func dueLetters(_ now: Instant, limit: Int) -> SQL {
    // Said, since NULL differs from all of an empty array.
    """
    SELECT l.id FROM letters l JOIN (
      SELECT o.id, o.due_at, row_number() OVER (PARTITION BY o.user_id ORDER BY o.due_at, o.id) AS turn FROM (
        SELECT id, user_id, due_at FROM letters
        WHERE state = 'pending' AND due_at <= \(now) AND user_id IS NOT NULL AND user_id <> ALL (\(outbound.stalledUsers)) ORDER BY due_at LIMIT 500) o
    ) t ON t.id = l.id
    WHERE l.state = 'pending' ORDER BY t.turn, l.user_id <= \(turn), l.user_id LIMIT \(limit) FOR UPDATE OF l SKIP LOCKED
    """
  }

  private func send(_ letter: PendingLetter, _ now: Instant) {
    let (services, mailer) = (bench.services, outbound.mailer)
    let transfer = OutboxTransfer(
      outbox: .letters, id: ID(high: letter.id.high, low: letter.id.low), user: letter.user, fence: letter.fence + 1,
      attempt: letter.attempts + 1, firstAt: letter.createdAt, address: letter.email)
    let words = services.words(letter.language)
    let page = LetterPage(letter, services, words)
    var mail: Mail?
    if let id = mailer.messageID("letter", letter.id.text, services.keys), let to = MailAddress(letter.email) {
      mail = Mail(
        // Without the name: whoever signed up chose it, and the address may be a stranger's.
        from: mailer.from, to: [Mail.Mailbox("", to)], subject: page.title, text: page.text,
        html: String(decoding: page.rendered(words), as: UTF8.self), messageID: id, date: now)
    }
    outbound.post(mail, to: letter.email, transfer)
  }
}

/// A letter as people read it.
struct LetterPage {
  let language: String
  let title: String
  let message: String
  let link: SafeURL?
  let label: String
  let footer: String

  init(_ letter: PendingLetter, _ services: Services, _ words: Words) {
    language = letter.language.rawValue
    let token = AccountMail.token(letter.id, services.keys)
    var path: Path?
    switch letter.kind {
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
    }
    link = path.flatMap { SafeURL(services.origin + $0.text) }
    footer = words("Heed sent this mail because of your account at {origin}.", ["origin": services.origin])
  }

  /// The same without markup.
  var text: String {
    [title, message, link.map { label + ":\n" + $0.text }, "-- \n" + footer].compactMap { $0 }.joined(separator: "\n\n") + "\n"
  }
}
