import Domain
import Net
import Postgres

/// What a transfer is for; comes back with its outcome.
struct OutboxTransfer {
  let subject: OutboxSubject
  let channel: Channel
  /// As it was before it was claimed.
  let message: OutboxMessage
  let firstAt: Instant
  let address: String
  /// It carries others.
  var isDigest = false

  /// Which attempt it is, from 1.
  var attempt: Int { message.attempts + 1 }
  /// A result counts only while the row still carries the number of this claim.
  var hold: LeasedTable<OutboxMessage>.Hold { .init(id: message.id, user: message.user, fence: message.fence + 1) }
}

/// A worker's way out: what it has given to the network, and what has ended and is not written down yet.
final class Outbound {
  let mailer: Mailer
  let transfers: Transfers<OutboxTransfer>
  private var ended: [(transfer: OutboxTransfer, judgement: Judgement)] = []
  /// When leases were last renewed, in ``Ticks``, and how often they are.
  private var heartbeat = Ticks.now
  var heartbeatMilliseconds = 20_000

  /// - Parameter addresses: which of them a request may dial that a person named.
  /// - Throws: ``NetError`` when libcurl cannot start.
  init(_ mailer: Mailer, _ addresses: AddressGuard) throws(NetError) {
    self.mailer = mailer
    transfers = try Transfers(addresses: addresses)
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
    Dictionary(grouping: transfers.slow, by: \.message.user).filter { $0.value.count >= 3 }.map(\.key)
  }

  /// Whether a message is in our hands that a worker died with before. One whose server does not answer for long has done us no harm by now, and
  /// holds up nobody else's.
  var isTrying: Bool { transfers.underway.count(where: \.message.isSuspect) > transfers.slow.count(where: \.message.isSuspect) }

  /// The heartbeat: what is still under way stays ours (RULES 4.2). A lease lasts 60 seconds.
  func renewLeases(_ db: Connection) throws(PostgresError) {
    guard transfers.count > 0, Ticks.now - heartbeat >= heartbeatMilliseconds else { return }
    try db.run(Outbox.renewing(transfers.underway))
    heartbeat = Ticks.now
  }

  /// Hands a message over. What cannot be made into what its channel sends has failed for good.
  func post(_ sending: OutboxSending, of subject: OutboxSubject, _ bench: WorkBench, _ now: Instant) {
    let (message, content) = (sending.message, sending.content())
    let channel = bench.channels.first { $0.type == message.channel } ?? .missing(message.channel)
    let transfer = OutboxTransfer(
      subject: subject, channel: channel, message: message, firstAt: message.firstAt ?? now, address: content.address,
      isDigest: sending.isDigest)
    do {
      switch try channel.compose(content, Composing(mailer: mailer, keys: bench.services.keys, now: now)) {
      case .mail(let mail, let recipient): try post(mail, to: recipient, transfer)
      case .request(let request): transfers.add(request, transfer)
      }
    } catch {
      var verdict = Judgement.Verdict.failed
      if case NetError.file? = error as? NetError { verdict = .again }
      ended.append((transfer, Judgement(verdict, detail: "\(error)")))
    }
  }

  private func post(_ mail: Mail, to recipient: MailAddress, _ transfer: OutboxTransfer) throws {
    let bytes = try mail.bytes()
    switch mailer.transport {
    case .smtp(let server):
      transfers.add(
        MailTransfer(through: server, from: mailer.from.address, to: recipient, message: bytes, attempt: transfer.attempt), transfer)
    case .maildir(let box):
      try box.deliver(bytes, id: mail.messageID)
      ended.append((transfer, Judgement(.sent, .kept)))
    }
  }

  /// Everything that has ended and is not written down, until ``forget()``; each as its channel reads it.
  func harvest(at now: Instant) -> [(transfer: OutboxTransfer, judgement: Judgement)] {
    ended += transfers.harvest().map { ($0.key, $0.key.channel.judge($0.outcome, now)) }
    return ended
  }

  /// It is written down.
  func forget() { ended = [] }
}
