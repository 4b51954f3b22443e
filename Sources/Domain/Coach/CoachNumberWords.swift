/// Numbers in words, zero to millions, with dozens and ordinals.
enum CoachNumberWords {
  struct Number: Equatable {
    let value: Int
    /// The index behind its last token.
    let end: Int
    let isOrdinal: Bool
  }

  /// The number whose first word is `tokens[start]`; nil when it is none.
  static func read(_ tokens: [CoachToken], at start: Int, _ language: Language) -> Number? {
    let words = language == .english ? english : portuguese
    guard let first = words[tokens[start].text], tokens[start].kind == .word else { return nil }
    var (value, last, index, isOrdinal) = (first.value, first, start + 1, first.isOrdinal)
    // "Dozens of days" is no number that a table could hold.
    if vague.contains(tokens[start].text) { return Number(value: .max, end: index, isOrdinal: false) }
    if first.multiplies, first.value == 12, isHalved(tokens, before: start) { value = 6 }
    while let (next, end) = following(tokens, index, words, language), let sum = last.joined(value, next) {
      (value, last, index, isOrdinal) = (sum, next, end, next.isOrdinal)
    }
    return Number(value: value, end: index, isOrdinal: isOrdinal)
  }

  private static let vague: Set = ["hundreds", "thousands", "millions", "dozens", "duzias", "dezenas", "centenas", "milhares", "milhoes"]

  /// "Half a dozen", "meia dúzia".
  private static func isHalved(_ tokens: [CoachToken], before start: Int) -> Bool {
    let words = tokens[..<start].filter { $0.kind == .word }.suffix(2).map(\.text)
    return words.last == "meia" || words.last == "half" || words == ["half", "a"]
  }

  /// The next word of a number, over a blank, a hyphen or "and".
  private static func following(_ tokens: [CoachToken], _ start: Int, _ words: [String: Word], _ language: Language) -> (Word, Int)? {
    var index = start
    guard index < tokens.count, tokens[index].kind == .space || tokens[index].isMark("-") else { return nil }
    index += 1
    if index + 2 < tokens.count, tokens[index].isWord(language == .english ? "and" : "e"), tokens[index + 1].kind == .space { index += 2 }
    guard index < tokens.count, tokens[index].kind == .word, let word = words[tokens[index].text] else { return nil }
    return (word, index + 1)
  }

  struct Word: Equatable {
    let value: Int
    var isOrdinal = false
    /// Hundred, thousand, dozen.
    var multiplies = false

    /// What the number so far and the next word are together; nil when a new number begins.
    func joined(_ sum: Int, _ next: Word) -> Int? {
      if next.multiplies { return sum < next.value ? sum * next.value : nil }
      let room = value >= 1000 ? 1000 : value >= 100 ? 100 : value >= 20 && value % 10 == 0 ? 10 : isOrdinal && value == 10 ? 10 : 0
      return next.value < room && next.value > 0 ? sum + next.value : nil
    }
  }

  private static func table(_ lists: [(words: String, from: Int, step: Int)]) -> [String: Word] {
    var table: [String: Word] = [:]
    for (words, from, step) in lists {
      for (place, choices) in words.split(separator: " ").enumerated() {
        for word in choices.split(separator: "|") { table[String(word)] = Word(value: from + place * step) }
      }
    }
    return table
  }

  private static func ordinals(_ lists: [(words: String, from: Int, step: Int)]) -> [String: Word] {
    table(lists).mapValues { Word(value: $0.value, isOrdinal: true) }
  }

  private static func multiples(_ values: [String: Int]) -> [String: Word] { values.mapValues { Word(value: $0, multiplies: true) } }

  private static let english = table([
    (
      "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
      0, 1
    ),
    ("twenty thirty forty|fourty fifty sixty seventy eighty ninety", 20, 10),
  ])
  .merging(
    ordinals([
      (
        "first second|seconds third|thirds fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth",
        1, 1
      ),
      ("sixteenth seventeenth eighteenth nineteenth", 16, 1),
      ("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth", 20, 10),
      ("thousandth", 1000, 1),
    ])
  ) { word, _ in word }
  .merging(
    multiples([
      "hundred": 100, "hundreds": 100, "thousand": 1000, "thousands": 1000, "million": 1_000_000, "millions": 1_000_000, "dozen": 12,
      "dozens": 12,
    ])
  ) { word, _ in word }

  private static let portuguese = table([
    ("zero um|uma dois|duas tres quatro cinco seis sete oito nove dez onze doze treze quatorze|catorze quinze", 0, 1),
    ("dezesseis dezessete dezoito dezenove", 16, 1),
    ("vinte trinta quarenta cinquenta|cincoenta sessenta setenta oitenta noventa cem|cento", 20, 10),
    (
      "duzentos|duzentas trezentos|trezentas quatrocentos|quatrocentas quinhentos|quinhentas seiscentos|seiscentas setecentos|setecentas",
      200, 100
    ),
    ("oitocentos|oitocentas novecentos|novecentas", 800, 100),
  ])
  .merging(
    ordinals([
      (
        "primeiro|primeira|primeiros|primeiras segundo|segunda|segundos|segundas terceiro|terceira quarto|quarta quinto|quinta sexto|sexta",
        1, 1
      ),
      ("setimo|setima oitavo|oitava nono|nona decimo|decima", 7, 1),
      ("vigesimo|vigesima trigesimo|trigesima quadragesimo|quadragesima quinquagesimo|quinquagesima sexagesimo|sexagesima", 20, 10),
      ("septuagesimo|septuagesima octogesimo|octogesima nonagesimo|nonagesima centesimo|centesima", 70, 10), ("milesimo|milesima", 1000, 1),
    ])
  ) { word, _ in word }
  .merging(
    multiples([
      "mil": 1000, "milhar": 1000, "milhares": 1000, "milhao": 1_000_000, "milhoes": 1_000_000, "duzia": 12, "duzias": 12, "dezena": 10,
      "dezenas": 10, "centena": 100, "centenas": 100,
    ])
  ) { word, _ in word }
}
