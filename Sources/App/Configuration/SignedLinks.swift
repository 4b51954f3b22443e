/// Keeps the tokens of signed links out of logs: who holds one may act with it, and logs are read by more people than mails are.
enum SignedLinks {
  /// Ours have 43 letters and more; a short word behind `/a/` says more than it gives away.
  private static let shortest = 20
  private static let prefixes = Paths.signed.map { Array($0.utf8) }

  /// The text with `…` in place of every token behind a path of ``Paths/signed``.
  ///
  /// - Complexity: Looks at each byte once; a text without a slash is returned as it is.
  static func hidden(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "/")) else { return text }
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var position = 0
    while position < bytes.count {
      guard let length = prefix(bytes[position...]) else {
        out.append(bytes[position])
        position += 1
        continue
      }
      let token = bytes[(position + length)...].prefix(while: isTokenByte)
      out += bytes[position..<position + length]
      out += token.count < shortest ? Array(token) : Array("…".utf8)
      position = token.endIndex
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func prefix(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.first == UInt8(ascii: "/") else { return nil }
    return prefixes.first { bytes.starts(with: $0) }?.count
  }

  /// Base64url, and what quoted-printable or a percent sign puts between.
  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    default: "-_=%".utf8.contains(byte)
    }
  }
}
