import Domain
import HTML
import Postgres

/// A row on which an assumption rests, with the words that are quoted from it.
struct AssumptionGround {
  let mark: EvidenceMark
  /// At most 500 Unicode scalars are kept. Of a message it has to stand in what the person wrote there, word for word.
  let quote: String
}

/// What somebody infers: a rule, or a model from what was written to the assistant.
struct InferredAssumption {
  let key: AssumptionKey
  /// 1 to 1,000 Unicode scalars, in the person's language.
  let words: String
  let category: AssumptionCategory
  /// Hundredths, 0 to 100; of rules at most 80.
  let confidence: Int
  let written: Assumption.Written
  let grounds: [AssumptionGround]
}

/// Why nothing can be inferred so.
enum AssumptionComplaint: Error, Equatable {
  /// Not from 0.00 to 1.00.
  case confidence
  /// Empty, or too long.
  case words
}

/// Stores what is inferred (RULES 9.36 to 9.40): once for each key, never again from the same evidence, never from what the assistant said itself.
struct AssumptionWrites {
  /// Its transaction acts for the person.
  let writing: PlannerWriting

  /// What came of one.
  struct Made {
    let id: ID<Assumption>
    let outcome: InferredAgain
    /// For the audit log; nil: nothing that is told there.
    let entry: AuditEntry?
  }

  /// - Returns: what was made, added to or asked again; what came to nothing is not among it.
  /// - Throws: ``AssumptionComplaint``, before anything is written; database errors.
  func infer(_ inferred: [InferredAssumption]) throws -> [Made] {
    for one in inferred {
      if !(0...100).contains(one.confidence) { throw AssumptionComplaint.confidence }
      if !(1...AssumptionLimits.words).contains(one.words.unicodeScalars.count) { throw AssumptionComplaint.words }
    }
    let shown = inferred.filter { $0.confidence >= AssumptionLimits.shown }
    if shown.isEmpty { return [] }
    try writing.lock()
    let valid = try grounds(shown)
    let known = try AssumptionKnown.read(shown.map(\.key.text), writing.db)
    var room = try AssumptionRoom(writing)
    var made: [Made] = []
    var seen: Set<String> = []
    for one in shown.sorted(by: AssumptionWrites.comesBefore) where seen.insert(one.key.text).inserted {
      let grounds = one.grounds.filter { valid.contains($0.mark) }
      let row = known[one.key.text]
      switch InferredAgain(row?.known, from: Set(grounds.map(\.mark)), at: writing.now) {
      case .nothing: continue
      case .adds:
        guard let row else { continue }
        try add(one, grounds, to: row)
        made.append(Made(id: row.id, outcome: .adds, entry: nil))
      case .makes:
        guard try room.take(one) else { continue }
        made.append(try make(one, grounds, instead: row, isAgain: false))
      case .asks:
        guard try room.take(one) else { continue }
        made.append(try make(one, grounds, instead: row, isAgain: true))
      }
    }
    return made
  }

  /// The surest first; of equals in an order that is always the same.
  private static func comesBefore(_ one: InferredAssumption, _ other: InferredAssumption) -> Bool {
    one.confidence != other.confidence ? one.confidence > other.confidence : one.key.text < other.key.text
  }

  /// Those that are there, are the person's own, and are a ground at all (RULES 9.37).
  private func grounds(_ inferred: [InferredAssumption]) throws -> Set<EvidenceMark> {
    let all = inferred.flatMap(\.grounds).filter { $0.mark.isGround }
    if all.isEmpty { return [] }
    let found: [Int] = try writing.db.rows(
      Query(
        column: """
          SELECT x.number FROM unnest(\(all.map(\.mark.kind)), \(all.map(\.mark.id)), \(all.map(\.quote))) WITH ORDINALITY AS x (kind, id, quote, number)
          WHERE x.kind <> 'message' AND EXISTS (SELECT FROM search_documents d
              WHERE d.id = x.id AND d.user_id = (SELECT me()) AND d.kind = x.kind AND NOT d.trashed)
            OR x.kind = 'message' AND x.quote <> '' AND EXISTS (SELECT FROM chat_messages m
              WHERE m.id = x.id AND m.user_id = (SELECT me()) AND strpos(m.said, x.quote) > 0)
          """))
    return Set(found.filter { all.indices.contains($0 - 1) }.map { all[$0 - 1].mark })
  }

