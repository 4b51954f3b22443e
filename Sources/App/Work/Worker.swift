import Domain
import Net
import Postgres
import Web

/// What happens by itself: fires what is due, climbs ladders, sends what is to be sent. Any number of workers share one database and nothing
/// else: each row is locked by who works on it, and the others pass it over.
///
/// A cycle, in order:
/// 1. ends snoozes that are over, fires reminders that are due, in batches of 500;
/// 2. asks again, does the steps of ladders, expires what nobody answered;
/// 3. claims messages and letters and hands them to the network, after the claim is committed;
/// 4. takes back what the network has finished;
/// 5. once a day: throws away what is kept no longer.
public final class Worker {
  let services: Services
  let db: Connection
  let mailer: Mailer
  let transfers: Transfers<SendJob>
  let log: Answer.Log
  /// Rows that failed on their own, and until when they are passed over.
  var putOff: [ID<Reminder>: Instant] = [:]
  var putOffSteps: [ID<Escalation>: Instant] = [:]
  var tally = Tally()
  /// What the last round found to come, when it did nothing; so that an idle worker looks once and not twice.
  private var coming: WorkLook?
  /// Whether part of the last round failed: the next one is not begun at once.
  private var hasFailed = false
  private var isListening = false
  private var keptDay: Int64?
  private var zonesAreChecked = false

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
  public init(_ services: Services, _ db: Connection, _ mailer: Mailer, log: @escaping Answer.Log) throws(NetError) {
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
      if !did, transfers.count == 0 { return tally }
      if transfers.count > 0 { _ = transfers.wait(milliseconds: 1_000) }
    }
  }

  /// Works until `isEnding` says otherwise: sleeps until the next due time, at most 30 seconds, or until somebody calls.
  ///
  /// A database that is away is waited for. What is under way when the end comes is taken back before this returns.
  ///
  /// - Parameter longest: the longest sleep in milliseconds; shorter where a test moves the clock.
  public func run(_ clock: () -> Instant, longest: Int = 30_000, until isEnding: () -> Bool) throws {
    while !isEnding() {
      do {
        if !isListening {
          try db.listen("heed_work")
          isListening = true
        }
        var milliseconds = 0
        if try !cycle(clock(), isFirst: false) { milliseconds = min(try rest(clock()), longest) }
        sleep(milliseconds)
      } catch let error as PostgresError where error.isTransient {
        log("work.database_away", ["error": "\(error)"])
        _ = transfers.wait(milliseconds: 1_000)
      }
    }
    transfers.cancelAll()
    try complete(transfers.harvest(), clock())
  }

  /// One round.
  ///
  /// - Returns: whether anything was done, so that more may be due.
  @discardableResult
  func cycle(_ now: Instant, isFirst: Bool) throws -> Bool {
    try complete(transfers.harvest(), now)
    putOff = putOff.filter { $0.value > now }
    putOffSteps = putOffSteps.filter { $0.value > now }
    hasFailed = false
    let look = try look()
    var count = 0
    if look.isDue(look.wake, now) { count += try part("wake") { try inBatches(.wake, now) } }
    if look.isDue(look.fire, now) { count += try part("fire") { try inBatches(.fire, now) } }
    if look.isDue(look.again, now) { count += try part("again") { try askAgain(now) } }
    if look.isDue(look.step, now) || count > 0 { count += try part("climb") { try climb(now) } }
    if look.isDue(look.delivery, now) || look.hasExpired || count > 0 { count += try part("send") { try claimDeliveries(now) } }
    if look.isDue(look.letter, now) || look.hasExpired { count += try part("letters") { try claimLetters(now) } }
    _ = try part("house") { try keepHouse(now) }
    coming = count == 0 ? look : nil
    return count > 0
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
    guard let next = try (coming ?? look()).next else { return 30_000 }
    // Due and yet not done: another worker has it in hands.
    if next <= now { return 20 }
    return Int(min((next.microseconds - now.microseconds + 999) / 1_000, 30_000))
  }

  /// Waits for the network, for a call on the database's socket, or for the time.
  private func sleep(_ milliseconds: Int) {
    let socket = db.descriptor
    // What came while a statement ran is waiting already.
    if let called = try? db.notifications(), !called.isEmpty { return }  // A broken connection shows at the next statement.
    let ready = transfers.wait(milliseconds: milliseconds, alsoReadable: socket < 0 ? [] : [socket])
    if !ready.isEmpty { _ = try? db.notifications() }  // As above.
  }

  private func keepHouse(_ now: Instant) throws -> Int {
    if !zonesAreChecked {
      try recomputeZones(now)
      zonesAreChecked = true
    }
    let day = now.seconds / 86_400
    if keptDay != day {
      try throwAway(now)
      keptDay = day
    }
    return 0
  }
}
