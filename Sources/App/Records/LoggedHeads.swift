import Domain
import Postgres
import Web

/// The ends of the audit chains as the log has them: written there by the workers daily, so that whoever cuts rows off the end of a chain, moves
/// its recorded end back to fit, or takes out a whole chain must reach the log too (RULES 7.1).
public struct LoggedHeads: Sendable {
  /// What such a line says in its `message`.
  static let event = "audit.heads"
  /// How many a line holds: 50 are 5.4 kB, less than what system loggers cut at.
  static let perLine = 50

  /// MACs by account and number; more than one of a number where the logs contradict each other.
  private var macs: [ID<Account>: [Int64: Set<[UInt8]>]] = [:]
  /// How many were read.
  public private(set) var count = 0

  public init() {}

  var accounts: [ID<Account>] { Array(macs.keys) }

  /// The highest number at which an account's chain was seen.
  func last(of account: ID<Account>) -> Int64 { macs[account]?.keys.max() ?? 0 }

  /// Whether the log saw another row than this one at its place.
  func contradicts(_ account: ID<Account>, _ number: Int64, _ mac: [UInt8]) -> Bool {
    macs[account]?[number].map { $0 != [mac] } ?? false
  }

  /// Takes what a line of the log holds; other lines, and what stands before the JSON, are passed over. The text of people stands in the log with
  /// its quotation marks escaped, so that nobody can write such a line through a request.
  ///
  /// - Parameter line: bytes, with or without the line feed.
  public mutating func read(line: some Collection<UInt8>) {
    guard let rest = Self.rest(of: line[...], after: "\"message\":\"\(Self.event)\""),
      let value = Self.rest(of: rest, after: "\"heads\":\"")
    else { return }
    for word in value.prefix(while: { $0 != UInt8(ascii: "\"") }).split(separator: UInt8(ascii: " ")) { read(word: word) }
  }

  /// One end, as ``AuditHead/word(_:)`` writes it. What was cut off is not read.
  private mutating func read(word: some Collection<UInt8>) {
    let parts = word.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    guard parts.count == 3, let account = ID<Account>(parts[0]), let number = Int64(parts[1]), number > 0, let mac = Hex.bytes(parts[2]),
      mac.count == 32
    else { return }
    macs[account, default: [:]][number, default: []].insert(mac)
    count += 1
  }

  private static func rest<Line: Collection<UInt8>>(of line: Line, after text: String) -> Line.SubSequence? {
    let pattern = Array(text.utf8)
    var place = line.startIndex
    while let start = line[place...].firstIndex(of: pattern[0]) {
      let tail = line[start...]
      if tail.starts(with: pattern) { return tail.dropFirst(pattern.count) }
      place = line.index(after: start)
    }
    return nil
  }
}

/// Bytes of hexadecimal digits.
enum Hex {
  /// - Returns: nil for anything else than pairs of digits.
  static func bytes(_ text: String) -> [UInt8]? {
    let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
    guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(truncatingIfNeeded: (digits[$0] ?? 0) * 16 + (digits[$0 + 1] ?? 0)) }
  }
}

extension AuditHead {
  /// `account:number:mac`, for the log.
  func word(_ account: ID<Account>) -> String { "\(account.text):\(number):\(Bytes.hex(mac))" }
}

extension WorkBench {
  /// Writes the ends of the next chains to the log.
  ///
  /// - Returns: the account to go on after; nil at the end.
  func logHeads(after place: ID<Account>) throws(PostgresError) -> ID<Account>? {
    let heads = try db.rows(
      """
      SELECT account_id, number, mac FROM audit_heads WHERE account_id > \(place) AND number > 0
      ORDER BY account_id LIMIT \(LoggedHeads.perLine)
      """, into: AuditChain.init)
    if heads.isEmpty { return nil }
    log(LoggedHeads.event, ["heads": heads.map { $0.head.word($0.account) }.joined(separator: " ")])
    return heads.count == LoggedHeads.perLine ? heads.last?.account : nil
  }
}

/// An account's chain, by its recorded end.
struct AuditChain {
  let account: ID<Account>
  let head: AuditHead
}
