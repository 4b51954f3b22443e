import Domain
import Net
import Postgres
import Web

/// What happens by itself: fires what is due, climbs ladders, sends what is to be sent. Any number of workers share one database and nothing
/// else: each row is locked by who works on it, and the others pass it over.
///
/// A cycle, in order:
/// 1. writes down what the network has finished, and renews the leases of what is still under way;
/// 2. ends snoozes that are over, fires reminders that are due, in batches of 500;
/// 3. asks again, does the steps of ladders, expires what nobody answered;
/// 4. claims letters and messages, as many as can begin, a few at a time and of each person in turn; hands them to the network after each claim
///    is committed;
/// 5. now and then, in slices: takes over new zone data, throws away what is kept no longer.
public final class Worker {
  let services: Services
  let db: Connection
  let mailer: Mailer
  let transfers: Transfers<DeliveryTransfer>
  let log: Dispatcher.Log
  /// Rows that failed on their own, and until when they are passed over.
  var deferred: [ID<Reminder>: Instant] = [:]
  var deferredSteps: [ID<Escalation>: Instant] = [:]
  var deferredMail: [ID<ClaimedDelivery>: Instant] = [:]
  /// Whose messages and letters were claimed last, and how many messages are claimed at a time.
  var turn = ID<User>(high: 0, low: 0)
  var letterTurn = ID<User>(high: 0, low: 0)
  var sliceSize = 4
  let ladders = LadderCache()
  var tally = Tally()
  /// What has ended and is not written down yet.
  var ended: [(job: DeliveryTransfer, outcome: MailOutcome)] = []
  /// When leases were last renewed, in ``Ticks``, and how often they are.
  private var heartbeat = Ticks.now
  var heartbeatMilliseconds = 20_000
  /// What the last round found to come, when it did nothing; so that an idle worker looks once and not twice.
  private var coming: DueTimes?
  /// How many messages could have been sent then.
  private var capacityThen = 0
  /// Whether part of the last round failed: the next one is not begun at once.
  private var hasFailed = false
  private var isListening = false
  /// The day whose deletions were begun last, counted from 1970.
  var keptDay: Int64?
  /// When to compute afresh what was computed with other zone data.
  var zoneChecks: [Instant] = [.distantPast]
  /// What nobody waits for, and when a slice of it was last done, in ``Ticks``.
  var maintenance: [Maintenance] = [.texts(after: ID(high: 0, low: 0))]
  var maintainedAt = 0

  /// What was done, for the line that `heed work --once` prints.
  public struct Tally: Equatable, Sendable {
    public var fired = 0
    public var steps = 0
    public var sent = 0
    public var failed = 0
    public var letters = 0

    /// One line of JSON.
    public var json: String {
      "{\"fired\":\(fired),\"steps\":\(steps),\"sent\":\(sent),\"failed\":\(failed),\"letters\":\(letters)}"
    }
  }

  /// - Parameters:
  ///   - db: signed in as the worker's role.
  ///   - log: for what an operator should see.
  /// - Throws: ``NetError`` when libcurl cannot start.
  public init(_ services: Services, _ db: Connection, _ mailer: Mailer, log: @escaping Dispatcher.Log) throws(NetError) {
    self.services = services
    self.db = db
    self.mailer = mailer
    self.log = log
    transfers = try Transfers()
  }

  /// Does everything that is due now and waits until what was sent has ended.
  ///
  /// - Parameter clock: read afresh in each cycle.
  public func runOnce(_ clock: () -> Instant) throws -> Tally {
    tally = Tally()
    var isFirst = true
    while true {
      let now = clock()
      let did = try cycle(now, isFirst: isFirst)
      isFirst = false
      if !did, transfers.count == 0, ended.isEmpty { return tally }
      if transfers.count > 0 { _ = transfers.wait(milliseconds: 1_000) }
    }
  }

  /// Works until `isEnding` says otherwise: sleeps until the next due time, at most 30 seconds, or until somebody calls.
  ///
  /// A database that is away is waited for. When the end comes, what is under way gets five seconds, then it is taken back.
  ///
  /// - Parameters:
  ///   - longest: the longest sleep in milliseconds; shorter where a test moves the clock.
  ///   - call: a descriptor that can be read when `isEnding` has changed.
  public func run(_ clock: () -> Instant, longest: Int = 30_000, call: Int32? = nil, until isEnding: () -> Bool) throws {
    while !isEnding() {
      do {
        if !isListening {
          try db.listen("heed_work")
          isListening = true
        }
        var milliseconds = 0
        if try !cycle(clock(), isFirst: false) { milliseconds = min(try rest(clock()), longest) }
        sleep(milliseconds, call)
      } catch let error as PostgresError where error.isTransient {
        log("work.database_away", ["error": "\(error)"])
        _ = transfers.wait(milliseconds: 1_000)
      }
    }
    try end(clock)
  }

  private func end(_ clock: () -> Instant) throws {
    let end = Ticks.now + 5_000
    while transfers.count > 0, Ticks.now < end {
      _ = transfers.wait(milliseconds: end - Ticks.now)
      try writeEnded(clock())
    }
    transfers.cancelAll()
    try writeEnded(clock())
  }

