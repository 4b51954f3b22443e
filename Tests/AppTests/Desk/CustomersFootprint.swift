import Domain
import Postgres
import Testing

@testable import App

extension Footprint {
  static let customers = Footprint(
    parameters: [
      ":customer": { try $0.someCustomer() }, ":otherCustomer": { try $0.otherCustomer() }, ":elsewhere": { try $0.otherConversation() },
      ":later": { try $0.laterMessage() }, ":mailbox": { try $0.someMailbox() },
    ],
    shared: [":customer"],
    posts: [
      "/conversations": Post(
        entry: "conversation.begun",
        fields: [
          House.Field(name: "channel", right: ":mailbox", rule: .offered),
          House.Field(name: "to", right: "new%40customer.example", rule: .exactly),
          House.Field(name: "cc", right: "", rule: .optionalNumber), House.Field(name: "subject", right: "B", rule: .line),
          House.Field(name: "text", right: "Hello.", rule: .document), House.Field(name: "nonce", right: "b", rule: .ignored),
        ]),
      "/conversations/bulk": Post(
        entry: "conversation.closed",
        fields: [
          House.Field(name: "id", right: ":conversation", rule: .anyIDs), House.Field(name: "action", right: "closure", rule: .exactly),
          House.Field(name: "member", right: "", rule: .ignored), House.Field(name: "until", right: "", rule: .ignored),
        ]),
      "/conversations/:conversation/preview": Post(
        entry: nil,
        fields: [
          House.Field(name: "text", right: "Hello.", rule: .flag), House.Field(name: "saved", right: ":saved", rule: .optionalNumber),
        ], status: 200),
      "/conversations/:conversation/merge": Post(
        entry: "conversation.merged",
        fields: [House.Field(name: "into", right: ":elsewhere", rule: .oneRow), House.Field(name: "nonce", right: "m", rule: .ignored)]),
      "/conversations/:conversation/split": Post(
        entry: "conversation.split",
        fields: [House.Field(name: "message", right: ":later", rule: .oneRow), House.Field(name: "nonce", right: "s", rule: .ignored)]),
      "/customers/:customer/notes": Post(
        entry: "customer.noted",
        fields: [House.Field(name: "text", right: "N", rule: .letter), House.Field(name: "nonce", right: "n", rule: .ignored)]),
      "/customers/:customer/merge": Post(
        entry: "customer.merged", fields: [House.Field(name: "into", right: ":otherCustomer", rule: .oneRow)]),
      "/customers/:customer/export": Post(entry: "customer.exported", status: 200),
      "/customers/:customer/erasure": Post(
        entry: "customer.erased", fields: [House.Field(name: "password", right: Browser.encoded(Site.password), rule: .exactly)]),
    ],
    queries: [
      "/customers": [House.Field(name: "q", right: "ana", rule: .optionalLine), House.Field(name: "after", right: "", rule: .rowAfter)],
      "/saved-replies": [House.Field(name: "after", right: "", rule: .rowAfter)],
    ],
    rows: { browser in
      let customer = try browser.someCustomer()
      #expect(browser.post("/customers/\(customer)/notes", ["text": "N"]).status == 303)
      let (one, other) = (try browser.someConversation(), try browser.otherConversation())
      #expect(browser.post("/conversations/\(one)/merge", ["into": other]).status == 303)
    },
    changed: ["customer_notes": "customer_id", "conversation_merges": "merged_at messages state things undone_at"],
    worked: ["customer_notes": "S", "conversation_merges": "S", "desk_words": "S"], asked: ["desk_words": "S"],
    doors: ["desk_holds web", "desk_search web", "erase_customer web", "erase_more web work"])

