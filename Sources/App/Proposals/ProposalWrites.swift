import Domain
import FoundationEssentials
import HTML
import Postgres
import Web

/// What stores proposals, and how each ended.
enum ProposalWrites {
  /// So many fields and bytes of them a proposal has at most.
  private static let (mostFields, mostBytes) = (60, 24_000)

  /// Keeps what an answer proposes, in its transaction, which acts for the person. The same again, as long as that is open, is the first.
  ///
  /// - Parameters:
  ///   - asked: what it proposes.
  ///   - reach: what the answer was given: whatever else is named is dropped.
  static func propose(_ asked: ProposalDraft, _ reach: AssistantReach) throws -> Result<ID<Proposal>, ProposalComplaint> {
    var draft = asked
    if !draft.action.needsThing { draft.thing = nil }
    if let complaint = hindrance(draft, reach) { return .failure(complaint) }
    let (services, db) = (reach.bench.services, reach.bench.db)
    let words = services.words(reach.person.language)
    let reader = Reader(person: reach.person, words: words, zones: services.zones, now: reach.now)
    let fields: [FormPair]
    do {
      fields = try ProposalCheck(reader: reader, db: db).read(draft)
    } catch {
      guard let errors = error as? FormErrors else { throw error }
      return .failure(.wrong(errors.complaints.map { "\($0.field): \($0.text)" }))
    }
    if draft.action == .update, fields.isEmpty { return .failure(.empty) }
    try db.run("SELECT pg_advisory_xact_lock(hashtextextended('proposals ' || me()::text, 0))")
    try db.run(ending(at: reach.now))
    var thing: ProposedThing?
    if let given = draft.thing {
      guard let found = try db.row(ProposedThing.query(draft.kind, given.id)) else { return .failure(.gone) }
      thing = found
    }
    let digest = digest(draft, fields)
    if let known = try db.rows(Proposal.mine("p.digest = \(digest) AND p.state = 'open'")).first { return .success(known.id) }
    if let complaint = try full(draft, reach, db) { return .failure(complaint) }
    draft.assumptions += try assumed(draft, fields, words, db)
    let id = ID<Proposal>.new(at: reach.now)
    try db.run(insertion(id, draft, fields, thing, title: title(draft, fields, thing, words), digest, reach))
    return .success(id)
  }

  /// What Heed asks about and says just what a relationship would: accepting that confirms it (RULES 9.40).
  private static func assumed(_ draft: ProposalDraft, _ fields: [FormPair], _ words: Words, _ db: Connection) throws -> [ID<Assumption>] {
    func value(_ name: String) -> String? { fields.first { $0.isOne(of: [name]) }?.value }
    guard draft.kind == .relationship, let from = value("from").flatMap({ ThingRef($0) }), let to = value("to").flatMap({ ThingRef($0) }),
      let word = value("relationship").flatMap({ RelationshipText.word($0, from: from.kind, to: to.kind, words) }),
      let said = try? Relationship(word, from: from, to: to), case .listed(let kind) = said.type
    else { return [] }
    let key = AssumptionKey(AssumedThing(said.from), kind.rawValue, AssumedThing(said.to)).text
    return try db.rows(
      Query(column: "SELECT id FROM assumptions WHERE user_id = (SELECT me()) AND key = \(key) AND state = 'open' AND NOT hidden"))
  }

  /// What is wrong with it whatever its fields say.
  private static func hindrance(_ draft: ProposalDraft, _ reach: AssistantReach) -> ProposalComplaint? {
    guard draft.kind.takes(draft.action) else { return .cannot }
    if draft.fields.count > mostFields || draft.fields.reduce(0, { $0 + $1.value.utf8.count }) > mostBytes { return .tooLong }
    if draft.action == .delete, draft.isForeign || reach.hasReadForeign { return .foreignDeletion }
    if draft.action.needsThing {
      guard let thing = draft.thing, knows(thing.id, draft.kind, reach) else { return .notGiven }
    }
    for field in draft.fields {
      if let ref = ThingRef(field.value) {
        let kind = ProposedKind(rawValue: ref.kind.rawValue)
        if !knows(ID(high: ref.id.high, low: ref.id.low), kind, reach) { return .notGiven }
      } else if let id = ID<FoundThing>(field.value), !knows(id, nil, reach) {
        return .notGiven
      }
    }
    return nil
  }

  /// - Parameter kind: nil: any.
  private static func knows(_ id: ID<FoundThing>, _ kind: ProposedKind?, _ reach: AssistantReach) -> Bool {
    reach.given.contains { given in given.id == id && (kind.map { $0.rawValue.utf8.elementsEqual(given.kind.utf8) } ?? true) }
  }

  /// Whether as many wait as can, of the chat, in all, or of this answer; of deletions an answer has one, whatever it was asked for.
  private static func full(_ draft: ProposalDraft, _ reach: AssistantReach, _ db: Connection) throws -> ProposalComplaint? {
    let counts: [(Int, Int, Int, Int)] = try db.rows(
      Query(
        tuple: """
          SELECT count(*) FILTER (WHERE state = 'open')::integer, count(*) FILTER (WHERE state = 'open' AND chat_id = \(reach.chat))::integer,
            count(*) FILTER (WHERE chat_id = \(reach.chat) AND exchange = \(reach.number))::integer,
            count(*) FILTER (WHERE chat_id = \(reach.chat) AND exchange = \(reach.number) AND action = 'delete')::integer
          FROM proposals WHERE user_id = (SELECT me()) AND (state = 'open' OR chat_id = \(reach.chat))
          """))
    guard let (all, ofChat, ofAnswer, deletions) = counts.first else { return nil }
    if draft.action == .delete, deletions > 0 { return .oneDeletion }
    if ofAnswer >= Proposal.mostOfAnswer { return .fullAnswer }
    if ofChat >= Proposal.mostOfChat { return .fullChat }
    return all >= Proposal.most ? .full : nil
  }

