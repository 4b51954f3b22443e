/// Which of Heed's languages a message is in (RULES 6.35).
public enum MessageLanguage {
  /// By the small words of both languages; when they tie, a Portuguese accent decides, else `channel`.
  ///
  /// - Parameters:
  ///   - text: the customer's own words, without what they quote. Links and mail addresses in it say nothing.
  ///   - conversation: of the messages before; nil for the first one. A message of at most three words is in this language.
  ///   - channel: what is assumed when nothing tells.
  public static func language(of text: String, conversation: Language?, channel: Language) -> Language {
    let (told, words) = read(text)
    if let conversation, words <= few { return conversation }
    return told ?? channel
  }

  /// Of a text that stands alone.
  ///
  /// - Returns: nil: three words or fewer, or neither language shows.
  public static func told(by text: String) -> Language? {
    let (told, words) = read(text)
    return words > few ? told : nil
  }

  /// So many words tell nothing.
  private static let few = 3
  /// What is read of a text, in scalars: its beginning tells enough.
  private static let most = 8_000

  private static func read(_ text: String) -> (told: Language?, words: Int) {
    let words = text.unicodeScalars.prefix(most).split(whereSeparator: isSpace).map { Substring($0) }.filter { !isAddress($0) }
    let latin = words.filter { !$0.unicodeScalars.contains(where: isForeign) }
    let text = latin.joined(separator: " ")
    let count = SmallWords(text)
    let all = count.words + words.count - latin.count
    if count.english != count.portuguese { return (count.english > count.portuguese ? .english : .portuguese, all) }
    return (text.unicodeScalars.contains(where: isPortugueseAccent) ? .portuguese : nil, all)
  }

  private static func isAddress(_ word: Substring) -> Bool {
    let bytes = word.utf8
    if bytes.contains(UInt8(ascii: "@")) || bytes.starts(with: "www.".utf8) { return true }
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return false }
    return bytes[colon...].indices.contains { bytes[$0...].starts(with: "://".utf8) }
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? scalar == " " || (9...13).contains(scalar.value) : scalar.properties.isWhitespace
  }

  /// A letter that is not Latin: some look like the small words of another language.
  private static func isForeign(_ scalar: Unicode.Scalar) -> Bool { scalar.value > 0x36F && scalar.properties.isAlphabetic }

  /// Of letters that are one with it, or apart from them.
  private static func isPortugueseAccent(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "ã", "õ", "ç", "á", "â", "à", "é", "ê", "í", "ó", "ô", "ú": true
    case "Ã", "Õ", "Ç", "Á", "Â", "À", "É", "Ê", "Í", "Ó", "Ô", "Ú": true
    case "\u{300}", "\u{301}", "\u{302}", "\u{303}", "\u{327}": true
    default: false
    }
  }
}
