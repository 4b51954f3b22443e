import Domain
import HTML
import Postgres

extension AssumptionState: Bindable, FromColumn {}
extension AssumptionCategory: Bindable, FromColumn {}
extension AssumptionFading: Bindable, FromColumn {}

/// What is taken for true without having been told, as stored (RULES 9.36).
struct Assumption {
  /// Whose words it has.
  enum Written: String, Bindable, FromColumn { case rules, model, person }

  let id: ID<Assumption>
  let key: String
  let subjectKind: String?
  /// nil: it is about the person themselves.
  let subject: ID<Thing>?
  /// What that is called now.
  let subjectTitle: String?
  /// `works_with`; empty: it is nothing but words.
  let predicate: String
  let objectKind: String?
  let object: ID<Thing>?
  let objectTitle: String?
  /// Where it is no thing: "Umbrella", "07:00–08:00".
  let objectText: String
  let storedWords: String
  let category: AssumptionCategory
  /// Hundredths.
  let confidence: Int
  let state: AssumptionState
  let written: Written
  let faded: AssumptionFading?
  /// What was said to it before, of a question that is asked again.
  let againState: AssumptionState?
  let againAt: Instant?
  let correction: String
  let answeredAt: Instant?
  let isHidden: Bool
  let createdAt: Instant
  let version: Int

  /// What it is about, for the audit log.
  static let noun = "assumption"

  /// Those of the person that the transaction is for.
  ///
  /// - Parameter which: a condition on `a`, and their order.
  static func mine(_ which: SQL) -> Query<Assumption> {
    Query(
      """
      SELECT a.id, a.key, a.subject_kind, a.subject_id AS subject, s.title AS subject_title, a.predicate, a.object_kind, a.object_id AS object,
        o.title AS object_title, a.object AS object_text, a.words AS stored_words, a.category, (100 * a.confidence)::integer AS confidence, a.state,
        a.written, a.faded, a.again_state, a.again_at, a.correction, a.answered_at, a.hidden, a.created_at, a.version
      FROM assumptions a LEFT JOIN search_documents s ON s.id = a.subject_id AND s.user_id = a.user_id
        LEFT JOIN search_documents o ON o.id = a.object_id AND o.user_id = a.user_id
      WHERE a.user_id = (SELECT me()) AND \(which)
      """, into: Assumption.init)
  }

  /// What holds, and what is asked, about some things, for prompts, answers and pages: facts of the person's first, then what they confirmed, then open
  /// ones, the surest first (RULES 9.38, 9.47). Nothing that lies in the trash, nothing that is too unsure to be shown.
  ///
  /// - Parameters:
  ///   - things: ids of the register; what is about the person themselves is found too where `withOwn` says so.
  ///   - most: how many at most.
  static func about(_ things: [ID<Thing>], withOwn: Bool = false, most: Int = 20) -> Query<Assumption> {
    mine(
      """
      a.state IN ('open', 'confirmed') AND NOT a.hidden AND a.confidence >= \(AssumptionLimits.shown)::numeric / 100
        AND (a.subject_id = ANY (\(things)) OR a.object_id = ANY (\(things)) OR \(withOwn) AND a.subject_id IS NULL)
      ORDER BY a.state = 'confirmed' DESC, a.written = 'person' DESC, a.confidence DESC, a.created_at DESC, a.id LIMIT \(most)
      """)
  }

  /// What it says, in the reader's language where rules made it, else as it was written.
  func text(_ words: Words) -> String { written == .rules ? AssumptionText.sentence(self, words) ?? storedWords : storedWords }

  /// Whom or what it is about; nil: the person themselves.
  var about: AssumedThing? { subjectKind.flatMap { kind in subject.map { AssumedThing(kind, $0) } } }
  /// What it leads to.
  var leadsTo: AssumedThing? { objectKind.flatMap { kind in object.map { AssumedThing(kind, $0) } } }
  var said: AssumptionKey { AssumptionKey(about, predicate, leadsTo, object: objectText, words: storedWords) }

  /// Whether it holds: the person said so.
  var isFact: Bool { state == .confirmed }
}

/// On what an assumption rests, as stored.
struct AssumptionEvidence {
  let assumption: ID<Assumption>
  /// As the register calls it, or `message`.
  let kind: String
  let thing: ID<Thing>
  let quote: String
  let weighedAt: Instant
  let goneAt: Instant?

  /// Of some assumptions: at most ten of each, the newest first.
  static func of(_ ids: [ID<Assumption>]) -> Query<AssumptionEvidence> {
    Query(
      """
      SELECT e.assumption_id AS assumption, e.kind, e.thing, e.quote, e.weighed_at, e.gone_at FROM unnest(\(ids)) AS i (id)
      CROSS JOIN LATERAL (SELECT * FROM assumption_evidence x WHERE x.assumption_id = i.id AND x.user_id = (SELECT me())
        ORDER BY x.gone_at IS NOT NULL, x.weighed_at DESC, x.id LIMIT 10) e
      """, into: AssumptionEvidence.init)
  }
}