  private func add(_ one: InferredAssumption, _ grounds: [AssumptionGround], to row: AssumptionKnown) throws {
    let confidence = AssumptionWrites.confidence(one)
    try writing.db.queue([
      evidence(grounds, of: row.id),
      """
      UPDATE assumptions SET confidence = greatest(confidence, \(confidence)::numeric / 100), updated_at = \(writing.now), version = version + 1
      WHERE id = \(row.id) AND user_id = (SELECT me()) AND state = 'open' AND again_at IS NULL AND confidence < \(confidence)::numeric / 100
      """,
    ])
  }

  private func make(_ one: InferredAssumption, _ grounds: [AssumptionGround], instead row: AssumptionKnown?, isAgain: Bool) throws -> Made {
    let id = ID<Assumption>.new(at: writing.now)
    let (confidence, key) = (isAgain ? min(AssumptionLimits.again, one.confidence) : AssumptionWrites.confidence(one), one.key)
    let again: (AssumptionState?, Instant?) = isAgain ? (row?.state, row?.answeredAt) : (nil, nil)
    var statements: [SQL] = []
    if let row {
      statements.append(
        """
        UPDATE assumptions SET state = 'superseded', updated_at = \(writing.now), version = version + 1 WHERE id = \(row.id) AND user_id = (SELECT me())
        """)
    }
    statements.append(
      """
      INSERT INTO assumptions (id, user_id, key, subject_kind, subject_id, predicate, object_kind, object_id, object, words, category, confidence,
        written, again_state, again_at, created_at, updated_at)
      VALUES (\(id), \(writing.person.id), \(key.text), \(key.subject?.kind), \(key.subject?.id), \(key.predicate), \(key.thing?.kind),
        \(key.thing?.id), \(key.object), \(one.words), \(one.category), \(confidence)::numeric / 100, \(one.written), \(again.0), \(again.1),
        \(writing.now), \(writing.now))
      """)
    if let row {
      statements.append("UPDATE assumptions SET superseded_by = \(id) WHERE id = \(row.id) AND user_id = (SELECT me())")
      // What was weighed before is weighed still.
      statements.append(
        """
        INSERT INTO assumption_evidence (id, user_id, assumption_id, kind, thing, part, quote, weighed_at, gone_at)
        SELECT gen_random_uuid(), e.user_id, \(id), e.kind, e.thing, e.part, e.quote, e.weighed_at, e.gone_at
        FROM assumption_evidence e WHERE e.assumption_id = \(row.id) AND e.user_id = (SELECT me())
        """)
    }
    statements.append(evidence(grounds, of: id))
    try writing.db.queue(statements)
    let facts = [
      "assumption": one.words, "category": one.category.rawValue, "confidence": Sureness.text(confidence), "written": one.written.rawValue,
    ]
    let entry = AuditEntry(isAgain ? "assumption.asked_again" : "assumption.made", Assumption.noun, id.text, facts)
    return Made(id: id, outcome: isAgain ? .asks : .makes, entry: entry)
  }

  /// Adds rows of evidence, each once.
  private func evidence(_ grounds: [AssumptionGround], of id: ID<Assumption>) -> SQL {
    let insert: SQL = .insert(
      into: "assumption_evidence", .each("id", grounds.map { _ in ID<AssumptionEvidence>.new(at: writing.now) }),
      .all("user_id", "\(writing.person.id)"), .all("assumption_id", "\(id)"), .each("kind", grounds.map(\.mark.kind)),
      .each("thing", grounds.map(\.mark.id)), .each("part", grounds.map(\.mark.part)),
      .each("quote", grounds.map { AssumptionWrites.cut($0.quote, AssumptionLimits.quote) }), .all("weighed_at", "\(writing.now)"))
    return "\(insert) ON CONFLICT DO NOTHING"
  }

