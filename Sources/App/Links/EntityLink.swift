import Domain
import HTML
import Postgres

/// A link as stored, in its one form (RULES 8.7).
struct EntityLink {
  let id: ID<EntityLink>
  let type: LinkType
  let fromKind: ThingKind
  let from: ID<Thing>
  let toKind: ThingKind
  let to: ID<Thing>

  /// What it is about, for the audit log.
  static let subject = "link"
  /// How many of a type a thing has at most in each direction.
  static let most = 1_000

  /// Those of the person that the transaction is for.
  ///
  /// - Parameter which: a condition on `l`, and their order.
  static func mine(_ which: SQL) -> Query<EntityLink> {
    Query(
      """
      SELECT l.id, l.type, l.from_kind, l.from_id, l.to_kind, l.to_id FROM entity_links l WHERE l.user_id = (SELECT me()) AND \(which)
      """, into: EntityLink.init)
  }
}

/// A link as it is read from one of its ends, with what is at the other.
struct LinkedThing {
  let id: ID<EntityLink>
  let type: LinkType
  /// Whether the thing that is looked at is where it begins.
  let isFrom: Bool
  let kind: ThingKind
  let other: ID<Thing>
  let title: String
  let status: String
  let blocks: Bool

  var thing: PlannedThing { PlannedThing(kind: kind, id: other, title: title, status: status, blocks: blocks) }

  /// Those of a thing, both ways, in the order in which they were made; what lies in the trash is not there.
  static func of(_ thing: ID<Thing>) -> Query<LinkedThing> {
    Query(
      """
      SELECT l.id, l.type, l.is_from, x.kind, x.id AS other, x.title, x.status, x.blocks FROM (
        SELECT f.id, f.type, true AS is_from, f.to_id AS other, f.created_at FROM entity_links f WHERE f.user_id = (SELECT me()) AND f.from_id = \(thing)
        UNION ALL
        SELECT o.id, o.type, false, o.from_id, o.created_at FROM entity_links o WHERE o.user_id = (SELECT me()) AND o.to_id = \(thing)) l
      CROSS JOIN LATERAL \(PlannedThing.found("l.other")) x ORDER BY l.created_at, l.id LIMIT 500
      """, into: LinkedThing.init)
  }

  /// `blocked_by:task:…`, as read from the thing that is looked at.
  var fact: String {
    let word =
      switch (type, isFrom) {
      case (.dependsOn, true): "blocked_by"
      case (.dependsOn, false): "blocks"
      case (.supportsGoal, true): "supports_goal"
      case (.supportsGoal, false): "supported_by"
      case (.addressesProblem, true): "addresses_problem"
      case (.addressesProblem, false): "addressed_by"
      case (.related, _): "related"
      }
    return word + ":" + thing.ref.text
  }
}
