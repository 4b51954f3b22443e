/// An order that people choose themselves: no gaps, no doubles.
public enum Positions {
  /// The same items with one moved to a position; the others keep their order.
  ///
  /// - Parameter position: from 1; below it is the first, beyond the end the last.
  /// - Returns: nil when the item is none of them.
  public static func moving<Item: Equatable>(_ item: Item, to position: Int, in items: [Item]) -> [Item]? {
    guard let from = items.firstIndex(of: item) else { return nil }
    var order = items
    order.remove(at: from)
    order.insert(item, at: min(max(position, 1) - 1, order.count))
    return order
  }
}
