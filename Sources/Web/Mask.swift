import Domain

/// Keeps the length of a compressed page from telling what its secrets are (BREACH, 2013). What stands on a page twice is compressed to less; so who
/// can have words of their choice shown on somebody's page, and see how long the answers are, would find a secret digit by digit.
///
/// A token is therefore written under a mask that is drawn anew for each answer: nothing on two answers is alike. And a page that holds one ends
/// with a remark of random length, which blurs what the lengths say about everything else on it. A page without tokens stays as it is: the error
/// pages that must be the same for everybody are.
///
/// Until it is sent, a page holds its tokens under a mask of zeros: entity tags are made of that, and do not change with the mask.
public enum Mask {
  /// The hexadecimal digits of a token.
  static let length = 32
  /// The remark holds fewer hexadecimal digits than this.
  static let mostPadding: UInt64 = 256

  /// A token under a mask of zeros, 64 hexadecimal digits: the mask, then the two laid over each other.
  public static func bare(_ token: String) -> String { String(repeating: "0", count: length) + token }

  /// Puts a page's token under a fresh mask, wherever it stands, and lengthens the page by a remark.
  ///
  /// - Parameter token: in lower-case hexadecimal digits, as ``CSRF`` makes it.
  public static func cover(_ token: String, in page: inout [UInt8]) {
    let bare = Array(bare(token).utf8)
    let places = places(of: bare, in: page)
    if places.isEmpty { return }
    var generator = SystemRandomNumberGenerator()
    let mask = digits(length, &generator)
    let masked = mask + zip(mask, token.utf8).map { digit(nibble($0) ^ nibble($1)) }
    for place in places { page.replaceSubrange(place..<place + bare.count, with: masked) }
    page += "<!--".utf8
    page += digits(Int(UInt64.random(in: 0..<mostPadding, using: &generator)), &generator)
    page += "-->".utf8
  }

  /// The token that a form holds: with its mask taken off; as it is where it has none, from a page opened before tokens had masks.
  static func uncovered(_ sent: String) -> [UInt8] {
    let bytes = Array(sent.utf8)
    guard bytes.count == 2 * length, bytes.allSatisfy({ ASCII.hexValue($0) != nil }) else { return bytes }
    return zip(bytes[..<length], bytes[length...]).map { digit(nibble($0) ^ nibble($1)) }
  }

  /// Where the bytes stand that begin with a mask of zeros. A run of so many zeros cannot pass a look at every so-many-th byte; and no zero stands
  /// before it: it is the value of an attribute.
  private static func places(of bare: [UInt8], in page: [UInt8]) -> [Int] {
    var found: [Int] = []
    var at = length - 1
    while at < page.count {
      var next = at + length
      if page[at] == UInt8(ascii: "0") {
        var start = at
        while start > 0, page[start - 1] == UInt8(ascii: "0") { start -= 1 }
        if page[start...].starts(with: bare) {
          found.append(start)
          next = start + bare.count + length - 1
        }
      }
      at = next
    }
    return found
  }

  private static func digits(_ count: Int, _ generator: inout SystemRandomNumberGenerator) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(count)
    var word: UInt64 = 0
    for index in 0..<count {
      if index % 16 == 0 { word = generator.next() }
      out.append(digit(UInt8(word & 15)))
      word >>= 4
    }
    return out
  }

  private static func digit(_ value: UInt8) -> UInt8 { Bytes.hexDigits[Int(value & 15)] }
  /// Anything but a digit counts as 0: tokens are ours, and what was sent has been looked at.
  private static func nibble(_ digit: UInt8) -> UInt8 { ASCII.hexValue(digit) ?? 0 }
}
