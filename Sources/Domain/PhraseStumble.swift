/// What a phrase was refused over, for the complaint: the piece that could not be read, and the phrase that was probably meant.
public struct PhraseStumble: Hashable, Sendable {
  /// The piece as it was typed, at most ``longest`` characters of it and an ellipsis: a person's own bytes, to be escaped wherever they are shown.
  public let word: String
  /// The phrase with its slips put right, when it would then be taken; nil when nothing near would be.
  public let offer: String?

  /// Of ``word``; an offer is at most twice as long.
  public static let longest = 40

  /// - Parameter reader: in whose language words are offered. Both languages are understood, so neither is blamed.
  /// - Returns: nil for what is understood, and for what has nothing in it to blame.
  /// - Complexity: linear in the length of `text`, and a fixed number of comparisons and readings beside it.
  public init?(_ text: String, reader: PhraseReader) {
    guard text.utf8.count <= Phrase.longest * 4, let blamed = Stumbling(text, reader) else { return nil }
    word = PhraseStumble.shown(blamed.typed)
    if word.utf8.isEmpty { return nil }
    offer = PhraseStumble.offer(for: blamed, reader)
  }

  /// Shortened, and without characters that nobody sees and that turn the words around them about.
  private static func shown(_ typed: String) -> String {
    let seen = typed.unicodeScalars.filter { $0.properties.generalCategory != .control && $0.properties.generalCategory != .format }
    var view = String.UnicodeScalarView(seen.prefix(longest))
    if seen.count > longest { view.append("…") }
    return String(view)
  }

  /// Puts up to three words right, one after the other.
  private static func offer(for first: Stumbling, _ reader: PhraseReader) -> String? {
    let whole = PhraseOffers.offers(for: first.text, reader.language)
    if let taken = whole.first(where: { $0.unicodeScalars.count <= 2 * longest && isTaken($0, reader) }) { return taken }
    var blamed = first
    for _ in 0..<3 {
      let texts = PhraseVocabulary.nearest(to: blamed.folded, reader.language).prefix(6).map { blamed.text(with: $0) }
      for text in texts where text.unicodeScalars.count <= 2 * longest && isTaken(text, reader) { return text }
      guard let nearest = texts.first, let next = Stumbling(nearest, reader), next.index > blamed.index else { return nil }
      blamed = next
    }
    return nil
  }

  /// What is understood may be refused all the same: "few years" are more than one.
  private static func isTaken(_ text: String, _ reader: PhraseReader) -> Bool {
    do throws(PhraseError) {
      _ = try Phrase(text, reader: reader)
      return true
    } catch {
      return false
    }
  }
}

/// A phrase that is not understood, with the piece to blame.
private struct Stumbling {
  let text: String
  /// Of the piece among the pieces of the text.
  let index: Int
  /// In lower-case ASCII; empty when it is no word, or grown together with what is none.
  let folded: String
  private let range: Range<Int>
  /// Where the "at" before it begins, in bytes.
  private let begin: Int

  init?(_ text: String, _ reader: PhraseReader) {
    let tokens = PhraseScanner.tokens(of: text)
    var parser = PhraseParser(tokens[...], reader)
    guard !tokens.isEmpty, parser.meaning() == nil else { return nil }
    let strange = tokens.firstIndex { if case .word(let word) = $0.kind { !PhraseVocabulary.isKnown(word) } else { false } }
    index = strange ?? min(parser.furthest, max(parser.tokens.endIndex, 1) - 1)
    var (from, to) = (index, index)
    while tokens[from].glued { from -= 1 }
    while to + 1 < max(parser.tokens.endIndex, 1), tokens[to + 1].glued { to += 1 }
    if case .word(let word) = tokens[index].kind, from == to { folded = word } else { folded = "" }
    range = tokens[from].range.lowerBound..<tokens[to].range.upperBound
    begin = tokens[PhraseOffers.beginning(of: from, tokens)].range.lowerBound
    self.text = text
  }

  var typed: String { part(range) }

  /// A phrase stands for the "at" before it, too.
  func text(with word: String) -> String {
    let isPhrase = word.utf8.contains(UInt8(ascii: " "))
    return part(0..<(isPhrase ? begin : range.lowerBound)) + word + part(range.upperBound..<text.utf8.count)
  }

  private func part(_ range: Range<Int>) -> String {
    let bytes = text.utf8
    let (start, end) = (
      bytes.index(bytes.startIndex, offsetBy: range.lowerBound), bytes.index(bytes.startIndex, offsetBy: range.upperBound)
    )
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}
