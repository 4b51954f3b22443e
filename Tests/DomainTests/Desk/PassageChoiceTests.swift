import Testing

@testable import Domain

/// RULES 6.12: what is quoted, and how sure the writer is.
@Suite struct PassageChoiceTests {
  private static func candidate(_ source: String, _ score: Double, _ words: String) -> PassageCandidate {
    PassageCandidate(source: source, score: score, text: words)
  }

  private static let cases: [([PassageCandidate], [Int])] = [
    ([], []), ([candidate("a", 0, "red")], []), ([candidate("a", 1, "red")], [0]),
    // The rest below half of the first is left out.
    ([candidate("a", 1, "red"), candidate("b", 0.5, "blue"), candidate("c", 0.49, "green")], [0, 1]),
    // At most two of one source.
    (
      [candidate("a", 1, "red"), candidate("a", 0.9, "blue"), candidate("a", 0.8, "green"), candidate("b", 0.6, "black")], [0, 1, 3]
    ),
    // At most three.
    ([candidate("a", 1, "red"), candidate("b", 1, "blue"), candidate("c", 1, "green"), candidate("d", 1, "black")], [0, 1, 2]),
    // One that says the same again comes behind one that says something else.
    (
      [
        candidate("a", 1, "refund card bank"), candidate("b", 0.95, "refund card bank"), candidate("c", 0.7, "invoice tax number"),
        candidate("d", 0.69, "warranty zip"),
      ], [0, 2, 3]
    ),
  ]

  @Test(arguments: cases)
  func `the best that add something are quoted`(found: [PassageCandidate], chosen: [Int]) { #expect(PassageChoice.choose(found) == chosen) }

  private static let levels: [(Int, Int, [Double], String, DraftConfidence.Level)] = [
    (0, 0, [], "0.00", .low), (2, 2, [1.0], "1.00", .high), (1, 2, [1.0], "0.70", .high),
    (1, 2, [0.8, 0.7, 0.6, 0.4], "0.50", .medium), (1, 3, [0.5, 0.5, 0.5, 0.5], "0.20", .low),
    (3, 3, [0.5, 0.5, 0.5, 0.5], "0.60", .medium),
    (0, 5, [0.0], "0.00", .low), (2, 3, [0.9, 0.1], "0.80", .high),
  ]

  @Test(arguments: levels)
  func `confidence is of coverage and margin`(held: Int, words: Int, scores: [Double], text: String, level: DraftConfidence.Level) {
    let confidence = DraftConfidence(held: held, of: words, scores: scores)
    #expect(confidence.text == text)
    #expect(confidence.level == level)
  }
}
