import Domain
import Net
import Postgres

/// What a worker works with: the database, the way out for messages, the log, and the tally of what was done.
final class WorkBench {
  let services: Services
  /// Signed in as the worker's role.
  let db: Connection
  let outbound: Outbound
  let log: Dispatcher.Log
  var tally = Worker.Tally()
  /// Whether all is done once, also what would wait for its minute (``Worker/runOnce(_:)``), and how often that was begun.
  var isOnce = false
  var onces = 0
  /// A file of authorities that mailboxes are trusted by; empty: the system's. Tests have one of their own.
  var mailboxAuthorities = ""

  /// - Throws: ``NetError`` when libcurl cannot start.
  init(
    _ services: Services, _ db: Connection, _ mailer: Mailer, log: @escaping Dispatcher.Log
  ) throws(NetError) {
    (self.services, self.db, self.log) = (services, db, log)
    outbound = try Outbound(mailer, services.addresses)
  }

  /// Writes down how sending ended, all in one transaction. While the database is away it is
  /// kept, and written before anything else is done: a message whose result is lost is sent again when its lease is over.
  func writeEnded(_ now: Instant) throws {
    let ended = outbound.harvest(at: now)
    if ended.isEmpty { return }
    let results = ended.map { OutboxResult($0.judgement, $0.transfer, now) }
    // One by one, one that cannot be written takes no other with it; its lease runs out and it is taken up again.
    _ = try atOnceOrEach(
      all: { try Outbox.write(results, now, self) }, items: { results }, one: { try Outbox.write([$0], now, self) },
      isFatal: \.isTransient
    ) { _, error in log("work.completion_failed", ["error": "\(error)"]) }
    outbound.forget()
  }
}
