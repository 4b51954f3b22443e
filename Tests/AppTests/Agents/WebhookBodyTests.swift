import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// What webhooks get of messages that are too long for them: notes are shortened, and what answers stays.
@Suite struct WebhookBodyTests {
  private static let now = Instant(seconds: 1_800_000_000)
  private static let link = "https://heed.test/a/" + String(repeating: "x", count: 120)

  private func body(_ format: WebhookFormat, _ field: String, notes: [String]) throws -> String {
    let items = notes.enumerated().map { number, notes in
      AnswerableItem(
        escalation: "e\(number)", reminder: "r\(number)", title: "Title \(number)", facts: "Due at ten.", notes: notes, importance: .high,
        tier: 1,
        tiers: 3, round: 0, dueAt: Self.now, link: "\(Self.link)\(number)")
    }
    let content = MessageContent(
      key: (kind: "delivery", id: "1"), name: "Ana", address: "", subject: "Pay the rent", text: "", html: "", items: items)
    let post = try WebhookBody(content, at: Self.now).post(format, to: "https://ntfy.test/topic")
    return try JSONValue(Array(post.body.text.utf8)).unwrapped[field]?.text ?? ""
  }

  private static let chats: [(WebhookFormat, String, Int)] = [
    (.slack, "text", 12_000), (.discord, "content", 2_000), (.matrix, "text", 12_000), (.gotify, "message", 12_000),
    (.ntfy, "message", 1_300),
  ]

  @Test(arguments: chats.indices, ["a", "é", "*", "&", "😀"])
  func `long notes are shortened by letters, and facts and link stay whole`(chat: Int, letter: String) throws {
    let (format, field, most) = Self.chats[chat]
    let text = try body(format, field, notes: [String(repeating: letter, count: 16_000)])
    #expect(text.unicodeScalars.count <= most && text.unicodeScalars.count > most - 10)
    #expect(text.contains("Due at ten.") && text.hasSuffix("…\n\(Self.link)0"))
  }

  @Test(arguments: chats.indices)
  func `a digest has the link of each, and of too many the first whole`(chat: Int) throws {
    let (format, field, most) = Self.chats[chat]
    let text = try body(format, field, notes: ["short", String(repeating: "n", count: 16_000), String(repeating: "m", count: 16_000)])
    #expect(text.unicodeScalars.count <= most && text.contains("short"))
    for number in 0..<3 { #expect(text.contains("\(Self.link)\(number)"), "\(number)") }
    let many = try body(format, field, notes: (0..<200).map { _ in "" })
    #expect(many.unicodeScalars.count <= most && many.contains("\(Self.link)0") && many.hasSuffix("\n\n…"))
    let links = many.components(separatedBy: "https://").dropFirst()
    #expect(links.allSatisfy { $0.contains(String(repeating: "x", count: 120)) })
  }
}
