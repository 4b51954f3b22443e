/// What stands in an answer's parentheses (RFC 3501, 4).
indirect enum IMAPValue: Hashable {
  /// A word or number as it stands, also `NIL`, and the name of a part with its brackets: `BODY[HEADER.FIELDS (DATE)]<0>`.
  case atom([UInt8])
  /// A quoted string or a literal.
  case string([UInt8])
  case list([IMAPValue])
}

/// Reads the values of an answer.
struct IMAPValues {
  /// Parentheses within parentheses: structures of mails are some deep.
  private static let deepest = 50
  /// Values of one answer. Those that we ask for have a few.
  private static let most = 10_000

  private let response: IMAPResponse
  private var part = 0
  private var place: Int
  private var count = 0

  /// - Returns: the values from `start` on, a place in the first text; nil when they are none.
  static func read(_ response: IMAPResponse, from start: Int) -> [IMAPValue]? {
    var reader = IMAPValues(response: response, place: start)
    return reader.values(depth: 0)
  }

  private init(response: IMAPResponse, place: Int) {
    (self.response, self.place) = (response, place)
  }

  private var next: UInt8? { place < response.texts[part].count ? response.texts[part][place] : nil }

  /// Up to the closing parenthesis, or, outermost, to the end.
  private mutating func values(depth: Int) -> [IMAPValue]? {
    var values: [IMAPValue] = []
    while true {
      guard let byte = next else { return depth == 0 && part == response.literals.count ? values : nil }
      switch byte {
      case 32: place += 1
      case UInt8(ascii: ")"):
        place += 1
        return depth > 0 ? values : nil
      default:
        count += 1
        guard count <= Self.most, let value = value(byte, depth: depth) else { return nil }
        values.append(value)
      }
    }
  }

  private mutating func value(_ byte: UInt8, depth: Int) -> IMAPValue? {
    switch byte {
    case UInt8(ascii: "("):
      place += 1
      return depth < Self.deepest ? values(depth: depth + 1).map { .list($0) } : nil
    case UInt8(ascii: "\""): return quoted()
    case UInt8(ascii: "{") where isLiteral:
      let bytes = response.literals[part]
      (part, place) = (part + 1, 0)
      return .string(bytes)
    default: return atom()
    }
  }

  /// Whether what begins here is the announcement that ends this text.
  private var isLiteral: Bool {
    part < response.literals.count && !response.texts[part][(place + 1)...].contains(UInt8(ascii: "{"))
  }

  private mutating func quoted() -> IMAPValue? {
    var bytes: [UInt8] = []
    place += 1
    while let byte = next {
      place += 1
      if byte == UInt8(ascii: "\"") { return .string(bytes) }
      if byte == UInt8(ascii: "\\") {
        guard let escaped = next else { return nil }
        place += 1
        bytes.append(escaped)
      } else {
        bytes.append(byte)
      }
    }
    return nil
  }

  /// Up to a blank or parenthesis outside of brackets.
  private mutating func atom() -> IMAPValue? {
    let start = place
    var isBracketed = false
    while let byte = next {
      if byte == UInt8(ascii: "[") { isBracketed = true }
      if byte == UInt8(ascii: "]") { isBracketed = false }
      if !isBracketed, byte == 32 || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: "\"") { break }
      place += 1
    }
    guard place > start, !isBracketed else { return nil }
    return .atom(Array(response.texts[part][start..<place]))
  }
}

/// What an answer to `FETCH` says of one mail. Servers also say unasked that flags have changed.
struct IMAPFetch: Hashable {
  var uid: UInt32?
  var size: Int?
  /// The whole mail; nil when it does not stand there.
  var mail: [UInt8]?

  /// - Parameter rest: where the values begin.
  /// - Returns: nil when it is no list of names and values.
  init?(_ response: IMAPResponse, rest: Int) {
    guard let values = IMAPValues.read(response, from: rest), values.count == 1, case .list(let items) = values[0], items.count % 2 == 0
    else {
      return nil
    }
    for place in stride(from: 0, to: items.count, by: 2) {
      guard case .atom(let name) = items[place] else { return nil }
      switch (IMAPLine.capitals(name), items[place + 1]) {
      case ("UID", .atom(let number)): uid = IMAPLine.number(number)
      case ("RFC822.SIZE", .atom(let number)) where number.count <= 18 && number.allSatisfy { (48...57).contains($0) }:
        size = Int(String(decoding: number, as: UTF8.self))
      case ("BODY[]", .string(let bytes)): mail = bytes
      default: break
      }
    }
  }
}
