import Domain
import Net
import Postgres

/// Looks into the mailboxes of channels, each a minute after the last look: folders of this machine at once, folders of IMAP servers by a transfer,
/// whose mails are taken when it has ended. One that holds more than twenty goes on when all others have had their turn. Each mail is a transaction of
/// its own (``MailboxMails``), so that nothing is taken twice or lost wherever a worker dies, and one that cannot be read stops none behind it
/// (RULES 6.22).
final class MailboxWork {
  private let bench: WorkBench
  /// What a run of all that is due has done, by its number.
  private var done: (run: Int, channels: [ID<DeskChannel>]) = (0, [])
  /// What is left of the listings of folders.
  private var names: [ID<DeskChannel>: MaildirNames] = [:]
  /// What is under way at servers.
  private var visits: [MailboxHold] = []

  /// How many folders of servers are looked into at once: each may bring 50 MB.
  private static let mostVisits = 2
  /// How long looks may take of a round, in milliseconds: meanwhile nothing rings.
  private static let slice = 300

  private var db: Connection { bench.db }

  init(_ bench: WorkBench) { self.bench = bench }

  var kind: WorkKind {
    let due = DueTime(name: "mailbox") { _ in self.choice.next }
    var kind = WorkKind(name: "mailboxes", due: due) { now, _ in try self.run(now) }
    kind.isReady = { self.bench.outbound.hasSights }
    kind.release = { now in try self.release() }
    return kind
  }

  private var choice: MailboxLease.Choice {
    if done.run != bench.onces { done = (bench.onces, []) }
    return MailboxLease.Choice(
      isOnce: bench.isOnce, done: bench.isOnce ? done.channels : [], takesServers: visits.count < MailboxWork.mostVisits)
  }

  /// - Returns: how many mailboxes were looked into, or begun with.
  private func run(_ now: Instant) throws -> Int {
    var count = 0
    let end = Ticks.now + MailboxWork.slice
    while let (hold, outcome) = bench.outbound.takeSight() {
      visits.removeAll { $0 == hold }
      try take(outcome, hold, at: now)
      count += 1
    }
    while Ticks.now < end, let lease = try db.row(choice.claim(at: now)) {
      done.channels.append(lease.channel)
      try begin(lease, at: now, until: end)
      count += 1
    }
    return count
  }

  private func begin(_ lease: MailboxLease, at now: Instant, until end: Int) throws {
    guard let channel = try db.row(DeskChannel.query("c.id = \(lease.channel)")) else { return }
    let mails = MailboxMails(channel: channel, lease: lease, bench: bench, now: now)
    // No mailbox is to blame for what the database cannot do now: it is looked into again.
    try givingBack(lease.hold) {
      switch channel.inbound {
      case .webhook: try finish(lease.hold, .good(hasMore: false), at: now)
      case .maildir:
        try finish(lease.hold, MaildirLook(mails: mails, bench: bench).take(until: end, &names[lease.channel]), at: now)
      case .imap:
        do {
          bench.outbound.transfers.add(try IMAPLook.make(channel, bench), .mailbox(lease.hold))
          visits.append(lease.hold)
        } catch {
          if error is PostgresError { throw error }
          try finish(lease.hold, .failed(.broken, "\(error)"), at: now)
        }
      }
    }
  }

  private func take(_ outcome: MailboxOutcome, _ hold: MailboxHold, at now: Instant) throws {
    guard let channel = try db.row(DeskChannel.query("c.id = \(hold.channel) AND c.enabled AND c.deleted_at IS NULL")),
      let lease = try db.row(
        Query(
          """
          SELECT l.channel_id AS channel, l.fence, l.lost, l.trying, l.mailbox FROM mailbox_looks l
          JOIN channel_states s ON s.channel_id = l.channel_id AND s.mailbox = l.mailbox
          WHERE l.channel_id = \(hold.channel) AND l.fence = \(hold.fence)
          """, into: MailboxLease.init))
    else {
      // Also where it has another mailbox by now.
      try db.run(hold.releasing(hasMore: false))
      return
    }
    try givingBack(hold) {
      try finish(hold, IMAPLook.take(outcome, MailboxMails(channel: channel, lease: lease, bench: bench, now: now)), at: now)
    }
  }

  private func givingBack(_ hold: MailboxHold, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch {
      // What cannot be given back now is free when its lease is over.
      _ = try? db.run(hold.releasing(hasMore: false))
      throw error
    }
  }

  /// Writes down how a look ended.
  private func finish(_ hold: MailboxHold, _ end: MailboxEnd, at now: Instant) throws {
    let hasMore = end.hasMore
    // A look into the mailbox before says nothing about the one that the settings name by now.
    let isStill: SQL = "mailbox = (SELECT l.mailbox FROM mailbox_looks l WHERE l.channel_id = \(hold.channel))"
    if hasMore { done.channels.removeAll { $0 == hold.channel } }
    try db.transaction { () throws(PostgresError) in
      guard try db.run(hold.releasing(hasMore: hasMore)) == 1 else { return }
      switch end {
      case .good:
        try db.queue([
          """
          UPDATE channel_states SET last_look_at = \(now), last_good_at = \(now), failing_since = NULL, error = ''
          WHERE channel_id = \(hold.channel) AND \(isStill)
          """
        ])
      case .failed(let trouble, let words):
        try db.queue([
          """
          UPDATE channel_states SET last_look_at = \(now), failing_since = coalesce(failing_since, \(now)), error = \(trouble.text(words))
          WHERE channel_id = \(hold.channel) AND \(isStill)
          """
        ])
      case .stopped: break
      }
    }
    if case .failed(let trouble, _) = end { bench.log("work.mailbox_failed", ["channel": hold.channel.text, "reason": trouble.rawValue]) }
  }

  private func release() throws {
    for hold in visits { try db.run(hold.releasing(hasMore: false)) }
    visits = []
  }
}

/// How a look into a mailbox ended.
enum MailboxEnd {
  case good(hasMore: Bool)
  /// With what was said, for people.
  case failed(MailboxTrouble, String)
  /// By us, or the mailbox is another worker's by now: that says nothing about it.
  case stopped

  var hasMore: Bool { if case .good(let hasMore) = self { hasMore } else { false } }
}
