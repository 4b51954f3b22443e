import Domain
import HTML
import Postgres

/// Looks for words in a list of the planner, row by row in its order: a page looks through ``steps`` of them at most, and where few hold the words
/// the next page goes on from there. So no search costs more, whatever a person keeps.
enum WordWalk {
  /// How many rows a page looks through.
  static let steps = 1_000

  /// Whether the title or the notes of a row `w` hold some words, letter case and marks aside.
  static func holds(_ text: String) -> SQL {
    "strpos(plain(w.title), plain(\(text))) > 0 OR strpos(plain(w.description), plain(\(text))) > 0"
  }

  /// A page of what was found on the way.
  ///
  /// - Parameter walked: at most ``steps`` rows in the order of the list, each with whether it holds the words.
  static func page<Row>(_ walked: [(ID<Row>, Bool)]) -> PageOf<ID<Row>> {
    let end = walked.count == steps ? walked.last?.0 : nil
    return PageOf(walked.filter { $0.1 }.prefix(PageSize.read).map { $0.0 }, goingOnAfter: end)
  }

  /// Numbers that are counted over all of a person's, and so are there whatever they keep.
  static func one<Counts>(_ counted: [Counts]) throws -> Counts {
    guard let counts = counted.first else { throw Failure.notFound }
    return counts
  }
}

/// The form above a list that looks for words in it.
struct WordFilter {
  let action: Path
  let hidden: [HiddenField]
  let search: String

  /// - Parameter status: the list it is about; nil: the first one.
  init(_ action: Path, status: String?, search: String) {
    (self.action, self.search) = (action, search)
    hidden = status.map { [HiddenField(name: "status", value: $0)] } ?? []
  }
}
