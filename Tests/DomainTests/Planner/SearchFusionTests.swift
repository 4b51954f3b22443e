import Testing

@testable import Domain

/// How lists become one (RULES 9.44). Things are numbers; the greater one is the newer.
@Suite struct SearchFusionTests {
  private typealias Fusion = SearchFusion<Int>

  private func held(_ thing: Int, _ list: SearchList, _ place: Int?, pinned: Bool = false) -> Fusion.Held {
    Fusion.Held(thing, updatedAt: Instant(seconds: Int64(thing)), list: list, isPinned: pinned, place: place)
  }

  private func things(_ held: [Fusion.Held], _ sense: [Int] = []) -> [Int] { Fusion.fused(held, sense: sense).map(\.thing) }

  @Test func `an exact name that vectors rank 400th is first`() {
    // Hard case 39.
    let near = (2...400).map { held($0, .sense, nil) }
    let exact = held(1, .name, 1, pinned: true)
    #expect(things([exact] + near, Array((2...400)) + [1]).first == 1)
    // Without being called so a name is first too.
    #expect(things([held(1, .name, 1)] + near, Array((2...400)) + [1]).first == 1)
  }

  @Test func `a rare word in one text among five thousand is first, and no hit that only sense found stands above it`() {
    // Hard case 39.
    let near = (2...5_000).map { held($0, .sense, nil) }
    let found = Fusion.fused([held(1, .words, 1)] + near, sense: Array((2...5_000)))
    #expect(found.map(\.thing) == [1] + Array(2...51) && found.first?.list == .words)
  }

  @Test func `things stand by the sum over the lists, then by words, then by time`() {
    for (all, sense, expected) in [
      // A name is in two lists.
      ([held(1, .name, 1), held(2, .name, 2), held(3, .words, 3)], [], [1, 2, 3]),
      // What both find passes what only words find, but not the best of them.
      ([held(1, .name, 1), held(2, .words, 2), held(3, .words, 3)], [3], [1, 3, 2]),
      // The first of two lists are equal: words first.
      ([held(9, .sense, nil), held(1, .words, 1)], [9], [1, 9]), ([held(9, .sense, nil), held(1, .similar, 1)], [9], [1, 9]),
      // Those that are called so by time alone.
      ([held(1, .name, 1, pinned: true), held(2, .name, 2, pinned: true), held(3, .name, 3)], [3, 1], [2, 1, 3]),
      // A thing counts once, and what nothing is known of not at all.
      ([held(1, .words, 1), held(1, .sense, nil)], [1, 7], [1]), ([], [1], []),
    ] as [([Fusion.Held], [Int], [Int])] {
      #expect(things(all, sense) == expected)
    }
    let ranks = Fusion.fused([held(1, .name, 1), held(2, .words, 2)], sense: [2]).map(\.rank)
    #expect(ranks == [1.0 / 61 + 1.0 / 61, 1.0 / 62 + 1.0 / 61])
  }

  @Test func `what stands behind the first fifty goes on in its order, whatever is near`() {
    let words = (1...120).map { held($0, .words, $0) }
    let near = (200...260).map { held($0, .sense, nil) }
    let found = Fusion.fused(words + near, sense: Array(200...260))
    #expect(found.count == 170 && Set(found.map(\.thing)).count == 170)
    #expect(found.suffix(70).map(\.thing) == Array(51...120))
    let ranks = found.map(\.rank)
    #expect(ranks == ranks.sorted(by: >))
    // A page further on knows more of the words, and has the same in front.
    #expect(Array(things(Array(words.prefix(51)) + near, Array(200...260)).prefix(100)) == Array(found.map(\.thing).prefix(100)))
    // What is near and far behind by words counts as near, not as one of the first by words.
    #expect(things(words, [110]).firstIndex(of: 110) == 0)
  }
}
