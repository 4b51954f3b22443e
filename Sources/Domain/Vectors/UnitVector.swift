/// A vector of length 1, as everything of search by sense is (RULES 9.43): of two, the cosine of their angle is the sum of their products.
public struct UnitVector: Hashable, Sendable {
  /// The most numbers that a vector may have.
  public static let most = 8192

  public let numbers: [Float]

  /// - Returns: nil for no numbers or too many, one that is not finite, and a vector without a direction, which compares with nothing.
  public init?(_ numbers: [Float]) {
    guard (1...Self.most).contains(numbers.count), numbers.allSatisfy(\.isFinite) else { return nil }
    // In double: the squares of large numbers are beyond those of single.
    let length = numbers.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    guard length > 1e-20, length.isFinite else { return nil }
    self.numbers = numbers.map { Float(Double($0) / length) }
  }

  /// As it was kept.
  ///
  /// - Returns: nil for what is none.
  public init?(half: [UInt8]) { self.init(HalfFloat.numbers(half)) }

  public var half: [UInt8] { HalfFloat.bytes(numbers) }

  /// - Returns: nil for vectors of two lengths.
  public func cosine(_ other: UnitVector) -> Float? {
    guard numbers.count == other.numbers.count else { return nil }
    return zip(numbers, other.numbers).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Of each number, whether it is above the mean's: `1` and `0`, as PostgreSQL writes bits. What a model makes points all one way, so signs of the
  /// vectors themselves lose most neighbours; those of what tells them apart keep them (RULES 9.43).
  ///
  /// - Parameter mean: of the set; empty: none yet, so signs stand for themselves.
  public func signs(above mean: [Float]) -> String {
    let isCentred = mean.count == numbers.count
    return String(
      decoding: numbers.indices.map { numbers[$0] > (isCentred ? mean[$0] : 0) ? UInt8(ascii: "1") : UInt8(ascii: "0") }, as: UTF8.self)
  }
}

/// The mean of vectors, gathered in slices.
public struct VectorMean: Sendable {
  private var sums: [Double] = []
  public private(set) var count = 0

  public init() {}

  /// One of another length than the first is left out.
  public mutating func add(half: [UInt8]) {
    let numbers = HalfFloat.numbers(half)
    if sums.isEmpty { sums = Array(repeating: 0, count: numbers.count) }
    guard numbers.count == sums.count else { return }
    for place in numbers.indices { sums[place] += Double(numbers[place]) }
    count += 1
  }

  /// Empty: there were none.
  public var numbers: [Float] { count == 0 ? [] : sums.map { Float($0 / Double(count)) } }
}
