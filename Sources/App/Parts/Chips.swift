import HTML

/// The states that a list can be narrowed to, as links above it.
struct Chips {
  let items: [Chip]

  init(_ items: [Chip]) { self.items = items }
}

/// One of them.
struct Chip {
  let path: Path
  let label: String
  /// How many rows it leads to; nil where nobody counts.
  let count: String?
  let isCurrent: Bool
}
