/// Which tokens of two lists stay: Myers' search for the shortest way from one to the other, in linear space (``DiffWalk``).
struct DiffSearch {
  /// Of each token, whether it stays. As many stay on one side as on the other, and they are the same in the same order.
  private(set) var oldStays: [Bool]
  private(set) var newStays: [Bool]

  /// - Parameter work: how many steps may be taken in all, more or less: the shortest way is found while few tokens differ, else a good one.
  init(_ old: [Int32], _ new: [Int32], work: Int = 1_000_000) {
    (oldStays, newStays) = (Array(repeating: false, count: old.count), Array(repeating: false, count: new.count))
    let (inOld, inNew) = (Marks(old), Marks(new))
    // What stands on one side only cannot stay; without it there is less to search, and the longest common list is the same.
    let oldPlaces = old.indices.filter { inNew.contains(old[$0]) }
    let newPlaces = new.indices.filter { inOld.contains(new[$0]) }
    let size = oldPlaces.count + newPlaces.count
    var memory = oldPlaces.map { old[$0] } + newPlaces.map { new[$0] } + Array(repeating: 0, count: 2 * (size + 3))
    memory.withUnsafeMutableBufferPointer { memory in
      let walk = DiffWalk(memory, oldPlaces.count, newPlaces.count, patience: min(max(work / max(size, 1), 64), 2_000))
      walk.search { x, y in
        oldStays[oldPlaces[x]] = true
        newStays[newPlaces[y]] = true
      }
    }
  }

  /// A set of small numbers.
  private struct Marks {
    private var flags: [Bool]

    init(_ numbers: [Int32]) {
      flags = Array(repeating: false, count: Int(numbers.max() ?? 0) + 1)
      for number in numbers { flags[Int(number)] = true }
    }

    func contains(_ number: Int32) -> Bool { Int(number) < flags.count && flags[Int(number)] }
  }
}

extension DiffSearch {
  /// Two texts by their tokens: first the words and marks that stay, then of the blanks those between the same neighbours. So no word is
  /// given up for the sake of blanks, and the search has half as much to do.
  init(_ old: DiffTokens, _ new: DiffTokens) {
    let numbers = DiffTokens.numbered(old, new)
    let (oldSolid, newSolid) = (old.solid, new.solid)
    let search = DiffSearch(oldSolid.map { numbers.old[$0] }, newSolid.map { numbers.new[$0] })
    (oldStays, newStays) = (Array(repeating: false, count: old.count), Array(repeating: false, count: new.count))
    for (index, stays) in search.oldStays.enumerated() where stays { oldStays[oldSolid[index]] = true }
    for (index, stays) in search.newStays.enumerated() where stays { newStays[newSolid[index]] = true }
    var (x, y) = (0, 0)
    while x < old.count || y < new.count {
      let (first, newFirst) = (x, y)
      while x < old.count, !oldStays[x] { x += 1 }
      while y < new.count, !newStays[y] { y += 1 }
      keepBlanks(numbers.old[first..<x], old, numbers.new[newFirst..<y], new)
      x += 1
      y += 1
    }
  }

  /// In a stretch of which nothing else stays: each blank with the next one like it.
  private mutating func keepBlanks(_ old: ArraySlice<Int32>, _ tokens: DiffTokens, _ new: ArraySlice<Int32>, _ others: DiffTokens) {
    var next = new.startIndex
    for place in old.indices where tokens.isBlank(place) {
      guard let found = new[next...].firstIndex(of: old[place]) else { continue }
      oldStays[place] = true
      newStays[found] = true
      next = found + 1
    }
  }
}
