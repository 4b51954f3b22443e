import Domain
import Net
import Postgres

/// What a message on its way was for; comes back with its outcome.
struct OutboxTransfer {
  let outbox: Outbox
  let id: ID<Outbox>
  let user: ID<User>
  /// A result counts only while the row still carries this number.
  let fence: Int
  let attempt: Int
  let firstAt: Instant
  let address: String
  /// It carries others.
  var isDigest = false
  /// A worker died with it before.
  var isSuspect = false

  var hold: LeasedTable<Outbox>.Hold { .init(id: id, user: user, fence: fence) }
}

/// A worker's way out: what it has given to the network, and what has ended and is not written down yet.
final class Outbound {
  let mailer: Mailer
  let transfers: Transfers<OutboxTransfer>
  private var ended: [(transfer: OutboxTransfer, outcome: MailOutcome)] = []
  /// When leases were last renewed, in ``Ticks``, and how often they are.
  private var heartbeat = Ticks.now
  var heartbeatMilliseconds = 20_000

  /// - Throws: ``NetError`` when libcurl cannot start.
  init(_ mailer: Mailer) throws(NetError) {
    self.mailer = mailer
    transfers = try Transfers()
  }

  /// How many mails to claim at most: as many as begin at once. What is not claimed can still be withdrawn by an answer (RULES 3.8), be taken
  /// by another worker, and waits behind nothing.
  var capacity: Int {
    switch mailer.transport {
    case .smtp(let server): transfers.room(for: server)
    // Each is synced to the disk before the next, and meanwhile nothing fires.
    case .maildir: 20
    }
  }

  /// Whether nothing is under way and everything that ended is written down.
  var isIdle: Bool { transfers.count == 0 && ended.isEmpty }

  /// Whom to pass over in claiming: people of whom this many messages wait long for an answer. The fourth would take a place and hang, too.
  var stalledUsers: [ID<User>] {
    Dictionary(grouping: transfers.slow, by: \.user).filter { $0.value.count >= 3 }.map(\.key)
  }

  /// Whether a message is in our hands that a worker died with before. One whose server does not answer for long has done us no harm by now, and
  /// holds up nobody else's.
  var isTrying: Bool { transfers.underway.count(where: \.isSuspect) > transfers.slow.count(where: \.isSuspect) }

  /// The heartbeat: what is still under way stays ours (RULES 4.2). A lease lasts 60 seconds.
  func renewLeases(_ db: Connection) throws(PostgresError) {
    guard transfers.count > 0, Ticks.now - heartbeat >= heartbeatMilliseconds else { return }
    try db.runAll(
      Outbox.grouped(transfers.underway, by: \.outbox).map { outbox, transfers in
        outbox.table.renew(transfers.map(\.hold))
      })
    heartbeat = Ticks.now
  }

  /// Hands a mail over. What cannot be made into a mail has failed for good.
  func post(_ mail: Mail?, to address: String, _ transfer: OutboxTransfer) {
    do {
      guard let mail, let recipient = MailAddress(address) else { throw NetError.badHeader("To") }
      let bytes = try mail.bytes()
      switch mailer.transport {
      case .smtp(let server):
        transfers.add(
          MailTransfer(through: server, from: mailer.from.address, to: recipient, message: bytes, attempt: transfer.attempt), transfer)
      case .maildir(let box):
        try box.deliver(bytes, id: mail.messageID)
        ended.append((transfer, .delivered(MailReply(stage: .message, code: nil, enhanced: nil, text: "kept in the Maildir"))))
      }
    } catch {
      let reply = MailReply(stage: .message, code: nil, enhanced: nil, text: "\(error)")
      if case NetError.file = error { ended.append((transfer, .temporary(reply))) } else { ended.append((transfer, .permanent(reply))) }
    }
  }

  /// Everything that has ended and is not written down, until ``forget()``.
  func harvest() -> [(transfer: OutboxTransfer, outcome: MailOutcome)] {
    for end in transfers.harvest() {
      if case .mail(let outcome) = end.outcome { ended.append((end.key, outcome)) }
    }
    return ended
  }

  /// It is written down.
  func forget() { ended = [] }
}
