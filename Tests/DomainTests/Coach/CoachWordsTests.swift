import Testing

@testable import Domain

private enum Person {}
private enum Thing {}

private func key(_ number: Int, _ event: CoachEvent = .habitComplete) -> CoachKey {
  CoachKey(person: ID<Person>(high: 1, low: 2), subject: ID<Thing>(high: 3, low: 4), day: Day(20_000 + number), event: event)
}

@Suite struct CoachWordsTests {
  static let library = CoachLibrary(CoachFiles.all)

  private static let monday = Day(20_458)  // 2026-01-05

  /// One of each event, with nothing but what is always there.
  static let bare: [CoachSaying] = [
    .complete(habit: "Ler", on: CoachPeriod(monday), total: 1, streak: nil, amount: nil),
    .miss(habit: "Ler", on: CoachPeriod(monday), kept: nil),
    .secondMiss(habit: "Ler", misses: CoachCount(2, .weeks)), .streak(habit: "Ler", CoachCount(7, .days), total: 41),
    .goal(title: "Maratona", on: monday, steps: nil, days: nil),
    .week(first: monday, kept: CoachShare(12, of: 15), rate: 80, changeTenths: nil, best: nil),
  ]

  @Test func `the files are whole`() {
    #expect(Self.library.complaints == [])
  }

  @Test(arguments: CoachPersonality.allCases, Language.allCases)
  func `each event has eight texts that need no more than is always there`(personality: CoachPersonality, language: Language) throws {
    let words = try #require(Self.library.words(personality, language))
    for saying in Self.bare {
      let fitting = (words.variants[saying.topic] ?? []).filter { $0.slots.allSatisfy { saying.text($0, language) != nil } }
      #expect(Set(fitting).count >= 8, "\(personality) \(language) \(saying.topic)")
    }
  }

