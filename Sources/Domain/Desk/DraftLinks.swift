/// Addresses in a text: what a reader, or the program they read mail with, takes for a link.
struct DraftLinks {
  /// As they are compared: in lower case, without scheme, `www.` and a last slash.
  private(set) var links: Set<String> = []
  /// The text without them.
  private(set) var rest: String

  /// Linear in the length of `text`.
  init(_ text: String) {
    var (rest, piece) = (String.UnicodeScalarView(), String.UnicodeScalarView())
    var links: Set<String> = []
    func end() {
      if let link = Self.link(String(piece)) { links.insert(link) } else { rest.append(contentsOf: piece) }
      piece = String.UnicodeScalarView()
    }
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace || Self.ends.contains(scalar) {
        end()
        rest.append(scalar)
      } else {
        piece.append(scalar)
      }
    }
    end()
    self.rest = String(rest)
    self.links = links
  }

  /// Marks that no address has, or that end it where people write one.
  private static let ends: Set<Unicode.Scalar> = [
    "(", ")", "<", ">", "[", "]", "\"", "“", "”", "'", "‘", "’", "«", "»", "`", "|", ",", ";", "*",
  ]

  /// - Returns: nil: it is no address.
  private static func link(_ piece: String) -> String? {
    var bytes = Array(piece.utf8.map { ASCII.lower($0) })
    while let last = bytes.last, ".:!?".utf8.contains(last) { bytes.removeLast() }
    let hasScheme = bytes.indices.contains { bytes[$0...].starts(with: "://".utf8) } || bytes.starts(with: "//".utf8)
    for scheme in ["mailto:", "tel:", "https:", "http:", "//", "www."] where bytes.starts(with: scheme.utf8) {
      bytes.removeFirst(scheme.utf8.count)
    }
    if bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    guard hasScheme || isHost(bytes) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// "shop.example/delivery", "ana@shop.example": its host's last label is letters alone, as that of no amount is.
  private static func isHost(_ bytes: [UInt8]) -> Bool {
    let host = bytes.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    let name = host.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false).last ?? []
    let labels = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count > 1, let last = labels.last, last.count > 1, last.allSatisfy({ (0x61...0x7A).contains($0) || $0 > 0x7F }) else {
      return false
    }
    return labels.allSatisfy { label in
      !label.isEmpty
        && label.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") || $0 > 0x7F }
    }
  }
}
