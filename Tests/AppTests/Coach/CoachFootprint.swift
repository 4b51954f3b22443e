import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let coach = Footprint(
    parameters: [":chat": { try $0.chat() }, ":message": { try $0.coachMessage() }],
    owned: [":chat", ":message"],
    posts: [
      "/coach/messages": Post(
        entry: "chat.said",
        fields: [
          House.Field(name: "content", right: "what+is+due", rule: .said), House.Field(name: "conversation", right: "", rule: .row),
          House.Field(name: "nonce", right: "c", rule: .ignored),
        ]),
      "/coach/messages/:message/deletion": Post(entry: "coach.message_deleted"),
      "/coach/messages/:message/restoration": Post(entry: "coach.message_restored", after: "/coach/messages/:message/deletion"),
      "/coach/:chat/archival": Post(entry: "chat.archived"),
      "/coach/:chat/restoration": Post(entry: "chat.restored", after: "/coach/:chat/archival"),
      "/coach/:chat/deletion": Post(entry: "chat.deleted"),
      "/settings/coach": Post(
        entry: "coach.changed",
        fields: [House.Field(name: "speak", right: "never", rule: .choice)]
          + ["model", "notes", "weekly_mail", "events"].map { House.Field(name: $0, right: "on", rule: .flag) }
          + [House.Field(name: "version", right: "1", rule: .exactly)]),
    ],
    queries: [
      "/coach": [House.Field(name: "event", right: "", rule: .choice), House.Field(name: "after", right: "", rule: .rowAfter)],
      "/coach/:chat": [House.Field(name: "before", right: "", rule: .optionalNumber)],
    ],
    rows: { browser in
      _ = try browser.coachMessage()
      _ = try browser.chat()
    },
    changed: ["chat_messages": "stopped_at", "chats": "deleted_at said_at status", "coach_messages": "deleted_at"],
    worked: ["chat_messages": "S", "chats": "DS", "coach_messages": "IS", "coach_rounds": "SU"], asked: ["coach_rounds": "S"])
}

extension Browser {
  /// Says something to the coach.
  ///
  /// - Returns: the conversation.
  @discardableResult
  func chat(_ said: String = "what is due today", in chat: String? = nil) throws -> String {
    let page = post("/coach/messages", ["content": said, "conversation": chat ?? ""])
    #expect(page.status == 303, "\(page.complaints)")
    return try #require(page.location?.split(separator: "/").last.map { String($0) })
  }

  /// What the coach says of a habit that was just done.
  func coachMessage() throws -> String {
    let habit = try self.habit(["name": "Stretch"])
    #expect(post("/habits/\(habit)/completions").status == 303)
    return try site.text("SELECT id::text FROM coach_messages WHERE habit_id = \(habit)::uuid").unwrapped
  }
}
