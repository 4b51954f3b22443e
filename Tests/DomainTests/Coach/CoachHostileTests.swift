import Testing

@testable import Domain

/// The tables again, with every sentence written as somebody would who wants to get past a list.
@Suite struct CoachHostileTests {
  enum Spelling: CaseIterable {
    case capitals, doubled, unseen, digits, noAccents, cyrillic, decomposed

    func of(_ text: String) -> String {
      switch self {
      case .capitals: text.uppercased()
      case .doubled: text.split(separator: " ", omittingEmptySubsequences: false).map(Self.doubled).joined(separator: " ")
      case .unseen: text.map { $0.isLetter ? "\($0)\u{200B}" : String($0) }.joined()
      case .digits: text.split(separator: " ", omittingEmptySubsequences: false).map(Self.digits).joined(separator: " ")
      case .noAccents: String(text.map { Self.plain[$0] ?? $0 })
      case .cyrillic: String(text.map { Self.lookAlikes[$0] ?? $0 })
      case .decomposed: text.map { Self.accents[$0] ?? String($0) }.joined()
      }
    }

    /// In words of three letters: single ones are letters apart.
    private static func doubled(_ word: Substring) -> String {
      word.count >= 3 && word.allSatisfy(\.isLetter) ? String(word.flatMap { [$0, $0] }) : String(word)
    }

    /// In words of five letters, behind the first.
    private static func digits(_ word: Substring) -> String {
      guard word.count >= 5, word.allSatisfy(\.isLetter) else { return String(word) }
      return String(word.prefix(1)) + word.dropFirst().map { ["o": "0", "e": "3", "a": "4", "i": "1"][$0] ?? String($0) }.joined()
    }

    private static let plain: [Character: Character] = [
      "á": "a", "à": "a", "â": "a", "ã": "a", "ç": "c", "é": "e", "ê": "e", "í": "i", "ó": "o", "ô": "o", "õ": "o", "ú": "u",
    ]
    private static let lookAlikes: [Character: Character] = ["a": "а", "e": "е", "o": "о", "c": "с", "p": "р", "x": "х"]
    private static let accents: [Character: String] = [
      "á": "a\u{301}", "ã": "a\u{303}", "ç": "c\u{327}", "é": "e\u{301}", "ó": "o\u{301}", "í": "i\u{301}",
    ]
  }

  @Test(arguments: Spelling.allCases) func `no spelling hides what needs a human`(spelling: Spelling) {
    let missed = (CoachHarmEnglish.human + CoachHarmPortuguese.human).map(spelling.of).filter { CoachFiles.harm.harm(in: $0) == nil }
    #expect(missed == [])
  }

  @Test(arguments: Spelling.allCases) func `and none makes a danger of ordinary talk`(spelling: Spelling) {
    let caught = (CoachOrdinaryEnglish.sentences + CoachOrdinaryPortuguese.sentences).map(spelling.of).filter {
      CoachFiles.harm.harm(in: $0) != nil
    }
    #expect(caught == [])
  }

  /// One thing that is no fact spoils every text, wherever it stands.
  @Test(arguments: [
    ("97", "number"), ("97%", "number"), ("９７", "number"), ("9\u{200B}7", "number"), ("2026-11-28", "date"), ("28/11", "date"),
    ("06:15", "date"), ("“Yoga”", "name"),
    ("<b>x</b>", "markup"), ("http://x.example", "markup"),
  ])
  func `whatever is taken is refused with one thing more`(more: String, code: String) {
    for (texts, language) in [(CoachCheckEnglish.taken, Language.english), (CoachCheckPortuguese.taken, .portuguese)] {
      let spoilt = texts.map { "\($0) \(more)" } + texts.map { "\(more). \($0)" }
      #expect(spoilt.filter { CoachCheckTests.code($0, language) != code } == [])
    }
  }

  @Test(arguments: [(Language.english, "ninety-seven"), (.portuguese, "noventa e sete")]) func `also in words`(
    language: Language, more: String
  ) {
    let spoilt = (language == .english ? CoachCheckEnglish.taken : CoachCheckPortuguese.taken).map { "\($0) \(more)" }
    #expect(spoilt.filter { CoachCheckTests.code($0, language) != "number" } == [])
  }

  /// What the readers are given comes from outside: nothing of it may stop the process.
  @Test func `changed bytes are read or refused`() {
    var generator = Seeded(20_260_105)
    let answer = Array(#"{"choices":[{"message":{"content":"<think>x</think>```json\n{\"message\": \"Hej \\u00e9 14\"}\n```"}}]}"#.utf8)
    let texts = CoachCheckEnglish.taken + CoachHarmPortuguese.human
    for _ in 0..<2000 {
      var bytes = answer
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      if let json = JSONValue(bytes)?.json { #expect(JSONValue(json.text.utf8)?.json == json) }
      if let message = try? CoachAnswer.message(status: 200, bytes) { #expect(!message.isEmpty) }
    }
    for _ in 0..<200 {
      var scalars = Array((texts.randomElement(using: &generator) ?? "").unicodeScalars)
      for _ in 0..<4 {
        let scalar = Unicode.Scalar(UInt32.random(in: 0...0x2FFF, using: &generator)) ?? "x"
        scalars.insert(scalar, at: Int.random(in: 0...scalars.count, using: &generator))
      }
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      let text = String(view)
      _ = CoachFiles.harm.harm(in: text)
      if CoachCheckTests.code(text, .english) == "taken" { #expect(!CoachPlain.isMarkup(text)) }
    }
  }
}
