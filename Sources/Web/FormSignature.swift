import Crypto
import Domain
import FoundationEssentials

/// How Twilio's Messages API, and gateways that speak as it does, prove that a form is theirs: `X-Twilio-Signature`
/// (https://www.twilio.com/docs/usage/security). Signed are the address that was posted to, with its query, and all fields, each name with its value, in
/// the order of the names; SHA-1 is what that protocol has.
public enum FormSignature {
  /// The header, in lower case.
  public static let header = "x-twilio-signature"

  /// - Parameters:
  ///   - url: the whole address, as the sender knows it.
  ///   - fields: those of the form, in any order.
  ///   - token: what both sides know.
  public static func sign(_ url: String, _ fields: [(name: String, text: String)], token: String) -> String {
    let sorted = fields.sorted { one, other in
      let isSame = one.name.utf8.elementsEqual(other.name.utf8)
      let (first, second) = isSame ? (one.text, other.text) : (one.name, other.name)
      return first.utf8.lexicographicallyPrecedes(second.utf8)
    }
    var signed = Array(url.utf8)
    for field in sorted { signed += Array(field.name.utf8) + Array(field.text.utf8) }
    let key = SymmetricKey(data: Array(token.utf8))
    return Bytes.base64(Array(HMAC<Insecure.SHA1>.authenticationCode(for: signed, using: key)))
  }

  /// Whether the sender of a form knows the token.
  ///
  /// - Parameters:
  ///   - signature: the header as it came; nil where it is missing.
  ///   - form: nothing of it is used before.
  public static func verify(_ signature: String?, _ url: String, _ form: Form, token: String) -> Bool {
    guard let signature, let fields = form.pairs, !token.utf8.isEmpty else { return false }
    return Bytes.equalInConstantTime(signature.utf8, sign(url, fields, token: token).utf8)
  }
}
