import Domain
import Postgres

/// An answer that was written for somebody to look at: nothing of it leaves before a person has decided (RULES 6).
struct Draft {
  enum State: String, CaseIterable, Bindable, FromColumn {
    /// A worker is to write it.
    case asked
    case pending
    /// It waits for its undo to end, or is held, or on its way.
    case approved
    case sent, rejected, superseded, failed
    /// Its texts were emptied, long after its conversation was closed.
    case archived
  }

  enum Action: String, CaseIterable, Bindable, FromColumn { case approve, edit, reject }

  enum Reason: String, CaseIterable, Bindable, FromColumn {
    case incorrect, incomplete, tone, outdated
    case notNeeded = "not_needed"
    case other
  }

  /// Why the built-in writer wrote in place of a model; `none`: nothing fell back, a model wrote it or there is none.
  enum Fallback: String, CaseIterable, Bindable, FromColumn {
    case none, off, limit, timeout, http, format, ungrounded, language, refused
  }

  let id: ID<Draft>
  let conversation: ID<Conversation>
  let state: State
  let action: Action?
  let version: Int
  let instruction: String
  /// As it was written.
  let generated: String
  /// As it stands.
  let text: String
  let isEdited: Bool
  let modelKey: String
  let promptVersion: String
  let language: Language
  let confidence: Double
  let isToCheck: Bool
  let struck: [String]
  let sources: Int
  let question: String
  let fallback: Fallback
  let attempts: Int
  let triggers: Int
  let newestInbound: ID<DeskMessage>?
  let askedAt: Instant
  let readyAt: Instant?
  let decidedAt: Instant?
  let decidedBy: ID<User>?
  let decidedName: String
  let reason: Reason?
  let note: String
  let recipients: [String]?
  let copies: [String]?
  let message: ID<DeskMessage>?
  let supersededBy: ID<Draft>?
  let revision: Int

  /// What it is about, for the audit log.
  static let subject = "draft"
  /// Bytes of an answer.
  static let longest = 65_536

  static let columns: Columns = """
    d.id, d.conversation_id AS conversation, d.state, d.action, d.version, d.instruction, d.generated, d.text, d.is_edited, d.model_key,
    d.prompt_version, d.language, d.confidence::float8 AS confidence, d.is_to_check, d.struck, d.sources, d.question,
    coalesce(d.fallback, 'none') AS fallback, d.attempts, cardinality(d.triggers) AS triggers, d.newest_inbound_id AS newest_inbound,
    d.asked_at, d.ready_at, d.decided_at, d.decided_by, d.decided_name, d.reason, d.note, d.recipients, d.copies, d.message_id AS message,
    d.superseded_by, d.revision
    """

  /// Of the account that the transaction is for.
  ///
  /// - Parameter which: a condition on `d`, and their order.
  static func ours(_ which: SQL) -> Query<Draft> {
    Query("SELECT \(columns) FROM drafts d WHERE d.account_id = (SELECT my_account()) AND \(which)", into: Draft.init)
  }

  /// 0 to 100.
  var confidenceInHundredths: DraftConfidence { DraftConfidence(hundredths: Int((confidence * 100).rounded())) }
}

/// What a draft quotes, as it was when it was written.
struct DraftSource {
  let n: Int
  let source: ID<SourceDocument>
  let passage: Int
  let title: String
  let url: String?
  let heading: String
  let text: String
  let indexedAt: Instant
  let isStale: Bool
  let score: Double
  /// Of a model's draft: what of it rests on this, one sentence a line.
  let sentences: String

  static func of(_ draft: ID<Draft>) -> Query<DraftSource> {
    Query(
      """
      SELECT n::integer AS n, source_id AS source, passage, title, url, heading, text, indexed_at, is_stale, score, sentences
      FROM draft_sources WHERE draft_id = \(draft) AND account_id = (SELECT my_account()) ORDER BY n
      """, into: DraftSource.init)
  }
}
