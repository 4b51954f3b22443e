import Domain
import Postgres
import Web

/// Throttling by counting. A key is an HMAC of an address or a network, so that the table tells nothing to who reads it.
///
/// Sign-in is limited per (address, network) and, more loosely, per network: a stranger who guesses from elsewhere never locks the owner out.
enum RateLimit {
  /// One limit: at most `most` within `seconds`.
  struct Limit {
    let kind: String
    let most: Int
    let seconds: Int64
  }

  static let signInHere = Limit(kind: "sign-in", most: 10, seconds: 900)
  static let signInFromNetwork = Limit(kind: "sign-in-network", most: 100, seconds: 900)
  static let signUp = Limit(kind: "sign-up", most: 100, seconds: 3_600)
  static let verificationMail = Limit(kind: "letter", most: 5, seconds: 3_600)
  static let verificationMailDaily = Limit(kind: "letter-day", most: 10, seconds: 86_400)
  static let signUpMail = Limit(kind: "sign-up-letter", most: 5, seconds: 3_600)
  static let invitation = Limit(kind: "invitation", most: 20, seconds: 3_600)
  static let invitationOfAddress = Limit(kind: "invitation-address", most: 3, seconds: 86_400)
  static let contactLetter = Limit(kind: "contact-letter", most: 20, seconds: 3_600)
  static let contactLetterOfAddress = Limit(kind: "contact-letter-address", most: 3, seconds: 86_400)
  static let testMessage = Limit(kind: "test", most: 5, seconds: 3_600)
  static let testMessageDaily = Limit(kind: "test-day", most: 10, seconds: 86_400)
  static let agentSecret = Limit(kind: "agent-secret", most: 10, seconds: 86_400)
  static let channelTest = Limit(kind: "channel-test", most: 20, seconds: 3_600)
  static let channelTestDaily = Limit(kind: "channel-test-day", most: 60, seconds: 86_400)
  static let resetHere = Limit(kind: "reset", most: 5, seconds: 3_600)
  static let resetOfAddress = Limit(kind: "reset-address", most: 10, seconds: 3_600)
  static let resetFromNetwork = Limit(kind: "letter-network", most: 50, seconds: 3_600)
  /// No limit but a memory: somebody signed in to this address from this network. Kept for 90 days.
  private static let signedIn = Limit(kind: "signed-in", most: 1, seconds: 90 * 86_400)

  /// How long to wait before the next attempt; nil: go ahead.
  static func wait(_ limit: Limit, _ key: String, _ web: Context) throws(PostgresError) -> Int? {
    let since = web.now.advanced(seconds: -limit.seconds)
    let recent: [Instant] = try web.db.rows(
      Query(
        column: "SELECT at FROM door.attempts(\(limit.kind), \(mac(limit, key, web)), \(since), \(web.now), \(limit.most)) ORDER BY at DESC"
      ))
    guard recent.count >= limit.most, let oldest = recent.last else { return nil }
    return Int(max(1, limit.seconds - web.now.seconds(since: oldest)))
  }

  /// Counts one.
  static func note(_ limit: Limit, _ key: String, _ web: Context) throws(PostgresError) {
    try web.db.run("INSERT INTO attempts (kind, key, at) VALUES (\(limit.kind), \(mac(limit, key, web)), \(web.now))")
  }

  /// Remembers that an address signed in from a network. Once a day is enough.
  static func noteSignIn(_ email: String, _ web: Context) throws(PostgresError) {
    let daily = Limit(kind: signedIn.kind, most: 1, seconds: 86_400)
    let here = key(email, web)
    if try wait(daily, here, web) == nil { try note(signedIn, here, web) }
  }

  /// Whether an address signed in from this network lately: neighbours of a person must not be able to shut them out.
  static func hasSignedIn(_ email: String, _ web: Context) throws(PostgresError) -> Bool {
    try wait(signedIn, key(email, web), web) != nil
  }

  /// An address on the network that the request came from.
  static func key(_ email: String, _ web: Context) -> String { email + " " + web.request.network }

  /// - Throws: ``Failure/throttled(seconds:)`` when there were too many.
  static func check(_ limit: Limit, _ key: String, _ web: Context) throws {
    if let seconds = try wait(limit, key, web) { throw Failure.throttled(seconds: seconds) }
  }

  private static func mac(_ limit: Limit, _ key: String, _ web: Context) -> [UInt8] {
    web.services.keys.mac(.attempt, Array(limit.kind.utf8) + [0] + Array(key.utf8))
  }
}

extension Request {
  /// The network an attempt counts against: an IPv4 address as it is, also when it came in IPv6's clothes (a socket that takes both writes
  /// `::ffff:192.0.2.1`); the first 64 bits of an IPv6 address, since a household has as many as it likes.
  var network: String {
    guard address.utf8.contains(UInt8(ascii: ":")) else { return address }
    let parts = address.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    if let last = parts.last, last.utf8.contains(UInt8(ascii: ".")) { return last }
    // `::` stands for as many zeros as are missing; at an end it leaves an empty part more.
    let before = parts.prefix { !$0.utf8.isEmpty }
    let after = parts.dropFirst(before.count).filter { !$0.utf8.isEmpty }
    let zeros = [String](repeating: "0", count: max(0, 8 - before.count - after.count))
    return (before + zeros + after).prefix(4).joined(separator: ":") + "::/64"
  }
}
