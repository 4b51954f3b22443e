import Domain
import Net
import Postgres

/// What a message on its way was for.
struct OutboxTransfer {
  let subject: OutboxSubject
  let channel: Channel
  /// As it was before it was claimed.
  let message: OutboxMessage
  let firstAt: Instant
  let address: String
  /// It carries others.
  var isDigest = false
  /// What its recipient had told the channel when it was claimed.
  var told: SealedSettings?

  /// Which attempt it is, from 1.
  var attempt: Int { message.attempts + 1 }
  /// A result counts only while the row still carries the number of this claim.
  var hold: LeasedTable<OutboxMessage>.Hold { .init(id: message.id, user: message.user, fence: message.fence + 1) }
}

/// A channel's mailbox in a worker's hands. What comes of a look counts only while its row still carries the number of this claim.
struct MailboxHold: Hashable {
  let channel: ID<DeskChannel>
  let fence: Int
}

/// What a transfer is for; comes back with its outcome.
enum Errand {
  case message(OutboxTransfer)
  case job(LeasedTable<Job>.Hold)
  case mailbox(MailboxHold)

  fileprivate var message: OutboxTransfer? {
    if case .message(let message) = self { message } else { nil }
  }
}

/// A worker's way out: what it has given to the network, and what has ended and is not written down yet.
final class Outbound {
  let mailer: Mailer
  let transfers: Transfers<Errand>
  /// What came of the transfers of jobs, until they take it.
  private var answers: [(job: LeasedTable<Job>.Hold, outcome: HTTPOutcome)] = []
  /// What came of looks into mailboxes, likewise.
  private var sights: [(hold: MailboxHold, outcome: MailboxOutcome)] = []
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

  /// Most mails of bulk that are claimed together.
  static let mostOfBulk = 128

  /// How many mails to claim for which nobody waits: what others need is left free, and where there is room for more, for many.
  var bulkCapacity: Int {
    switch mailer.transport {
    case .smtp(let server):
      let room = transfers.room(for: server)
      // Where there is little room because nothing connects, one of these may be the only one to try.
      return room > server.connections / 4 ? Self.mostOfBulk : transfers.count == 0 ? room : 0
    case .maildir: return capacity
    }
  }

  /// Serves the network until one more of those can begin.
  ///
  /// - Parameter end: in ``Ticks``.
  /// - Returns: false: not by then.
  func makesRoom(until end: Int, at now: Instant) -> Bool {
    while bulkCapacity == 0 {
      if Ticks.now >= end { return false }
      // As long as there is something to take, nobody waits for the network.
      _ = harvest(at: now)
      _ = transfers.wait(milliseconds: end - Ticks.now)
    }
    return true
  }

  /// Whether nothing is under way and everything that ended is written down.
  var isIdle: Bool { transfers.count == 0 && ended.isEmpty && answers.isEmpty && sights.isEmpty }

  /// Whom to pass over in claiming: people of whom this many messages wait long for an answer. The fourth would take a place and hang, too.
  var stalledUsers: [ID<User>] {
    Dictionary(grouping: transfers.slow.compactMap(\.message), by: \.message.user).filter { $0.value.count >= 3 }.map(\.key)
  }

  /// Whether a message is in our hands that a worker died with before. One whose server does not answer for long has done us no harm by now, and
  /// holds up nobody else's.
  var isTrying: Bool { underway.count(where: \.message.isSuspect) > transfers.slow.compactMap(\.message).count(where: \.message.isSuspect) }

  /// Messages that are under way.
  private var underway: [OutboxTransfer] { transfers.underway.compactMap(\.message) }

  /// The heartbeat: what is still under way stays ours (RULES 4.2). A lease lasts 60 seconds.
  func renewLeases(_ db: Connection) throws(PostgresError) {
    guard transfers.count > 0, Ticks.now - heartbeat >= heartbeatMilliseconds else { return }
    try db.run(Outbox.renewing(underway))
    heartbeat = Ticks.now
  }

