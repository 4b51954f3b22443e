import Domain
import Postgres

/// A message of the outbox that could be claimed: what is the same whatever it is about (``OutboxSubject``).
struct OutboxMessage {
  let id: ID<OutboxMessage>
  /// Whose it is.
  let user: ID<User>
  /// What it is about, a row of its subject's table.
  let subject: ID<OutboxSubject>
  let channel: AgentType
  let state: MessageState
  let dueAt: Instant
  let createdAt: Instant
  /// When it was first given to the network; nil: never.
  let firstAt: Instant?
  let attempts: Int
  let fence: Int
  /// How many claims in a row have ended without a result.
  let lost: Int
  let carrier: ID<OutboxMessage>?
  let reason: OutboxReason?

  /// Of a row that is called `d`, in their order.
  static let columns: Columns = """
    d.id, d.user_id, d.subject_id, d.channel, d.state, d.due_at, d.created_at,
    (SELECT min(a.at) FROM outbox_attempts a WHERE a.message_id = d.id AND a.state = 'sending') AS first_at,
    d.attempts, d.fence, d.lost, d.carrier_id, d.reason
    """

  /// Claimed too often without a result.
  var isGivenUp: Bool { state == .sending && LeasedTable<OutboxMessage>.isGivenUp(lost: lost + 1) }

  /// A worker died with it.
  var isSuspect: Bool { state == .sending || lost > 0 }
}

extension OutboxMessage {
  /// Why one that was laid out to be fetched has failed, once it is due again: its time is over; nil: it was not laid out.
  var fetchFailure: OutboxReason? {
    switch (state, reason) {
    case (.pending, .laidOut): .expired
    case (.pending, .fetched): .unreceived
    default: nil
    }
  }
}

extension OutboxMessage: FromColumns {
  init(columns: inout ColumnReader) throws(PostgresError) { self = try columns.read(into: Self.init) }
}

/// How far a message has come. The raw values are those of the database.
enum MessageState: String, FromColumn, Bindable {
  case pending, sending, sent, delivered, failed, held, cancelled

  /// As it is told: what a program has fetched is sent, though it is given out again until its receipt.
  func told(_ reason: OutboxReason?) -> MessageState { self == .pending && reason == .fetched ? .sent : self }
}

/// Why a message is in its state. What is to happen is decided by this word; what the other side said is for people alone.
enum OutboxReason: String, FromColumn, Bindable {
  /// Not sent: somebody answered; a later step was told in its place; its channel is off; the address wants none, refused it, is not there.
  case answered, superseded, unsubscribed, refused, gone
  case switchedOff = "switched_off"
  /// Held until the address is verified; not sent, in rows from before such messages were held.
  case unverified
  case unverifiedLimit = "unverified_limit"
  /// Not sent: the contact was deleted.
  case removed
  /// Not sent: nobody can use it any more.
  case noUse = "no_use"
  /// Failed: begun again and again without an end.
  case noResult = "no_result"
  /// Sent alone from now on, since the mail with all of them came to no end.
  case singly
  /// Held by quiet hours.
  case quiet
  /// It carries others, or travels in the mail of another (``OutboxMessage/carrier``).
  case digest
  /// Sent: into the folder of this machine.
  case kept
  /// Of a transfer without an answer: no connection, none in time, one that broke, an address that is not dialled, a worker that stopped.
  case unreached, timeout, broken, interrupted
  case noEntry = "no_entry"
  /// The mail server takes no addresses outside ASCII.
  case notUnicode = "not_unicode"
  /// The server's certificate is not one to trust.
  case untrusted
  /// Not handed to the network: this program has no such channel; it cannot be made into a message; the folder takes none.
  case malformed
  case noChannel = "no_channel"
  case noStorage = "no_storage"
  /// Failed: the other side had all of it and did not say whether it took it, and it is not sent twice.
  case unknown
  /// Waits to be fetched; was given to a program that fetches; that one said that it has it (RULES 4.8).
  case laidOut = "laid_out"
  case fetched, received
  /// Failed: nobody fetched it in its time, or who did never said so.
  case expired, unreceived
  /// Held: enough has gone to this address for a while (RULES 4.7).
  case limited
  /// Not sent: the device was removed.
  case noDevice = "no_device"
  /// The other side takes no messages of that length: a shorter one is made of it, once.
  case tooLong = "too_long"
}
