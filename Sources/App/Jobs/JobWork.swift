import Domain
import Net
import Postgres

/// A worker's part in the jobs of all features: takes what is due, does a step of one after the other, and hands their transfers to the network.
///
/// A worker that dies leaves its jobs where their last step ended; when their leases are over another goes on there. What was rejected: a step that
/// waits for the network, or for a table of any size, while something rings.
final class JobWork {
  static let table = LeasedTable<Job>(name: "jobs", underway: "'running'")
  /// How many a worker has in hands, so that a long one holds up no other.
  private static let most = 4

  /// A job in hands.
  private struct Hand {
    let hold: LeasedTable<Job>.Hold
    let kind: JobKind
    /// A worker died with it before: it is done alone until it has made a step.
    var isSuspect: Bool
    /// When it was taken, in ``Ticks``.
    let since = Ticks.now
    /// When its transfer began or begins, in ``Ticks``; nil: none is under way.
    var transferAt: Int?
    /// What the next step hears of that.
    var moment = JobMoment()
    /// What its kind keeps here between two steps.
    var kept: AnyObject?

    var isWaiting: Bool { transferAt != nil }
  }

  private let bench: WorkBench
  private let kinds: [String: JobKind]
  private let names: [String]
  /// Whose turn it is comes first.
  private var hands: [Hand] = []
  /// The day whose nightly work was asked for last.
  private var day: Day?
  /// When a step was last done, and leases were renewed, in ``Ticks``.
  private var lastAt = 0
  private var heartbeat = Ticks.now
  /// Whether the last round did something, so that there may be more.
  private var hasMore = false

  private var db: Connection { bench.db }

  init(_ bench: WorkBench, _ kinds: [JobKind]) {
    self.bench = bench
    self.kinds = Dictionary(kinds.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    names = self.kinds.keys.sorted()
  }

  /// For the look-up of what comes next.
  var due: DueTime {
    DueTime(name: "job") { _ in
      "SELECT min(due_at) FROM jobs WHERE state = 'pending' AND kind = ANY (\(self.names)) AND \(self.hasRoom)"
    } lease: { _ in
      "SELECT CASE WHEN \(self.hands.isEmpty) THEN (\(JobWork.table.firstLease())) END"
    }
  }

  /// For the list of a worker's kinds.
  var kind: WorkKind {
    WorkKind(name: "job", due: due, share: .spare) { now, _ in try self.run(now, isIdle: true, isDue: true) }
  }

  /// What a worker died with may be what it died of: it is done alone.
  private var hasRoom: Bool { hands.count < Self.most && !hands.contains(where: \.isSuspect) }

  /// Whether a step can be done at once.
  var isBusy: Bool { hasMore || hands.contains { !$0.isWaiting } }

  /// Does one step of one job when nothing else is to do, or after a busy second.
  ///
  /// - Parameter isDue: whether there may be one to take.
  /// - Returns: how many steps were done.
  func run(_ now: Instant, isIdle: Bool, isDue: Bool) throws -> Int {
    try renewLeases()
    hear()
    let hasBegun = try askForNight(now)
    guard isIdle || Ticks.now - lastAt >= 1_000 else { return 0 }
    hasMore = false
    if isDue || hasBegun { hasMore = try claim(now) }
    guard let place = hands.firstIndex(where: { !$0.isWaiting }) else { return hasMore ? 1 : 0 }
    let hand = hands.remove(at: place)
    // Kept where the connection breaks: it is ours until its lease is over.
    do { if let next = try step(hand, now) { hands.append(next) } } catch {
      hands.append(hand)
      throw error
    }
    lastAt = Ticks.now
    hasMore = true
    return 1
  }

  /// Gives back what is in hands, so that it need not wait for the end of a lease. For a worker that ends.
  func release(_ now: Instant) throws(PostgresError) {
    if hands.isEmpty { return }
    _ = try db.rows(Self.table.end(hands.map { .init(hold: $0.hold, state: "pending", dueAt: now) }))
    hands = []
  }

  /// The heartbeat: between two steps, and while the network has it, a job stays ours.
  private func renewLeases() throws(PostgresError) {
    guard !hands.isEmpty, Ticks.now - heartbeat >= bench.outbound.heartbeatMilliseconds else { return }
    try db.run(Self.table.renew(hands.map(\.hold)))
    heartbeat = Ticks.now
  }

  /// Takes what came of transfers.
  private func hear() {
    for (hold, outcome) in bench.outbound.takeAnswers() {
      guard let place = hands.firstIndex(where: { $0.hold.id == hold.id && $0.hold.fence == hold.fence }) else { continue }
      hands[place].moment = JobMoment(answer: outcome, latency: max(Ticks.now - (hands[place].transferAt ?? Ticks.now), 0))
      hands[place].transferAt = nil
    }
  }

  /// Asks for the nightly work of a day, once a worker: the first of all workers is the one that gets it.
  private func askForNight(_ now: Instant) throws(PostgresError) -> Bool {
    let today = Day(Int(now.seconds / 86_400))
    guard day != today else { return false }
    let asked = names.compactMap { name in kinds[name]?.key(on: today).map { Job.asking(for: name, key: $0, now: now) } }
    try db.runAll(asked)
    day = today
    return true
  }
}

/// A row that may be claimed.
private struct DueJob {
  static let columns: Columns = "id, user_id, kind, due_at, fence, lost"
  let id: ID<Job>
  let user: ID<User>?
  let kind: String
  let dueAt: Instant
  let fence: Int
  let lost: Int
}

extension JobWork {
  /// Takes one more, if there is room.
  ///
  /// - Returns: whether there was one.
  private func claim(_ now: Instant) throws(PostgresError) -> Bool {
    guard hasRoom else { return false }
    return try db.transaction { () throws(PostgresError) in
      let (lost, due) = try db.read(
        Query(Self.table.lost(DueJob.columns, limit: 1), into: DueJob.init),
        Query(
          """
          SELECT \(DueJob.columns) FROM jobs WHERE state = 'pending' AND due_at <= \(now) AND kind = ANY (\(names))
          ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
          """, into: DueJob.init))
      if let job = lost.first {
        if hands.isEmpty { try take(job, lost: job.lost + 1, now) }
        return hands.isEmpty
      }
      guard let job = due.first else { return false }
      try take(job, lost: job.lost, now)
      return true
    }
  }

