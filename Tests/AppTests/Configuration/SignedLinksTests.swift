import Domain
import Foundation
import Logging
import Testing

@testable import App

/// Who holds a signed link may act with it; who reads a log may not.
@Suite("Signed links in our log") struct SignedLinksTests {
  static let token = "AQABkz3m9hF4cKqPzR7sT0uVwXyZ-_0123456789abcdefGHIJKL"

  /// What the log holds after one event with these texts in every place that takes one.
  private func line(_ text: String) throws -> String {
    let file = TemporaryFile("")
    let handle = try #require(FileHandle(forWritingAtPath: file.path))
    let fd = handle.fileDescriptor
    let logger = Logger(label: "test") { LogLines(source: $0, level: .trace, file: fd) }
    logger.error("\(text)", metadata: ["error": .string(text), "list": [.string(text)], "map": ["key": .string(text)], text: "key"])
    return try String(contentsOfFile: file.path, encoding: .utf8)
  }

  @Test(arguments: [
    "https://heed.test/a/TOKEN", "/a/TOKEN", "/u/TOKEN", "/f/TOKEN", "/c/TOKEN", "/d/TOKEN", "/ics/TOKEN.ics", "/password/reset/TOKEN",
    "/email/verify/TOKEN",
    "/invitations/TOKEN",
    "554 5.7.1 refused: <https://heed.test/a/TOKEN>, see https://heed.test/u/TOKEN.", "GET /a/TOKEN?x=1 HTTP/1.1", "/a//a/TOKEN",
    "/a/b/a/TOKEN",
    "é/a/TOKEN/é",
  ])
  func `no line holds one`(text: String) throws {
    let line = try line(text.replacingOccurrences(of: "TOKEN", with: SignedLinksTests.token))
    #expect(!line.contains(SignedLinksTests.token.prefix(8)))
    #expect(line.contains(text.replacingOccurrences(of: "TOKEN", with: "…")))
  }

  @Test(arguments: [
    "/reminders/01934f2e-7d3a-7c11-9f25-3b1de06c5a11", "/a/", "/a/b", "/agents/email", "no slash", "", "/static/a/heed.css",
  ])
  func `other addresses stay as they are`(text: String) throws {
    #expect(try line(text).contains("\"message\":\"\(text)\""))
  }

  @Test func `no route takes a token that the log would show`() {
    let patterns = site.map(\.pattern).filter { $0.contains(":token") }
    #expect(patterns.count >= 4)
    for pattern in patterns {
      let path = pattern.replacingOccurrences(of: ":token", with: SignedLinksTests.token)
      #expect(!SignedLinks.hidden(path).contains(SignedLinksTests.token), "\(pattern)")
    }
  }
}
