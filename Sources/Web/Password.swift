import CArgon2

/// Passwords are kept as argon2id (RFC 9106) in its encoded form, which carries its own parameters and salt.
public enum Password {
  /// Allowed length in bytes of UTF-8, both ends included. The upper end keeps a request from costing more than it should.
  public static let lengths = 10...1_024

  /// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
  static let memory: UInt32 = 19_456
  static let passes: UInt32 = 2
  static let lanes: UInt32 = 1

  /// The encoded hash to store; nil only when the machine is out of memory.
  ///
  /// - Parameter salt: 16 random bytes.
  public static func hash(_ password: String, salt: [UInt8] = Keys.random(16)) -> String? {
    let bytes = Array(password.utf8)
    var encoded = [CChar](repeating: 0, count: 256)
    let code = argon2id_hash_encoded(passes, memory, lanes, bytes, bytes.count, salt, salt.count, 32, &encoded, encoded.count)
    guard code == ARGON2_OK.rawValue else { return nil }
    return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Whether the password is the one that was hashed.
  public static func matches(_ password: String, _ encoded: String) -> Bool {
    let bytes = Array(password.utf8)
    return argon2id_verify(encoded, bytes, bytes.count) == ARGON2_OK.rawValue
  }

  /// Whether the password is the right one, in exactly one comparison whatever is known: an unknown address must not be answered faster than a
  /// known one, nor a password that is too short to be right.
  ///
  /// - Parameters:
  ///   - encoded: what is stored; nil when there is nobody of that address.
  ///   - compare: ``matches(_:_:)``; tests count.
  public static func isRight(_ password: String, _ encoded: String?, compare: (String, String) -> Bool = matches) -> Bool {
    let fits = lengths.contains(password.utf8.count)
    let isEqual = compare(password, (fits ? encoded : nil) ?? nobody)
    return isEqual && fits && encoded != nil
  }

  /// Of 32 random bytes that nobody kept, with today's parameters.
  static let nobody = "$argon2id$v=19$m=19456,t=2,p=1$1TqSo/pXqPTr8ApkIYmFWg$T5kEKLNtIgSeIVd8qKr2JtwT6tF9REAFgch0utsDExY"

  /// Whether a password is among the first that anybody would try: a common one, one character or one short pattern again and again, a run
  /// along the alphabet or keyboard, or the person's own address.
  public static func isCommon(_ password: String, email: String) -> Bool {
    let bytes = Bytes.lowercased(password.utf8)
    if commonPasswords.contains(String(decoding: bytes, as: UTF8.self)) { return true }
    if isPeriodic(bytes) || isRun(bytes) { return true }
    let address = Bytes.lowercased(email.utf8)
    let local = Array(address.prefix { $0 != UInt8(ascii: "@") })
    return bytes == address || bytes == local
  }

  /// "aaaaaaaaaa", "abcabcabcabc": a pattern of at most four bytes repeated. Of at most 64 bytes: nobody guesses how often
  /// a longer one repeats.
  private static func isPeriodic(_ bytes: [UInt8]) -> Bool {
    bytes.count <= 64 && (1...4).contains { period in bytes.indices.allSatisfy { bytes[$0] == bytes[$0 % period] } }
  }

  /// "1234567890", "qwertyuiop", "zyxwvutsrq", also begun in the middle and going round.
  private static func isRun(_ bytes: [UInt8]) -> Bool {
    ["abcdefghijklmnopqrstuvwxyz", "0123456789", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p"].contains { line in
      let round = Array(line.utf8) + Array(line.utf8)
      return contains(bytes, in: round) || contains(bytes.reversed(), in: round)
    }
  }

  private static func contains(_ needle: [UInt8], in hay: [UInt8]) -> Bool {
    guard needle.count <= hay.count else { return false }
    return (0...(hay.count - needle.count)).contains { hay[$0..<($0 + needle.count)].elementsEqual(needle) }
  }
}
