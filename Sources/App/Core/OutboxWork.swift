import Domain
import Net
import Postgres

/// Claims messages of one subject and sends them. What is decided about each is the subject's business; in whose turn, for how long, what is given up
/// and what is tried again is the same for all.
final class OutboxWork {
  private let subject: OutboxSubject
  private let bench: WorkBench
  private let rows: RowWork<OutboxMessage>
  /// Whose messages were claimed last, and how many are claimed at a time.
  private var turn = ID<User>(high: 0, low: 0)
  private var sliceSize = 4

  private var db: Connection { bench.db }
  private var outbound: Outbound { bench.outbound }

  init(_ subject: OutboxSubject, _ bench: WorkBench) {
    (self.subject, self.bench) = (subject, bench)
    rows = RowWork(subject.noun, bench)
  }

  /// The work, under a name for the log.
  func kind(_ name: String, share: WorkKind.Share, follows: Bool = false) -> WorkKind {
    WorkKind(name: name, due: DueTime(name: subject.noun, next: next, lease: lease), share: share, follows: follows) { now, limit in
      try self.claim(now, limit: limit)
    }
  }

  /// The first in an order, and not the least of all: with a plan of when there were few the latter reads all that wait.
  private func next(_ now: Instant) -> SQL {
    """
    SELECT due_at FROM outbox WHERE subject = \(subject.name) AND state IN ('pending', 'held')
      AND user_id <> ALL (\(outbound.stalledUsers)) AND id <> ALL (\(rows.passed(at: now))) ORDER BY due_at LIMIT 1
    """
  }

  private func lease(_ now: Instant) -> SQL {
    subject.table.firstLease(passing: .init(users: outbound.stalledUsers, rows: rows.passed(at: now)))
  }

  /// Claims what is due, decides about each row and hands what is to be sent to the network, after the claim is committed: a few at a time, as
  /// many as are composed in a moment, so that no claim waits long for its turn and none is lost to our own slowness. When a claim fails it is
  /// done row by row (``RowWork``).
  ///
  /// Of bulk more are claimed than can begin at once: what it costs to claim, read and write a hundred is little more than what it costs for ten.
  /// Each is composed when it can begin, and what cannot within a moment is given back.
  ///
  /// - Returns: how many messages were claimed because it was their turn; others may have come along.
  private func claim(_ now: Instant, limit: Int) throws -> Int {
    let end = Ticks.now + (subject.isBulk ? 100 : 500)
    var total = 0
    while total < limit {
      let size = min(sliceSize, limit - total)
      let began = Ticks.now
      let count = try slice(now, limit: size)
      total += count
      sliceSize = Ticks.now - began > 100 ? max(1, sliceSize / 2) : min(subject.isBulk ? Outbound.mostOfBulk : 16, sliceSize * 2)
      if count < size || Ticks.now >= end { break }
      try outbound.renewLeases(db)
      _ = outbound.transfers.wait(milliseconds: 0)
      try bench.writeEnded(now)
    }
    return total
  }

  private func slice(_ now: Instant, limit: Int) throws -> Int {
    let order = OutboxOrder(subject: subject, after: turn, now: now, stalledUsers: outbound.stalledUsers, late: rows.passed(at: now))
    return try rows.batch(
      at: now,
      all: { try claim(now) { () throws(PostgresError) in try next(order, limit: limit) } },
      rows: { try db.transaction { () throws(PostgresError) in try next(order, limit: limit) }.map(\.id) },
      one: { id in try claim(now) { () throws(PostgresError) in try db.rows(order.only(id), into: OutboxCandidate.init) } },
      // Row by row such an error could outlast the leases of what is under way.
      isFatal: \.isTransient)
  }

  /// Whose turn it is; the next claim begins after them.
  private func next(_ order: OutboxOrder, limit: Int) throws(PostgresError) -> [OutboxCandidate] {
    if subject.isBulk {
      let (due, lost) = try db.read(
        Query(order.byAge(limit: limit), into: OutboxCandidate.init), Query(order.lost(limit: limit), into: OutboxCandidate.init))
      return OutboxCandidate.together(due + lost, isTrying: outbound.isTrying)
    }
    let (due, lost) = try db.read(
      Query(order.rows(limit: limit), into: OutboxCandidate.init), Query(order.lost(limit: limit), into: OutboxCandidate.init))
    let found = OutboxCandidate.together(due + lost, isTrying: outbound.isTrying)
    if let last = due.last { turn = last.user }
    if !found.isEmpty { return found }
    turn = try db.value(order.end) ?? turn
    return OutboxCandidate.together(try db.rows(order.oldest(limit: limit), into: OutboxCandidate.init), isTrying: outbound.isTrying)
  }

  private func claim(_ now: Instant, _ choose: () throws(PostgresError) -> [OutboxCandidate]) throws -> Int {
    let (count, claim, sendings) = try db.transaction { () -> (Int, OutboxClaim, [OutboxSending]) in
      var claim = OutboxClaim(at: now)
      let chosen = try choose().map(\.id)
      if chosen.isEmpty { return (0, claim, []) }
      let sendings = try subject.decide(chosen, OutboxRound(now: now, bench: bench, passed: rows.passed(at: now)), &claim)
      try claim.write(subject, db)
      return (chosen.count, claim, sendings)
    }
    for message in claim.givenUp {
      bench.tally.add("failed")
      bench.log("work.\(subject.noun)_given_up", [subject.noun: message.id.text, "claims": String(message.fence)])
    }
    // In the order of their turns, but what is urgent is not made to wait until a slice of long mails is composed.
    // Between two the network is served, so that the dialogue of the first does not wait for the composing of the last.
    let end = Ticks.now + 100
    // What a worker died with is begun in any case: given back, it would look like new.
    let isBulk = subject.isBulk
    let isFirst = { (sending: OutboxSending) in sending.isUrgent || isBulk && sending.message.isSuspect }
    var rest = (sendings.filter(isFirst) + sendings.filter { !isFirst($0) })[...]
    while let sending = rest.first, !isBulk || sending.message.isSuspect || outbound.makesRoom(until: end, at: now) {
      outbound.post(sending, of: subject, bench, now)
      _ = outbound.transfers.wait(milliseconds: 0)
      rest.removeFirst()
      // What a worker dies with before it is written is sent again.
      if outbound.hasMuchToWrite(at: now) { try bench.writeEnded(now) }
    }
    if !rest.isEmpty { _ = try db.rows(Outbox.givingBack(rest.map(\.message))) }
    return count - rest.count
  }
}