  /// One round.
  ///
  /// - Returns: whether anything was done, so that more may be due.
  @discardableResult
  func cycle(_ now: Instant, isFirst: Bool) throws -> Bool {
    try writeEnded(now)
    try renewLeases()
    deferred = deferred.filter { $0.value > now }
    deferredSteps = deferredSteps.filter { $0.value > now }
    deferredMail = deferredMail.filter { $0.value > now }
    hasFailed = false
    capacityThen = capacity
    let look = try look(capacity: capacityThen > 0)
    var count = 0
    if look.isDue(look.wake, now) { count += try part("wake") { try inBatches(.wake, now) } }
    if look.isDue(look.fire, now) { count += try part("fire") { try inBatches(.fire, now) } }
    if look.isDue(look.again, now) { count += try part("again") { try askAgain(now) } }
    if look.isDue(look.step, now) || count > 0 { count += try part("climb") { try climb(now) } }
    // Letters first, at most half: few are written, and somebody waits for each.
    let halfCapacity = (capacity + 1) / 2
    if halfCapacity > 0, look.isDue(look.letter, now) || look.hasExpired {
      // Apart, so that one that fails holds up no other letter.
      count += try part("asked") { try resolveResetRequests(now, limit: halfCapacity) }
      count += try part("letters") { try claimLetters(now, limit: halfCapacity) }
    }
    let capacity = capacity
    if capacity > 0, look.isDue(look.delivery, now) || look.hasExpired || count > 0 {
      count += try part("send") { try claimDeliveries(now, limit: capacity) }
    }
    try writeEnded(now)
    let slices = try part("house") { try maintain(now, isIdle: count == 0) }
    coming = count + slices == 0 ? look : nil
    return count > 0 || !maintenance.isEmpty
  }

  /// Until when a row that failed on its own is passed over. What may be over in a moment, such as a lock that somebody held or a server that was
  /// restarted, is not worth ten minutes of a reminder; a statement that took too long will again, and nothing else rings meanwhile.
  static func deferred(_ error: any Error, at now: Instant) -> Instant {
    guard let error = error as? PostgresError, error.isTransient, error.sqlstate != "57014" else { return now.advanced(minutes: 10) }
    return now.advanced(seconds: 30)
  }

  /// One part of a round. What goes wrong in it is logged and stops no other part; only a lost connection ends the round.
  private func part(_ name: String, _ body: () throws -> Int) throws -> Int {
    do {
      return try body()
    } catch {
      if let error = error as? PostgresError, error.kind == .connection { throw error }
      hasFailed = true
      log("work.part_failed", ["part": name, "error": "\(error)"])
      return 0
    }
  }

  /// How long nothing is due, in milliseconds, at most 30 seconds.
  private func rest(_ now: Instant) throws -> Int {
    if hasFailed { return 5_000 }
    if capacity > capacityThen { return 0 }
    let coming = try coming ?? look(capacity: capacity > 0)
    var times = [transfers.count > 0 ? heartbeatMilliseconds : 30_000]
    if let next = coming.next { times.append(Int(clamping: (next.microseconds - now.microseconds + 999) / 1_000)) }
    if let lease = coming.lease { times.append(lease + 1) }
    let shortest = times.min() ?? 0
    // Due and yet not done: another worker has it in hands, or it waits for a transfer of ours, whose end wakes us.
    return shortest > 0 ? shortest : isTrying ? 500 : 20
  }

  /// The heartbeat: what is still under way stays ours (RULES 4.2). A lease lasts 60 seconds.
  func renewLeases() throws {
    guard transfers.count > 0, Ticks.now - heartbeat >= heartbeatMilliseconds else { return }
    let (letters, deliveries) = transfers.underway.reduce(into: ([DeliveryTransfer](), [DeliveryTransfer]())) { jobs, job in
      if job.kind == .letter { jobs.0.append(job) } else { jobs.1.append(job) }
    }
    func renewal(_ table: Columns, _ jobs: [DeliveryTransfer]) -> SQL {
      """
      UPDATE \(table) d SET lease_until = clock_timestamp() + interval '60 seconds'
      FROM unnest(\(jobs.map(\.id)), \(jobs.map(\.fence))) AS t(id, fence) WHERE d.id = t.id AND d.fence = t.fence AND d.state = 'sending'
      """
    }
    try db.runAll([renewal("letters", letters), renewal("deliveries", deliveries)])
    heartbeat = Ticks.now
  }

  /// Waits for the network, for a call on the database's socket, or for the time.
  private func sleep(_ milliseconds: Int, _ call: Int32?) {
    // What came while a statement ran is waiting already.
    if let called = try? db.notifications(), !called.isEmpty { return }  // A broken connection shows at the next statement.
    let sockets = [db.descriptor, call ?? -1].filter { $0 >= 0 }
    let ready = transfers.wait(milliseconds: milliseconds, alsoReadable: sockets)
    if !ready.isEmpty { _ = try? db.notifications() }  // As above.
  }
}
