import Testing

@testable import Domain

@Suite("As much of a mail's text as a page can show")
struct MailExcerptTests {
  private typealias Sections = [(MailSection.Kind, String)]

  private func cut(_ sections: Sections, _ most: Int) -> (sections: [String], leftOut: Int) {
    let excerpt = MailExcerpt(sections.map { MailSection(kind: $0.0, text: $0.1) }, most: most)
    return (excerpt.sections.map { "\($0.kind.rawValue) \($0.text)" }, excerpt.leftOut)
  }

  @Test(arguments: [
    (9, ["own Hello", "quoted Well"], 0), (8, ["own Hello", "quoted Wel"], 1), (5, ["own Hello"], 4), (2, ["own He"], 7), (0, [], 9),
  ])
  func `what does not fit is left out and counted`(most: Int, shown: [String], leftOut: Int) {
    let found = cut([(.own, "Hello"), (.quoted, "Well")], most)
    #expect(found.sections == shown && found.leftOut == leftOut)
  }

  @Test func `what somebody wrote below a long quote stands before the quote, in its place`() {
    let found = cut([(.quoted, "aaaaaaaaaa"), (.own, "Yes."), (.signature, "Ana"), (.forwarded, "See")], 9)
    #expect(found.sections == ["quoted aa", "own Yes.", "forwarded See"] && found.leftOut == 11)
  }

  @Test(arguments: [(1, "a", 9), (2, "a", 9), (3, "aé", 7), (4, "aé", 7), (6, "aé", 7), (7, "aé😀", 3), (10, "aé😀bcd", 0)])
  func `no letter is cut in two, and nothing stands behind a cut`(most: Int, shown: String, leftOut: Int) {
    let found = cut([(.own, "aé😀bcd"), (.quoted, "")], most)
    #expect(found.sections == ["own " + shown] && found.leftOut == leftOut)
    #expect(cut([(.own, "éé"), (.quoted, "x")], 3).sections == ["own é"])
  }
}
