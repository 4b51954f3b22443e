import Testing

@testable import Domain

@Suite struct ShortTextTests {
  private func written(_ write: (inout ShortText) -> Void) -> String {
    var text = ShortText()
    write(&text)
    return text.text
  }

  @Test(arguments: [
    (0, 1, "0"), (7, 2, "07"), (7, 4, "0007"), (42, 2, "42"), (100, 2, "100"), (2026, 4, "2026"), (12_345, 4, "12345"), (-5, 2, "-05"),
    (Int.max, 1, "9223372036854775807"), (Int.min, 1, "-9223372036854775808"),
  ])
  func `numbers are filled up with zeros`(number: Int, width: Int, expected: String) {
    #expect(written { $0.append(number: number, width: width) } == expected)
  }

  @Test func `what goes beyond 64 bytes is cut`() {
    #expect(written { text in for _ in 0..<70 { text.append(words: "ab") } } == String(repeating: "ab", count: 32))
  }

  @Test(arguments: [("Mon 23 Nov, 09:00", 5, "09:00"), ("ab", 5, "ab"), ("", 5, ""), ("abc", 0, "")])
  func `only the end is kept`(all: StaticString, length: Int, expected: String) {
    #expect(
      written { text in
        text.append(words: all)
        text.keep(last: length)
      } == expected)
  }

  @Test(arguments: [("today", "Today"), ("Today", "Today"), ("", ""), ("às 9", "às 9"), ("23 Nov", "23 Nov")])
  func `a small letter at the beginning becomes a capital`(all: StaticString, expected: String) {
    #expect(
      written { text in
        text.append(words: all)
        text.capitalize()
      } == expected)
  }
}