  /// What makes it the same as another: what would be done, to what, with which fields.
  private static func digest(_ draft: ProposalDraft, _ fields: [FormPair]) -> [UInt8] {
    var bytes: [UInt8] = []
    let ordered = fields.map { [$0.name, $0.value] }.sorted { Array($0[0].utf8).lexicographicallyPrecedes(Array($1[0].utf8)) }
    for text in [draft.action.rawValue, draft.kind.rawValue, draft.thing?.id.text ?? ""] + ordered.flatMap(\.self) {
      let utf8 = Array(text.utf8)
      withUnsafeBytes(of: UInt64(utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
      bytes += utf8
    }
    return Keys.sha256(bytes)
  }

  /// What the thing is called, or would be.
  private static func title(_ draft: ProposalDraft, _ fields: [FormPair], _ thing: ProposedThing?, _ words: Words) -> String {
    func value(_ name: String) -> String? { fields.first { $0.isOne(of: [name]) }?.value }
    func named(_ text: String?) -> String? {
      let id = text.flatMap { ThingRef($0) }.map { ID<FoundThing>(high: $0.id.high, low: $0.id.low) }
      return id.flatMap { id in draft.read.first { $0.id == id }?.title }
    }
    if draft.kind == .link || draft.kind == .relationship, let from = named(value("from")), let to = named(value("to")) {
      return InboxItem.short("\(InboxItem.short(from, 80)) → \(InboxItem.short(to, 80))", 200)
    }
    return InboxItem.short(clean(thing?.title ?? value("title") ?? value("name") ?? ProposalText.name(draft.kind, words)), 200)
  }

  private static func insertion(
    _ id: ID<Proposal>, _ draft: ProposalDraft, _ fields: [FormPair], _ thing: ProposedThing?, title: String, _ digest: [UInt8],
    _ reach: AssistantReach
  ) -> SQL {
    let read = read(draft, reach)
    let (names, values) = (fields.map { clean($0.name) }, fields.map { clean($0.value) })
    let (kinds, ids, titles, foreign) = (
      read.map(\.kind), read.map(\.id), read.map { InboxItem.short(clean($0.title), 200) }, read.map(\.isForeign)
    )
    return """
      INSERT INTO proposals (id, user_id, chat_id, exchange, action, kind, thing_id, thing_revision, title, fields, digest, is_foreign, intent,
        reasoning, confidence, read, assumptions, state, made_at, expires_at)
      VALUES (\(id), \(reach.person.id), \(reach.chat), \(reach.number), \(draft.action), \(draft.kind), \(draft.thing?.id),
        \(draft.thing?.revision ?? thing?.revision), \(title),
        (SELECT coalesce(jsonb_agg(jsonb_build_array(f.n, f.v) ORDER BY f.i), '[]')
          FROM unnest(\(names), \(values)) WITH ORDINALITY AS f (n, v, i)),
        \(digest), \(draft.isForeign || reach.hasReadForeign), \(InboxItem.short(clean(draft.intent), 500)),
        \(InboxItem.short(clean(draft.reasoning), 2_000)), \(min(max(draft.confidence, 0), 100)),
        (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', r.k, 'id', r.d, 'title', r.t, 'foreign', r.o) ORDER BY r.i), '[]')
          FROM unnest(\(kinds), \(ids), \(titles), \(foreign)) WITH ORDINALITY AS r (k, d, t, o, i)),
        \(draft.assumptions), 'open', \(reach.now), \(reach.now.advanced(days: Proposal.days)))
      """
  }

  /// What was read for it, and what of others was read at all; its own thing and what its fields name are among them, to be called by name.
  private static func read(_ draft: ProposalDraft, _ reach: AssistantReach) -> [AssistantReach.Given] {
    var all: [AssistantReach.Given] = []
    let named = draft.fields.compactMap { field in
      ThingRef(field.value).map { ID<FoundThing>(high: $0.id.high, low: $0.id.low) } ?? ID<FoundThing>(field.value)
    }
    let own = reach.given.filter { given in given.isForeign || named.contains(given.id) }
    for given in draft.read + [draft.thing].compactMap(\.self) + own where !all.contains(where: { $0.id == given.id }) { all.append(given) }
    return Array(all.prefix(50))
  }

  /// Without what no column of text holds.
  private static func clean(_ text: String) -> String {
    if !text.utf8.contains(0) { return text }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: text.unicodeScalars.filter { $0.value != 0 })
    return String(scalars)
  }

  // MARK: - How they end

  /// What marks those of the person that nobody answered in time.
  private static func ending(at now: Instant) -> SQL {
    """
    UPDATE proposals SET state = 'ended', answered_at = \(now) WHERE user_id = (SELECT me()) AND state = 'open' AND expires_at <= \(now)
    """
  }

  /// What writes an answer down.
  static func answering(
    _ id: ID<Proposal>, _ state: Proposal.State, result: ID<FoundThing>? = nil, by person: ID<User>, at now: Instant
  ) -> SQL {
    """
    UPDATE proposals SET state = \(state), answered_at = \(now), answered_by = \(person), result_id = \(result)
    WHERE id = \(id) AND user_id = (SELECT me()) AND state = 'open'
    """
  }

  /// What has it be about the thing as that is now.
  static func moving(_ id: ID<Proposal>, to revision: Int) -> SQL {
    "UPDATE proposals SET thing_revision = \(revision) WHERE id = \(id) AND user_id = (SELECT me()) AND state = 'open'"
  }
}
