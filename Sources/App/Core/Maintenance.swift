import Domain
import Net
import Postgres
import Web

/// What each worker does for itself: for its own beginning, or for the machine that it runs on, whose folders and zone data other machines do not
/// share. Cut into slices, so that nothing that is due waits for it, however large the tables are. What is to be done once for all is a job
/// (``JobKind``).
struct Chore: Sendable {
  /// How many rows make a slice.
  static let slice = 200

  /// When it is begun.
  enum Occasion: String, Sendable {
    /// With each worker.
    case start
    /// With each day.
    case day
    /// With new zone data of this machine.
    case zones = "new zone data"
  }

  /// Where a slice ended: the id of its last row.
  typealias Bookmark = (high: UInt64, low: UInt64)

  /// What the log and the timetable call it.
  let name: String
  let occasions: [Occasion]
  /// Whether it is begun again ten minutes after it failed; else at its next occasion.
  let isUrgent: Bool
  /// - Returns: where to go on; nil at the end.
  let run: @Sendable (_ bench: WorkBench, _ after: Bookmark, _ now: Instant) throws -> Bookmark?

  /// - Parameter slice: does a slice of the rows after an id, all zero at the beginning; returns the id to go on after, nil at the end.
  init<Row>(
    _ name: String, _ occasions: [Occasion], isUrgent: Bool = false,
    _ slice: @escaping @Sendable (WorkBench, ID<Row>, Instant) throws -> ID<Row>?
  ) {
    (self.name, self.occasions, self.isUrgent) = (name, occasions, isUrgent)
    run = { bench, place, now in try slice(bench, ID(high: place.high, low: place.low), now).map { ($0.high, $0.low) } }
  }

  /// What is done at once.
  init(_ name: String, _ occasions: [Occasion], _ body: @escaping @Sendable (WorkBench, Instant) throws -> Void) {
    (self.name, self.occasions, isUrgent) = (name, occasions, false)
    run = { bench, _, now in
      try body(bench, now)
      return nil
    }
  }
}

/// What of a worker's chores is to be done.
final class Maintenance {
  private let chores: [Chore]
  private let bench: WorkBench
  /// Those that are begun, each from where its last slice ended.
  private var queue: [(chore: Chore, place: Chore.Bookmark)] = []
  /// Those that are begun at a time.
  private var later: [(at: Instant, chore: Chore)] = []
  /// When a slice was last done, in ``Ticks``.
  private var lastAt = 0
  /// The day whose chores were begun last, counted from 1970.
  private var day: Int64?

  init(_ chores: [Chore], _ bench: WorkBench) {
    (self.chores, self.bench) = (chores, bench)
    begin { $0.occasions.contains(.start) }
  }

  /// Whether more slices are to be done.
  var isBusy: Bool { !queue.isEmpty }

  /// Notes what is to be done now, and does a slice of it when nothing else is to do, or after a busy second.
  ///
  /// - Returns: how many slices were done.
  func run(_ now: Instant, isIdle: Bool) throws -> Int {
    schedule(now)
    guard let (chore, place) = queue.first, isIdle || Ticks.now - lastAt >= 1_000 else { return 0 }
    do {
      let rest = try chore.run(bench, place, now)
      queue.replaceSubrange(0..<1, with: rest.map { [(chore, $0)] } ?? [])
    } catch {
      if let error = error as? PostgresError, error.kind == .connection { throw error }
      queue.removeFirst()
      if chore.isUrgent { later.append((now.advanced(minutes: 10), chore)) }
      throw error
    }
    lastAt = Ticks.now
    return 1
  }

  private func schedule(_ now: Instant) {
    if bench.services.zones.refresh(at: now) {
      // Twice: responders notice within an hour, too, and until then they store times by the old data.
      let moved = chores.filter { $0.occasions.contains(.zones) }
      later = [now, now.advanced(hours: 2)].flatMap { at in moved.map { (at, $0) } }
    }
    let today = now.seconds / 86_400
    if day != today {
      // What begins with a worker is done on its first day.
      begin { [isFirst = day == nil] in $0.occasions.contains(.day) && !(isFirst && $0.occasions.contains(.start)) }
      day = today
    }
    queue += later.filter { $0.at <= now }.map { ($0.chore, (0, 0)) }
    later.removeAll { $0.at <= now }
  }

  private func begin(_ isMeant: (Chore) -> Bool) { queue += chores.filter(isMeant).map { ($0, (0, 0)) } }
}