  /// Hands a message over. What cannot be made into what its channel sends has failed for good.
  func post(_ sending: OutboxSending, of subject: OutboxSubject, _ bench: WorkBench, _ now: Instant) {
    let (message, content) = (sending.message, sending.content())
    let channel = bench.services.channels.first { $0.type == message.channel } ?? .missing(message.channel)
    let transfer = OutboxTransfer(
      subject: subject, channel: channel, message: message, firstAt: message.firstAt ?? now, address: content.address,
      isDigest: sending.isDigest, told: sending.told)
    do {
      let vault = Vault(masters: bench.services.masters, db: bench.db)
      if let letter = sending.letter {
        let composing = Composing(
          mailer: mailer, keys: bench.services.keys, settings: ChannelSettings(values: [:]), now: now, sms: bench.services.sms)
        switch try letter(composing) {
        case .mail(let mail, let envelope):
          try post(
            mail, from: envelope.from, to: envelope.to, transfer, by: envelope.server.map { .smtp($0) } ?? mailer.transport,
            beforeData: envelope.beforeData)
        case .request(let request): transfers.add(request, .message(transfer))
        }
        return
      }
      let settings = try sending.told?.open(message.channel, of: message.user, vault) ?? ChannelSettings(values: [:])
      let mailer = try sending.mailer?(self.mailer) ?? self.mailer
      let composing = Composing(
        mailer: mailer, keys: bench.services.keys, settings: settings, now: now, sms: bench.services.sms,
        isShortened: message.reason == .tooLong)
      switch try channel.compose(content, composing) {
      case .mail(let mail, let recipient): try post(mail, from: mailer.from.address, to: [recipient], transfer, by: mailer.transport)
      case .request(let request): transfers.add(request, .message(transfer))
      }
    } catch {
      ended.append((transfer, Judgement(unsent: error)))
    }
  }

  private func post(
    _ mail: Mail, from sender: MailAddress, to recipients: [MailAddress], _ transfer: OutboxTransfer, by transport: Mailer.Transport,
    beforeData: (() -> Bool)? = nil
  ) throws {
    let bytes = try mail.bytes()
    switch transport {
    case .smtp(let server):
      guard let mail = MailTransfer(through: server, from: sender, to: recipients, message: bytes, attempt: transfer.attempt) else {
        throw NetError.badHeader("To")
      }
      transfers.add(mail, .message(transfer), beforeData: beforeData)
    case .maildir(let box):
      try box.deliver(bytes, id: mail.messageID)
      ended.append((transfer, Judgement(.sent, .kept)))
    }
  }

  /// Everything that has ended and is not written down, until ``forget()``; each as its channel reads it.
  func harvest(at now: Instant) -> [(transfer: OutboxTransfer, judgement: Judgement)] {
    for end in transfers.harvest() {
      switch (end.key, end.outcome) {
      case (.message(let transfer), let outcome): ended.append((transfer, (transfer.subject.judge ?? transfer.channel.judge)(outcome, now)))
      case (.job(let job), .web(let outcome)): answers.append((job, outcome))
      case (.mailbox(let hold), .mailbox(let outcome)): sights.append((hold, outcome))
      case (.job, .mail), (.job, .mailbox), (.mailbox, .mail), (.mailbox, .web): break  // None is begun.
      }
    }
    return ended
  }

  /// What came of the transfers of jobs since the last call, each once.
  func takeAnswers() -> [(job: LeasedTable<Job>.Hold, outcome: HTTPOutcome)] {
    defer { answers = [] }
    return answers
  }

  var hasSights: Bool { !sights.isEmpty }

  /// What came of one look that nobody has taken yet, the first first; nil: there is none.
  func takeSight() -> (hold: MailboxHold, outcome: MailboxOutcome)? { sights.isEmpty ? nil : sights.removeFirst() }

  /// Whether so much has ended that it should not wait for more.
  func hasMuchToWrite(at now: Instant) -> Bool { harvest(at: now).count >= 32 }

  /// It is written down.
  func forget() { ended = [] }
}
