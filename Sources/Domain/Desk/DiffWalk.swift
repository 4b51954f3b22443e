/// Myers' search over two lists of numbers, from both ends of a stretch at once.
///
/// Exact while at most twice ``patience`` numbers of a stretch differ. A search that found no end by then goes on from the farthest point that it
/// reached, so that two texts with nothing in common cost no more than their length times ``patience``.
///
/// Source: E. Myers, "An O(ND) difference algorithm and its variations" (1986); the bounds of the diagonals are those of LibXDiff.
struct DiffWalk {
  private typealias Point = (x: Int, y: Int)

  private struct Box {
    var old: Range<Int>
    var new: Range<Int>
  }

  // Pointers, because this is the innermost loop: arrays would be asked at every step whether they are shared, which cost ten times as much.
  private let old: UnsafePointer<Int32>
  private let new: UnsafePointer<Int32>
  /// By diagonal (old − new), diagonal 0 at the pointer: how far in `old` the searches from both ends came.
  private let ahead: UnsafeMutablePointer<Int32>
  private let behind: UnsafeMutablePointer<Int32>
  private let counts: (old: Int, new: Int)
  private let patience: Int

  /// - Parameter memory: the old numbers, the new ones, and twice as many as both and three more.
  init(_ memory: UnsafeMutableBufferPointer<Int32>, _ oldCount: Int, _ newCount: Int, patience: Int) {
    let size = oldCount + newCount
    precondition(memory.count == 3 * size + 6)
    // Six numbers at least: there is an address.
    let base = memory.baseAddress.unsafelyUnwrapped
    (old, new) = (UnsafePointer(base), UnsafePointer(base + oldCount))
    ahead = base + size + newCount + 1
    behind = ahead + size + 3
    counts = (oldCount, newCount)
    self.patience = patience
  }

  /// Calls `keep` with the places of each pair that stays, in any order.
  func search(_ keep: (Int, Int) -> Void) {
    var boxes = [Box(old: 0..<counts.old, new: 0..<counts.new)]
    while let box = boxes.popLast() {
      let rest = keepEnds(of: box, keep)
      guard !rest.old.isEmpty, !rest.new.isEmpty else { continue }
      let (x, y) = split(rest)
      // A corner would bring the same box again.
      guard (x, y) != (rest.old.lowerBound, rest.new.lowerBound), (x, y) != (rest.old.upperBound, rest.new.upperBound) else { continue }
      boxes.append(Box(old: rest.old.lowerBound..<x, new: rest.new.lowerBound..<y))
      boxes.append(Box(old: x..<rest.old.upperBound, new: y..<rest.new.upperBound))
    }
  }

  /// What both begin and end with stays.
  private func keepEnds(of box: Box, _ keep: (Int, Int) -> Void) -> Box {
    var (low, newLow) = (box.old.lowerBound, box.new.lowerBound)
    var (high, newHigh) = (box.old.upperBound, box.new.upperBound)
    while low < high, newLow < newHigh, old[low] == new[newLow] {
      keep(low, newLow)
      low += 1
      newLow += 1
    }
    while low < high, newLow < newHigh, old[high - 1] == new[newHigh - 1] {
      high -= 1
      newHigh -= 1
      keep(high, newHigh)
    }
    return Box(old: low..<high, new: newLow..<newHigh)
  }

  /// A point on the way through the box, whose ends differ: where the searches from both corners meet.
  private func split(_ box: Box) -> Point {
    let bounds = box.old.lowerBound - box.new.upperBound...box.old.upperBound - box.new.lowerBound
    let first = box.old.lowerBound - box.new.lowerBound
    let last = box.old.upperBound - box.new.upperBound
    let isOdd = (first - last) % 2 != 0
    var (front, back) = (first...first, last...last)
    ahead[first] = Int32(box.old.lowerBound)
    behind[last] = Int32(box.old.upperBound)
    for _ in 0..<patience {
      front = widened(front, bounds, ahead, outside: -1)
      if let point = stepAhead(box, front, meeting: isOdd ? back : nil) { return point }
      back = widened(back, bounds, behind, outside: .max / 2)
      if let point = stepBehind(box, back, meeting: isOdd ? nil : front) { return point }
    }
    return farthest(box, front, back)
  }

  /// One diagonal more on each side, as long as it crosses the box; at its edge one less, because only every second is walked.
  private func widened(
    _ range: ClosedRange<Int>, _ bounds: ClosedRange<Int>, _ line: UnsafeMutablePointer<Int32>, outside: Int32
  ) -> ClosedRange<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    if low > bounds.lowerBound {
      low -= 1
      line[low - 1] = outside
    } else {
      low += 1
    }
    if high < bounds.upperBound {
      high += 1
      line[high + 1] = outside
    } else {
      high -= 1
    }
    return low <= high ? low...high : low...low
  }

  private func stepAhead(_ box: Box, _ diagonals: ClosedRange<Int>, meeting back: ClosedRange<Int>?) -> Point? {
    var diagonal = diagonals.upperBound
    while diagonal >= diagonals.lowerBound {
      let (left, right) = (ahead[diagonal - 1], ahead[diagonal + 1])
      var x = Int(left >= right ? left + 1 : right)
      var y = x - diagonal
      while x < box.old.upperBound, y < box.new.upperBound, old[x] == new[y] {
        x += 1
        y += 1
      }
      ahead[diagonal] = Int32(truncatingIfNeeded: x)
      if let back, back.contains(diagonal), behind[diagonal] <= x { return (x, y) }
      diagonal -= 2
    }
    return nil
  }

  private func stepBehind(_ box: Box, _ diagonals: ClosedRange<Int>, meeting front: ClosedRange<Int>?) -> Point? {
    var diagonal = diagonals.upperBound
    while diagonal >= diagonals.lowerBound {
      let (left, right) = (behind[diagonal - 1], behind[diagonal + 1])
      var x = Int(left < right ? left : right - 1)
      var y = x - diagonal
      while x > box.old.lowerBound, y > box.new.lowerBound, old[x - 1] == new[y - 1] {
        x -= 1
        y -= 1
      }
      behind[diagonal] = Int32(truncatingIfNeeded: x)
      if let front, front.contains(diagonal), x <= ahead[diagonal] { return (x, y) }
      diagonal -= 2
    }
    return nil
  }

  /// When the searches did not meet: the point that took in the most.
  private func farthest(_ box: Box, _ front: ClosedRange<Int>, _ back: ClosedRange<Int>) -> Point {
    var best = (x: box.old.lowerBound, y: box.new.lowerBound, way: 0)
    for diagonal in stride(from: front.upperBound, through: front.lowerBound, by: -2) {
      let x = min(Int(ahead[diagonal]), box.old.upperBound, box.new.upperBound + diagonal)
      let way = x - box.old.lowerBound + x - diagonal - box.new.lowerBound
      if way > best.way { best = (x, x - diagonal, way) }
    }
    for diagonal in stride(from: back.upperBound, through: back.lowerBound, by: -2) {
      let x = max(Int(behind[diagonal]), box.old.lowerBound, box.new.lowerBound + diagonal)
      let way = box.old.upperBound - x + box.new.upperBound - (x - diagonal)
      if way > best.way { best = (x, x - diagonal, way) }
    }
    return (best.x, best.y)
  }
}
