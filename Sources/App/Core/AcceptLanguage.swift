import Domain

/// Which of our languages a browser would rather have (RFC 9110, section 12.5.4), for pages that nobody is signed in to.
enum AcceptLanguage {
  /// English when neither is asked for. Any Portuguese counts as ours.
  static func best(_ header: String) -> Language {
    var best: (language: Language, quality: Int) = (.english, 0)
    for part in header.utf8.prefix(500).split(separator: UInt8(ascii: ",")) {
      let pieces = part.split(separator: UInt8(ascii: ";"))
      guard let tag = pieces.first?.filter({ $0 != 32 }), tag.count >= 2 else { continue }
      let primary = tag.prefix(2).map { $0 | 32 }
      let language: Language? = primary == Array("pt".utf8) ? .portuguese : primary == Array("en".utf8) ? .english : nil
      let quality = pieces.count > 1 ? thousandths(pieces[1]) : 1_000
      if let language, quality > best.quality { best = (language, quality) }
    }
    return best.language
  }

  /// `q=0.8` as 800; 0 for what cannot be read.
  private static func thousandths(_ text: some Sequence<UInt8>) -> Int {
    let value = text.filter { $0 != 32 }
    guard value.starts(with: "q=".utf8), let first = value.dropFirst(2).first, first == 48 || first == 49 else { return 0 }
    if first == 49 { return 1_000 }
    var result = 0
    var place = 100
    for digit in value.dropFirst(4).prefix(3) where (48...57).contains(digit) {
      result += Int(digit - 48) * place
      place /= 10
    }
    return result
  }
}
