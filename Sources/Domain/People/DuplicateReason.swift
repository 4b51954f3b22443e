/// Why two people may be one, strongest first. Nothing is merged by itself: it is suggested (RULES 9.14, 9.16).
public enum DuplicateReason: String, CaseIterable, Comparable, Hashable, Sendable {
  /// One e-mail address, an alias of either too (``AddressKey/email(_:)``).
  case email
  /// One number (``AddressKey/phone(_:in:)``).
  case phone
  /// One name, as the database normalises it.
  case name

  /// The stronger is the lesser.
  public static func < (left: DuplicateReason, right: DuplicateReason) -> Bool { left.strength < right.strength }

  private var strength: Int {
    switch self {
    case .email: 0
    case .phone: 1
    case .name: 2
    }
  }
}

/// Two people who may be one, with all that says so.
public struct DuplicateSuggestion<Key: Comparable & Hashable & Sendable>: Hashable, Sendable {
  /// The lesser of the two.
  public let first: Key
  public let second: Key
  /// Strongest first, none twice, never empty.
  public let reasons: [DuplicateReason]

  /// One suggestion for each pair that was found, strongest first; the same pairs give the same order whichever way they were found.
  ///
  /// - Parameter found: pairs in any order, each for one reason; one of somebody with themselves counts for nothing.
  public static func all(_ found: [(Key, Key, DuplicateReason)]) -> [DuplicateSuggestion] {
    var reasons: [Pair: Set<DuplicateReason>] = [:]
    for (one, other, reason) in found where one != other {
      reasons[Pair(first: min(one, other), second: max(one, other)), default: []].insert(reason)
    }
    return reasons.map { DuplicateSuggestion(first: $0.key.first, second: $0.key.second, reasons: $0.value.sorted()) }
      .sorted { left, right in
        let (leftReasons, rightReasons) = (left.reasons, right.reasons)
        if leftReasons != rightReasons { return leftReasons.lexicographicallyPrecedes(rightReasons) }
        return (left.first, left.second) < (right.first, right.second)
      }
  }

  private struct Pair: Hashable {
    let first: Key
    let second: Key
  }
}
