import Testing

@testable import Domain

/// Times inside longer texts: what they say and where they stand.
struct PhraseTextTests {
  private var reader: PhraseReader {
    get throws {
      let nine = try #require(TimeOfDay(hour: 9, minute: 0))
      return PhraseReader(zone: .utc, language: .english, defaultHour: nine, now: Instant(seconds: 1_804_687_200))
    }
  }

  @Test func `a part of a text is a phrase, and says where it stands`() throws {
    let text = PhraseText("💥 pay the café  até amanhã\u{0303} às 9h!")
    let words = Array(text.text.utf8)
    let found = try #require((0..<text.tokens.count).first { try text.meaning(of: $0..<text.tokens.count, reader) != nil })
    #expect(String(decoding: words[text.bytes(of: found..<text.tokens.count)], as: UTF8.self) == "até amanhã\u{0303} às 9h!")
    #expect(String(decoding: words[text.bytes(of: 0..<found)], as: UTF8.self) == "💥 pay the café")
    #expect(text.bytes(of: 2..<2).isEmpty)
  }

  @Test func `a bare number is no hour inside a text`() throws {
    let text = PhraseText("tomorrow 9")
    #expect(try text.meaning(of: 0..<2, reader) == nil)
    #expect(try text.meaning(of: 0..<1, reader) != nil)
  }

  @Test func `a reader of recurrences takes times one after the other`() throws {
    let text = PhraseText("every day at 9 and 21:30 banana")
    var parser = text.parser(from: 2, try reader)
    let (first, and, second, none) = (parser.clock(), parser.take("and"), parser.clock(), parser.clock())
    #expect(first?.hour == 9 && and && second?.minute == 30)
    #expect(none == nil && parser.index == 8)
  }
}
