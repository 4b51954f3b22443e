import Testing

@testable import Domain

/// What a refusal names, and what it offers instead.
struct PhraseStumbleTests {
  private func reader(_ language: Language) throws -> PhraseReader {
    let nine = try #require(TimeOfDay(hour: 9, minute: 0))
    let now = try #require(Instant(iso: "2027-03-10T15:00:00Z"))
    return PhraseReader(zone: .utc, language: language, defaultHour: nine, now: now)
  }

  private func stumble(_ text: String, _ language: Language) throws -> PhraseStumble? {
    PhraseStumble(text, reader: try reader(language))
  }

  @Test(
    arguments: [
      ("tomorow", "tomorow", "tomorrow"), ("Tomorow at nin!", "Tomorow", "tomorrow at nine!"), ("tomorow.", "tomorow", "tomorrow."),
      ("wendsday", "wendsday", "wednesday"),
      ("thrusday at 5pm", "thrusday", "thursday at 5pm"), ("in 5 minuts", "minuts", "in 5 minutes"), ("satu", "satu", "saturday"),
      ("lunch", "lunch", "after lunch"), ("eodd", "eodd", "eod"), ("end", "end", "end of day"), ("tomorrow banana", "banana", nil),
      ("2 milk", "milk", nil), ("5", "5", nil), ("at 25", "25", nil), ("fri at 25:00", "25:00", nil), ("next", "next", nil),
      ("9 to 5", "to", nil),
      ("new year", "new", "next year"), ("fornight", "fornight", "in a fortnight"), ("easter", "easter", nil), ("wek", "wek", "next week"),
      ("whenever", "whenever", nil), ("💥 tomorrow", "💥", nil), ("<b>tomorow", "<b>tomorow", nil),
      ("at lunch", "lunch", "after lunch"), ("tomorrow at lunch", "lunch", "tomorrow after lunch"),
      ("at dinner", "dinner", "in the evening"),
      ("mid-morning", "mid", "in the morning"), ("tomorrow mid-afternoon", "mid", "tomorrow in the afternoon"), ("mid", "mid", nil),
      ("middle of next week", "middle", "wednesday next week"), ("in the middle of the month", "middle", "the 15th"),
      ("in fornight", "fornight", "in a fortnight"),
    ] as [(String, String, String?)])
  func `the word in the way is named, and the nearest that would be taken is offered`(text: String, word: String, offer: String?) throws {
    let found = try #require(try stumble(text, .english))
    #expect(found.word == word && found.offer == offer, "\(found)")
  }

  @Test(
    arguments: [
      ("amnhã", "amnhã", "amanhã"), ("próxma sexta", "próxma", "próxima sexta"), ("dia 15 às 9 da mahna", "mahna", "dia 15 às 9 da manhã"),
      ("daqui a 5 minuots", "minuots", "daqui a 5 minutos"), ("semana", "semana", "semana que vem"), ("meiodia", "meiodia", "meio-dia"),
      ("tomorow", "tomorow", nil), ("ao almoço", "almoço", nil), ("almoço", "almoço", "depois do almoço"), ("leite", "leite", nil),
      ("no jantar", "jantar", "à noite"), ("amanhã no jantar", "jantar", "amanhã à noite"),
    ] as [(String, String, String?)])
  func `offers are in the person's language`(text: String, word: String, offer: String?) throws {
    let found = try #require(try stumble(text, .portuguese))
    #expect(found.word == word && found.offer == offer, "\(found)")
  }

  @Test(arguments: ["tomorrow", "tmr 9", "31 feb", "yesterday", "amanhã às 9h", "", "  "])
  func `what is understood has nothing to blame`(text: String) throws {
    #expect(try stumble(text, .english) == nil)
  }

  @Test func `a long word is shortened, and what nobody sees is left out`() throws {
    #expect(try stumble(String(repeating: "x", count: 150), .english)?.word == String(repeating: "x", count: 40) + "…")
    #expect(try stumble("tomorrow\u{202E}", .english)?.word == "tomorrow")
    #expect(try stumble("\u{200B}", .english) == nil)
    #expect(try stumble(String(repeating: "9", count: 1_000_000), .english) == nil)
  }

  @Test func `every offer is taken`() throws {
    var random = SplitMix(state: 7)
    var offers = 0
    for entry in PhraseVocabulary.english + PhraseVocabulary.portuguese {
      for language in Language.allCases {
        var letters = Array(entry.word.unicodeScalars)
        letters.remove(at: Int(random.next() % UInt64(letters.count)))
        let text = String(String.UnicodeScalarView(letters)) + ["", " 9", " at 9", " que vem"][Int(random.next() % 4)]
        guard let offer = try stumble(text, language)?.offer else { continue }
        offers += 1
        #expect(throws: Never.self, "\(text) → \(offer)") { try Phrase(offer, reader: reader(language)) }
      }
    }
    #expect(offers > 20)
  }
}
