import Domain
import Postgres

/// A decision about a draft, as the timeline shows it.
struct DecisionRow {
  let number: Int64
  let at: Instant
  let userName: String
  let action: String
  let draft: ID<Draft>
  let recipients: [String]
  let seconds: Int?
  let reason: String?
  let note: String
  let passed: String

  /// - Parameter which: a condition on them.
  static func of(_ conversation: SQL, _ which: SQL = "true") -> Query<DecisionRow> {
    Query(
      """
      SELECT number, at, user_name, action, draft_id AS draft, recipients, seconds, reason, note, passed FROM decisions
      WHERE conversation_id = \(conversation) AND account_id = (SELECT my_account()) AND \(which) ORDER BY number DESC LIMIT 300
      """, into: DecisionRow.init)
  }
}

/// A note of the team: no customer ever gets one (RULES 6.19).
struct NoteRow {
  let id: ID<NoteRow>
  let number: Int64
  let authorName: String
  let text: String
  let at: Instant

  /// - Parameter which: a condition on them.
  static func of(_ conversation: SQL, _ which: SQL = "true") -> Query<NoteRow> {
    Query(
      """
      SELECT id, number, author_name, text, at FROM conversation_notes
      WHERE conversation_id = \(conversation) AND account_id = (SELECT my_account()) AND \(which) ORDER BY number DESC LIMIT 200
      """, into: NoteRow.init)
  }
}

/// What an answer in a conversation is made of: all that a decision about it asks for.
struct AnswerDetails {
  let conversation: Conversation
  let channel: DeskChannel
  /// Oldest first: the newest of them, and answers that have not left.
  let messages: [DeskMessage]
  let files: [DeskFile]
  let members: [Member]
  let settings: DeskSettings
  let recipients: AnswerRecipients

  /// As many messages as are read; a page shows ``shown``.
  static let most = 50
  /// So many bytes of messages a page has, with what stands around each, and lines of the timeline.
  private static let mostBytes = 45_000
  private static let bytesAround = 1_400

  /// - Parameter conversation: an expression of its id.
  static func reading(_ conversation: SQL) -> Reading<AnswerDetails?> {
    let channel = DeskChannel.query(
      "c.id = (SELECT channel_id FROM conversations WHERE id = \(conversation)) AND c.account_id = (SELECT my_account())")
    return Reading(
      rows: Conversation.ours("v.id = \(conversation)"), channel, DeskSettings.ours, Member.query,
      DeskMessage.thread(of: conversation, most: most), DeskFile.of(conversation), AnswerRecipients.Row.query(conversation)
    ).map { rows in
      guard let conversation = rows.0.first, let channel = rows.1.first, let settings = rows.2.first else { return nil }
      return AnswerDetails(
        conversation: conversation, channel: channel, messages: rows.4, files: rows.5, members: rows.3, settings: settings,
        recipients: AnswerRecipients(rows.6, of: channel, rows.3))
    }
  }

  /// One of its messages, also where the page shows newer ones alone.
  func message(_ id: ID<DeskMessage>, _ db: Connection) throws(PostgresError) -> DeskMessage? {
    if let shown = messages.first(where: { $0.id == id }) { return shown }
    return try db.row(DeskMessage.ours("m.id = \(id) AND m.conversation_id = \(conversation.id)"))
  }

  /// What a page shows: the newest of them, as many as it has room for, and at least one.
  var shown: ArraySlice<DeskMessage> {
    var room = AnswerDetails.mostBytes
    let fitting = messages.reversed().prefix { message in
      room -= AnswerDetails.bytesAround + (message.source ?? message.own).utf8.count + message.partTexts.reduce(0) { $0 + $1.utf8.count }
      return room >= 0
    }
    return messages.suffix(max(1, fitting.count))
  }

  /// Whether there are messages besides.
  var isLong: Bool { shown.count < messages.count || messages.count >= AnswerDetails.most }

  /// The newest message of a person that was read.
  var newestInbound: DeskMessage? { messages.last { $0.direction == .inbound && $0.kind == .person } }

  /// Files of answers that were taken back and may go along with the next.
  func files(givenBack message: DeskMessage?) -> [DeskFile] {
    guard let message, message.direction == .outbound, message.sending == .cancelled else { return [] }
    return files.filter { $0.message == message.id && $0.state == "kept" }
  }

  /// The last answer of a person that has left or is to leave.
  var newestAnswer: DeskMessage? { messages.last { $0.direction == .outbound && $0.kind == .person && $0.sending != .cancelled } }

  /// An answer by hand that was taken back, and none came after it.
  var givenBack: DeskMessage? {
    let answer = messages.last { $0.direction == .outbound && $0.kind == .person }
    guard let answer, answer.sending == .cancelled, answer.draft == nil, answer.source != nil else { return nil }
    return answer
  }

  func name(of member: ID<User>?) -> String? {
    guard let member else { return nil }
    return members.first { $0.id == member }?.displayName
  }
}

