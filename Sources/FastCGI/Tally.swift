/// Events that a hostile peer can cause at will: counted, and written at most once a second each.
struct Tally {
  private struct Key: Hashable {
    let event: String
    let reason: String
  }

  private var counts: [Key: Int] = [:]
  private var nextReport = 0

  mutating func count(_ event: String, _ reason: String) {
    counts[Key(event: event, reason: reason), default: 0] += 1
  }

  /// - Parameter now: monotonic milliseconds; `Int.max` writes what is left.
  mutating func report(to log: EventLog, now: Int) {
    guard !counts.isEmpty, now >= nextReport else { return }
    for (key, count) in counts { log(key.event, ["reason": key.reason, "count": String(count)]) }
    counts = [:]
    nextReport = now == .max ? .max : now + 1000
  }
}
