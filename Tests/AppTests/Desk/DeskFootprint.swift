import Domain
import Postgres
import Testing

@testable import App

extension Footprint {
  static let drafts = Footprint(
    parameters: [":draft": { try $0.someDraft() }, ":inbound": { try $0.someInbound() }],
    shared: [":draft"],
    posts: [
      "/drafts/bulk": Post(
        entry: "draft.claimed",
        fields: [
          House.Field(name: "id", right: ":draft", rule: .anyIDs), House.Field(name: "action", right: "claim", rule: .exactly),
          House.Field(name: "reason", right: "", rule: .choice), House.Field(name: "member", right: "", rule: .ignored),
          House.Field(name: "list", right: "", rule: .ignored),
        ]),
      "/drafts/:draft": Post(
        entry: "draft.kept",
        fields: [House.Field(name: "version", right: "1", rule: .exactly), House.Field(name: "text", right: "Mine.", rule: .document)]),
      "/drafts/:draft/approval": Post(
        entry: "draft.approved",
        fields: [
          House.Field(name: "version", right: "1", rule: .exactly), House.Field(name: "seen", right: ":inbound", rule: .seen),
          House.Field(name: "text", right: "Hello.", rule: .document), House.Field(name: "nonce", right: "a", rule: .ignored),
          House.Field(name: "close", right: "", rule: .flag), House.Field(name: "opened", right: "", rule: .flag),
          House.Field(name: "to", right: "ana%40customer.example", rule: .exactly),
        ]),
      "/drafts/:draft/rejection": Post(
        entry: "draft.rejected",
        fields: [
          House.Field(name: "version", right: "1", rule: .exactly), House.Field(name: "reason", right: "tone", rule: .choice),
          House.Field(name: "note", right: "", rule: .markdown), House.Field(name: "nonce", right: "r", rule: .ignored),
        ]),
      "/drafts/:draft/regeneration": Post(
        entry: "draft.regenerated",
        fields: [House.Field(name: "version", right: "1", rule: .exactly), House.Field(name: "instruction", right: "", rule: .markdown)]),
      "/drafts/:draft/claim": Post(entry: "draft.claimed"),
      "/drafts/:draft/release": Post(entry: "draft.released", after: "/drafts/:draft/claim"),
      // Nothing was approved.
      "/drafts/:draft/undo": Post(entry: nil, status: 409),
      // Nothing failed, and nothing is held.
      "/drafts/:draft/retry": Post(entry: nil, fields: [House.Field(name: "to", right: "", rule: .optionalNumber)], status: 409),
      "/drafts/:draft/confirmation": Post(
        entry: nil,
        fields: [House.Field(name: "version", right: "1", rule: .exactly), House.Field(name: "seen", right: ":inbound", rule: .flag)],
        status: 409),
      "/drafts/:draft/preview": Post(entry: nil, fields: [House.Field(name: "text", right: "Hello.", rule: .flag)], status: 200),
    ],
    queries: [
      "/drafts": [
        House.Field(name: "state", right: "", rule: .choice), House.Field(name: "confidence", right: "", rule: .choice),
        House.Field(name: "tag", right: "", rule: .optionalLine), House.Field(name: "channel", right: "", rule: .rowAfter),
        House.Field(name: "late", right: "on", rule: .choice), House.Field(name: "after", right: "", rule: .rowAfter),
      ]
    ],
    rows: { browser in
      let draft = try browser.someDraft()
      try browser.site.owner.run(
        """
        INSERT INTO draft_sources (draft_id, account_id, n, source_id, passage, title, heading, text, indexed_at, is_stale, score)
        VALUES (\(draft)::uuid, \(browser.account), 1, gen_random_uuid(), 1, 'A', '', 'B', \(browser.site.now), false, 0.5)
        ON CONFLICT DO NOTHING
        """)
      // Of an account there is one, which the first of its people decides.
      if browser.get("/drafts/\(draft)").fact("state") == "pending" {
        #expect(browser.post("/drafts/\(draft)/rejection", ["version": "1", "reason": "tone"]).status == 303)
      }
    },
    roots: ["drafts"],
    changed: [
      "drafts":
        "action asked_at conversation_id copies decided_at decided_by decided_name instruction is_edited message_id note reason recipients "
        + "state superseded_by text version",
      "decisions": "conversation_id",
      "learning_samples": "delivered",
    ],
    worked: ["drafts": "ISU", "draft_sources": "IS", "decisions": "S", "learning_samples": "ISU"])