  static let savedReplies = Footprint(
    parameters: [":saved": { try $0.someSavedReply() }],
    shared: [":saved"],
    posts: [
      "/saved-replies": Post(
        entry: "saved_reply.made",
        fields: [
          House.Field(name: "title", right: "T", rule: .line), House.Field(name: "text", right: "Hello.", rule: .letter),
          House.Field(name: "nonce", right: "n", rule: .ignored),
        ]),
      "/saved-replies/:saved": Post(
        entry: "saved_reply.changed",
        fields: [
          House.Field(name: "title", right: "U", rule: .line), House.Field(name: "text", right: "Bye.", rule: .letter),
          House.Field(name: "version", right: "1", rule: .exactly),
        ]),
      "/saved-replies/:saved/deletion": Post(entry: "saved_reply.deleted"),
      "/saved-replies/:saved/restoration": Post(entry: "saved_reply.restored", after: "/saved-replies/:saved/deletion"),
    ],
    rows: { browser in _ = try browser.someSavedReply() },
    roots: ["saved_replies"],
    changed: ["saved_replies": "deleted_at text title updated_at version"],
    worked: ["saved_replies": "DS"])

  static let deskReminders = Footprint(
    posts: [
      "/conversations/:conversation/snoozes": Post(
        entry: "conversation.snoozed", fields: [House.Field(name: "until", right: "tomorrow", rule: .exactly)])
    ],
    rows: { browser in
      let conversation = try browser.someConversation()
      let snoozed = browser.post("/conversations/\(conversation)/snoozes", ["until": "tomorrow"]).status
      // It may be put off already.
      #expect([303, 409].contains(snoozed))
    },
    changed: ["desk_reminders": "conversation_id over_at"],
    worked: ["desk_reminders": "SU"])
}

extension Browser {
  /// Whose conversation the first of the account is.
  func someCustomer() throws -> String {
    let conversation = try someConversation()
    return try site.text("SELECT customer_id::text FROM conversations WHERE id = \(conversation)::uuid").unwrapped
  }

  /// Another customer of the account.
  func otherCustomer() throws -> String {
    let known = try site.text("SELECT id::text FROM customers WHERE account_id = \(account) AND name = 'Other' ORDER BY id LIMIT 1")
    if let known { return known }
    return try site.text(
      """
      INSERT INTO customers (id, account_id, name, first_seen_at, updated_at)
      VALUES (new_id(\(site.now)), \(account), 'Other', \(site.now), \(site.now)) RETURNING id::text
      """
    ).unwrapped
  }

  /// Another conversation of the same customer in the same channel.
  func otherConversation() throws -> String {
    let first = try someConversation()
    return try site.text(
      """
      INSERT INTO conversations (id, account_id, channel_id, subject, subject_key, customer_id, state, language, is_answerable, last_at, created_at)
      SELECT new_id(\(site.now)), v.account_id, v.channel_id, 'Other', 'other', v.customer_id, 'open', 'en', true, \(site.now), \(site.now)
      FROM conversations v WHERE v.id = \(first)::uuid RETURNING id::text
      """
    ).unwrapped
  }

  /// A second message in the first conversation of the account.
  func laterMessage() throws -> String {
    let first = try someConversation()
    return try site.text(
      """
      INSERT INTO messages (id, account_id, conversation_id, channel_id, direction, kind, message_key, body_key, from_name, from_address, customer_id,
        subject, own, arrived_at)
      SELECT new_id(\(site.now)), v.account_id, v.id, v.channel_id, 'inbound', 'person', sha256(gen_random_uuid()::text::bytea), sha256('x'), 'Ana',
        'ana@customer.example', v.customer_id, 'Later', 'And another thing.', \(site.now)
      FROM conversations v WHERE v.id = \(first)::uuid RETURNING id::text
      """
    ).unwrapped
  }

  /// A channel by which mail leaves.
  func someMailbox() throws -> String {
    _ = try someConversation()
    return try site.text(
      "SELECT id::text FROM channels WHERE account_id = \(account) AND type = 'email' AND enabled AND deleted_at IS NULL ORDER BY id LIMIT 1"
    ).unwrapped
  }

  /// The first saved reply of the account.
  func someSavedReply() throws -> String {
    let known = try site.text("SELECT id::text FROM saved_replies WHERE account_id = \(account) ORDER BY id LIMIT 1")
    if let known { return known }
    #expect(post("/saved-replies", ["title": "Thanks", "text": "Thank you, {{customer.first_name}}."]).status == 303)
    return try site.text("SELECT id::text FROM saved_replies WHERE account_id = \(account) ORDER BY id LIMIT 1").unwrapped
  }
}
