import Crypto
import Domain
import FoundationEssentials
import Net
import Web

/// Says to push services who sends (RFC 8292), with a key of this installation's: derived from its secret, so that there is nothing to keep. A browser
/// subscribes for this one key; under another secret its devices have to be added again.
struct VAPID {
  /// How long what is signed is good, in hours. Services take 24 at most.
  private static let hours: Int64 = 12

  private let key: P256.Signing.PrivateKey

  /// Of the numbers that the secret makes, the first that is a key of the curve: of 2^32 secrets one needs a second.
  ///
  /// - Throws: ``MissingChannel`` when none is.
  init(_ keys: Keys) throws {
    for attempt in 0..<8 {
      // What is no key is passed over.
      if let key = try? P256.Signing.PrivateKey(rawRepresentation: keys.mac(.push, "vapid \(attempt)".utf8)) {
        self.key = key
        return
      }
    }
    throw MissingChannel()
  }

  /// As browsers want it when they subscribe: the point in base64url.
  var publicKey: String { Bytes.base64url(Array(key.publicKey.x963Representation)) }

  /// What goes with a message to a push service.
  ///
  /// - Parameters:
  ///   - url: where it is posted to.
  ///   - contact: a mail address of whoever runs this site.
  /// - Throws: ``NetError/badURL``.
  func authorization(for url: String, contact: String, at now: Instant) throws -> HeaderField {
    guard let origin = Self.origin(of: url) else { throw NetError.badURL }
    let head = JSONText.object([("typ", .string("JWT")), ("alg", .string("ES256"))])
    let claims = JSONText.object([
      ("aud", .string(origin)), ("exp", .number(Int(now.advanced(hours: Self.hours).seconds))), ("sub", .string("mailto:" + contact)),
    ])
    let signed = Self.part(head) + "." + Self.part(claims)
    let signature = try key.signature(for: Array(signed.utf8)).rawRepresentation
    return HeaderField("Authorization", "vapid t=" + signed + "." + Bytes.base64url(Array(signature)) + ", k=" + publicKey)
  }

  private static func part(_ json: JSONText) -> String { Bytes.base64url(Array(json.text.utf8)) }

  /// Scheme, host and port as RFC 6454 writes them: no port where it is the usual one.
  ///
  /// - Returns: nil for what is no address of the web.
  static func origin(of url: String) -> String? {
    guard let target = HTTPTarget(url) else { return nil }
    let isSecure = isSecure(url)
    let host = String(decoding: Bytes.lowercased(target.host.utf8), as: UTF8.self)
    let isIPv6 = host.utf8.contains(UInt8(ascii: ":"))
    let port = target.port == (isSecure ? 443 : 80) ? "" : ":\(target.port)"
    return (isSecure ? "https://" : "http://") + (isIPv6 ? "[" + host + "]" : host) + port
  }

  static func isSecure(_ url: String) -> Bool { Bytes.lowercased(url.utf8.prefix(8)).elementsEqual("https://".utf8) }
}
