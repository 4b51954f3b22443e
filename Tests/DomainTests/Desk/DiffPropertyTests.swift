import Testing

@testable import Domain

/// What holds for every pair of texts.
@Suite struct DiffPropertyTests {
  static let pieces = [
    "the", "The", "a", "caf\u{E9}", "cafe\u{301}", " ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", ".", ",", "!", "\u{1F44D}",
    "\u{1F44D}\u{1F3FB}",
    "\u{1F3FB}", "\u{200D}", "\u{1F468}\u{200D}\u{1F469}", "\u{301}", "\u{200F}", "\u{202E}", "\u{5E9}\u{5DC}\u{5D5}\u{5DD}",
    "\u{65E5}\u{672C}",
    "\u{1F1E7}", "\u{1F1E7}\u{1F1F7}", "\u{0}", "\"", "\\", "1234", "x", "\u{FE0F}", "\u{A0}", "\u{10FFFF}",
  ]

  static func text(_ random: inout Seeded, _ most: Int) -> String {
    (0..<Int.random(in: 0...most, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }

  /// A few pieces of `text` taken out, put in or moved.
  static func edited(_ text: String, _ random: inout Seeded) -> String {
    var scalars = Array(text.unicodeScalars)
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      let place = Int.random(in: 0...scalars.count, using: &random)
      let end = min(place + Int.random(in: 0...5, using: &random), scalars.count)
      scalars.replaceSubrange(place..<end, with: Self.text(&random, 2).unicodeScalars)
    }
    return String(String.UnicodeScalarView(scalars))
  }

  @Test(arguments: 0..<8)
  func `what is replayed is the other text, and back, through the stored form`(seed: UInt64) throws {
    var random = Seeded(seed &* 31)
    for round in 0..<150 {
      let old = Self.text(&random, 30)
      let new = round % 3 == 0 ? Self.text(&random, 30) : Self.edited(old, &random)
      let diff = try StoredDiff(json: StoredDiff(from: old, to: new, sha256: sha256).json)
      #expect(try diff.applied(to: old, sha256: sha256).utf8.elementsEqual(new.utf8), "seed \(seed) round \(round)")
      #expect(try diff.inverse.applied(to: new, sha256: sha256).utf8.elementsEqual(old.utf8), "seed \(seed) round \(round)")
      #expect(diff.inverse.inverse == diff)
      #expect((0...1).contains(diff.changes.distance) && (diff.changes.distance == 0) == old.utf8.elementsEqual(new.utf8))
      expectTidy(diff.changes, "seed \(seed) round \(round)")
      try expectRuns(diff.changes, old, new)
    }
  }

  /// No two of a kind side by side, a deletion before what came instead.
  private func expectTidy(_ changes: TextChanges, _ where: String) {
    let kinds = changes.changes.map { change in
      switch change {
      case .retain: 0
      case .delete: 1
      case .insert: 2
      }
    }
    for (kind, next) in zip(kinds, kinds.dropFirst()) { #expect(kind != next && !(kind == 2 && next == 1), "\(`where`)") }
  }

  private func expectRuns(_ changes: TextChanges, _ old: String, _ new: String) throws {
    let runs = try changes.runs(of: old)
    func joined(_ kind: ChangeRun.Kind) -> [UInt8] { runs.filter { $0.kind == .kept || $0.kind == kind }.flatMap { Array($0.text.utf8) } }
    #expect(joined(.deleted) == Array(old.utf8) && joined(.inserted) == Array(new.utf8))
    #expect(zip(runs, runs.dropFirst()).allSatisfy { $0.kind != $1.kind } && runs.allSatisfy { !$0.text.isEmpty })
  }

  /// The longest common list, by the table that every book has.
  private func longest(_ a: [Int32], _ b: [Int32]) -> Int {
    var row = Array(repeating: 0, count: b.count + 1)
    for x in a {
      var diagonal = 0
      for (j, y) in b.enumerated() { (diagonal, row[j + 1]) = (row[j + 1], x == y ? diagonal + 1 : max(row[j], row[j + 1])) }
    }
    return row[b.count]
  }

  private func kept(_ search: DiffSearch, _ a: [Int32], _ b: [Int32]) -> Int {
    let (left, right) = (a.indices.filter { search.oldStays[$0] }.map { a[$0] }, b.indices.filter { search.newStays[$0] }.map { b[$0] })
    #expect(left == right)
    return left.count
  }

  @Test(arguments: 0..<6)
  func `as much stays as can`(seed: UInt64) {
    var random = Seeded(seed &+ 70)
    for _ in 0..<300 {
      let letters = Int32.random(in: 1...9, using: &random)
      let a = (0..<Int.random(in: 0...40, using: &random)).map { _ in Int32.random(in: 0...letters, using: &random) }
      let b = (0..<Int.random(in: 0...40, using: &random)).map { _ in Int32.random(in: 2...letters + 2, using: &random) }
      #expect(kept(DiffSearch(a, b), a, b) == longest(a, b), "\(a) \(b)")
    }
  }

  /// So much differs that the search gives up looking for the shortest way.
  @Test(arguments: 0..<4)
  func `a search without patience still finds a way, and not a bad one`(seed: UInt64) {
    var random = Seeded(seed &+ 130)
    let a = (0..<900).map { _ in Int32.random(in: 0...60, using: &random) }
    let b = (0..<Int.random(in: 500...1_300, using: &random)).map { _ in Int32.random(in: 0...60, using: &random) }
    let (hasty, best) = (kept(DiffSearch(a, b, work: 1), a, b), longest(a, b))
    #expect(hasty < best && hasty > best / 2, "\(hasty) of \(best)")
    #expect(kept(DiffSearch(a, b, work: .max), a, b) == best)
  }

  @Test func `Hard case 17: beyond 200 kB whole lines are compared`() throws {
    var random = Seeded(4)
    let lines = (0..<6_000).map { "Line \($0): the customer's order \(Int.random(in: 0...9_999, using: &random)) was sent by post" }
    var other = lines
    other[3_000] += " today"
    other.remove(at: 100)
    let (old, new) = (lines.joined(separator: "\n"), other.joined(separator: "\n"))
    #expect(old.utf8.count > 300_000)
    let diff = StoredDiff(from: old, to: new, sha256: sha256)
    #expect(try diff.applied(to: old, sha256: sha256) == new)
    #expect(try diff.inverse.applied(to: new, sha256: sha256) == old)
    let changed = diff.changes.changes.compactMap { change -> String? in
      switch change {
      case .retain: nil
      case .delete(let text): "-" + text
      case .insert(let text): "+" + text
      }
    }
    #expect(changed == ["-" + lines[100] + "\n", "-" + lines[3_000] + "\n", "+" + lines[3_000] + " today\n"])
  }

  @Test func `two texts with nothing in common are compared in time`() throws {
    var random = Seeded(5)
    func words(_ vocabulary: Int, _ bytes: Int) -> String {
      var text = ""
      while text.utf8.count < bytes { text += "w\(Int.random(in: 0...vocabulary, using: &random)) " }
      return text
    }
    for (old, new) in [
      (words(50, 20_000), words(50, 20_000)), (String(repeating: "a ", count: 9_000), String(repeating: "b\n", count: 9_000)),
    ] {
      let diff = StoredDiff(from: old, to: new, sha256: sha256)
      #expect(try diff.applied(to: old, sha256: sha256) == new)
    }
  }
}