/// All that a page about a conversation shows of it.
@dynamicMemberLookup
struct ThreadDetails {
  let answering: AnswerDetails
  /// What came again with other words.
  let revisions: [MessageRevision]
  /// Mails that came as files.
  let attached: [AttachedMail]
  let notes: [NoteRow]
  let events: [ConversationEvent]
  let decisions: [DecisionRow]
  /// The draft of the conversation that waits or is written; else the newest.
  let draft: Draft?
  /// How many have part in it.
  let participants: Int
  /// What came into it from others.
  let merges: [ConversationMerge]
  /// What else its customer wrote about.
  let others: [OtherConversation]
  /// nil: whoever reads this had not put it off.
  let answeredSnooze: AnsweredSnooze?
  /// Texts that are kept for answers.
  let saved: [SavedText]
  /// Who was told last that its customer waits too long; nil: nobody was.
  let lateEscalation: LateEscalation?
  /// Whose conversation it is; nil: they were erased.
  let customer: Customer?
  /// What the team noted about them, the newest first.
  let customerNotes: [CustomerNote]

  subscript<Value>(dynamicMember path: KeyPath<AnswerDetails, Value>) -> Value { answering[keyPath: path] }

  /// - Parameter conversation: an expression of its id.
  static func reading(_ conversation: SQL) -> Reading<ThreadDetails?> {
    let drafts = Draft.ours(
      "d.conversation_id = \(conversation) ORDER BY d.state IN ('asked', 'pending') DESC, d.asked_at DESC, d.number DESC LIMIT 1")
    let customer: SQL = "(SELECT customer_id FROM conversations WHERE id = \(conversation))"
    let head = Reading(
      rows: drafts, Customer.ours("u.id = \(customer)"), CustomerNote.of(customer, most: 3), NoteRow.of(conversation),
      ConversationEvent.of(conversation), DecisionRow.of(conversation))
    let rows = Reading(
      rows: Query<Int>(
        column:
          "SELECT count(*)::integer FROM participants WHERE conversation_id = \(conversation) AND account_id = (SELECT my_account()) AND is_taken"
      ), ConversationMerge.into(conversation), OtherConversation.of(conversation), AnsweredSnooze.of(conversation), SavedText.ours("true"),
      LateEscalation.of(conversation), AttachedMail.of(conversation), MessageRevision.of(conversation))
    return AnswerDetails.reading(conversation).beside(head.beside(rows)).map { answering, more in
      guard let answering else { return nil }
      let (head, rows) = more
      return ThreadDetails(
        answering: answering, revisions: rows.7, attached: rows.6, notes: head.3, events: head.4, decisions: head.5,
        draft: head.0.first, participants: rows.0.first ?? 0, merges: rows.1, others: rows.2, answeredSnooze: rows.3.first, saved: rows.4,
        lateEscalation: rows.5.first, customer: head.1.first, customerNotes: head.2)
    }
  }
}

/// Who gets an answer where nobody says otherwise (RULES 6.19): nobody new, before somebody has taken them in (RULES 6.15), and nobody whom the answer
/// before has left out.
struct AnswerRecipients {
  let to: [String]
  let cc: [String]

  /// Somebody whom the newest message names that is of no stranger.
  struct Row {
    let role: String
    let address: String
    let key: String
    /// Nobody has looked at who they are yet.
    let isNew: Bool
    /// The newest answer to a message that names them left them out.
    let isTakenOff: Bool

    static func query(_ conversation: SQL) -> Query<Row> {
      Query(
        """
        WITH newest AS (
          SELECT m.id, m.recipients FROM messages m
          WHERE m.conversation_id = \(conversation) AND m.account_id = (SELECT my_account()) AND m.direction = 'inbound' AND m.kind = 'person'
            AND NOT m.is_stranger
          ORDER BY m.number DESC LIMIT 1)
        SELECT x.role, x.address, x.key, coalesce(NOT p.is_taken, false) AS is_new,
          x.role <> 'customer' AND coalesce((
            SELECT lower(b.address) <> ALL (SELECT lower(r) FROM unnest(o.recipients || o.copies) r)
            FROM messages o JOIN message_addresses b ON b.message_id = o.seen_id AND b.role IN ('to', 'cc') AND b.address_key = x.key
            WHERE o.conversation_id = \(conversation) AND o.account_id = (SELECT my_account()) AND o.direction = 'outbound' AND o.kind = 'person'
              AND o.source IS NOT NULL AND o.sending NOT IN ('cancelled', 'failed')
            ORDER BY o.number DESC LIMIT 1), false) AS is_taken_off
        FROM (
          SELECT 'customer' AS role, r.address, lower(r.address) AS key, 0 AS n FROM newest, unnest(newest.recipients) r(address)
          UNION ALL
          SELECT a.role, a.address, a.address_key, a.n + 1 FROM message_addresses a
          WHERE a.message_id = (SELECT id FROM newest) AND a.role IN ('to', 'cc')) x
        LEFT JOIN participants p ON p.conversation_id = \(conversation) AND p.address_key = x.key
        ORDER BY x.n
        """, into: Row.init)
    }
  }

  static let none = AnswerRecipients(to: [], cc: [])
  /// To and Cc together.
  static let most = 20

  private init(to: [String], cc: [String]) { (self.to, self.cc) = (to, cc) }

  init(_ rows: [Row], of channel: DeskChannel, _ members: [Member]) {
    let ours = Set((channel.addresses + members.map(\.email)).map { MailPerson(name: "", address: $0).key })
    var known = ours
    var (to, cc): ([String], [String]) = ([], [])
    for row in rows {
      let key = MailPerson(name: "", address: row.address).key
      if row.role == "customer" {
        to.append(row.address)
        known.insert(key)
      } else if !row.isNew, !row.isTakenOff, !known.contains(key), to.count + cc.count < AnswerRecipients.most {
        known.insert(key)
        cc.append(row.address)
      }
    }
    self.init(to: to, cc: cc)
  }
}
