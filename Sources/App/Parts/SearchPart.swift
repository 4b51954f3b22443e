import Domain
import HTML

/// What somebody looks for everywhere, and for whom it is shown.
struct SearchView {
  /// Not empty, at most 200 characters.
  let text: String
  let person: Person
  let words: Words
  let now: Instant
  /// What of the register holds the words, of all kinds together.
  let things = FoundThings()

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
