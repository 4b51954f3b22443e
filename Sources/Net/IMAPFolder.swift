/// How folders are called on the wire: modified UTF-7 (RFC 3501, 5.1.3) in quotes.
enum IMAPFolder {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,".utf8)

  /// - Parameter name: without control characters.
  static func quoted(_ name: String) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    let escaped = encoded(name).flatMap { $0 == quote || $0 == UInt8(ascii: "\\") ? [UInt8(ascii: "\\"), $0] : [$0] }
    return [quote] + escaped + [quote]
  }

  /// Visible ASCII stands for itself, but for `&`; all else in runs of `&…-`, Base64 over UTF-16.
  static func encoded(_ name: String) -> [UInt8] {
    var (out, run): ([UInt8], [UInt16]) = ([], [])
    for scalar in name.unicodeScalars {
      if (0x20...0x7E).contains(scalar.value) {
        out += shifted(run)
        run = []
        out += scalar == "&" ? Array("&-".utf8) : [UInt8(scalar.value)]
      } else {
        run += Array(UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter)
      }
    }
    return out + shifted(run)
  }

  private static func shifted(_ units: [UInt16]) -> [UInt8] {
    if units.isEmpty { return [] }
    var (out, held, bits): ([UInt8], UInt32, Int) = ([UInt8(ascii: "&")], 0, 0)
    for unit in units {
      (held, bits) = (held << 16 | UInt32(unit), bits + 16)
      while bits >= 6 {
        bits -= 6
        out.append(letters[Int(held >> UInt32(bits) & 63)])
      }
      held &= (1 << UInt32(bits)) - 1
    }
    if bits > 0 { out.append(letters[Int(held << UInt32(6 - bits) & 63)]) }
    return out + [UInt8(ascii: "-")]
  }
}
