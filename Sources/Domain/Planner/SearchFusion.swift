/// By which list search found a thing (RULES 9.44).
public enum SearchList: String, Sendable, CaseIterable {
  /// Its name holds every word by its beginning or stem, or it is called or reached so.
  case name
  /// Its text does.
  case words
  /// Nothing holds the words, and it is nearly called so.
  case similar
  /// What it says lies near what was asked.
  case sense
}

/// How the lists of a search become one (RULES 9.44): what is called so first, then by the sum of 1/(60 + rank) over the lists that hold a thing. Lists
/// are short, so that what is middling in two of them does not pass what is first in one.
public enum SearchFusion<Thing: Hashable & Comparable & Sendable> {
  /// How many of a list count.
  public static var most: Int { 50 }
  /// What is added to each rank, which counts from 1.
  private static var damping: Double { 60 }

  /// A thing, and how the words found it.
  public struct Held: Sendable {
    public let thing: Thing
    /// When its name or text changed last.
    public let updatedAt: Instant
    /// `sense`: the words did not find it.
    public let list: SearchList
    /// Whether it is called so, or reached so.
    public let isPinned: Bool
    /// Among all that the words found, names first, from 1; nil: they did not.
    public let place: Int?

    public init(_ thing: Thing, updatedAt: Instant, list: SearchList, isPinned: Bool, place: Int?) {
      (self.thing, self.updatedAt, self.list, self.isPinned, self.place) = (thing, updatedAt, list, isPinned, place)
    }
  }

  /// A thing in the order of all lists.
  public struct Ranked: Sendable {
    public let thing: Thing
    public let list: SearchList
    /// The sum, and 1 more where it is pinned. It falls from row to row, but among those that are pinned.
    public let rank: Double
  }

  /// All of them, the best first, each once. What stands behind the first fifty that the words found comes behind all others, in its order, so that a
  /// later page goes on where one before it ended.
  ///
  /// - Parameters:
  ///   - held: what is known, in any order.
  ///   - sense: what lies near, the nearest first; what is not known is passed over.
  /// - Complexity: O(n log n).
  public static func fused(_ held: [Held], sense: [Thing] = []) -> [Ranked] {
    var known: [Thing: Held] = [:]
    for one in held where known[one.thing] == nil { known[one.thing] = one }
    let placed = known.values.compactMap { one in one.place.map { (held: one, place: $0) } }.sorted { $0.place < $1.place }
    var sums: [Thing: Double] = [:]
    func add(_ thing: Thing, _ rank: Int) { sums[thing, default: 0] += 1 / (damping + Double(rank)) }
    let first = placed.filter { $0.place <= most }
    for one in first { add(one.held.thing, one.place) }
    // Names come first among all, so each has the same rank among names.
    for one in first where one.held.list == .name { add(one.held.thing, one.place) }
    for (index, thing) in sense.filter({ known[$0] != nil }).prefix(most).enumerated() { add(thing, index + 1) }
    for one in placed where sums[one.held.thing] == nil { add(one.held.thing, one.place) }
    let all = known.values.compactMap { one in sums[one.thing].map { (held: one, sum: one.isPinned ? 1 + $0 : $0) } }
    return all.sorted { isBefore($0, $1) }.map { Ranked(thing: $0.held.thing, list: $0.held.list, rank: $0.sum) }
  }

  /// Those that are pinned by time alone; others by their sums, then what words found, the newest, the latest id.
  private static func isBefore(_ a: (held: Held, sum: Double), _ b: (held: Held, sum: Double)) -> Bool {
    if a.held.isPinned != b.held.isPinned { return a.held.isPinned }
    if !a.held.isPinned {
      if a.sum != b.sum { return a.sum > b.sum }
      if (a.held.list == .sense) != (b.held.list == .sense) { return b.held.list == .sense }
    }
    if a.held.updatedAt != b.held.updatedAt { return a.held.updatedAt > b.held.updatedAt }
    return a.held.thing > b.held.thing
  }
}