  @Test(arguments: CoachPersonality.allCases, Language.allCases)
  func `each text names a fact, keeps to the tone and is in its language`(personality: CoachPersonality, language: Language) throws {
    let words = try #require(Self.library.words(personality, language))
    for (topic, variants) in words.variants {
      for variant in variants {
        if topic.event != .chat { #expect(!variant.slots.isEmpty, "\(topic)") }
        let sample = Self.sample(topic)
        let text = variant.text(sample, language)
        #expect(Self.library.tone(language).fault(in: text) == nil, "\(text)")
        #expect(CoachTongue(of: text).fits(language), "\(text)")
        #expect(!text.contains("!") && !text.contains("{") && !text.contains("  "), "\(text)")
        #expect(Self.library.harm.harm(in: text) == nil, "\(text)")
      }
    }
  }

  /// A saying with every fact that its topic may have.
  static func sample(_ topic: CoachTopic) -> CoachSaying {
    switch topic {
    case .complete:
      .complete(
        habit: "Ler", on: CoachPeriod(monday), total: 41, streak: CoachCount(14, .days), amount: CoachAmount(thousandths: 5500, unit: "km"))
    case .miss: .miss(habit: "Ler", on: CoachPeriod(monday), kept: CoachShare(24, of: 30))
    case .goal: .goal(title: "Maratona", on: monday, steps: 5, days: 12)
    case .week: .week(first: monday, kept: CoachShare(12, of: 15), rate: 80, changeTenths: 55, best: "Ler")
    case .quietWeek: .quietWeek(first: monday)
    case .due: .due(["Ler", "Correr"])
    case .thisWeek: .thisWeek(CoachShare(3, of: 5), rate: 60)
    case .thisMonth: .thisMonth(CoachShare(30, of: 50), rate: 60)
    case .streakOf: .streakOf(habit: "Ler", CoachCount(14, .days), total: 41)
    case .streakNone: .streakNone(habit: "Ler", total: 41)
    case .which: .which(["Ler", "Correr"])
    case .bestDay: .bestDay(.monday)
    case .missed: .missed(["Ler"])
    case .again: .again(habit: "Ler")
    case .easier: .easier(habit: "Ler")
    case .pause: .pause(habit: "Ler")
    case .dueNone: .due([])
    case .missedNone: .missed([])
    default: bare.first { $0.topic == topic } ?? CoachPlainTopic.allCases.first { $0.topic == topic }.map { .plain($0) } ?? .due([])
    }
  }

  @Test(arguments: CoachPersonality.allCases, Language.allCases)
  func `the mean of a week is called one`(personality: CoachPersonality, language: Language) throws {
    let words = try #require(Self.library.words(personality, language))
    let texts = [CoachTopic.week, .thisWeek].flatMap { topic in (words.variants[topic] ?? []).map { $0.text(Self.sample(topic), language) }
    }
    #expect(texts.count >= 10)
    for text in texts where text.contains("%") { #expect(text.contains(language == .english ? "average" : "média"), "\(text)") }
  }

  @Test(arguments: CoachPersonality.allCases, Language.allCases)
  func `a first time is not called another one`(personality: CoachPersonality, language: Language) throws {
    let words = try #require(Self.library.words(personality, language))
    for variant in words.variants[.complete] ?? [] where variant.slots.allSatisfy({ Self.bare[0].text($0, language) != nil }) {
      let text = variant.text(Self.bare[0], language)
      for word in ["again", "One more", "easier", "De novo", "de novo", "Outra vez", "outra vez", "Mais um", "mais fácil"] {
        #expect(!text.contains(word), "\(text)")
      }
    }
  }

  @Test(arguments: CoachTopic.allCases) func `the sample of a topic is of that topic`(topic: CoachTopic) {
    #expect(Self.sample(topic).topic == topic)
  }

  @Test(arguments: Language.allCases) func `the mentor asks one question, the others none`(language: Language) throws {
    for personality in CoachPersonality.allCases {
      let words = try #require(Self.library.words(personality, language))
      for (topic, variants) in words.variants where topic.event != .chat {
        for variant in variants {
          let questions = variant.text(Self.sample(topic), language).count { $0 == "?" }
          #expect(questions == (personality == .mentor ? 1 : 0), "\(personality) \(topic): \(variant.text(Self.sample(topic), language))")
        }
      }
    }
  }

  /// “Smaller, move it, pause it”, in each text of a second miss.
  @Test(arguments: CoachPersonality.allCases) func `a second miss offers all three`(personality: CoachPersonality) throws {
    let offers: [Language: [[String]]] = [
      .english: [
        ["maller", "shrink", "less of", "Less of"], ["move", "another hour", "another time", "elsewhere", "time"],
        ["pause", "rest", "empty shelf"],
      ],
      .portuguese: [
        ["menor", "Menor", "iminu", "Menos", "menos"], ["hora", "horário", "lugar"], ["paus", "descanso", "repousar", "vazia"],
      ],
    ]
    for language in Language.allCases {
      let words = try #require(Self.library.words(personality, language))
      for variant in words.variants[.secondMiss] ?? [] {
        let text = variant.text(Self.bare[2], language)
        for offer in offers[language] ?? [] { #expect(offer.contains { text.contains($0) }, "\(text): \(offer)") }
      }
    }
  }

  @Test(arguments: CoachPersonality.allCases, Language.allCases)
  func `the longest names stay within the limits`(personality: CoachPersonality, language: Language) throws {
    let words = try #require(Self.library.words(personality, language))
    let name = String(repeating: "m", count: 100)
    let long: [CoachSaying] = [
      .complete(
        habit: name, on: CoachPeriod(Self.monday), total: 10_000, streak: CoachCount(10_000, .months),
        amount: CoachAmount(thousandths: 999_999_999, unit: String(repeating: "u", count: 20))),
      .secondMiss(habit: name, misses: CoachCount(2, .months)), .goal(title: name + name, on: Self.monday, steps: 1000, days: 10_000),
      .week(first: Self.monday, kept: CoachShare(1000, of: 1000), rate: 100, changeTenths: -999, best: name),
    ]
    for saying in long {
      for variant in words.variants[saying.topic] ?? [] {
        #expect(variant.text(saying, language).unicodeScalars.count <= saying.topic.event.limit)
      }
    }
  }

  @Test func `the same key has the same text, and what was said last is not said at once again`() throws {
    let words = try #require(Self.library.words(.mentor, .portuguese))
    var previous: String?
    var seen: Set<String> = []
    for number in 0..<500 {
      let text = try #require(words.text(for: Self.bare[0], key(number), previous: previous))
      #expect(text == words.text(for: Self.bare[0], key(number), previous: previous))
      #expect(text.source != previous)
      previous = text.source
      seen.insert(text.source)
    }
    // The optional facts are missing, so three of twelve never come.
    #expect(seen.count >= 8)
  }

  /// Stored messages name their text: a key that picked another one after an update would tell another story.
  @Test(arguments: [(0, 13_381_579_384_388_291_093 as UInt64), (1, 14_058_232_875_406_000_593), (2, 9_094_546_492_158_792_649)])
  func `keys stay what they are`(number: Int, hash: UInt64) {
    #expect(key(number).hash == hash)
  }

  @Test func `a text never names a fact that is not there`() throws {
    let words = CoachWords("[habit_complete]\n{habit} {row}\n{habit}\n", .general, .english)
    for number in 0..<20 {
      let without = CoachSaying.complete(habit: "Read", on: CoachPeriod(Self.monday), total: 1, streak: CoachCount(1, .days), amount: nil)
      #expect(words.text(for: without, key(number))?.text == "“Read”")
    }
  }

  @Test(arguments: [("[habit_fail]\n{habit} {goal}", 2), ("[nothing]\nwords", 1), ("[streak]\n{hbit}", 2), ("[chat.thanks]\n{habit}", 2)])
  func `a fact that a topic does not have is told with its line`(file: String, line: Int) {
    #expect(CoachWords(file, .yoda, .english).complaints.map(\.line) == [line])
  }
}

@Suite struct CoachFactTextTests {
  private static let saturday = Day(20_456)  // 2026-01-03

  @Test(arguments: [
    (CoachUnit.days, 1, "1 day", "1 dia"), (.days, 3, "3 days in a row", "3 dias seguidos"), (.weeks, 1, "1 week", "1 semana"),
    (.weeks, 14, "14 weeks in a row", "14 semanas seguidas"), (.months, 1, "1 month", "1 mês"),
    (.months, 7, "7 months in a row", "7 meses seguidos"),
  ])
  func `streaks have number and gender`(unit: CoachUnit, count: Int, english: String, portuguese: String) {
    #expect(unit.inARow(count, .english) == english)
    #expect(unit.inARow(count, .portuguese) == portuguese)
  }

  @Test(arguments: [
    (CoachUnit.days, Day(20_456), "on Saturday 3 January", "no sábado, 3 de janeiro"),
    (.days, Day(20_458), "on Monday 5 January", "na segunda-feira, 5 de janeiro"),
    (.weeks, Day(20_454), "in the week of 1 January", "na semana de 1º de janeiro"), (.months, Day(20_513), "in March", "em março"),
  ])
  func `days, weeks and months have their preposition`(unit: CoachUnit, first: Day, english: String, portuguese: String) {
    #expect(CoachFactText.on(CoachPeriod(first, unit), .english) == english)
    #expect(CoachFactText.on(CoachPeriod(first, unit), .portuguese) == portuguese)
  }

  @Test(arguments: [
    (5500, "km", "5.5 km", "5,5 km"), (20_000, "páginas", "20 páginas", "20 páginas"), (1, "", "0.001", "0,001"), (0, "h", "0 h", "0 h"),
    (1_250, "h", "1.25 h", "1,25 h"),
  ])
  func `amounts have no zeros behind the mark`(thousandths: Int, unit: String, english: String, portuguese: String) {
    let amount = CoachAmount(thousandths: thousandths, unit: unit)
    #expect(CoachFactText.amount(amount, .english) == english)
    #expect(CoachFactText.amount(amount, .portuguese) == portuguese)
  }

  @Test(arguments: [
    (55, "5.5 points up", "5,5 pontos acima"), (-10, "1 point down", "1 ponto abaixo"), (1, "0.1 points up", "0,1 pontos acima"),
  ])
  func `changes are in points`(tenths: Int, english: String, portuguese: String) {
    #expect(CoachFactText.points(tenths, .english) == english)
    #expect(CoachFactText.points(tenths, .portuguese) == portuguese)
    #expect(CoachFactText.points(0, .english) == nil)
  }

  @Test(arguments: [
    (["a"], "“a”", "“a”"), (["a", "b"], "“a” and “b”", "“a” e “b”"), (["a", "b", "c"], "“a”, “b” and “c”", "“a”, “b” e “c”"),
    (["a", "b", "c", "d", "e", "f", "g"], "“a”, “b”, “c”, “d”, “e” and 2 more", "“a”, “b”, “c”, “d”, “e” e mais 2"),
  ])
  func `lists say how many more there are`(names: [String], english: String, portuguese: String) {
    #expect(CoachFactText.list(names, .english) == english)
    #expect(CoachFactText.list(names, .portuguese) == portuguese)
  }

  @Test(arguments: [(1, "once", "uma vez"), (41, "41 times", "41 vezes")])
  func `one time is once`(count: Int, english: String, portuguese: String) {
    #expect(CoachFactText.times(count, .english) == english)
    #expect(CoachFactText.times(count, .portuguese) == portuguese)
  }

  @Test func `a fact begins its sentence with a capital, a name stays as it is`() {
    let words = CoachWords("[habit_complete]\n{on}: {habit}. {total}. {habit}.", .general, .english)
    let saying = CoachSaying.complete(habit: "run", on: CoachPeriod(Self.saturday), total: 1, streak: nil, amount: nil)
    #expect(words.text(for: saying, key(0))?.text == "On Saturday 3 January: “run”. Once. “run”.")
  }
}
