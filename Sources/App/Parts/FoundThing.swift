import Domain
import HTML
import Postgres

extension SearchList: FromColumn {}

/// A thing of the register that holds some words.
struct FoundThing {
  /// By which list it was found.
  typealias Match = SearchList

  /// As the register calls it: `contact`.
  let kind: String
  let id: ID<FoundThing>
  let title: String
  let match: Match
  /// How many there are.
  let matches: Int

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

/// What of the register holds some words, of each kind that a feature shows: asked for with the best of all kinds, and read before whatever shows a kind.
final class FoundThings {
  /// Of a word that many hold no more are counted.
  private static let mostCounted = 1_000

  private(set) var kinds: [String] = []
  private var rows: [FoundRow] = []

  /// Has things of a kind found beside the best.
  func ask(for kind: String) { kinds.append(kind) }

  /// Takes what was found.
  func take(_ found: [FoundRow]) { rows = found }

  /// Those of a kind that was asked for, and how many there are; nil: more than are counted.
  func found(_ kind: String) -> (things: [(id: ID<FoundThing>, title: String)], count: Int?) {
    let all = rows.compactMap { row in row.kind == kind ? row.placeOfKind.map { (row: row, place: $0) } : nil }
      .sorted { $0.place < $1.place }
    let count = all.first?.row.matchesOfKind ?? 0
    let things = all.compactMap { one in one.row.id.map { (id: $0, title: one.row.title ?? "") } }
    return (things, count < FoundThings.mostCounted ? count : nil)
  }
}
