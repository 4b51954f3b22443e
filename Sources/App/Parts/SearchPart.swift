import Domain
import HTML
import Postgres

/// What somebody looks for everywhere, and for whom it is shown.
struct SearchView {
  /// Not empty, at most 200 characters.
  let text: String
  let person: Person
  let words: Words
  let now: Instant

  /// How many rows of a kind the page shows; the rest is in its list.
  static let most = 10
}

/// What a feature finds of one kind of thing (``Feature/search``).
struct SearchPart {
  let id: String
  let title: String
  let rows: [Row]
  /// The kind's own list of all that holds the words.
  let list: Path
  let listLabel: String

  /// Something that holds the words.
  struct Row {
    let title: String
    let path: Path
    /// How it stands, or the words themselves.
    let note: String
  }

  /// - Parameter count: how many there are; nil: more than are counted.
  init(_ id: String, _ title: String, _ rows: [Row], of count: Int?, list: Path, _ words: Words) {
    (self.id, self.title, self.rows, self.list) = (id, title, rows, list)
    listLabel = count.map { words.count("{n} in the list", "All {n} in the list", $0) } ?? words("All in the list")
  }
}

/// A thing of the register that holds some words: the best first (`door.find_things`).
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

  /// Of a word that many hold no more are counted.
  private static let mostCounted = 1_000

  /// - Parameter kinds: those that are looked for.
  static func holding(_ text: String, _ kinds: [String], most: Int = SearchView.most) -> Query<FoundThing> {
    Query("SELECT kind, id, title, match, matches FROM door.find_things(\(text), \(kinds), \(most))", into: FoundThing.init)
  }

  /// The same by marks; without words the newest.
  ///
  /// - Parameter person: whose days the dates are.
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

  /// Those of a kind whose list has no search of its own.
  ///
  /// - Parameters:
  ///   - name: what one of them is called.
  ///   - path: the page of one.
  static func search<Thing>(
    _ view: SearchView, _ kind: String, _ section: String, _ title: String, name: String, list: Path, path: @escaping (ID<Thing>) -> Path
  ) -> Reading<[SearchPart]> {
    Reading(rows: holding(view.text, [kind])).map { found in
      let rows = found.map { SearchPart.Row(title: $0.title, path: path(ID(high: $0.id.high, low: $0.id.low)), note: name) }
      let count = found.first.map { $0.matches < mostCounted ? $0.matches : nil } ?? 0
      return [SearchPart(section, title, rows, of: count, list: list, view.words)]
    }
  }
}
