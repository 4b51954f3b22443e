import Domain
import HTML
import Net
import Postgres

/// What messages of one kind are about: all that differs between them. A feature that sends has one, and gives its work to ``OutboxWork``.
struct OutboxSubject: Sendable {
  /// As the column `subject` has it, in quotes: part of a statement's text, so that its plan fits.
  let name: Columns
  /// What the log calls a message: `delivery` fails as `work.delivery_failed`.
  let noun: String
  /// What is counted of those that were sent (``Feature/counts``).
  let counted: String
  /// Decides about messages that are claimed, in the transaction that locked them.
  let decide: @Sendable (_ ids: [ID<OutboxMessage>], OutboxRound, inout OutboxClaim) throws -> [OutboxSending]
  /// Mails by the thousand for which nobody waits, and of which nobody has more than one at a time: taken by their age, many together
  /// (``OutboxWork``).
  var isBulk = false
  /// What else follows from results that were written, in the same transaction.
  var follow: @Sendable (_ results: [OutboxResult], _ now: Instant, WorkBench) throws -> Void = { _, _, _ in }
  /// Reads how a transfer ended, where its channel does not know what that means for these; nil: as the channel says.
  var judge: (@Sendable (Transfers<Errand>.Outcome, _ now: Instant) -> Judgement)?

  /// Its messages.
  var table: LeasedTable<OutboxMessage> { LeasedTable(name: "outbox", underway: "'sending'", among: "subject = \(name)") }
}

/// In which circumstances is decided.
struct OutboxRound {
  let now: Instant
  let bench: WorkBench
  /// Messages that failed on their own and are passed over.
  let passed: [ID<OutboxMessage>]
}

/// A message that is sent now.
struct OutboxSending {
  let message: OutboxMessage
  /// Leaves before the others.
  var isUrgent = false
  /// It carries others.
  var isDigest = false
  /// What its recipient has told the channel; nil: nothing, as of one that asks nothing.
  var told: SealedSettings?
  /// By which way it leaves and whom it is from, made of the site's; nil: just so.
  var mailer: ((Mailer) throws -> Mailer)?
  /// What it says, and where to; made after the claim is committed.
  let content: () -> MessageContent
  /// The whole of it as it goes over the network, for what its subject composes itself; nil: its channel does (``Channel/compose``).
  var letter: ((Composing) throws -> Letter)?
}

/// A message that its subject has composed: as a letter of somebody else than Heed.
enum Letter {
  case mail(Mail, Envelope)
  case request(HTTPRequest)

  /// How a mail travels.
  struct Envelope {
    /// Where bounces go.
    let from: MailAddress
    /// Everybody who gets it.
    let to: [MailAddress]
    /// nil: the site's way.
    var server: SMTPServer?
    /// Called once, when nothing of the mail has been said and all of it will be; false: nothing is said.
    var beforeData: (() -> Bool)?
  }
}

/// What a message says to its recipient. How it looks on the wire is its channel's business (``Channel/compose``).
struct MessageContent {
  /// By what it is known, always the same for the same message: `("delivery", its id)`. A message that is sent twice is then seen to be one.
  let key: (kind: String, id: String)
  let name: String
  let address: String
  let subject: String
  let text: String
  let html: String
  /// What several messages are about together, if anything.
  var thread: (kind: String, id: String)?
  /// Where to say that no more are wanted.
  var stop: String?
  /// The same for channels that hold a few lines: what may be shortened, and what stands behind it; nil: its subject, and nothing.
  var brief: (lead: String, tail: String)?
  /// What it asks somebody to heed, for channels that say so otherwise than in a mail; empty: nothing that can be answered.
  var items: [AnswerableItem] = []
  /// Of its recipient's language, for what a channel says besides; nil: it says nothing.
  var words: Words?
  /// The escalation whose notification it takes away where one stands, and tells nothing; nil: it tells something.
  var closes: String?
}

/// One thing that a message asks somebody to heed.
struct AnswerableItem {
  let escalation: String
  let reminder: String
  let title: String
  /// When it was due, and how far it has climbed.
  let facts: String
  /// Without markup; empty: none, or not with so many others.
  let notes: String
  let importance: Importance
  let tier: Int
  let tiers: Int
  /// How often the last tier was repeated.
  let round: Int
  let dueAt: Instant
  /// Where whoever gets it may answer.
  let link: String?
  /// Whether a press of a button can say that it is done.
  var canComplete = true
}
