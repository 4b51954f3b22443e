import Postgres
import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let assistant = Footprint(
    parameters: [":talk": { try $0.openTalk() }],
    owned: [":talk"],
    posts: [
      "/assistant/messages": Post(
        entry: "assistant.said",
        fields: [
          House.Field(name: "content", right: "what+is+due", rule: .said), House.Field(name: "conversation", right: "", rule: .row),
          House.Field(name: "nonce", right: "a", rule: .ignored),
        ]),
      "/assistant/:talk/stop": Post(entry: "assistant.stopped"),
      "/assistant/:talk/archival": Post(entry: "assistant.archived"),
      "/assistant/:talk/restoration": Post(entry: "assistant.restored", after: "/assistant/:talk/archival"),
      "/assistant/:talk/deletion": Post(entry: "assistant.deleted"),
    ],
    queries: [
      "/assistant": [
        House.Field(name: "state", right: "", rule: .choice), House.Field(name: "new", right: "", rule: .choice),
        House.Field(name: "after", right: "", rule: .rowAfter),
      ],
      "/assistant/:talk": [House.Field(name: "before", right: "", rule: .optionalNumber)],
    ],
    rows: { browser in try browser.assistantRows() },
    worked: ["assistant_steps": "DIS", "assistant_turns": "DISU"], asked: ["assistant_steps": "S", "assistant_turns": "S"])
}

extension Browser {
  /// Asks the assistant something.
  ///
  /// - Returns: the conversation.
  @discardableResult
  func talk(_ said: String = "what is due today", in chat: String? = nil) throws -> String {
    let page = post("/assistant/messages", ["content": said, "conversation": chat ?? ""])
    #expect(page.status == 303, "\(page.complaints)")
    return try #require(page.location?.split(separator: "/").last.map { String($0) })
  }

  /// A conversation in which something waits for its answer: one that is there, for an hour has twenty messages.
  func openTalk() throws -> String {
    let known = try site.text(
      """
      SELECT c.id::text FROM chats c JOIN chat_messages m ON m.chat_id = c.id
      WHERE c.user_id = \(user) AND c.kind = 'assistant' AND c.status = 'active' AND c.deleted_at IS NULL AND m.answer IS NULL AND m.stopped_at IS NULL
      ORDER BY c.id LIMIT 1
      """)
    return try known ?? talk()
  }

  /// A row of each table of the assistant's.
  func assistantRows() throws {
    let chat = try openTalk()
    let now = site.now
    try site.owner.run(
      """
      INSERT INTO assistant_steps (id, user_id, chat_id, number, tool, arguments, rows, milliseconds, status)
      VALUES (\(ID<AssistantStep>.new(at: now)), \(user), \(chat)::text::uuid, 1, 'search', '{"query":"walrus"}', 1, 2, 'ok')
      """)
    try site.owner.run(
      """
      INSERT INTO assistant_turns (chat_id, number, user_id, state, began_at) VALUES (\(chat)::text::uuid, 1, \(user), '{}', \(now)) ON CONFLICT DO NOTHING
      """)
  }
}
