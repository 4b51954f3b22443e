/// Whole phrases that are nearly said and name no time here, each with the nearest that does.
enum PhraseOffers {
  /// What stands before such a phrase and goes with it: "at lunch" becomes "after lunch".
  static let marks: Set = [
    "at", "by", "around", "about", "in", "on", "the", "for", "during", "over", "no", "na", "o", "a", "as", "em", "pelo", "pela", "durante",
  ]

  /// A text in which a phrase is replaced, with what stands before it; those that are read otherwise are not left out.
  static func offers(for text: String, _ language: Language) -> [String] {
    let tokens = PhraseScanner.tokens(of: text)
    let words = tokens.map { token in if case .word(let word) = token.kind { word } else { "" } }
    return (rows[language] ?? []).compactMap { row -> String? in
      guard let start = words.indices.first(where: { words[$0...].starts(with: row.words) }) else { return nil }
      return replaced(text, tokens, start..<start + row.words.count, by: row.offer)
    }
  }

  private static func replaced(_ text: String, _ tokens: [PhraseToken], _ range: Range<Int>, by offer: String) -> String {
    let start = tokens[beginning(of: range.lowerBound, tokens)].range.lowerBound
    let bytes = Array(text.utf8)
    let behind = bytes[tokens[range.upperBound - 1].range.upperBound...]
    return String(decoding: bytes[..<start], as: UTF8.self) + offer + String(decoding: behind, as: UTF8.self)
  }

  /// Where the marks before a piece begin.
  static func beginning(of index: Int, _ tokens: [PhraseToken]) -> Int {
    var start = index
    while start > 0, case .word(let word) = tokens[start - 1].kind, marks.contains(word) { start -= 1 }
    return start
  }

  /// The longer of two first.
  private static let rows: [Language: [(words: [String], offer: String)]] = [
    .english: table(
      """
      middle of next week = wednesday next week
      mid next week = wednesday next week
      middle of the week = wednesday
      midweek = wednesday
      mid week = wednesday
      middle of next month = the 15th of next month
      mid next month = the 15th of next month
      middle of the month = the 15th
      mid month = the 15th
      middle of the morning = in the morning
      mid morning = in the morning
      midmorning = in the morning
      middle of the afternoon = in the afternoon
      mid afternoon = in the afternoon
      midafternoon = in the afternoon
      mid evening = in the evening
      middle of the day = noon
      mid day = noon
      middle of the night = midnight
      mid night = midnight
      lunch time = after lunch
      lunchtime = after lunch
      lunch = after lunch
      breakfast = in the morning
      dinner time = in the evening
      dinnertime = in the evening
      dinner = in the evening
      supper = in the evening
      bed time = tonight
      bedtime = tonight
      """),
    .portuguese: table(
      """
      meio da semana que vem = quarta da semana que vem
      meio da proxima semana = quarta da semana que vem
      meio da semana = quarta
      meio do mes que vem = dia 15 do mês que vem
      meio do mes = dia 15
      meio da manha = de manhã
      meio da tarde = à tarde
      meio da noite = meia-noite
      meio do dia = meio-dia
      hora do almoco = depois do almoço
      hora do jantar = à noite
      hora do cafe = de manhã
      cafe da manha = de manhã
      jantar = à noite
      """),
  ]

  private static func table(_ rows: String) -> [(words: [String], offer: String)] {
    rows.split(separator: "\n").compactMap { row -> (words: [String], offer: String)? in
      let sides = row.split(separator: "=").map { $0.split(separator: " ").map { String($0) } }
      return sides.count == 2 ? (words: sides[0], offer: sides[1].joined(separator: " ")) : nil
    }
  }
}
