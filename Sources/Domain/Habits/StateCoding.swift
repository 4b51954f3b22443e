/// Writes what is kept of habits: whole numbers of seven bits a byte, so that small ones are short.
public struct StateWriter {
  public private(set) var bytes: [UInt8]

  /// - Parameter bytes: what it begins with: a version.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// Small numbers of either sign are short.
  public mutating func add(_ number: Int) {
    var rest = UInt64(bitPattern: Int64(number << 1 ^ number >> 63))
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Nil is told apart from every number.
  public mutating func add(_ number: Int?) {
    bytes.append(number == nil ? 0 : 1)
    if let number { add(number) }
  }

  public mutating func add(bits: UInt64) {
    for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * shift))) }
  }

  public mutating func add(_ text: String) {
    add(text.utf8.count)
    bytes += text.utf8
  }

  public mutating func add(_ more: [UInt8]) {
    add(more.count)
    bytes += more
  }

  mutating func add(byte: UInt8) { bytes.append(byte) }

  /// Sets bits of the byte that was written last.
  mutating func mark(_ bits: UInt8) { bytes[bytes.count - 1] |= bits }
}

/// Reads what ``StateWriter`` wrote; nil for what it cannot have written.
public struct StateReader {
  private let bytes: [UInt8]
  private var place = 0

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  public var isAtEnd: Bool { place == bytes.count }

  public mutating func byte() -> UInt8? {
    guard place < bytes.count else { return nil }
    place += 1
    return bytes[place - 1]
  }

  public mutating func number() -> Int? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = byte() else { return nil }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int(Int64(bitPattern: value >> 1 ^ (0 &- (value & 1)))) }
    }
    return nil
  }

  public mutating func number(in range: ClosedRange<Int>) -> Int? { number().flatMap { range.contains($0) ? $0 : nil } }

  /// What was written of an optional number: nil is a failure, and `.some(nil)` none.
  public mutating func optional(in range: ClosedRange<Int>) -> Int?? {
    switch byte() {
    case 0: .some(nil)
    case 1: number(in: range).map { .some($0) }
    default: nil
    }
  }

  public mutating func day() -> Day? { number(in: Day.first.number...Day.last.number).map { Day($0) } }

  public mutating func amount() -> Amount? { number(in: 0...Int.max).map { Amount(thousandths: $0) } }

  public mutating func bits() -> UInt64? {
    guard bytes.count - place >= 8 else { return nil }
    var value: UInt64 = 0
    for shift in 0..<8 { value |= UInt64(bytes[place + shift]) << UInt64(8 * shift) }
    place += 8
    return value
  }

  public mutating func text() -> String? {
    guard let count = number(in: 0...bytes.count), count <= bytes.count - place else { return nil }
    place += count
    return String(decoding: bytes[place - count..<place], as: UTF8.self)
  }

  public mutating func blob() -> [UInt8]? {
    guard let count = number(in: 0...bytes.count), count <= bytes.count - place else { return nil }
    place += count
    return Array(bytes[place - count..<place])
  }
}