  static let conversations = Footprint(
    parameters: [
      ":conversation": { try $0.someConversation() }, ":mail": { try $0.someInbound() }, ":self": { $0.user.text },
      ":attachment": { try $0.someAttachment() }, ":sender": { try $0.someForwardedSender() },
    ],
    tokens: [
      "/f/:token": { browser in
        let file: ID<DeskFile> = try ID(browser.someAttachment()).unwrapped
        return FileLink(file, sentAt: browser.site.now).token(browser.site.services.keys)
      }
    ],
    shared: [":conversation", ":mail", ":attachment"],
    posts: [
      "/conversations/:conversation/reply": Post(
        entry: "conversation.answered",
        fields: [
          House.Field(name: "text", right: "Hello.", rule: .document), House.Field(name: "seen", right: ":inbound", rule: .optionalSeen),
          House.Field(name: "answered", right: "", rule: .rowAfter),
          House.Field(name: "nonce", right: "r", rule: .ignored), House.Field(name: "close", right: "", rule: .flag),
          House.Field(name: "follow_up", right: "in+3+days", rule: .optionalNumber),
          House.Field(name: "to", right: "ana%40customer.example", rule: .exactly),
        ]),
      "/conversations/:conversation/notes": Post(
        entry: "conversation.noted", fields: [House.Field(name: "text", right: "N", rule: .letter)]),
      "/conversations/:conversation/closure": Post(entry: "conversation.closed"),
      "/conversations/:conversation/reopening": Post(entry: "conversation.reopened", after: "/conversations/:conversation/closure"),
      // One is asked for already.
      "/conversations/:conversation/draft": Post(entry: nil),
      "/conversations/:conversation/assignment": Post(
        entry: "conversation.assigned", fields: [House.Field(name: "member", right: ":self", rule: .optionalNumber)]),
      "/conversations/:conversation/tags": Post(
        entry: "conversation.tagged", fields: [House.Field(name: "tags", right: "vip", rule: .tags)]),
      "/conversations/:conversation/claim": Post(entry: "conversation.claimed"),
      "/conversations/:conversation/release": Post(entry: "conversation.released", after: "/conversations/:conversation/claim"),
      // Nobody is new in it.
      "/conversations/:conversation/seen": Post(entry: nil),
      "/conversations/:conversation/customer": Post(
        entry: "conversation.customer_chosen", fields: [House.Field(name: "address", right: ":sender", rule: .exactly)]),
      // Nobody passed anything on in it.
      "/conversations/:conversation/customer/deletion": Post(entry: nil),
      "/conversations/:conversation/spam": Post(entry: "conversation.spam"),
      "/conversations/:conversation/spam/deletion": Post(entry: "conversation.not_spam", after: "/conversations/:conversation/spam"),
      // What a customer wrote is neither taken back nor sent again, nor kept back.
      "/conversations/:conversation/messages/:mail/undo": Post(entry: nil, status: 409),
      "/conversations/:conversation/messages/:mail/retry": Post(
        entry: nil, fields: [House.Field(name: "to", right: "", rule: .optionalNumber)], status: 409),
      "/conversations/:conversation/messages/:mail/confirmation": Post(
        entry: nil, fields: [House.Field(name: "seen", right: ":inbound", rule: .flag)], status: 409),
    ],
    queries: [
      "/conversations": [
        House.Field(name: "state", right: "", rule: .choice), House.Field(name: "q", right: "deliver", rule: .optionalLine),
        House.Field(name: "tag", right: "", rule: .optionalLine), House.Field(name: "channel", right: "", rule: .rowAfter),
        House.Field(name: "assignee", right: "", rule: .rowAfter), House.Field(name: "late", right: "on", rule: .choice),
        House.Field(name: "after", right: "", rule: .rowAfter),
      ],
      "/conversations/:conversation/timeline": [House.Field(name: "after", right: "", rule: .position)],
    ],
    rows: { browser in
      let conversation = try browser.someConversation()
      #expect(browser.post("/conversations/\(conversation)/notes", ["text": "N"]).status == 303)
      _ = try browser.someAttachment()
      let message = try browser.someInbound()
      try browser.site.owner.run(
        """
        INSERT INTO message_revisions (message_id, account_id, body_key, at, own)
        VALUES (\(message)::uuid, \(browser.account), '\\x00', \(browser.site.now), 'X') ON CONFLICT DO NOTHING
        """)
    },
    roots: ["conversations", "customers"],
    changed: [
      "conversations":
        "assignee_id claimed_at claimed_by closed_at customer_id external_id is_answerable language last_at late_at late_told_at merged_into "
        + "messages newest_inbound_id snoozed_until state subject subject_key tags version waiting_since",
      "conversation_events": "conversation_id", "conversation_notes": "conversation_id",
      "customers": "is_spam merged_into name updated_at", "customer_addresses": "customer_id",
      "messages": "closes code conversation_id copies customer_id detail is_stranger reason recipients seen_id send_at sending",
      "participants": "is_taken name",
    ],
    worked: [
      "attachments": "ISU", "conversations": "ISU", "conversation_events": "IS", "conversation_notes": "S", "customers": "ISU",
      "customer_addresses": "ISU", "files": "IS", "messages": "ISU", "message_addresses": "IS", "message_revisions": "IS",
      "participants": "ISU",
    ],
    doors: ["linked_file web"])
}

