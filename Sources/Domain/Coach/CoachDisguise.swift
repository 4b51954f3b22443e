/// The words of a text as the lists compare them, whatever was done to hide or misspell them: digits and signs that stand for letters are
/// letters ("m0rr3r"), and letters apart are one word ("s u i c i d e").
struct CoachDisguise {
  /// Ends a sentence: a phrase does not go over it.
  static let end: [UInt8] = []
  /// Stands where an ordinary saying stood: a phrase may go over it, no word is equal to it.
  static let blank: [UInt8] = [0]

  private(set) var words: [[UInt8]] = []

  init(_ text: String) {
    var chunk: [CoachToken] = []
    let tokens = CoachTokens.read(text)
    for (index, token) in tokens.enumerated() {
      if token.kind == .word || token.kind == .digits || isLetterSign(token, tokens, index) {
        chunk.append(token)
        continue
      }
      add(chunk)
      chunk = []
      if endsSentence(token, tokens, index) { words.append(Self.end) }
    }
    add(chunk)
    joinLetters()
  }

  /// "@" and "$" beside a letter; "!" only between two.
  private func isLetterSign(_ token: CoachToken, _ tokens: [CoachToken], _ index: Int) -> Bool {
    guard token.kind == .mark, Self.letters[token.text] != nil else { return false }
    let before = index > 0 && tokens[index - 1].kind == .word
    let after = index + 1 < tokens.count && tokens[index + 1].kind == .word
    return token.text == "!" ? before && after : before || after
  }

  /// A full stop, question or exclamation mark with a blank behind it. "Quero.morrer" is no end.
  private func endsSentence(_ token: CoachToken, _ tokens: [CoachToken], _ index: Int) -> Bool {
    guard token.kind == .mark, [".", "?", "!", ";", "\u{2026}"].contains(token.text) else { return false }
    return index + 1 >= tokens.count || tokens[index + 1].kind == .space
  }

  /// Digits are letters in a word that begins with a letter or holds three: "m0rrer" and "5uicide", but not "50mg" or "8h".
  private mutating func add(_ chunk: [CoachToken]) {
    let letters = chunk.reduce(0) { $0 + ($1.kind == .word ? $1.text.utf8.count : 0) }
    let spelt = chunk.flatMap { $0.kind == .word ? Array($0.text.utf8) : $0.text.map { Self.letters[String($0)] ?? 0 } }
    let isWord = letters > 0 && (chunk.first?.kind == .word || letters >= 3) && !spelt.contains(0)
    if isWord { words.append(spelt) } else { words += chunk.map { Array($0.text.utf8) } }
  }

  private static let letters: [String: UInt8] = [
    "0": UInt8(ascii: "o"), "1": UInt8(ascii: "i"), "3": UInt8(ascii: "e"), "4": UInt8(ascii: "a"), "5": UInt8(ascii: "s"),
    "7": UInt8(ascii: "t"), "@": UInt8(ascii: "a"), "$": UInt8(ascii: "s"), "!": UInt8(ascii: "i"),
  ]

  /// Three single letters or more in a row are a word.
  private mutating func joinLetters() {
    var joined: [[UInt8]] = []
    var run: [UInt8] = []
    func flush() { joined += run.count >= 3 ? [run] : run.map { [$0] } }
    for word in words {
      if word.count == 1, let letter = word.first, letter >= UInt8(ascii: "a"), letter <= UInt8(ascii: "z") {
        run.append(letter)
      } else {
        flush()
        run = []
        joined.append(word)
      }
    }
    flush()
    words = joined
  }

  /// Puts a blank where the words of `range` stood.
  mutating func blank(_ range: Range<Int>) {
    for index in range { words[index] = Self.blank }
  }

  /// Letters typed twice count once: "moorrer" is "morer", and so is "morrer".
  static func collapsed(_ word: some Sequence<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    for byte in word where out.last != byte { out.append(byte) }
    return out
  }
}
