import Domain
import Net
import Postgres
import Web

/// What happens by itself: fires what is due, climbs ladders, sends what is to be sent. Any number of workers share one database and nothing
/// else: each row is locked by who works on it, and the others pass it over.
///
/// A round, in order:
/// 1. writes down what the network has finished, and renews the leases of what is still under way;
/// 2. does what is due of the kinds of work that only write rows, as the list of features has them;
/// 3. does what is due of those that send: each claims as many messages as can begin, and hands them to the network after the claim is committed;
/// 4. when nothing else is to do, and now and then, does a step of a job, and a slice of what each process has to do for itself.
///
/// Which kinds there are, the features say (``features``); here is only what is the same for all.
public final class Worker {
  let bench: WorkBench
  /// In the order in which a round does them.
  let kinds: [WorkKind]
  private let maintenance: Maintenance
  private let jobs: JobWork
  /// What the last round found to come, when it did nothing; so that an idle worker looks once and not twice.
  private var dueTimes: DueTimes?
  /// How many messages could have been sent then.
  private var capacityThen = 0
  /// Whether part of the last round failed: the next one is not begun at once.
  private var hasFailed = false
  private var isListening = false

  private var outbound: Outbound { bench.outbound }
  private var transfers: Transfers<Errand> { bench.outbound.transfers }

  /// - Parameters:
  ///   - db: signed in as the worker's role.
  ///   - log: for what an operator should see.
  /// - Throws: ``NetError`` when libcurl cannot start.
  public convenience init(_ services: Services, _ db: Connection, _ mailer: Mailer, log: @escaping Dispatcher.Log) throws(NetError) {
    self.init(try WorkBench(services, db, mailer, log: log), features)
  }

  /// - Parameter features: whose work it does.
  init(_ bench: WorkBench, _ features: [Feature]) {
    self.bench = bench
    jobs = JobWork(bench, features.flatMap(\.allJobs))
    let kinds = features.flatMap { $0.work(bench) } + [jobs.kind]
    self.kinds = WorkKind.Share.allCases.flatMap { share in kinds.filter { $0.share == share } }
    maintenance = Maintenance(features.flatMap(\.chores), bench)
  }

  /// Does everything that is due now and waits until what was sent has ended.
  ///
  /// - Parameter clock: read afresh in each cycle.
  public func runOnce(_ clock: () -> Instant) throws -> Tally {
    bench.tally = Tally()
    bench.onces += 1
    bench.isOnce = true
    defer { bench.isOnce = false }
    while true {
      let now = clock()
      let did = try cycle(now)
      if !did, outbound.isIdle { return bench.tally }
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
          try bench.db.listen("heed_work")
          isListening = true
        }
        var milliseconds = 0
        if try !cycle(clock()) { milliseconds = min(try rest(clock()), longest) }
        sleep(milliseconds, call)
      } catch let error as PostgresError where error.isTransient {
        bench.log("work.database_away", ["error": "\(error)"])
        _ = transfers.wait(milliseconds: 1_000)
      }
    }
    try end(clock)
  }

  private func end(_ clock: () -> Instant) throws {
    let end = Ticks.now + 5_000
    while transfers.count > 0, Ticks.now < end {
      _ = transfers.wait(milliseconds: end - Ticks.now)
      try bench.writeEnded(clock())
    }
    transfers.cancelAll()
    try bench.writeEnded(clock())
    for kind in kinds { try kind.release(clock()) }
    try jobs.release(clock())
  }

  /// One round.
  ///
  /// - Returns: whether anything was done, so that more may be due.
  @discardableResult
  func cycle(_ now: Instant) throws -> Bool {
    try bench.writeEnded(now)
    try outbound.renewLeases(bench.db)
    hasFailed = false
    capacityThen = outbound.capacity
    let look = try look(at: now, canSend: capacityThen > 0)
    var count = 0
    for kind in kinds where kind.share != .spare && (look.isDue(kind.due, at: now) || kind.isReady() || kind.follows && count > 0) {
      let limit = limit(kind.share)
      if !kind.share.sends || limit > 0 { count += try part(kind.name) { try kind.run(now, limit) } }
    }
    try bench.writeEnded(now)
    let isIdle = count == 0
    var slices = try part("house") { try maintenance.run(now, isIdle: isIdle) }
    slices += try part("jobs") { try jobs.run(now, isIdle: isIdle, isDue: look.isDue(jobs.due, at: now)) }
    dueTimes = count + slices == 0 ? look : nil
    return count > 0 || maintenance.isBusy || jobs.isBusy
  }

  /// When everything is due next.
  func look(at now: Instant, canSend: Bool) throws(PostgresError) -> DueTimes {
    try DueTimes(of: kinds, canSend: canSend, at: now, bench.db)
  }

  /// How many messages of a kind can begin.
  private func limit(_ share: WorkKind.Share) -> Int {
    switch share {
    case .none, .spare: 0
    case .half: (outbound.capacity + 1) / 2
    case .all: outbound.capacity
    case .rest: outbound.bulkCapacity
    }
  }

  /// One part of a round. What goes wrong in it is logged and stops no other part; only a lost connection ends the round.
  private func part(_ name: String, _ body: () throws -> Int) throws -> Int {
    do {
      return try body()
    } catch {
      if let error = error as? PostgresError, error.kind == .connection { throw error }
      hasFailed = true
      bench.log("work.part_failed", ["part": name, "error": "\(error)"])
      return 0
    }
  }

  /// How long nothing is due, in milliseconds, at most 30 seconds.
  private func rest(_ now: Instant) throws -> Int {
    if hasFailed { return 5_000 }
    if outbound.capacity > capacityThen { return 0 }
    let dueTimes = try dueTimes ?? look(at: now, canSend: outbound.capacity > 0)
    var times = [transfers.count > 0 ? outbound.heartbeatMilliseconds : 30_000]
    if let next = dueTimes.next { times.append(Int(clamping: (next.microseconds - now.microseconds + 999) / 1_000)) }
    if let lease = dueTimes.lease { times.append(lease + 1) }
    let shortest = times.min() ?? 0
    // Due and yet not done: another worker has it in hands, or it waits for a transfer of ours, whose end wakes us.
    return shortest > 0 ? shortest : outbound.isTrying ? 500 : 20
  }

  /// Waits for the network, for a call on the database's socket, or for the time.
  private func sleep(_ milliseconds: Int, _ call: Int32?) {
    // What came while a statement ran is waiting already.
    if let called = try? bench.db.notifications(), !called.isEmpty { return }  // A broken connection shows at the next statement.
    let sockets = [bench.db.descriptor, call ?? -1].filter { $0 >= 0 }
    let ready = transfers.wait(milliseconds: milliseconds, alsoReadable: sockets)
    if !ready.isEmpty { _ = try? bench.db.notifications() }  // As above.
  }
}
