import Domain
import Postgres

/// What `door.search_things` says of a thing, or of how many there are of a kind (RULES 9.44).
struct FoundRow {
  /// As the register calls it.
  let kind: String
  /// nil: the row says only how many of its kind there are.
  let id: ID<FoundThing>?
  let title: String?
  /// When its name or text changed last.
  let updatedAt: Instant?
  /// `name` or `words`; nil: the words did not find it.
  let match: FoundThing.Match?
  /// Whether it is called so, or a person who is reached so.
  let isPinned: Bool?
  /// A part of its text, where that was found and is shown.
  let body: String?
  /// Among all kinds, from 1; nil: behind what was asked for.
  let place: Int?
  /// Among its kind, where that was asked for.
  let placeOfKind: Int?
  let matchesOfKind: Int?
  /// false: more hold the words than are put in order, so numbers are of those that are.
  let isWhole: Bool

  /// - Parameters:
  ///   - kinds: those that are looked for.
  ///   - person: whose days the dates are, and whose country their numbers are of.
  ///   - near: things that come whether the words find them or not, where the marks allow them.
  ///   - told: of how many of the first nothing is told but their names.
  ///   - most: how many of all kinds.
  ///   - parts: kinds of which the first ``SearchView/most`` come too; only for words without marks.
  static func query(
    _ query: SearchQuery, _ kinds: [String], of person: Person, near: [ID<FoundThing>] = [], told: Int = 0, most: Int, parts: [String] = []
  ) -> Query<FoundRow> {
    func beginning(_ day: Day) -> Instant { person.zone.start(of: day).advanced(hours: person.dayStart) }
    let (since, until) = (query.after.map(beginning), query.before.map(beginning))
    let (name, country) = (query.name, CallingCode(zone: person.zone.name))
    let addresses = name.utf8.isEmpty ? [] : [AddressKey.email(name), AddressKey.phone(name, in: country)].compactMap(\.self)
    return Query(
      """
      SELECT kind, id, title, updated_at, match, is_pinned, body, place, place_of_kind, matches_of_kind, is_whole
      FROM door.search_things(\(query.text), \(name), \(addresses), \(query.phrases), \(query.without), \(kinds), \(query.tags), \(query.states),
        \(since), \(until), \(near), \(told), \(most), \(parts), \(SearchView.most))
      """, into: FoundRow.init)
  }
}
