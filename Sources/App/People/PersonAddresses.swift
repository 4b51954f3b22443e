import Domain
import Postgres

/// Marks the ids of addresses of people.
enum StoredAddress {}

/// Who of those who live has an e-mail address.
struct AddressHolder: Equatable {
  let id: ID<KnownPerson>
  let name: String
  /// The address, as addresses are compared.
  let key: String

  /// - Parameters:
  ///   - keys: of e-mail addresses.
  ///   - id: whose own addresses are none of others.
  static func of(_ keys: [String], but id: ID<KnownPerson>?) -> Query<AddressHolder> {
    Query(
      """
      SELECT p.id, p.name, a.key FROM person_addresses a JOIN people p ON p.id = a.person_id AND p.user_id = a.user_id
      WHERE a.user_id = (SELECT me()) AND a.kind = 'email' AND a.live AND a.key = ANY (\(keys)) AND a.person_id IS DISTINCT FROM \(id)::uuid
      ORDER BY array_position(\(keys)::text[], a.key)
      """, into: AddressHolder.init)
  }

  /// Of the addresses of somebody in the trash.
  static func ofTrashed(_ id: ID<KnownPerson>) -> Query<AddressHolder> {
    Query(
      """
      SELECT p.id, p.name, h.key FROM person_addresses a JOIN person_addresses h ON h.user_id = a.user_id AND h.kind = 'email' AND h.key = a.key AND h.live
        JOIN people p ON p.id = h.person_id AND p.user_id = h.user_id
      WHERE a.user_id = (SELECT me()) AND a.person_id = \(id) AND a.kind = 'email' AND h.person_id <> a.person_id ORDER BY a.position, a.id
      """, into: AddressHolder.init)
  }
}

/// What is stored of how somebody is reached.
enum PersonAddresses {
  /// Gives somebody these addresses and no others. Those that are there keep their rows.
  static func writing(_ fields: PersonFields, of id: ID<KnownPerson>, isNew: Bool, _ with: DeadlineWriting) -> [SQL] {
    let rows = Array(fields.emails.enumerated()) + Array(fields.phones.enumerated())
    let keys = rows.map { $0.element.kind.rawValue + " " + $0.element.key }
    let dropping: SQL = """
      SELECT door.drop_addresses(\(id), ARRAY(SELECT a.id FROM person_addresses a
        WHERE a.person_id = \(id) AND a.user_id = (SELECT me()) AND a.kind || ' ' || a.key = ANY (\(keys))))
      """
    let gone = isNew ? [] : [dropping]
    if rows.isEmpty { return gone }
    let insert: SQL = .insert(
      into: "person_addresses", .each("id", rows.map { _ in ID<StoredAddress>.new(at: with.now) }), .all("user_id", "\(with.person.id)"),
      .all("person_id", "\(id)"), .each("kind", rows.map { $0.element.kind }), .each("value", rows.map { $0.element.value }),
      .each("key", rows.map { $0.element.key }), .each("position", rows.map { $0.offset }))
    return gone + [
      "\(insert) ON CONFLICT ON CONSTRAINT person_addresses_once DO UPDATE SET value = excluded.value, position = excluded.position"
    ]
  }

  /// Takes e-mail addresses away from somebody, by their keys.
  static func dropping(_ keys: [String], of id: ID<KnownPerson>) -> SQL {
    """
    SELECT door.drop_addresses(\(id), ARRAY(SELECT a.id FROM person_addresses a
      WHERE a.person_id = \(id) AND a.user_id = (SELECT me()) AND NOT (a.kind = 'email' AND a.key = ANY (\(keys)))))
    """
  }
}
