import Testing

@testable import Domain

@Suite struct GoldenTableTests {
  private static func rows(_ text: String) throws -> [String] { try GoldenTable(Array(text.utf8)).rows.map { "\($0.question)|\($0.url)" } }

  @Test(arguments: [
    ("question,source_url\nHow long?,https://x.test/a\n", ["How long?|https://x.test/a"]),
    ("How long?,https://x.test/a", ["How long?|https://x.test/a"]),
    ("source_url;Question;note\r\nhttps://x.test/a;\"How; long?\";x\r\n\r\n", ["How; long?|https://x.test/a"]),
    ("\u{FEFF}question,source_url\n\"Say \"\"hi\"\"\",http://x.test\n", ["Say \"hi\"|http://x.test"]),
  ])
  func `questions and addresses are read`(text: String, rows: [String]) throws { #expect(try Self.rows(text) == rows) }

  @Test(arguments: [
    ("", GoldenTable.Refusal.empty), ("question,source_url\n", .empty), ("How long?", .broken(line: 1)),
    ("question,source_url\nHow long?,\n", .broken(line: 2)), ("a,https://x.test\n,https://x.test", .broken(line: 2)),
    ("How long?,nowhere", .broken(line: 1)), ("');DROP TABLE users;--", .broken(line: 1)),
    (String(repeating: "q,https://x.test\n", count: 301), .tooMany),
  ])
  func `what is neither is refused by its line`(text: String, refusal: GoldenTable.Refusal) {
    #expect(throws: refusal) { try Self.rows(text) }
  }
}
