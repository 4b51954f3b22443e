import Crypto
import Domain
import FoundationEssentials

/// How a webhook proves whom it is from, in both directions: Standard Webhooks v1 (https://www.standardwebhooks.com). Signed are the bytes as they
/// are sent, `id.timestamp.body`, so nothing is parsed before its signature is known to be right.
public enum WebhookSignature {
  /// How far the clocks of both ends may be apart, in seconds, both ways, this much included.
  public static let tolerance: Int64 = 300

  /// Signatures that a header may hold; a sender that changes its secret sends two.
  private static let most = 16
  private static let prefix = "whsec_"
  private static let version = "v1,"

  /// A new secret: `whsec_` and the base64 of 32 random bytes.
  public static func newSecret() -> String { prefix + Bytes.base64(Keys.random(32)) }

  /// What goes into `webhook-signature`.
  ///
  /// - Parameters:
  ///   - id: what goes into `webhook-id`: the same for all tries.
  ///   - timestamp: seconds since 1970, what goes into `webhook-timestamp`.
  ///   - secret: as ``newSecret()`` made it. What is none signs what nobody verifies.
  public static func sign(id: String, timestamp: Int64, body: [UInt8], secret: String) -> String {
    let signed = Array((id + "." + String(timestamp) + ".").utf8) + body
    let key = key(secret) ?? SymmetricKey(size: .bits256)
    return version + Bytes.base64(Array(HMAC<SHA256>.authenticationCode(for: signed, using: key)))
  }

  /// Whether one of these secrets made one of the signatures, at a time that is not too far from now.
  ///
  /// - Parameters:
  ///   - id: `webhook-id`, as it came; nil where the header is missing.
  ///   - timestamp: `webhook-timestamp`.
  ///   - signature: `webhook-signature`: signatures with blanks between them. Those of other versions are passed over.
  ///   - secrets: the present one, and while it is good the one before.
  public static func verify(id: String?, timestamp: String?, signature: String?, body: [UInt8], secrets: [String], now: Instant) -> Bool {
    guard let id, !id.utf8.isEmpty, let seconds = timestamp.flatMap(seconds), let signature else { return false }
    guard abs(seconds - now.seconds) <= tolerance else { return false }
    let offered = signature.utf8.split(separator: UInt8(ascii: " "), maxSplits: most).prefix(most)
    var isRight = false
    for secret in secrets {
      let expected = sign(id: id, timestamp: seconds, body: body, secret: secret)
      // None ends the search, so its time does not tell which was right.
      for candidate in offered where Bytes.equalInConstantTime(candidate, expected.utf8) { isRight = true }
    }
    return isRight
  }

  /// The decoded part of a secret; nil: it is none.
  private static func key(_ secret: String) -> SymmetricKey? {
    guard secret.utf8.starts(with: prefix.utf8) else { return nil }
    let text = String(decoding: secret.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    guard let bytes = Bytes.fromBase64(text), !bytes.isEmpty else { return nil }
    return SymmetricKey(data: bytes)
  }

  /// Digits alone, as ``sign(id:timestamp:body:secret:)`` writes them: another spelling would be other bytes than those that were signed.
  private static func seconds(_ text: String) -> Int64? {
    guard (1...12).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    guard let seconds = Int64(text) else { return nil }
    return String(seconds).utf8.elementsEqual(text.utf8) ? seconds : nil
  }
}
