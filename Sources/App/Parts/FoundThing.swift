import Domain
import HTML
import Postgres

/// A thing of the register that holds some words.
struct FoundThing {
  /// `similar`: nothing holds the words, and it is nearly called so.
  enum Match: String, FromColumn { case name, words, similar }

  /// As the register calls it: `contact`.
  let kind: String
  let id: ID<FoundThing>
  let title: String
  /// Whether its name holds them all; else its text does.
  let match: Match
  /// How many there are.
  let matches: Int

  /// By marks, the best first (`door.find_marked`); without words the newest.
  ///
  /// - Parameters:
  ///   - kinds: those that are looked for.
  ///   - person: whose days the dates are.
  static func marked(_ query: SearchQuery, _ kinds: [String], of person: Person, most: Int) -> Query<FoundThing> {
    func beginning(_ day: Day) -> Instant { person.zone.start(of: day).advanced(hours: person.dayStart) }
    let (since, until) = (query.after.map(beginning), query.before.map(beginning))
    return Query(
      """
      SELECT kind, id, title, match, matches FROM door.find_marked(\(query.text), \(query.phrases), \(query.without), \(kinds), \(query.tags),
        \(query.states), \(since), \(until), \(most))
      """, into: FoundThing.init)
  }

  /// What is nearly called so.
  static func similar(_ text: String, _ kinds: [String], most: Int = SearchView.most) -> Query<FoundThing> {
    Query("SELECT kind, id, title, match, matches FROM door.find_similar(\(text), \(kinds), \(most))", into: FoundThing.init)
  }

  /// Those of a kind whose list has no search of its own. They are found with the best of all kinds (``FoundThings``).
  ///
  /// - Parameters:
  ///   - name: what one of them is called.
  ///   - path: the page of one.
  static func search<Thing>(
    _ view: SearchView, _ kind: String, _ section: String, _ title: String, name: String, list: Path, path: @escaping (ID<Thing>) -> Path
  ) -> Reading<[SearchPart]> {
    view.things.ask(for: kind)
    return Reading(all: [Reading<Void>]()).map { _ in
      let found = view.things.found(kind)
      let rows = found.things.map { SearchPart.Row(title: $0.title, path: path(ID(high: $0.id.high, low: $0.id.low)), note: name) }
      return [SearchPart(section, title, rows, of: found.count, list: list, view.words)]
    }
  }
}

/// What of the register holds some words: the best of all kinds, and those of each kind that a feature shows. The page asks for both at once.
final class FoundThings {
  /// Of a word that many hold no more are counted.
  private static let mostCounted = 1_000

  /// A thing, and where it stands.
  private struct Placed {
    let kind: String
    let id: ID<FoundThing>
    let title: String
    let match: FoundThing.Match
    /// Among all kinds, from 1; nil: behind what is shown of them.
    let place: Int?
    let matches: Int
    /// Among its kind, from 1; nil: nobody asked for that, or it is behind what is shown.
    let placeOfKind: Int?
    let matchesOfKind: Int

    var thing: FoundThing { FoundThing(kind: kind, id: id, title: title, match: match, matches: matches) }
  }

  private var kinds: [String] = []
  private var placed: [Placed] = []

  /// Has things of a kind found beside the best.
  func ask(for kind: String) { kinds.append(kind) }

  /// The best of all kinds, and of each that was asked for: those called so first, then by their names, then by their texts (RULES 7.8). It is read
  /// before whatever shows a kind.
  ///
  /// - Parameters:
  ///   - all: the kinds that are looked for.
  ///   - most: how many of all kinds.
  func best(holding text: String, _ all: [String], most: Int) -> Reading<[FoundThing]> {
    let holding = Query(
      """
      SELECT kind, id, title, match, place, matches, place_of_kind, matches_of_kind
      FROM door.find_things(\(text), \(all), \(most), \(kinds), \(SearchView.most))
      """, into: Placed.init)
    return Reading(rows: holding).map { rows in
      self.placed = rows
      return FoundThings.inOrder(rows, by: \.place)
    }
  }

  /// Those of a kind that was asked for, and how many there are; nil: more than are counted.
  func found(_ kind: String) -> (things: [FoundThing], count: Int?) {
    let rows = placed.filter { $0.kind == kind && $0.placeOfKind != nil }
    let count = rows.first?.matchesOfKind ?? 0
    return (FoundThings.inOrder(rows, by: \.placeOfKind), count < FoundThings.mostCounted ? count : nil)
  }

  private static func inOrder(_ rows: [Placed], by place: (Placed) -> Int?) -> [FoundThing] {
    rows.compactMap { row in place(row).map { (place: $0, thing: row.thing) } }.sorted { $0.place < $1.place }.map(\.thing)
  }
}
