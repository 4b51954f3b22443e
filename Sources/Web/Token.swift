/// A signed token: some bytes and a 16-byte MAC over them, in base64url. Nothing is stored; whoever holds the key can check it.
public enum Token {
  static let macLength = 16

  /// Makes the token of `payload`.
  public static func make(_ payload: [UInt8], _ purpose: Keys.Purpose, _ keys: Keys) -> String {
    Bytes.base64url(payload + keys.mac(purpose, payload).prefix(macLength))
  }

  /// The payload, when the token was made with this key for this purpose; nil for anything else.
  public static func read(_ token: String, _ purpose: Keys.Purpose, _ keys: Keys) -> [UInt8]? {
    guard token.utf8.count <= 2_000, let bytes = Bytes.fromBase64url(token), bytes.count > macLength else { return nil }
    let payload = Array(bytes.dropLast(macLength))
    guard Bytes.equalInConstantTime(bytes.suffix(macLength), keys.mac(purpose, payload).prefix(macLength)) else { return nil }
    return payload
  }
}
