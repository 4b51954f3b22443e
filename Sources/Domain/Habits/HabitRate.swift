/// How much of what was asked was kept: the last 365 dates, 52 weeks or 12 months (RULES 5.18).
struct HabitRate: Sendable {
  /// What one date, week or month asked, and how much of that was kept.
  struct Judged: Hashable, Sendable {
    var kept: UInt8
    var asked: UInt8

    static let nothing = Judged(kept: 0, asked: 0)
  }

  private let capacity: Int
  private var ring: [Judged] = []
  /// Where the oldest stands, once the ring is full.
  private var oldest = 0
  private(set) var kept = 0
  private(set) var asked = 0

  init(_ unit: HabitUnit, _ judged: [Judged] = []) {
    capacity =
      switch unit {
      case .days: 365
      case .weeks: 52
      case .months: 12
      }
    for judged in judged { push(judged) }
  }

  /// The oldest first.
  var judged: [Judged] { Array(ring[oldest...] + ring[..<oldest]) }

  /// One more date, week or month that is over; beyond the capacity the oldest is forgotten.
  mutating func push(_ judged: Judged) {
    add(judged)
    guard ring.count == capacity else { return ring.append(judged) }
    kept -= Int(ring[oldest].kept)
    asked -= Int(ring[oldest].asked)
    ring[oldest] = judged
    oldest = oldest + 1 == capacity ? 0 : oldest + 1
  }

  /// Counts the current week or month beside those that are over.
  mutating func add(_ judged: Judged) {
    kept += Int(judged.kept)
    asked += Int(judged.asked)
  }

  /// Nil while nothing has been asked.
  var proportion: Proportion? { Proportion(kept, of: asked) }
}