  static func confidence(_ one: InferredAssumption) -> Int {
    one.written == .rules ? min(one.confidence, AssumptionLimits.ofRules) : one.confidence
  }

  /// At whole scalars.
  static func cut(_ text: String, _ most: Int) -> String { String(String.UnicodeScalarView(text.unicodeScalars.prefix(most))) }
}

/// What was said of a key before.
struct AssumptionKnown {
  let id: ID<Assumption>
  let state: AssumptionState
  let answeredAt: Instant?
  let known: InferredAgain.Known

  private typealias Found = (ID<Assumption>, String, AssumptionState, AssumptionFading?, Instant?, Instant?)

  /// By key; superseded ones are told by what took their place.
  static func read(_ keys: [String], _ db: Connection) throws -> [String: AssumptionKnown] {
    let rows: [Found] = try db.rows(
      Query(
        tuple: """
          SELECT a.id, a.key, a.state, a.faded, a.answered_at, (SELECT max(x.created_at) FROM assumptions x
            WHERE x.user_id = a.user_id AND x.key = a.key AND x.again_at IS NOT NULL)
          FROM assumptions a WHERE a.user_id = (SELECT me()) AND a.key = ANY (\(keys)) AND a.state <> 'superseded'
          """))
    let marks: [(ID<Assumption>, String, ID<Thing>, String)] = try db.rows(
      Query(
        tuple: """
          SELECT e.assumption_id, e.kind, e.thing, e.part FROM assumption_evidence e
          WHERE e.assumption_id = ANY (\(rows.map(\.0))) AND e.user_id = (SELECT me())
          """))
    let weighed = Dictionary(grouping: marks, by: \.0)
    return Dictionary(
      rows.map { id, key, state, faded, answered, again -> (String, AssumptionKnown) in
        let marks = Set((weighed[id] ?? []).map { EvidenceMark($0.1, $0.2, part: $0.3) })
        let known = InferredAgain.Known(state, fading: faded, weighed: marks, askedAgainAt: again)
        return (key, AssumptionKnown(id: id, state: state, answeredAt: answered, known: known))
      }, uniquingKeysWith: { first, _ in first })
  }
}

/// How many more may be asked about (RULES 9.40): of those that rules make the surest stay; of a model's what is too many is left out.
struct AssumptionRoom {
  private let writing: PlannerWriting
  /// Open ones that rules made, the least sure first.
  private var ofRules: [(ID<Assumption>, Int)]
  private var ofModel: Int

  init(_ writing: PlannerWriting) throws {
    self.writing = writing
    ofRules = try writing.db.rows(
      Query(
        tuple: """
          SELECT id, (100 * confidence)::integer FROM assumptions WHERE user_id = (SELECT me()) AND state = 'open' AND written = 'rules'
          ORDER BY confidence, created_at DESC, id DESC
          """))
    ofModel =
      try writing.db.value("SELECT count(*) FROM assumptions WHERE user_id = (SELECT me()) AND state = 'open' AND written = 'model'") ?? 0
  }

  /// - Returns: whether there is room; a less sure one of a rule fades for it.
  mutating func take(_ one: InferredAssumption) throws -> Bool {
    switch one.written {
    case .person: return true
    case .model:
      if ofModel >= AssumptionLimits.openOfModel { return false }
      ofModel += 1
      return true
    case .rules:
      if ofRules.count >= AssumptionLimits.openOfRules {
        guard let weakest = ofRules.first, weakest.1 < one.confidence else { return false }
        try writing.db.queue([
          """
          UPDATE assumptions SET state = 'faded', faded = 'room', updated_at = \(writing.now), version = version + 1
          WHERE id = \(weakest.0) AND user_id = (SELECT me()) AND state = 'open'
          """
        ])
        ofRules.removeFirst()
      }
      // What comes behind is not surer: nothing of this round fades for it.
      ofRules.append((ID(high: 0, low: 0), 100))
      return true
    }
  }
}
