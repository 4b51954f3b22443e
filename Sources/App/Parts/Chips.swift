import HTML

/// The states that a list can be narrowed to, as links above it.
struct Chips {
  let items: [Chip]

  init(_ items: [Chip]) { self.items = items }

  /// One for each word that a parameter of the list's address may be; nobody counts what they lead to.
  init<Choice: RawRepresentable<String>>(_ list: Path, _ parameter: StaticString, _ current: Choice, _ labels: [(Choice, String)]) {
    items = labels.map { choice, label in
      Chip(path: list.adding(parameter, choice.rawValue), label: label, count: nil, isCurrent: choice.rawValue == current.rawValue)
    }
  }
}

/// One of them.
struct Chip {
  let path: Path
  let label: String
  /// How many rows it leads to; nil where nobody counts.
  let count: String?
  let isCurrent: Bool
}
