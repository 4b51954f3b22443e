import Domain
import HTML

/// Something that was found, as a row.
struct SearchItem {
  /// `contact:ID`, for tools, like the other facts: `name` or `words`, and the sum by which it stands where it does.
  let hit: String
  let match: String
  let rank: String
  let path: Path
  let title: [SearchMarks.Run]
  let kind: String
  /// How it stands, where its feature says so.
  let note: String?
  /// How it was found; nil: its words say so.
  let found: String?
  /// Of its text; nil: its name says it.
  let snippet: [SearchMarks.Run]?

  /// nil: of a kind that this program does not know yet.
  ///
  /// - Parameter notes: what features say of things, by their addresses.
  init?(_ found: SearchHit, _ marks: SearchMarks, notes: [String: String], _ words: Words) {
    guard let kind = FoundKind(rawValue: found.kind) else { return nil }
    (hit, match) = ("\(found.kind):\(found.id.text)", found.match.rawValue)
    rank = SearchItem.decimals(found.rank)
    path = kind.path(found.id)
    title = marks.marked(found.title.utf8.isEmpty ? words("Without a subject") : found.title)
    let name = kind.name(words)
    self.kind = name
    note = notes[path.text].flatMap { $0.utf8.elementsEqual(name.utf8) || $0.utf8.isEmpty ? nil : $0 }
    self.found = SearchText.found(found.match, words)
    snippet = found.body.map { marks.snippet(of: $0) }
  }

  /// With six places, as tools read it in any language.
  private static func decimals(_ rank: Double) -> String {
    let millionths = Int((max(0, min(rank, 1_000)) * 1_000_000).rounded())
    let rest = String(millionths % 1_000_000)
    return "\(millionths / 1_000_000)." + String(repeating: "0", count: 6 - rest.utf8.count) + rest
  }
}

/// A kind to narrow the list to, or to leave out again.
struct SearchChip {
  let path: Path
  let label: String
  /// How many there are, "12+" where more are than are counted; nil: nobody knows.
  let count: String?
  let isChosen: Bool
}
