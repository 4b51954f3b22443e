import Foundation

/// Which of the hostile requests a run sends. Every value at every field of every route is a product that grows with both, and most of it asks the
/// same reader the same thing again: so each place meets the values that break most, and of the others a third, taken by a hash of the place. What
/// reads a value is the rule: of each pair of rule and value a third of the places is left, three at least. `HEED_WALK=whole` sends all.
enum HostileChoice {
  /// What each place meets: those that are no text, too much text or a page's own, those that say whether a field is there at all, and what is right.
  static let everywhere: Set<Hostile> = [.missing, .asList, .nul, .long, .markup, .rightFirst, .wrongFirst]
  /// What each address meets.
  static let everyAddress: Set<Hostile> = [.nul, .markup, .id]

  /// Whether every value is sent to every place.
  static let isWhole = ProcessInfo.processInfo.environment["HEED_WALK"] == "whole"

  /// - Parameters:
  ///   - places: what meets each value, with a name of its own; in any order.
  ///   - group: of what there is to be a third with each value: a rule, a guest.
  /// - Returns: those that are sent, in their order.
  static func thinned<Place>(
    _ places: [Place], always: Set<Hostile> = everywhere, isWhole: Bool = HostileChoice.isWhole, by group: (Place) -> String,
    name: (Place) -> String,
    value: (Place) -> Hostile
  ) -> [Place] {
    if isWhole { return places }
    let ranked = places.indices.filter { !always.contains(value(places[$0])) }.map { (index: $0, hash: hash(name(places[$0]))) }
    let groups = Dictionary(grouping: ranked) { "\(group(places[$0.index])) \(value(places[$0.index]))" }
    // A stable choice: a new route takes the place of few.
    let chosen = groups.values.flatMap { group in
      group.sorted { ($0.hash, $0.index) < ($1.hash, $1.index) }.prefix(max(3, (group.count + 2) / 3)).map(\.index)
    }
    let kept = Set(chosen)
    return places.indices.filter { always.contains(value(places[$0])) || kept.contains($0) }.map { places[$0] }
  }

  /// FNV-1a, the same in every run.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { hash, byte in (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }
}
