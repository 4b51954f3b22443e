/// Whether a failed call is made again. Times are milliseconds of a steady clock.
public enum CoachRetry {
  /// The most calls of one job.
  public static let calls = 3

  /// - Parameters:
  ///   - call: which call failed, from 1.
  ///   - retryAfter: the header's value, as it came.
  ///   - elapsed: since the job began.
  ///   - limit: of the whole job, 30,000.
  /// - Returns: how long to wait before the next call; nil when there is none.
  public static func wait(after failure: CoachFailure, call: Int, retryAfter: String? = nil, elapsed: Int, limit: Int = 30_000) -> Int? {
    guard failure.isWorthAnother, call < calls else { return nil }
    let asked = retryAfter.flatMap { Int($0[...].trimmed) }.flatMap { $0 >= 0 ? $0.multipliedReportingOverflow(by: 1000) : nil }
    if let asked, asked.overflow { return nil }
    let wait = asked?.partialValue ?? (call == 1 ? 500 : 2000)
    // A call that begins in the last second is not answered in time.
    return wait <= limit - 1000 - elapsed ? wait : nil
  }
}

/// Five failures of the server in a row: five minutes without a call. After that one call tries; when it fails too, another five minutes.
public struct CoachPause: Hashable, Sendable {
  static let failures = 5
  static let length: Int64 = 300

  public private(set) var inARow: Int
  public private(set) var until: Instant?

  public init(inARow: Int = 0, until: Instant? = nil) { (self.inARow, self.until) = (inARow, until) }

  public func mayCall(at now: Instant) -> Bool { until.map { now >= $0 } ?? true }

  /// An answer that could be read, whatever was then found wrong with its text.
  public mutating func succeeded() { self = CoachPause() }

  /// - Returns: whether a pause begins, which is one line in the log. A call that had begun before a pause does not begin it anew.
  public mutating func failed(at now: Instant) -> Bool {
    inARow = min(inARow + 1, Self.failures)
    guard inARow == Self.failures, mayCall(at: now) else { return false }
    until = now.advanced(seconds: Self.length)
    return true
  }
}

/// Where a model is asked.
public struct CoachEndpoint: Hashable, Sendable {
  /// `https://host/v1/chat/completions`.
  public let url: String
  /// What the coach's page names: host, and port when it was given.
  public let host: String

  /// - Parameters:
  ///   - text: `HEED_LLM_URL`, with or without `/v1` (or another version), a last slash, `/chat/completions`, a query.
  ///   - asked: what stands behind the version.
  /// - Returns: nil unless it is an http or https address of a host, without user, fragment and blanks.
  public init?(_ text: String, asking asked: [String] = ["chat", "completions"]) {
    let address = text[...].trimmed
    let scheme = ["https://", "http://"].first { address.lowercased().hasPrefix($0) }
    guard let scheme, address.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !address.contains("#"), !address.contains("\\") else {
      return nil
    }
    let rest = address.dropFirst(scheme.count)
    let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let names = parts[0].split(separator: "/", omittingEmptySubsequences: false)
    guard let host = names.first, !host.isEmpty, !host.hasPrefix(":"), !host.contains("@") else { return nil }
    var path = names.dropFirst().filter { !$0.isEmpty }
    if path.suffix(asked.count).map({ String($0) }) == asked { path.removeLast(asked.count) }
    if !path.contains(where: Self.isVersion) { path.append("v1") }
    self.host = host.lowercased()
    url =
      scheme + ([host.lowercased()] + path.map(String.init) + asked).joined(separator: "/")
      + (parts.count > 1 ? "?" + parts[1] : "")
  }

  /// "v1", "v1beta".
  private static func isVersion(_ name: Substring) -> Bool {
    let bytes = Array(name.utf8)
    return bytes.count > 1 && bytes[0] == UInt8(ascii: "v") && decimal(bytes[1]) != nil
  }
}