  private func take(_ job: DueJob, lost: Int, _ now: Instant) throws(PostgresError) {
    let isGivenUp = LeasedTable<Job>.isGivenUp(lost: lost)
    // An older program leaves what it does not know to a newer one.
    let state = kinds[job.kind] == nil ? "pending" : isGivenUp ? "failed" : "running"
    try db.run(
      Self.table.claim(
        [.init(id: job.id, user: job.user, state: state, dueAt: job.dueAt, lost: lost)],
        also: [
          .all("started_at", "coalesce(d.started_at, \(now))"), .all("finished_at", "CASE WHEN \(state) = 'failed' THEN \(now) END"),
          .all("error", "CASE WHEN \(state) = 'failed' THEN 'its worker ended, three times' ELSE d.error END"),
        ]))
    if state == "failed" { bench.log("work.job_given_up", ["job": job.id.text, "kind": job.kind]) }
    if let kind = kinds[job.kind], !isGivenUp {
      let hold = LeasedTable<Job>.Hold(id: job.id, user: job.user, fence: job.fence + 1)
      hands.append(Hand(hold: hold, kind: kind, isSuspect: lost > 0))
    }
  }

  /// - Returns: what stays in hands; nil: it has ended, waits to be tried again, or is no longer ours.
  private func step(_ hand: Hand, _ now: Instant) throws -> Hand? {
    let start = Ticks.now
    var known: JobRun?
    var (moment, kept) = (hand.moment, hand.kept)
    moment.elapsed = start - hand.since
    do {
      let next: JobStep? = try db.transaction {
        guard var run = try JobRun.held(hand.hold, moment, kept, db) else { return nil }
        known = run
        let next = try hand.kind.step(&run, bench, now)
        kept = run.kept
        run.count("steps", 1)
        run.count("milliseconds", Ticks.now - start)
        try db.run(run.progress)
        switch next {
        case .done: try end(hand, "done", at: now, [.all("finished_at", "\(now)")])
        case .failed(let error):
          try end(hand, "failed", at: now, [.all("finished_at", "\(now)"), .all("error", "\(Self.line(error))")])
        case .again, .transfer: try db.run(Self.table.renew([hand.hold]))
        }
        return next
      }
      guard let next else { bench.log("work.late_result", ["id": hand.hold.id.text]); return nil }
      if case .failed(let error) = next { tell(hand, error) }
      return goOn(hand, next, kept)
    } catch {
      if let error = error as? PostgresError, error.kind == .connection { throw error }
      try fail(hand, known, "\(error)", now)
      return nil
    }
  }

  private func goOn(_ hand: Hand, _ next: JobStep, _ kept: AnyObject?) -> Hand? {
    var hand = hand
    (hand.isSuspect, hand.moment, hand.kept) = (false, JobMoment(), kept)
    switch next {
    case .done, .failed: return nil
    case .again: return hand
    case .transfer(let request, let wait):
      hand.transferAt = Ticks.now + wait
      bench.outbound.transfers.add(request, .job(hand.hold), after: wait)
      return hand
    }
  }

  private func end(_ hand: Hand, _ state: String, at due: Instant, _ also: [BatchColumn]) throws(PostgresError) {
    _ = try db.rows(Self.table.end([.init(hold: hand.hold, state: state, dueAt: due)], also: also))
  }

  /// The longest error that is stored, in bytes.
  private static let mostOfError = 500

  /// It is tried again from where it stood, until it has failed for a day.
  private func fail(_ hand: Hand, _ run: JobRun?, _ error: String, _ now: Instant) throws(PostgresError) {
    let failures = (run?.failures ?? 0) + 1
    let chance = hand.hold.id.low &+ UInt64(truncatingIfNeeded: failures) &* 7919
    let next = RetrySchedule.next(afterAttempt: failures, first: run?.failingSince ?? now, now: now, random: chance)
    let finished = next == nil ? now : nil
    try end(
      hand, next == nil ? "failed" : "pending", at: next ?? now,
      [
        .all("error", "\(Self.line(error))"), .all("failures", "\(failures)"),
        .all("failing_since", "coalesce(d.failing_since, \(now))"),
        .all("finished_at", "\(finished)"),
      ])
    tell(hand, error)
  }

  private func tell(_ hand: Hand, _ error: String) {
    bench.log("work.job_failed", ["job": hand.hold.id.text, "kind": hand.kind.name, "error": error])
  }

  /// It may be what another program said: the database takes no NUL, and whoever reads it no other line.
  private static func line(_ error: String) -> String {
    String(decoding: error.utf8.prefix(mostOfError).map { $0 < 32 || $0 == 127 ? 32 : $0 }, as: UTF8.self)
  }
}
