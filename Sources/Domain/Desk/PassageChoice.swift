/// A passage that was found for a question.
public struct PassageCandidate: Sendable {
  /// Tells its source from others.
  public let source: String
  public let score: Double
  /// What it says, for how much it has in common with another.
  public let words: Set<String>

  public init(source: String, score: Double, words: Set<String>) { (self.source, self.score, self.words) = (source, score, words) }

  /// Of a text.
  public init(source: String, score: Double, text: String) {
    self.init(source: source, score: score, words: Set(DeskWords.content(of: text).map(\.folded)))
  }
}

/// Which of the passages that were found are quoted (RULES 6.12): at most three, at most two of a source, none with less than half of the first one's
/// score, and each the one that adds most to those before it (maximal marginal relevance, Carbonell and Goldstein 1998).
public enum PassageChoice {
  public static let most = 3
  static let mostOfSource = 2
  /// What being right counts against being something else.
  static let lambda = 0.7

  /// - Parameter found: best first.
  /// - Returns: their places in `found`, in the order in which they are quoted.
  public static func choose(_ found: [PassageCandidate]) -> [Int] {
    guard let first = found.first, first.score > 0 else { return [] }
    var chosen: [Int] = []
    var open = found.indices.filter { found[$0].score * 2 >= first.score }
    while chosen.count < most {
      open.removeAll { place in chosen.count { found[$0].source == found[place].source } >= mostOfSource }
      let best = open.max { left, right in
        let (a, b) = (value(left), value(right))
        // The one that stands first wins a tie.
        return a != b ? a < b : left > right
      }
      guard let best else { break }
      chosen.append(best)
      open.removeAll { $0 == best }
    }
    return chosen

    func value(_ place: Int) -> Double {
      let shared = chosen.map { likeness(found[$0].words, found[place].words) }.max() ?? 0
      return lambda * found[place].score / first.score - (1 - lambda) * shared
    }
  }

  /// Shared words of all words of both.
  static func likeness(_ a: Set<String>, _ b: Set<String>) -> Double {
    let shared = a.intersection(b).count
    let all = a.count + b.count - shared
    return all == 0 ? 0 : Double(shared) / Double(all)
  }
}

/// How sure the built-in writer is, from 0 to 1 in hundredths (RULES 6.12).
public struct DraftConfidence: Hashable, Sendable {
  public enum Level: String, Sendable { case high, medium, low }

  public let hundredths: Int

  /// Nothing was found.
  public static let none = DraftConfidence(hundredths: 0)

  public init(hundredths: Int) { self.hundredths = min(max(hundredths, 0), 100) }

  /// - Parameters:
  ///   - held: how many of the question's words the first passage holds.
  ///   - words: how many it has.
  ///   - scores: of what was found, best first.
  public init(held: Int, of words: Int, scores: [Double]) {
    guard words > 0, let first = scores.first, first > 0 else {
      self = .none
      return
    }
    let fourth = scores.count > 3 ? scores[3] : 0
    let value = 0.6 * Double(held) / Double(words) + 0.4 * (first - fourth) / first
    self.init(hundredths: Int((value * 100).rounded()))
  }

  /// `0.85`.
  public var text: String { "\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)" }

  public var level: Level { hundredths >= 70 ? .high : hundredths >= 40 ? .medium : .low }
}
