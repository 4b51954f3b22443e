/// Checks JSON text and lists its values.
struct JSONParser {
  private let bytes: [UInt8]
  private let deepest: Int
  private let isStrict: Bool
  /// Where it reads, at last where it broke off.
  private(set) var place = 0
  private(set) var nodes: [JSONDocument.Node] = []
  /// Objects and arrays that are open.
  private var open: [Int] = []

  /// - Parameters:
  ///   - deepest: brackets within brackets.
  ///   - isStrict: half a pair of surrogates is no text.
  init(_ bytes: [UInt8], deepest: Int, isStrict: Bool) { (self.bytes, self.deepest, self.isStrict) = (bytes, deepest, isStrict) }

  /// - Returns: false when it is no JSON, or too deep.
  mutating func run() -> Bool {
    repeat {
      guard value() else { return false }
      // Behind a value: ends of what is open, then a comma.
      while let last = open.last, !isNew(last) {
        blanks()
        if skip(0x2C) { break }
        guard close(last) else { return false }
      }
    } while !open.isEmpty
    blanks()
    return place == bytes.count
  }

  /// Whether nothing stands in it yet.
  private func isNew(_ container: Int) -> Bool { nodes.count == container + 1 && nodes[container].next == 0 }

  /// A value with its name, where it is in an object; an empty object or array whole.
  private mutating func value() -> Bool {
    blanks()
    if let last = open.last, nodes[last].kind == .object {
      guard skip(0x22), text() else { return false }
      blanks()
      guard skip(0x3A) else { return false }
      blanks()
    }
    guard place < bytes.count else { return false }
    switch bytes[place] {
    case 0x7B: return begin(.object, 0x7D)
    case 0x5B: return begin(.array, 0x5D)
    case 0x22:
      place += 1
      return text()
    case UInt8(ascii: "t"): return word("true", .yes)
    case UInt8(ascii: "f"): return word("false", .no)
    case UInt8(ascii: "n"): return word("null", .null)
    default: return number()
    }
  }

  private mutating func begin(_ kind: JSONDocument.Kind, _ end: UInt8) -> Bool {
    guard open.count < deepest else { return false }
    add(kind, from: place, to: place)
    place += 1
    blanks()
    if skip(end) { return true }
    nodes[nodes.count - 1].next = 0
    open.append(nodes.count - 1)
    return true
  }

  private mutating func close(_ container: Int) -> Bool {
    guard skip(nodes[container].kind == .object ? 0x7D : 0x5D) else { return false }
    nodes[container].end = Int32(place)
    nodes[container].next = Int32(nodes.count)
    open.removeLast()
    return true
  }

  private mutating func add(_ kind: JSONDocument.Kind, from start: Int, to end: Int) {
    nodes.append(.init(kind: kind, start: Int32(start), end: Int32(end), next: Int32(nodes.count + 1)))
  }

  private mutating func blanks() {
    while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x0A || bytes[place] == 0x0D || bytes[place] == 0x09 { place += 1 }
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard place < bytes.count, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  private mutating func word(_ word: StaticString, _ kind: JSONDocument.Kind) -> Bool {
    let end = place + word.utf8CodeUnitCount
    guard end <= bytes.count, word.withUTF8Buffer({ bytes[place..<end].elementsEqual($0) }) else { return false }
    add(kind, from: place, to: end)
    place = end
    return true
  }

  /// Behind the opening quote.
  private mutating func text() -> Bool {
    let start = place
    while place < bytes.count {
      switch bytes[place] {
      case 0x22:
        add(.text, from: start, to: place)
        place += 1
        return true
      case 0x5C:
        guard place + 1 < bytes.count else { return false }
        if bytes[place + 1] == UInt8(ascii: "u") {
          guard let unit = unit(), !isStrict || !UTF16.isTrailSurrogate(unit) else { return false }
          if isStrict, UTF16.isLeadSurrogate(unit) { guard let second = self.unit(), UTF16.isTrailSurrogate(second) else { return false } }
        } else {
          guard JSONParser.escaped(bytes[place + 1]) != nil else { return false }
          place += 2
        }
      case 0..<0x20: return false
      default: place += 1
      }
    }
    return false
  }

  /// `\u` and its digits.
  private mutating func unit() -> UInt16? {
    guard place + 6 <= bytes.count, bytes[place] == 0x5C, bytes[place + 1] == UInt8(ascii: "u") else { return nil }
    guard let unit = JSONParser.unit(bytes[(place + 2)..<(place + 6)]) else { return nil }
    place += 6
    return unit
  }

  private mutating func number() -> Bool {
    let start = place
    _ = skip(0x2D)
    guard skip(0x30) || whole() else { return false }
    if skip(0x2E), !whole() { return false }
    if skip(0x65) || skip(0x45) {
      if !skip(0x2D) { _ = skip(0x2B) }
      guard whole() else { return false }
    }
    add(.number, from: start, to: place)
    return true
  }

  private mutating func whole() -> Bool {
    let start = place
    while place < bytes.count, decimal(bytes[place]) != nil { place += 1 }
    return place > start
  }

  /// What stands for itself behind a backslash.
  static func escaped(_ mark: UInt8) -> UInt8? {
    switch mark {
    case 0x22, 0x5C, 0x2F: mark
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }

  /// Four hexadecimal digits.
  static func unit(_ digits: ArraySlice<UInt8>) -> UInt16? {
    var value: UInt16 = 0
    for byte in digits {
      guard let digit = ASCII.hexValue(byte) else { return nil }
      value = value << 4 | UInt16(digit)
    }
    return value
  }
}
