/// What a server of vectors is asked, and what it answers, as OpenAI's does: `{"model", "input": [texts]}`,
/// `{"data": [{"index", "embedding": [numbers]}]}` (RULES 9.42).
public enum VectorAnswer {
  /// How much of an answer is read, in bytes; a longer one cannot be used.
  public static let limit = 25_000_000
  /// How many texts are sent at once.
  public static let most = 64

  public static func body(model: String, _ texts: [String]) -> [UInt8] {
    Array(JSONText.object([("model", .string(model)), ("input", .array(texts.map { .string($0) }))]).text.utf8)
  }

  /// The vectors of an answer, in the order of the texts, whatever order they came in.
  ///
  /// - Parameters:
  ///   - count: how many texts were sent.
  ///   - dimension: how many numbers each has; nil: as many as the first.
  /// - Returns: nil for whatever cannot be used as a whole: no JSON, one that is missing or doubled, of another length, with a number that is
  ///   not finite, without a direction.
  public static func vectors(_ body: [UInt8], count: Int, dimension: Int?) -> [UnitVector]? {
    guard body.count <= limit, let data = JSONValue(body)?["data"]?.elements, data.count == count else { return nil }
    var found: [UnitVector?] = Array(repeating: nil, count: count)
    var length = dimension
    for (place, row) in data.enumerated() {
      // Without numbers they are in order.
      let index = row["index"].map { $0.number.flatMap { Int($0) } } ?? place
      guard let index, found.indices.contains(index), found[index] == nil, let vector = vector(row["embedding"]) else { return nil }
      guard vector.numbers.count == length ?? vector.numbers.count else { return nil }
      length = vector.numbers.count
      found[index] = vector
    }
    return found.compactMap(\.self).count == count ? found.compactMap(\.self) : nil
  }

  private static func vector(_ value: JSONValue?) -> UnitVector? {
    guard let value, value.isArray else { return nil }
    var numbers: [Float] = []
    for element in value.elements {
      guard numbers.count < UnitVector.most, let text = element.number, let number = Float(text) else { return nil }
      numbers.append(number)
    }
    return UnitVector(numbers)
  }

  /// How many tokens it counted; nil: it does not say.
  public static func tokens(_ body: [UInt8]) -> CoachTokenCount? {
    guard body.count <= limit, let usage = JSONValue(body)?["usage"],
      let text = usage["prompt_tokens"]?.number ?? usage["total_tokens"]?.number, let count = Int(text),
      (0...Int(Int32.max)).contains(count)
    else { return nil }
    return CoachTokenCount(prompt: count, answer: 0)
  }
}

/// How long a server of vectors is left alone after what it did (RULES 9.42). Seconds.
public enum VectorPatience {
  /// After so many answers in a row that cannot be used, it is off for a day.
  public static let invalid = 3
  public static let off: Int64 = 86_400

  /// - Parameters:
  ///   - failures: in a row, this one among them.
  ///   - asked: what `Retry-After` says; a day at most.
  public static func wait(failures: Int, asked: Int64?) -> Int64 {
    if let asked { return min(max(asked, 1), off) }
    return min(60 << Int64(min(max(failures, 1) - 1, 6)), 3600)
  }
}
