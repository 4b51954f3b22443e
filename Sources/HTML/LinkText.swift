/// The words of a link, judged: `[bank.example](https://evil.example)` looks like an address and leads to another.
struct LinkText {
  private let text: [UInt8]

  init(_ text: [UInt8]) {
    self.text = text
  }

  /// Whether the words look like a host, a mail address or a number that is not the link's own. When in doubt, yes:
  /// the reader then sees where the link leads, which does no harm.
  func pretends(toBeOtherThan url: SafeURL) -> Bool {
    if text.elementsEqual(url.target.utf8) { return false }
    let own = Self.withoutWWW(url.target)
    let isCall = url.text.utf8.first.map { $0 | 0x20 } == 0x74
    if isCall, digits(text).count >= 3, digits(text) != digits(Array(url.target.utf8)) { return true }
    return words.contains { $0 != own && Self.looksLikeHost($0) }
  }

  /// The parts between blanks and punctuation, in lower case, each host without its scheme, `www.`, port and path.
  private var words: [String] {
    // Dots that only look like dots: ideographic, fullwidth, halfwidth ideographic, one dot leader.
    var plain = String(decoding: text, as: UTF8.self).unicodeScalars.map { "。．｡․".unicodeScalars.contains($0) ? "." : $0 }
    plain.removeAll { $0 == "\u{AD}" || ("\u{200B}"..."\u{200F}").contains($0) || $0 == "\u{2060}" || $0 == "\u{FEFF}" }
    let separators = " \t\r\n/\\?#:,;!()[]<>{}\"'|*`=&%".unicodeScalars
    return plain.split { separators.contains($0) || $0.properties.isWhitespace }.map { word in
      var scalars = String.UnicodeScalarView()
      scalars.append(contentsOf: word.drop { $0 == "." }.reversed().drop { $0 == "." }.reversed())
      return Self.withoutWWW(String(scalars).lowercased())
    }
  }

  /// `name.tld`, in whatever letters; the last part has two letters or more, so "e.g" and "3.14" are none. `a@b.tld` too.
  private static func looksLikeHost(_ word: String) -> Bool {
    let parts = word.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
    guard parts.count >= 2, parts.allSatisfy({ !$0.isEmpty }), let last = parts.last else { return false }
    let isNumeric = parts.count == 4 && word.utf8.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) }
    return isNumeric || (last.count >= 2 && !last.contains { (0x30...0x39).contains($0) && !last.starts(with: "xn--".utf8) })
  }

  private static func withoutWWW(_ host: String) -> String {
    host.utf8.starts(with: "www.".utf8) ? String(host.dropFirst(4)) : host
  }

  private func digits(_ bytes: [UInt8]) -> [UInt8] {
    bytes.filter { (0x30...0x39).contains($0) }
  }
}
