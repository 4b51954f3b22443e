import Domain
import HTML
import Postgres

extension RelationshipKind: Bindable, FromColumn {}

/// A relationship as its row holds it, in its one form (RULES 9.30).
struct StoredRelationship {
  let id: ID<Relationship>
  /// A word of the list, or words of one's own.
  let relationship: String
  let reverse: String
  let isOwn: Bool
  let isTwoWay: Bool
  let fromKind: ThingKind
  let from: ID<Thing>
  let toKind: ThingKind
  let to: ID<Thing>
  /// 1 to 10.
  let strength: Int
  let since: Day?
  let until: Day?
  let notes: String
  let version: Int

  /// What it is about, for the audit log.
  static let subject = "relationship"
  /// How many a thing has at most.
  static let most = 1_000

  /// What is read of a row `r`, in the order of the fields.
  static let columns: Columns = """
    r.id, r.relationship, r.reverse, r.own, r.two_way, r.from_kind, r.from_id, r.to_kind, r.to_id, r.strength, r.since, r.until, r.notes, r.version
    """

  /// Those of the person that the transaction is for.
  ///
  /// - Parameter which: a condition on `r`, and their order.
  static func mine(_ which: SQL) -> Query<StoredRelationship> {
    Query("SELECT \(columns) FROM entity_relationships r WHERE r.user_id = (SELECT me()) AND \(which)", into: StoredRelationship.init)
  }

  /// All that is between two things, whichever way round.
  static func between(_ one: ID<Thing>, _ other: ID<Thing>) -> Query<StoredRelationship> {
    mine("(r.from_id = \(one) AND r.to_id = \(other) OR r.from_id = \(other) AND r.to_id = \(one)) ORDER BY r.created_at, r.id")
  }

  var fromRef: ThingRef { ThingRef(fromKind, from) }
  var toRef: ThingRef { ThingRef(toKind, to) }

  /// What it says; nil: a word that this program does not know.
  var said: Relationship? {
    Relationship(stored: relationship, reverse: reverse, isOwn: isOwn, isTwoWay: isTwoWay, from: fromRef, to: toRef)
  }

  /// How it is said from one of its ends, for tools: `reports_to`.
  func word(from thing: ID<Thing>) -> String { said?.words(from: thing) ?? relationship }

  /// Whether another would be its row, or says what it says.
  func isSame(as other: Relationship) -> Bool {
    if let said, said.isSame(as: other) { return true }
    let (words, _, isOwn) = other.columns
    return from == other.from.id && to == other.to.id && self.isOwn == isOwn && relationship.utf8.elementsEqual(words.utf8)
  }
}

extension StoredRelationship: FromColumns {
  init(columns: inout ColumnReader) throws(PostgresError) { self = try columns.read(into: Self.init) }
}

extension Relationship {
  /// As its row says it.
  ///
  /// - Returns: nil for a word of the list that this program does not know.
  init?(stored words: String, reverse: String, isOwn: Bool, isTwoWay: Bool, from: ThingRef, to: ThingRef) {
    let type: RelationshipType
    if isOwn {
      // What is stored was read by the same rule.
      guard let own = try? OwnRelationship(words, reverse: reverse, isTwoWay: isTwoWay) else { return nil }
      type = .own(own)
    } else {
      guard let kind = RelationshipKind(rawValue: words) else { return nil }
      type = .listed(kind)
    }
    // Its ends fit, or it would not have been stored.
    guard let made = try? Relationship(type, from: from, to: to) else { return nil }
    self = made
  }

  /// What its row holds of its words.
  var columns: (words: String, reverse: String, isOwn: Bool) {
    switch type {
    case .listed(let kind): (kind.rawValue, "", false)
    case .own(let own): (own.words, own.reverse, true)
    }
  }

  /// Whether a column of one of its ends says the same, and is what holds: whom a task is assigned to, where an event takes place.
  var isColumn: Bool { type == .listed(.assignedTo) || type == .listed(.locatedAt) }
}

/// A relationship as it is read from one of its ends, with what is at the other.
struct RelatedThing {
  let id: ID<Relationship>
  let relationship: String
  let reverse: String
  let isOwn: Bool
  let isTwoWay: Bool
  /// Whether the thing that is looked at is where it begins.
  let isFrom: Bool
  let kind: ThingKind
  let other: ID<Thing>
  let title: String
  let strength: Int
  let since: Day?
  let until: Day?
  let notes: String

  var ref: ThingRef { ThingRef(kind, other) }

  /// How many of a thing are shown on its page.
  static let shown = 200

  /// Those of a thing, both ways, the strongest first; what lies in the trash is not there.
  static func of(_ thing: ID<Thing>) -> Query<RelatedThing> {
    Query(
      """
      SELECT r.id, r.relationship, r.reverse, r.own, r.two_way, r.is_from, x.kind, x.id AS other, x.title, r.strength, r.since, r.until, r.notes
      FROM (
        SELECT f.id, f.relationship, f.reverse, f.own, f.two_way, true AS is_from, f.to_id AS other, f.strength, f.since, f.until, f.notes
        FROM entity_relationships f WHERE f.user_id = (SELECT me()) AND f.from_id = \(thing)
        UNION ALL
        SELECT o.id, o.relationship, o.reverse, o.own, o.two_way, false, o.from_id, o.strength, o.since, o.until, o.notes
        FROM entity_relationships o WHERE o.user_id = (SELECT me()) AND o.to_id = \(thing)) r
      CROSS JOIN LATERAL \(PlannedThing.found("r.other")) x ORDER BY r.strength DESC, x.title, r.id LIMIT \(shown)
      """, into: RelatedThing.init)
  }

  /// Whether it stands on a day.
  func state(on day: Day) -> TieState { TieState(since: since, until: until, on: day) }

  /// What it says, read from the thing that is looked at: `reports_to`, or words of one's own.
  var word: String {
    if isOwn { return isFrom || isTwoWay || reverse.utf8.isEmpty ? relationship : reverse }
    return isFrom ? relationship : RelationshipKind(rawValue: relationship)?.reverse ?? relationship
  }

  /// `reports_to:person:…`, as read from the thing that is looked at.
  var fact: String { word + ":" + ref.text }

  /// The same for people.
  func words(_ words: Words) -> String { isOwn ? word : RelationshipText.name(word, words) }
}

extension TieState {
  /// Of what is stored, whose dates are in their order.
  init(since: Day?, until: Day?, on day: Day) {
    self = (try? TieSpan(since: since, until: until))?.state(on: day) ?? .standing
  }
}
