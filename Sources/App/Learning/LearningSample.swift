import Domain
import Postgres
import Web

/// What was learnt of a decision, with the draft that it was about (RULES 6.7).
struct LearningSample {
  let id: ID<LearningSample>
  /// `xid8`, in digits.
  let tx: String
  let draft: ID<Draft>
  let conversation: ID<Conversation>
  let createdAt: Instant
  let action: Draft.Action
  /// What left, of an edit.
  let chosen: String
  let reason: Draft.Reason?
  let seconds: Int?
  let distance: Double
  let delivered: Bool
  /// As it was written.
  let generated: String
  let question: String
  let instruction: String
  let model: String
  let promptVersion: String
  let language: Language
  let fallback: Draft.Fallback
  let channel: String
  /// Of each passage that the draft was made of.
  let sources: [ID<SourceDocument>]
  let titles: [String]
  let passages: [String]

  /// Of the account that the transaction is for, in the order of their cursors. What was emptied counts in the rates and has nothing to teach.
  static func ours(after cursor: LearningCursor?, most: Int) -> Query<LearningSample> {
    Query(
      """
      SELECT s.id, s.tx::text AS tx, s.draft_id AS draft, s.conversation_id AS conversation, s.created_at, s.action, s.chosen, s.reason, s.seconds,
        s.distance, s.delivered, d.generated, d.question, d.instruction, d.model_key AS model, d.prompt_version, d.language,
        coalesce(d.fallback, 'none') AS fallback, c.name AS channel, x.sources, x.titles, x.passages
      FROM learning_samples s JOIN drafts d ON d.id = s.draft_id JOIN channels c ON c.id = d.channel_id
      CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(q.source_id ORDER BY q.n), '{}') AS sources, coalesce(array_agg(q.title ORDER BY q.n), '{}') AS titles,
          coalesce(array_agg(q.text ORDER BY q.n), '{}') AS passages
        FROM draft_sources q WHERE q.draft_id = d.id) x
      WHERE s.account_id = (SELECT my_account()) AND d.state <> 'archived' AND \(LearningCursor.behind(cursor)) ORDER BY s.tx, s.id LIMIT \(most)
      """, into: LearningSample.init)
  }

  var cursor: LearningCursor { LearningCursor(tx: UInt64(tx) ?? 0, id: id) }
}

/// A sample as a line of the export. What tells who somebody is is taken out of its texts first, so that what is said of them holds of what stands here.
struct LearningLine {
  let text: String

  init(_ sample: LearningSample) {
    // One for the line: the same value is the same mark in all of its texts.
    var redaction = Redaction()
    var prompt: [JSONText] = []
    func say(_ role: String, _ content: String) {
      prompt.append(.object([("role", .string(role)), ("content", .string(redaction.text(content)))]))
    }
    let sources = zip(sample.titles, sample.passages).enumerated().map { "[\($0 + 1)] \($1.0)\n\($1.1)" }
    if !sources.isEmpty { say("system", sources.joined(separator: "\n\n")) }
    say("user", sample.question)
    if !sample.instruction.utf8.isEmpty { say("user", sample.instruction) }
    let draft = redaction.text(sample.generated)
    var members: [(name: String, value: JSONText)] = [
      ("id", .string(sample.id.text)), ("cursor", .string(sample.cursor.text)), ("created_at", .string(sample.createdAt.iso)),
      ("action", .string(sample.action.rawValue)), ("model", .string(sample.model)), ("prompt_version", .string(sample.promptVersion)),
      ("language", .string(sample.language.rawValue)), ("channel", .string(redaction.text(sample.channel))),
      ("seconds", sample.seconds.map { .number($0) } ?? .null), ("distance", .decimal(sample.distance)), ("prompt", .array(prompt)),
      ("sources", .array(LearningLine.sources(sample, &redaction))), ("draft", .string(sample.draft.text)),
      ("conversation", .string(sample.conversation.text)), ("fallback", .string(sample.fallback.rawValue)),
      ("delivered", .bool(sample.delivered)),
    ]
    switch sample.action {
    case .approve: members += [("completion", .string(draft)), ("label", .bool(true))]
    case .edit:
      let chosen = redaction.text(sample.chosen)
      let diff = StoredDiff(from: draft, to: chosen) { Keys.sha256($0) }
      members += [("chosen", .string(chosen)), ("rejected", .string(draft)), ("diff", diff.object)]
    case .reject:
      members += [
        ("completion", .string(draft)), ("label", .bool(false)), ("reason", sample.reason.map { .string($0.rawValue) } ?? .null),
      ]
    }
    text = JSONText.object(members).text
  }

  /// Each source once, in the order of the passages.
  private static func sources(_ sample: LearningSample, _ redaction: inout Redaction) -> [JSONText] {
    var known: Set<ID<SourceDocument>> = []
    var out: [JSONText] = []
    for (id, title) in zip(sample.sources, sample.titles) where known.insert(id).inserted {
      out.append(.object([("id", .string(id.text)), ("title", .string(redaction.text(title)))]))
    }
    return out
  }
}
