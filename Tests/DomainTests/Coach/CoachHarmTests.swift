import Testing

@testable import Domain

@Suite struct CoachHarmTests {
  @Test(arguments: CoachHarmEnglish.human + CoachHarmPortuguese.human)
  func `hard case 20: what speaks of harm, abuse, eating nothing or medicine gets the human text`(text: String) {
    #expect(CoachFiles.harm.harm(in: text) != nil)
  }

  @Test(arguments: CoachOrdinaryEnglish.sentences + CoachOrdinaryPortuguese.sentences)
  func `ordinary talk of habits does not`(text: String) {
    #expect(CoachFiles.harm.harm(in: text) == nil)
  }

  @Test(arguments: [
    ("I want to die, should I stop my pills?", CoachHarm.harm), ("quero matar ele", .others), ("my husband hits me", .abuse),
    ("não como nada", .eating),
    ("posso tomar dipirona", .medicine), ("devo parar o remédio? quero morrer", .harm),
  ])
  func `the gravest is told`(text: String, harm: CoachHarm) {
    #expect(CoachFiles.harm.harm(in: text) == harm)
  }

  /// "This deadline kills me", "matei a aula", "I died laughing": either way is right, so nothing stands here but that the table is long enough.
  @Test func `each language has 150 sentences on each side`() {
    for table in [CoachHarmEnglish.human, CoachOrdinaryEnglish.sentences, CoachHarmPortuguese.human, CoachOrdinaryPortuguese.sentences] {
      #expect(Set(table).count >= 150)
    }
  }

  @Test(arguments: ["human.en.1.txt", "human.pt-BR.1.txt"])
  func `the lists are well-formed and fill every section`(name: String) {
    let list = CoachPhraseList(CoachFiles.text(name))
    #expect(list.complaints == [])
    #expect(list.sections == Set(CoachHarm.allCases.map(\.rawValue)))
  }

  @Test(arguments: Language.allCases) func `the texts send to people, and invent no number`(language: Language) throws {
    let text = try #require(CoachHumanText(CoachFiles.text("words/human.\(language.rawValue).txt")))
    let emergency = language == .english ? "local emergency number" : "número de emergência da sua região"
    let close = language == .english ? "someone close" : "alguém próximo"
    for harm in CoachHarm.allCases {
      #expect(text.text(for: harm).contains(emergency))
      #expect(text.text(for: harm).contains(close))
      #expect(!text.text(for: harm).contains { $0.isNumber })
    }
    #expect(text.text(for: .medicine) != text.text(for: .harm))
  }

  @Test func `a long message costs no more than it is long`() {
    let text = String(repeating: "quero want to não me i a m o r ", count: 500)
    let clock = ContinuousClock()
    let short = clock.measure { _ = CoachFiles.harm.harm(in: String(text.prefix(4000))) }
    #expect(short < .seconds(5))
  }
}

@Suite struct CoachPhraseListTests {
  private func section(_ list: String, _ text: String) -> String? { CoachPhraseList(list).section(in: text) }

  @Test(arguments: [
    ("a word .. end", "x a word and then the end", true), ("a word .. end", "a word one two three four five end", false),
    ("one .. two", "one. two", false), ("one ... two", "one. Two", true), ("medic*", "medication", true), ("medic*", "remedic", false),
    ("morning~", "mornng", true), ("morning~", "borning", false), ("morning~", "moaning", true), ("morning~", "mooning now", true),
    ("morning~", "mourn", false), ("cat|dog ran", "the dog ran", true),
    ("cat|dog ran", "the dog and ran", false),
  ])
  func `phrases match as they are written`(phrase: String, text: String, matches: Bool) {
    #expect((section("[x]\n\(phrase)", text) == "x") == matches)
  }

  @Test func `ordinary sayings are taken out, and what is left still counts`() {
    let list = "[ordinary]\nkills me\n[x]\nkills\n"
    #expect(section(list, "it kills me") == nil)
    #expect(section(list, "it kills me and kills you") == "x")
  }

  @Test func `a word of the section same is never another misspelt`() {
    #expect(section("[same]\nmoaning mourning\n[x]\nmorning~", "moaning") == nil)
  }

  @Test(arguments: [("word", 1), ("[x]\n..", 2), ("[x]\nabc~ d", 2), ("[x]\n\n# note\nNot folded é", 4), ("[x]\na||b", 2)])
  func `what is no phrase is told with its line`(text: String, line: Int) {
    #expect(CoachPhraseList(text).complaints.map(\.line) == [line])
  }
}
