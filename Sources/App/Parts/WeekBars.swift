/// A bar for each week, the oldest first; a table beside them says the same.
struct WeekBars {
  /// The id of the heading over them.
  let label: String
  let width: Int
  let bars: [Bar]

  struct Bar {
    let x: Int
    let y: Int
    let height: Int
  }

  /// - Parameter heights: 0 to 60.
  init(_ heights: [Int], label: String) {
    self.label = label
    width = max(heights.count * 12, 12)
    bars = heights.enumerated().map { Bar(x: $0 * 12, y: 60 - $1, height: $1) }
  }
}
