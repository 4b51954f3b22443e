/// What was changed in a text, in its order: replayed over the text it gives the other one, inverted it leads back (RULES 6.6).
///
/// Compared are bytes: "é" in one letter and "é" as e with an accent are two texts. Nothing is normalised here.
public struct TextChanges: Hashable, Sendable {
  public enum Change: Sendable {
    /// So many Unicode scalars stay, at least one.
    case retain(Int)
    case delete(String)
    case insert(String)
  }

  /// No two of a kind side by side; where something is replaced, the deletion comes first.
  public let changes: [Change]

  /// Texts longer than this (bytes of UTF-8) are compared by whole lines.
  public static let longestByWords = 200_000

  public init(_ changes: [Change]) { self.changes = changes }

  /// Linear in the lengths, whatever the texts have in common (``DiffWalk``).
  public init(from old: String, to new: String) {
    let byLines = max(old.utf8.count, new.utf8.count) > Self.longestByWords
    self.init(from: DiffTokens(old, byLines: byLines), to: DiffTokens(new, byLines: byLines))
  }

  private init(from old: DiffTokens, to new: DiffTokens) {
    let search = DiffSearch(old, new)
    var changes: [Change] = []
    var (x, y) = (0, 0)
    /// Steps over all tokens from `start` on whose mark is `stays`.
    func run(_ marks: [Bool], _ start: inout Int, stays: Bool) -> Range<Int> {
      let first = start
      while start < marks.count, marks[start] == stays { start += 1 }
      return first..<start
    }
    while x < old.count || y < new.count {
      let deleted = old.range(run(search.oldStays, &x, stays: false))
      let inserted = new.range(run(search.newStays, &y, stays: false))
      if !deleted.isEmpty { changes.append(.delete(String(decoding: old.bytes[deleted], as: UTF8.self))) }
      if !inserted.isEmpty { changes.append(.insert(String(decoding: new.bytes[inserted], as: UTF8.self))) }
      let start = x
      // Only as far as both go on: what stands between two kept tokens of the other text comes first.
      while x < old.count, y < new.count, search.oldStays[x], search.newStays[y] {
        x += 1
        y += 1
      }
      let kept = old.bytes[old.range(start..<x)].count(where: isScalarStart)
      if kept > 0 { changes.append(.retain(kept)) }
    }
    self.changes = changes
  }

  public var isEmpty: Bool { changes.allSatisfy { if case .retain = $0 { true } else { false } } }

  /// What leads from the other text back to this one.
  public var inverse: TextChanges {
    var back: [Change] = []
    for change in changes {
      switch change {
      case .retain: back.append(change)
      case .delete(let text): back.append(.insert(text))
      case .insert(let text):
        if case .insert? = back.last { back.insert(.delete(text), at: back.count - 1) } else { back.append(.delete(text)) }
      }
    }
    return TextChanges(back)
  }

  /// The other text.
  ///
  /// - Throws: ``DiffRefusal/doesNotFit`` unless `text` is the one that the changes were made of, as far as they show it.
  public func applied(to text: String) throws(DiffRefusal) -> String {
    var out: [UInt8] = []
    try walk(text) { run in
      if run.kind != .deleted { out += run.text.utf8 }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Calls `body` for each change with the text it is about.
  func walk(_ text: String, _ body: (ChangeRun) -> Void) throws(DiffRefusal) {
    let bytes = Array(text.utf8)
    var position = 0
    for change in changes {
      switch change {
      case .retain(let count):
        let start = position
        position = end(of: count, in: bytes, from: start)
        guard count > 0, position >= 0 else { throw .doesNotFit }
        body(ChangeRun(.kept, String(decoding: bytes[start..<position], as: UTF8.self)))
      case .delete(let deleted):
        guard bytes[position...].starts(with: deleted.utf8) else { throw .doesNotFit }
        position += deleted.utf8.count
        guard position == bytes.count || isScalarStart(bytes[position]) else { throw .doesNotFit }
        body(ChangeRun(.deleted, deleted))
      case .insert(let inserted): body(ChangeRun(.inserted, inserted))
      }
    }
    if position != bytes.count { throw .doesNotFit }
  }

  /// Where `count` scalars end; −1 when there are fewer.
  private func end(of count: Int, in bytes: [UInt8], from start: Int) -> Int {
    var (left, position) = (count, start)
    while position < bytes.count {
      if isScalarStart(bytes[position]) {
        if left <= 0 { return position }
        left -= 1
      }
      position += 1
    }
    return left == 0 ? position : -1
  }
}

/// Why changes were not applied.
public enum DiffRefusal: Error, Hashable, Sendable {
  /// Not the stored form of version 1.
  case malformed
  /// The text is another one than the changes were made of.
  case doesNotFit
  /// What came out is not what was stored.
  case wrongResult
}

/// Whether a byte of UTF-8 begins a scalar.
@inline(__always)
func isScalarStart(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }

// As bytes: Swift's own equality of texts takes "é" in two spellings for one.
extension TextChanges.Change: Hashable {
  public static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.retain(let a), .retain(let b)): a == b
    case (.delete(let a), .delete(let b)), (.insert(let a), .insert(let b)): a.utf8.elementsEqual(b.utf8)
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .retain(let count): hasher.combine(count)
    case .delete(let text), .insert(let text): hasher.combine(text.utf8.count)
    }
  }
}
