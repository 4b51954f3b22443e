import Testing

@testable import Domain

@Suite struct CoachIntentTests {
  private static let english = ["Read", "Running", "Meditation"]
  private static let portuguese = ["Ler", "Corrida", "Meditação"]

  struct Row: CustomTestStringConvertible {
    let intent: CoachIntent?
    let text: String
    var testDescription: String { text }
  }

  static func rows(_ table: String) -> [Row] {
    coachLines(table).flatMap { line in
      let parts = line.split(separator: ":", maxSplits: 1)
      return parts[1].split(separator: "|").map { Row(intent: CoachIntent(rawValue: String(parts[0])), text: String($0.trimmed)) }
    }
  }

  @Test(arguments: rows(CoachIntentEnglish.table)) func `English questions are understood`(row: Row) {
    #expect(CoachWordsTests.library.chat.read(row.text, habits: Self.english, .english).intent == row.intent)
    // Whatever is understood is ordinary talk, so that no question gets the human text.
    #expect(CoachFiles.harm.harm(in: row.text) == nil)
  }

  @Test(arguments: rows(CoachIntentPortuguese.table)) func `Portuguese questions are understood`(row: Row) {
    #expect(CoachWordsTests.library.chat.read(row.text, habits: Self.portuguese, .portuguese).intent == row.intent)
    #expect(CoachFiles.harm.harm(in: row.text) == nil)
  }

  @Test func `each language has a hundred questions and each intent five`() {
    for table in [CoachIntentEnglish.table, CoachIntentPortuguese.table] {
      let rows = Self.rows(table)
      #expect(rows.count >= 100)
      for intent in CoachIntent.allCases { #expect(rows.count { $0.intent == intent } >= 5, "\(intent)") }
    }
  }

  private static let names: [(String, Int?)] = [
    ("streak of read", 0), ("how is runing going", 1), ("pause MEDITATION", 2), ("make meditatoin easier", 2), ("what is due", nil),
    ("redo", nil),
    ("streak of reed", nil), ("réad", 0), ("Running and Read", 1),
  ]

  @Test(arguments: names)
  func `the habit is found, misspelt by a letter when it is long enough`(text: String, habit: Int?) {
    #expect(CoachWordsTests.library.chat.read(text, habits: Self.english, .english).habit == habit)
  }

  private static let parts: [(String, CoachIntent?, Int?)] = [
    ("streak of the guitar", .streak, 0), ("make the guitar easier", .easier, 0), ("the guitar", .streak, 0), ("pause guitars", .pause, 0),
    ("how do I start again with the piano", .again, 1), ("streak of play the", .streak, nil), ("pause the week", .pause, nil),
    ("pausar o violão", .pause, 3), ("streak of swimming", .streak, 2), ("streak of the guitar and the piano", .streak, nil),
    ("what is due in the morning", .due, nil), ("how is my week", .week, nil), ("I bought a new guitar yesterday in town", nil, nil),
    ("streak of morning", .streak, nil),
  ]

  @Test(arguments: parts)
  func `one word that only one habit has means it, where one is asked about`(text: String, intent: CoachIntent?, habit: Int?) {
    let habits = ["Play the guitar", "Play the piano", "Swimming this week", "Tocar violão de manhã", "Walk in the morning"]
    #expect(CoachWordsTests.library.chat.read(text, habits: habits, .english) == CoachQuestion(intent: intent, habit: habit))
  }

  @Test func `the longest name counts, and its words are no wish`() {
    let habits = ["Ler", "Ler sobre a pausa da semana", "Pausa"]
    let chat = CoachWordsTests.library.chat
    #expect(chat.read("ler sobre a pausa da semana", habits: habits, .portuguese) == CoachQuestion(intent: .streak, habit: 1))
    #expect(
      chat.read("deixa ler sobre a pausa da semana mais fácil", habits: habits, .portuguese) == CoachQuestion(intent: .easier, habit: 1))
    #expect(chat.read("pausar Pausa", habits: habits, .portuguese) == CoachQuestion(intent: .pause, habit: 2))
  }

  @Test(arguments: [
    ("what is due today", Language.portuguese, CoachIntent.due), ("o que tem pra hoje", .english, .due), ("obrigado", .english, .thanks),
  ])
  func `the other language is understood too`(text: String, language: Language, intent: CoachIntent) {
    #expect(CoachWordsTests.library.chat.read(text, habits: [], language).intent == intent)
  }

  private static let pages: [(CoachIntent, Int?, CoachPage)] = [
    (CoachIntent.pause, 2, CoachPage.pauseForm(2)), (.pause, nil, .habits), (.easier, 0, .editForm(0)), (.streak, 1, .habit(1)),
    (.due, nil, .habits),
    (.week, nil, .review), (.thanks, nil, .none), (.again, 1, .habit(1)),
  ]

  @Test(arguments: pages)
  func `each answer has its page`(intent: CoachIntent, habit: Int?, page: CoachPage) {
    #expect(intent.page(habit: habit) == page)
  }

  @Test func `names of nothing and a long text are no trouble`() {
    let chat = CoachWordsTests.library.chat
    #expect(chat.read(String(repeating: "x ", count: 10_000), habits: ["", "🏃", "x y"], .english).intent == nil)
    #expect(chat.read("", habits: [""], .english) == CoachQuestion(intent: nil, habit: nil))
  }
}
