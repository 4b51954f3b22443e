/// A text cut into what a diff takes or leaves whole: words, runs of blanks, line ends, and marks one by one; or its lines.
///
/// What belongs to a letter or an emoji (an accent apart, a colour of skin, the rest of a family) stays with it: half of one is never shown.
struct DiffTokens {
  let bytes: [UInt8]
  /// Where each token ends in ``bytes``; the first begins at 0.
  private(set) var ends: [Int] = []

  private let byLines: Bool

  var count: Int { ends.count }

  /// In ``bytes``.
  func range(_ tokens: Range<Int>) -> Range<Int> { start(tokens.lowerBound)..<start(tokens.upperBound) }

  /// A run of blanks of a line; of lines, one that begins with them is none.
  func isBlank(_ token: Int) -> Bool { !byLines && (bytes[start(token)] == 0x20 || bytes[start(token)] == 0x09) }

  /// All others.
  var solid: [Int] { (0..<count).filter { !isBlank($0) } }

  private func start(_ token: Int) -> Int { token == 0 ? 0 : ends[token - 1] }

  init(_ text: String, byLines: Bool) {
    bytes = Array(text.utf8)
    self.byLines = byLines
    if byLines { cutLines() } else { cutWords(text.unicodeScalars) }
  }

  private mutating func cutLines() {
    for (index, byte) in bytes.enumerated() where byte == 0x0A { ends.append(index + 1) }
    if let last = bytes.last, last != 0x0A { ends.append(bytes.count) }
  }

  private mutating func cutWords(_ scalars: String.UnicodeScalarView) {
    ends.reserveCapacity(bytes.count / 2)
    var position = 0
    var last: Kind?
    for scalar in scalars {
      let kind = Kind(scalar)
      if position > 0, !kind.goesOn(behind: last) { ends.append(position) }
      position += UTF8.width(scalar)
      switch (kind, last) {
      // Behind an accent a word goes on as a word; behind a joiner an emoji takes in whatever comes.
      case (.extending, .some(let before)) where before != .lineEnd: break
      case (.joiner, .word?): break
      case (.flag, .flag?): last = .mark
      default: last = kind
      }
    }
    if position > 0 { ends.append(position) }
  }

  private enum Kind {
    case word, blank, lineEnd, carriageReturn, mark
    /// An accent, a variation, a colour of skin: part of what stands before it.
    case extending
    /// Zero-width joiner.
    case joiner
    /// One of the two letters that make a flag.
    case flag

    @inline(__always)
    init(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x5F: self = .word
      case 0x20, 0x09: self = .blank
      case 0x0A: self = .lineEnd
      case 0x0D: self = .carriageReturn
      case 0..<0x80: self = .mark
      default: self = Kind(beyondASCII: scalar)
      }
    }

    private init(beyondASCII scalar: Unicode.Scalar) {
      let properties = scalar.properties
      switch scalar.value {
      case 0xC0...0x24F: self = properties.isAlphabetic ? .word : .mark
      case 0x200D: self = .joiner
      case 0x200C, 0x1F3FB...0x1F3FF, 0xE0020...0xE007F: self = .extending
      case 0x1F1E6...0x1F1FF: self = .flag
      default:
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark: self = .extending
        case .spaceSeparator: self = .blank
        case .decimalNumber, .letterNumber: self = .word
        // Chinese and Japanese have no blanks: there each letter stands alone.
        default: self = properties.isAlphabetic && !properties.isIdeographic ? .word : .mark
        }
      }
    }

    @inline(__always)
    func goesOn(behind last: Kind?) -> Bool {
      switch self {
      case .word: last == .word || last == .joiner
      case .blank: last == .blank
      case .lineEnd: last == .carriageReturn
      case .extending, .joiner: last != .lineEnd && last != .carriageReturn
      case .flag: last == .flag || last == .joiner
      case .mark: last == .joiner
      case .carriageReturn: false
      }
    }
  }
}

extension DiffTokens {
  /// The tokens of both texts as numbers: the same for the same bytes, and for no others.
  static func numbered(_ old: DiffTokens, _ new: DiffTokens) -> (old: [Int32], new: [Int32]) {
    var numbers: [ArraySlice<UInt8>: Int32] = [:]
    numbers.reserveCapacity(old.count)
    func numbered(_ tokens: DiffTokens) -> [Int32] {
      var start = 0
      return tokens.ends.map { end in
        let token = tokens.bytes[start..<end]
        start = end
        if let number = numbers[token] { return number }
        let number = Int32(truncatingIfNeeded: numbers.count)
        numbers[token] = number
        return number
      }
    }
    return (numbered(old), numbered(new))
  }
}
