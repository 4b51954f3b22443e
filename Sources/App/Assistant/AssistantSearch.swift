import Domain
import Postgres

/// What of a person's own things holds words of a message, or lies near to it by its sense.
enum AssistantSearch {
  struct Hits {
    /// The best first.
    var held: [ToolThing] = []
    /// By sense alone, the nearest first; nothing where the message has no vector.
    var near: [ToolThing] = []
  }

  /// How many people are shown that only sense found: it always finds something.
  static let mostNear = 5
  /// How many words are looked for, the longest first; how many things each may find; how many there are in all.
  private static let (mostWords, mostOfWord, most) = (5, 10, 20)

  /// Things that hold one of its words, those first that hold more of them, and those that lie near. Behind the wall.
  ///
  /// - Parameter near: how many of these at most.
  static func hits(_ said: String, near: Int, _ reading: ToolReading) throws -> Hits {
    let held = try held(said, reading)
    guard let vector = try reading.vector(AssistantSense.words(said, reading)) else { return Hits(held: held) }
    let found = try VectorSearch.nearest(to: vector, kinds: ToolThing.kinds, most: most, reading.db)
    let things = try reading.things(found.map { (kind: $0.kind, id: $0.thing) })
    return Hits(held: held, near: Array(things.filter { thing in !held.contains { $0.id == thing.id } }.prefix(near)))
  }

  private static func held(_ said: String, _ reading: ToolReading) throws -> [ToolThing] {
    let words = AssistantMentions.words(in: said).sorted { $0.utf8.count > $1.utf8.count }.prefix(mostWords)
    var (counts, order) = ([ID<FoundThing>: Int](), [(kind: String, id: ID<FoundThing>)]())
    for word in words {
      let query = SearchQuery(word, reader: reading.phrases) { _ in nil }
      let found = try SearchFinder.find(query, kinds: ToolThing.kinds, person: reading.person, most: mostOfWord, reading.db)
      // What is merely spelled like a word of a sentence was not asked for.
      for hit in found where hit.match != .similar {
        if counts[hit.id] == nil { order.append((hit.kind, hit.id)) }
        counts[hit.id, default: 0] += 1
      }
    }
    if order.isEmpty { return [] }
    // In the order of the search where as many words are held.
    let ranked = order.enumerated().sorted { one, other in
      let (left, right) = (counts[one.element.id] ?? 0, counts[other.element.id] ?? 0)
      return left != right ? left > right : one.offset < other.offset
    }
    let best = ranked.prefix(most).map(\.element)
    let things = try reading.db.rows(ToolThing.some(best))
    return best.compactMap { place in things.first { $0.id == place.id } }
  }
}
