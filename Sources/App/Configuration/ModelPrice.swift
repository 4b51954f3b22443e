import Domain

/// What a model's tokens cost, in millionths of a currency's unit for each million of them (`HEED_LLM_PRICE`). Which currency, only the operator knows.
public struct ModelPrice: Hashable, Sendable {
  let prompt: Int
  let answer: Int

  /// - Parameter text: for what is asked and for what is answered: two numbers below 1000 with at most six decimals, such as `0.15 0.60`.
  public init?(_ text: String) {
    let prices = text.utf8.split(separator: 0x20).map { Self.millionths($0) }
    guard prices.count == 2, let prompt = prices[0], let answer = prices[1] else { return nil }
    (self.prompt, self.answer) = (prompt, answer)
  }

  /// In millionths of the currency's unit.
  func cost(_ tokens: CoachTokenCount) -> Int { (tokens.prompt * prompt + tokens.answer * answer + 500_000) / 1_000_000 }

  private static func millionths(_ written: Substring.UTF8View) -> Int? {
    let parts = written.split(separator: 0x2E, omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ part in (1...6).contains(part.count) && part.allSatisfy { (0x30...0x39).contains($0) } }),
      parts[0].count <= 3, let whole = Int(String(decoding: parts[0], as: UTF8.self))
    else { return nil }
    let behind = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : ""
    return Int(behind + String(repeating: "0", count: 6 - behind.utf8.count)).map { whole * 1_000_000 + $0 }
  }
}
