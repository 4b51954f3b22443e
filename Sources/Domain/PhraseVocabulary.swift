/// The words of phrases as they are spelled, for offers to somebody who spelled them otherwise.
enum PhraseVocabulary {
  /// Most used first: of two that are equally near the first is offered.
  static let english = words(
    """
    tomorrow today tonight monday tuesday wednesday thursday friday saturday sunday minutes minute hours hour days day weeks week months
    month year years morning afternoon evening night noon midnight next week weekend end of start in at on until half quarter couple
    business working later january february march april may june july august september october november december first second third
    fourth fifth last fortnight beginning after before past to one two three four five six seven eight nine ten eleven twelve fifteen
    twenty thirty forty fifty few an the this that same time remind snooze please am pm min eod eow eom eoy tmr yesterday ago from now
    midday following coming minus seconds every for about around another more soon while bit little thing early sharp by lunch
    """)

  static let portuguese = words(
    """
    amanhã hoje segunda terça quarta quinta sexta sábado domingo minutos minuto horas hora dias dia semanas semana meses mês ano anos
    manhã tarde noite madrugada meio-dia meia-noite próxima próximo que vem fim início começo final depois daqui até às em do da mais
    úteis útil janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro primeira primeiro última último
    terceira quarto quinto meia um uma dois duas três quatro cinco seis sete oito nove dez onze doze quinze vinte trinta quarenta
    cinquenta de para pouco alguns algumas mesma mesmo hora horário lembre adiar favor almoço feira min seg ter qua qui sex sáb dom
    ontem anteontem atrás há faz agora cedo logo dentro par horinha minutinhos esta este nesta neste expediente passada passado
    """)

  /// What stands for a phrase that is nearly said: "lunch" is no time, "after lunch" is one.
  private static let phrases: [Language: [String: String]] = [
    .english: [
      "lunch": "after lunch", "lunchtime": "after lunch", "week": "next week", "month": "next month", "year": "next year",
      "end": "end of day",
      "business": "next business day", "bit": "in a bit", "while": "in a while", "moment": "in a bit", "hour": "in an hour",
      "fortnight": "in a fortnight", "new": "next",
    ],
    .portuguese: [
      "almoco": "depois do almoço", "semana": "semana que vem", "mes": "mês que vem", "ano": "ano que vem", "fim": "fim do dia",
      "final": "fim do dia", "pouco": "daqui a pouco", "util": "próximo dia útil", "logo": "mais tarde", "hora": "em uma hora",
    ],
  ]

  static func isKnown(_ folded: String) -> Bool { known.contains(folded) }

  private static let known: Set<String> = {
    var known = Set((english + portuguese).filter { !$0.word.utf8.contains(UInt8(ascii: "-")) }.map(\.folded)).union(PhraseWords.units.keys)
      .union(PhraseWords.numbers.keys)
    known.formUnion(PhraseWords.months.keys)
    known.formUnion(PhraseWords.weekdays.keys)
    known.formUnion(PhraseWords.parts.keys)
    known.formUnion(PhraseWords.ordinalNumbers.keys)
    for set in [
      PhraseWords.next, PhraseWords.this, PhraseWords.last, PhraseWords.untils, PhraseWords.beforeDay, PhraseWords.beforeTime,
      PhraseWords.beforePart, PhraseWords.ordinals, PhraseWords.hours, PhraseWords.tomorrows, PhraseWords.wishes, PhraseWords.wished,
    ] {
      known.formUnion(set)
    }
    known.formUnion(PhraseWords.roughly)
    known.formUnion(PhraseWords.few)
    known.formUnion(PhraseWords.endsOfDay)
    known.formUnion(PhraseWords.shortEnds.keys)
    // Letters of "9 a. m." and of ISO forms, and what stands only beside other words.
    let others =
      "a e m p t d meio por volta pras pro partir perto das or so la ja ao apos bem cerca close faltam falta ponto pouquinho some quarters quartos seguinte trimestre weekday workday"
    return known.union(others.split(separator: " ").map { String($0) })
  }()

  /// What may have been meant, in this person's language, nearest first.
  static func nearest(to folded: String, _ language: Language) -> [String] {
    let typed = Array(folded.utf8)
    // "Mid-morning" is not on its way to midnight.
    guard (2...20).contains(typed.count), folded != "mid", folded != "middle" else { return [] }
    var found: [(distance: Int, word: String)] = []
    if let phrase = phrases[language]?[folded] { found.append((0, phrase)) }
    let most = typed.count < 3 ? 0 : typed.count < 6 ? 1 : 2
    for entry in language == .english ? english : portuguese where entry.folded != folded || !isKnown(folded) {
      let word = Array(entry.folded.utf8)
      // A beginning is a word on its way.
      let distance = typed.count > 2 && word.starts(with: typed) ? 1 : self.distance(typed, word, most: most)
      // Two slips, and neither in the first letter, or "easter" is "later".
      guard distance <= (word.first == typed.first ? most : min(most, 1)) else { continue }
      found.append((distance, entry.word))
      if let phrase = phrases[language]?[entry.folded] { found.append((distance, phrase)) }
    }
    // Stable: the order of the vocabulary decides between equals.
    return (0...2).flatMap { distance in found.filter { $0.distance == distance }.map(\.word) }
  }

  /// How many letters are missing, too many, wrong or swapped with their neighbour; more than `most` is not told exactly.
  private static func distance(_ left: [UInt8], _ right: [UInt8], most: Int) -> Int {
    guard abs(left.count - right.count) <= most else { return most + 1 }
    var (before, last, row) = ([Int](), [Int](), Array(0...right.count))
    for (i, letter) in left.enumerated() {
      (before, last) = (last, row)
      row = [i + 1]
      for (j, other) in right.enumerated() {
        var cost = min(last[j + 1], row[j]) + 1
        cost = min(cost, last[j] + (letter == other ? 0 : 1))
        if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other { cost = min(cost, before[j - 1] + 1) }
        row.append(cost)
      }
    }
    return row[right.count]
  }

  private static func words(_ text: String) -> [(word: String, folded: String)] {
    text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { word in
      (String(word), String(decoding: PhraseFolding(String(word)).bytes.filter { $0 != UInt8(ascii: "-") }, as: UTF8.self))
    }
  }
}
