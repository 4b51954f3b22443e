import Testing

@testable import Domain

/// What holds of every line.
struct QuickEntryPropertyTests {
  private static let plain = [
    "call", "mom", "buy", "milk", "2", "chapter", "3", "555", "0199", "café", "cafe\u{301}", "💥", "東京", "o", "relatório", "pão", "#42",
    "(x)", "a/b", "\"ok\"", "mãe", "and", "with", "the", "e", "com", "50%", "R$", "don't", "e-mail", "v2.0", "!", "?", "…",
  ]
  private static let times = [
    "tomorrow", "amanhã", "at 9am", "às 9h", "in 20 min", "daqui a 3 dias", "friday at 14:30", "sexta às 14h30", "tonight", "on 20/03/2027",
    "every friday", "todo dia 5 às 9h", "every month on the 1st at 9",
  ]
  private static let others = [
    "\"", "“", "”", "'", "!high", "!baixa", "remind", "me", "to", "yesterday", "9", "h", "every", "monday", "toda", "de", "manhã", "at",
    ",", "-",
    "min", "1st", "\u{A0}", "until", "10:30",
  ]

  private func reader(_ language: Language) throws -> PhraseReader {
    let nine = try #require(TimeOfDay(hour: 9, minute: 0))
    return PhraseReader(zone: .utc, language: language, defaultHour: nine, now: Instant(seconds: 1_804_687_200))
  }

  private func line(_ words: [String], _ most: Int, _ random: inout SplitMix) -> String {
    (0...Int(random.next() % UInt64(most))).map { _ in words[Int(random.next() % UInt64(words.count))] }.joined(separator: " ")
  }

  @Test(arguments: Language.allCases) func `a line without a word of time is its own title`(language: Language) throws {
    var random = SplitMix(state: 5)
    for _ in 0..<150 {
      let text = "do " + line(Self.plain, 8, &random)
      let entry = try QuickEntry(text, reader: reader(language))
      #expect(entry.title == text && entry.when == .standard && entry.importance == nil && entry.unused == nil, "\(text)")
    }
  }

  @Test(arguments: Language.allCases) func `a time before or behind it leaves the title as it was typed`(language: Language) throws {
    var random = SplitMix(state: 6)
    for _ in 0..<150 {
      let (title, time) = ("do " + line(Self.plain, 6, &random) + " it", Self.times[Int(random.next() % UInt64(Self.times.count))])
      for text in [title + " " + time, time + " " + title] {
        let entry = try QuickEntry(text, reader: reader(language))
        #expect(Array(entry.title.utf8) == Array(title.utf8) && entry.when != .standard, "\(text)")
      }
    }
  }

  @Test(arguments: Language.allCases) func `nothing is lost of a title but what was taken or joined it`(language: Language) throws {
    let joining = Set(
      "remind me to that about of de do da dos das que para pra at em , - : ! ? !high !baixa ' . remind to de".split(separator: " ").map(
        String.init))
    var (random, read) = (SplitMix(state: 7), 0)
    for _ in 0..<400 {
      let text = line(Self.plain + Self.times + Self.others, 9, &random)
      guard let entry = try? QuickEntry(text, reader: reader(language)) else { continue }
      read += 1
      var left = text.split(whereSeparator: { $0 == " " || $0 == "\u{A0}" }).map(String.init)
      for word in entry.title.split(whereSeparator: { $0 == " " || $0 == "\u{A0}" }) {
        let index = try #require(left.firstIndex(of: String(word)), "\(text) → \(entry.title)")
        left.remove(at: index)
      }
      let taken: String
      switch entry.when {
      case .standard: taken = ""
      case .once(let phrase): taken = phrase.words
      case .series(let series): taken = series.words
      }
      for word in taken.split(whereSeparator: { $0 == " " || $0 == "\u{A0}" }) {
        if let index = left.firstIndex(of: String(word)) { left.remove(at: index) }
      }
      #expect(left.allSatisfy { joining.contains($0) }, "\(text) → \(entry.title) | \(taken)")
    }
    #expect(read > 250)
  }

  @Test func `the longest line that can be typed is read in a moment`() throws {
    let clock = ContinuousClock()
    for word in ["a ", "at ", "9 ", "every ", "1h ", "tomorrow ", "\" ", "!high ", "e ", "segunda e "] {
      let text = String(String(repeating: word, count: 300).prefix(300))
      var took = Duration.seconds(9)
      let reader = try reader(.english)
      for _ in 0..<2 { took = min(took, clock.measure { _ = try? QuickEntry(text, reader: reader) }) }
      #expect(took < .seconds(3), "\(word): \(took)")
    }
  }
}
