import Testing

@testable import Domain

/// Every kind of phrase in every way of writing it, against its meaning.
struct PhraseGeneratorTests {
  @Test(arguments: Language.allCases, 0..<8)
  func `a phrase means what its parts say`(language: Language, seed: Int) throws {
    let nine = try #require(TimeOfDay(hour: 9, minute: 0))
    var random = SplitMix(state: UInt64(seed))
    for _ in 0..<500 {
      let minutes = Int64(30_000_000 + random.next() % 5_000_000)
      let now = LocalTime(wallSeconds: minutes * 60)
      let reader = PhraseReader(zone: .utc, language: language, defaultHour: nine, now: Zone.utc.instant(now))
      var generator = PhraseGenerator(random: SplitMix(state: random.next()), language: language, now: now)
      let (text, meaning) = generator.next()
      let found: String?
      do { found = Zone.utc.local(try Phrase(text, reader: reader).instant).text } catch { found = error == .past ? nil : "\(error)" }
      #expect(found == meaning, "“\(text)” on \(now.text)")
    }
  }
}
