/// The changes of one zone's clock, in order. Immutable, so that copies of a ``Zone`` share it.
final class ZoneTable: Sendable {
  /// How a clock is set: what is added to UTC, and what people call that.
  struct Clock: Hashable, Sendable {
    let offset: Int
    let abbreviation: String
  }

  /// A stretch of time with one clock: from `start` (inclusive, nil: since ever) to `end` (exclusive, nil: for good), seconds since 1970.
  struct Span {
    let start: Int64?
    let end: Int64?
    let clock: Clock
  }

  /// RFC 9636 recommends −25 h < offset < 26 h; we refuse files beyond, so that arithmetic on wall clocks stays bounded.
  static let leastOffset: Int64 = -89_999
  static let greatestOffset: Int64 = 93_599

  private let times: [Int64]
  private let kinds: [UInt8]
  private let clocks: [Clock]
  private let rule: PosixRule?
  /// ``rule`` as the file writes it.
  let ruleText: String?

  /// - Parameters:
  ///   - times: strictly ascending, as many as `kinds`.
  ///   - kinds: indices into `clocks`, all valid.
  ///   - clocks: at least one; the first holds before all times.
  ///   - rule: what holds from the last time on (always, when there are no times); nil keeps the last clock.
  init(times: [Int64], kinds: [UInt8], clocks: [Clock], rule: PosixRule?, ruleText: String? = nil) {
    self.ruleText = ruleText
    self.times = times
    self.kinds = kinds
    self.clocks = clocks
    self.rule = rule
  }

  convenience init(fixed clock: Clock) {
    self.init(times: [], kinds: [], clocks: [clock], rule: nil)
  }

  /// The clock after the last listed change.
  var lastClock: Clock { clocks[Int(kinds.last ?? 0)] }

  func span(at second: Int64) -> Span {
    guard let last = times.last, second < last else { return lastSpan(at: second) }
    // The first index whose time is after `second`.
    var low = 0
    var high = times.count - 1
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= second { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return Span(start: nil, end: times[0], clock: clocks[0]) }
    return Span(start: times[low - 1], end: times[low], clock: clocks[Int(kinds[low - 1])])
  }

  /// From the last listed change on, where the footer's rule takes over.
  private func lastSpan(at second: Int64) -> Span {
    guard let rule else {
      return Span(start: times.last, end: nil, clock: clocks[Int(kinds.last ?? 0)])
    }
    let span = rule.span(at: second)
    guard let last = times.last, let start = span.start, start > last else {
      return Span(start: times.last, end: span.end, clock: span.clock)
    }
    return span
  }
}