extension Browser {
  /// The first conversation of somebody's account, made where there is none.
  func someConversation() throws -> String {
    let known = try site.text("SELECT conversation_id::text FROM drafts WHERE account_id = \(account) ORDER BY id LIMIT 1")
    if let known { return known }
    return try Desk(site, as: self).write("How long does delivery take?")
  }

  /// A draft of it that waits, as a worker would have written it.
  func someDraft() throws -> String {
    let conversation = try someConversation()
    try site.owner.run(
      """
      UPDATE drafts SET state = 'pending', generated = 'Hello.', text = 'Hello.', model_key = 'builtin/extractive-1', ready_at = \(site.now)
      WHERE conversation_id = \(conversation)::uuid AND state = 'asked'
      """)
    return try site.text("SELECT id::text FROM drafts WHERE conversation_id = \(conversation)::uuid ORDER BY number DESC LIMIT 1").unwrapped
  }

  /// The newest message of its customer.
  func someInbound() throws -> String {
    let conversation = try someConversation()
    let id = try site.text("SELECT newest_inbound_id::text FROM conversations WHERE id = \(conversation)::uuid").unwrapped
    // As of a mail, which has other forms besides.
    try site.owner.run(
      "INSERT INTO files (account_id, sha256, size, bytes) VALUES (\(account), sha256('x'), 1, 'x') ON CONFLICT DO NOTHING")
    try site.owner.run("UPDATE messages SET raw = sha256('x'), html = '<p>x</p>' WHERE id = \(id)::uuid")
    return id
  }

  /// A file of that message.
  func someAttachment() throws -> String {
    let message = try someInbound()
    let known = try site.text("SELECT id::text FROM attachments WHERE message_id = \(message)::uuid LIMIT 1")
    if let known { return known }
    try site.owner.run(
      """
      INSERT INTO files (account_id, sha256, size, bytes) VALUES (\(account), sha256('x'), 1, 'x') ON CONFLICT DO NOTHING
      """)
    return try site.text(
      """
      INSERT INTO attachments (id, account_id, message_id, n, name, type, size, sha256, state)
      VALUES (gen_random_uuid(), \(account), \(message)::uuid, 1, 'a.txt', 'text/plain', 1, sha256('x'), 'kept') RETURNING id::text
      """
    ).unwrapped
  }

  /// Who wrote what a member passes on in the first conversation of the account.
  func someForwardedSender() throws -> String {
    let first = try someConversation()
    let head = "---------- Forwarded message ---------\nFrom: Carl <carl@customer.example>\nSubject: Help\n\nHelp!"
    try site.owner.run(
      """
      INSERT INTO messages (id, account_id, conversation_id, channel_id, direction, kind, message_key, body_key, from_name, from_address, customer_id,
        subject, own, part_kinds, part_texts, arrived_at)
      SELECT new_id(\(site.now)), v.account_id, v.id, v.channel_id, 'inbound', 'person', sha256(gen_random_uuid()::text::bytea), sha256('x'), 'Ana',
        (SELECT u.email FROM users u WHERE u.id = \(user)), v.customer_id, 'Fwd: Help', \(head)::text, '{forwarded}'::text[], \([head])::text[], \(site.now)
      FROM conversations v WHERE v.id = \(first)::uuid
      """)
    return "carl@customer.example"
  }
}
