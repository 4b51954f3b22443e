/// Which of our languages a text is in (RULES 6.35), told by its commonest words, ties by accents.
public enum MailLanguage {
  /// Words that are read.
  static let mostWords = 400

  /// - Returns: nil for three words or fewer, and where neither language shows: the conversation's counts then.
  public static func of(_ text: String) -> Language? {
    var (english, portuguese, words, accents) = (0, 0, 0, 0)
    var word: [UInt8] = []
    func finish() {
      if word.isEmpty { return }
      words += 1
      if word.contains(where: { $0 >= 0x80 }) {
        if isPortugueseLetter(word) { accents += 1 }
      }
      if word.count <= 16 {
        let key = MailLanguage.key(word[...])
        if englishWords.contains(key) { english += 1 }
        if portugueseWords.contains(key) { portuguese += 1 }
      }
      word.removeAll(keepingCapacity: true)
    }
    for byte in text.utf8 {
      if byte >= 0x80 || (0x41...0x5A).contains(byte & 0xDF) {
        word.append(byte)
      } else {
        finish()
        if words >= mostWords { break }
      }
    }
    finish()
    guard words > 3 else { return nil }
    if english != portuguese { return english > portuguese ? .english : .portuguese }
    return accents > 0 ? .portuguese : nil
  }

  /// ã, õ, ç and the accented vowels, composed.
  private static func isPortugueseLetter(_ word: [UInt8]) -> Bool {
    var isAfter = false
    for byte in word {
      if isAfter, [0xA1, 0xA3, 0xA7, 0xA9, 0xAA, 0xAD, 0xB3, 0xB4, 0xB5, 0xBA].contains(byte) { return true }
      isAfter = byte == 0xC3
    }
    return false
  }

  /// The last eight letters of a word, folded, as one number.
  private static func key(_ word: ArraySlice<UInt8>) -> UInt64 {
    mailFolded(word).reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func keys(_ words: [String]) -> Set<UInt64> { Set(words.map { key(Array($0.utf8)[...]) }) }

  private static let englishWords = keys([
    "the", "and", "is", "are", "was", "were", "you", "your", "my", "i", "we", "it", "its", "this", "that", "of", "to", "in", "on", "for",
    "with", "not", "have", "has", "had", "will", "would", "can", "could", "please", "thanks", "thank", "hello", "hi", "from", "at", "be",
    "been", "but", "what", "when", "where", "which", "how", "why", "there", "here", "they", "them", "he", "she", "an", "if", "or", "so",
    "still", "order", "dear", "regards", "am", "want", "need", "does", "did", "don", "didn", "isn", "any", "by", "just", "get",
  ])

  private static let portugueseWords = keys([
    "o", "os", "um", "uma", "de", "da", "das", "dos", "em", "na", "nas", "nos", "para", "por", "pelo", "pela", "com", "sem",
    "que", "nao", "sim", "e", "ou", "mas", "se", "eu", "voce", "voces", "ele", "ela", "meu", "minha", "seu", "sua", "este", "esta", "esse",
    "essa", "isso", "isto", "aqui", "ainda", "ja", "quando", "onde", "como", "qual", "quero", "queria", "gostaria", "preciso", "obrigado",
    "obrigada", "ola", "oi", "bom", "boa", "dia", "tarde", "noite", "pedido", "chegou", "foi", "sao", "estou", "esta", "tem", "tenho",
    "ate", "muito", "mais", "favor", "prezados", "prezado", "att", "abraco", "abracos", "segue", "recebi", "ao", "aos", "vou", "veio",
    "pode",
    "podem",
  ])
}
