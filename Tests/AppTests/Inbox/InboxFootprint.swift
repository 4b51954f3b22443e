import Postgres
import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let inbox = Footprint(
    parameters: [":item": { browser in try browser.inboxItem() }], owned: [":item"],
    posts: [
      "/inbox": Post(
        entry: "inbox.captured",
        fields: [
          House.Field(name: "text", right: "Buy+bread%0D%0ACall+Bob", rule: .letter),
          House.Field(name: "source", right: "web", rule: .optionalLine),
          House.Field(name: "client_msg_id", right: "m1", rule: .optionalLine), House.Field(name: "nonce", right: "n", rule: .ignored),
        ]),
      // It changes nothing.
      "/inbox/quick": Post(entry: nil, fields: [House.Field(name: "text", right: "Buy+bread", rule: .letter)], status: 200),
      // The thing that it becomes has an entry too.
      "/inbox/:item/triage": Post(
        entry: "inbox.sorted",
        fields: [
          House.Field(name: "kind", right: "task", rule: .exactly), House.Field(name: "title", right: "B", rule: .line),
          House.Field(name: "notes", right: "b", rule: .markdown), House.Field(name: "due", right: "2027-06-30", rule: .optionalTime),
          House.Field(name: "priority", right: "2", rule: .optionalNumber),
          House.Field(name: "estimate", right: "90", rule: .optionalNumber),
          House.Field(name: "tags", right: "home", rule: .optionalLine), House.Field(name: "goal", right: "", rule: .picks),
        ], entries: 2),
      "/inbox/:item/deletion": Post(entry: "inbox.deleted"),
      "/inbox/:item/restoration": Post(entry: "inbox.restored", after: "/inbox/:item/deletion"),
    ],
    queries: [
      "/inbox": [
        House.Field(name: "state", right: "", rule: .choice), House.Field(name: "after", right: "", rule: .rowAfter),
        House.Field(name: "title", right: "A", rule: .markdown), House.Field(name: "text", right: "B", rule: .markdown),
        House.Field(name: "url", right: "https://x.test/", rule: .markdown),
      ],
      "/inbox/triage": [House.Field(name: "after", right: "", rule: .rowAfter)],
      "/inbox/:item/triage": [House.Field(name: "kind", right: "", rule: .choice)],
    ],
    rows: { browser in _ = try browser.inboxItem() },
    changed: [
      "inbox_items": "became_id became_kind deleted_at joined sorted_at", "chat_sessions": "ended_at last_activity_at started_at",
    ],
    worked: ["inbox_items": "DS", "chat_sessions": "S", "inbox_counts": "S"], asked: ["inbox_counts": "S"], doors: ["join_sessions web"])
}

extension Browser {
  /// An item of the inbox that is to be sorted; made where there is none.
  func inboxItem() throws -> String {
    let known = try site.text(
      "SELECT id::text FROM inbox_items WHERE user_id = \(user) AND became_kind IS NULL AND deleted_at IS NULL ORDER BY id LIMIT 1")
    if let known { return known }
    return try capture("Mine")
  }

  /// Writes a line into the inbox.
  ///
  /// - Returns: its id.
  @discardableResult
  func capture(_ line: String) throws -> String {
    let page = post("/inbox", ["text": line])
    #expect(page.status == 303, "\(page.complaints)")
    return try site.text("SELECT id::text FROM inbox_items WHERE user_id = \(user) AND raw = \(line) ORDER BY created_at DESC LIMIT 1")
      .unwrapped
  }
}
