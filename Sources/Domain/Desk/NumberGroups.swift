/// The runs of digits of a text, with what joins them: "(11) 98765-4321" is three of them.
struct NumberGroups {
  struct Group {
    let range: Range<Int>
    /// Of any script.
    let digits: [Int]
    /// What stands between it and the group before; nil where they have nothing to do with each other.
    let join: Join?
    /// Whether it belongs to something that is no phone: a date, a price, a code with letters.
    var isWall = false
  }

  enum Join {
    /// A single mark: "." "-" "/" "," ":".
    case mark(Unicode.Scalar)
    /// Blanks, brackets and hyphens, as within a phone number.
    case loose(opens: Bool)

    var isPhone: Bool {
      switch self {
      case .mark(let mark): mark == "." || mark == "-"
      case .loose: true
      }
    }

    /// Whether cards are written so.
    var isCard: Bool {
      switch self {
      case .mark(let mark): mark == "-"
      case .loose(let opens): !opens
      }
    }
  }

  private(set) var groups: [Group] = []

  init(_ scalars: [Unicode.Scalar], isFree: (Range<Int>) -> Bool) {
    var place = 0
    while place < scalars.count {
      guard let first = Self.digit(scalars[place]) else {
        place += 1
        continue
      }
      let start = place
      var digits = [first]
      place += 1
      while place < scalars.count {
        if let digit = Self.digit(scalars[place]) { digits.append(digit) } else if !Unseen.holds(scalars[place]) { break }
        place += 1
      }
      while Unseen.holds(scalars[place - 1]) { place -= 1 }
      if isFree(start..<place) {
        let join = groups.last.flatMap { Self.join(scalars[$0.range.upperBound..<start]) }
        groups.append(Group(range: start..<place, digits: digits, join: join))
        place = max(place, start + 1)
      }
    }
  }

  static func digit(_ scalar: Unicode.Scalar) -> Int? {
    if scalar.isASCII { return decimal(UInt8(scalar.value)) }
    let properties = scalar.properties
    guard properties.numericType == .decimal, let value = properties.numericValue else { return nil }
    return Int(value)
  }

  /// Nil for more than four scalars, a line end, or anything that joins no numbers; "2026. 12" is the end of a sentence.
  private static func join(_ between: ArraySlice<Unicode.Scalar>) -> Join? {
    let seen = between.prefix(12).filter { !Unseen.holds($0) }.map(plain)
    guard (1...4).contains(seen.count), between.count <= 12 else { return nil }
    if seen.count == 1, let mark = seen.first, ".-/,:".unicodeScalars.contains(mark) { return .mark(mark) }
    return seen.allSatisfy { " -()".unicodeScalars.contains($0) } ? .loose(opens: seen.contains("(")) : nil
  }

  /// One blank and one hyphen for all of them.
  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "\u{A0}", "\u{2009}", "\u{202F}", "\u{2007}": " "
    case "\u{2010}"..."\u{2013}", "\u{2212}": "-"
    default: scalar
    }
  }
}

extension NumberGroups {
  /// The groups joined by single marks, one after the other: what is written in one piece.
  var chunks: [Range<Int>] {
    var out: [Range<Int>] = []
    for index in groups.indices {
      if case .mark? = groups[index].join, let last = out.last {
        out[out.count - 1] = last.lowerBound..<index + 1
      } else {
        out.append(index..<index + 1)
      }
    }
    return out
  }

  mutating func wall(_ chunk: Range<Int>) { for index in chunk { groups[index].isWall = true } }

  func sizes(_ range: Range<Int>) -> [Int] { groups[range].map(\.digits.count) }

  /// The marks between the groups of a chunk.
  func marks(_ chunk: Range<Int>) -> [Unicode.Scalar] {
    groups[chunk].dropFirst().compactMap { if case .mark(let mark)? = $0.join { mark } else { nil } }
  }

  /// Of a short group.
  func value(_ index: Int) -> Int { groups[index].digits.prefix(9).reduce(0) { $0 * 10 + $1 } }

  /// A date, a time, a number with two decimals, a span of years, a Brazilian post code, an address of the internet.
  func isOrdinary(_ chunk: Range<Int>) -> Bool {
    let (sizes, marks) = (sizes(chunk), marks(chunk))
    if marks.contains(":") || isDate(chunk) { return true }
    switch sizes.count {
    case 1: return isCompactDate(groups[chunk.lowerBound].digits)
    case 2 where sizes == [4, 4]: return chunk.allSatisfy { (1900...2100).contains(value($0)) }
    case 2 where sizes == [5, 3]: return marks == ["-"]
    case 4 where marks == [".", ".", "."]: if chunk.allSatisfy({ groups[$0].digits.count <= 3 && value($0) <= 255 }) { return true }
    default: break
    }
    return isDecimal(sizes, marks)
  }

  /// "12345678.90", "12.345.678,90".
  private func isDecimal(_ sizes: [Int], _ marks: [Unicode.Scalar]) -> Bool {
    guard sizes.last == 2, let point = marks.last, point == "." || point == "," else { return false }
    let thousands = marks.dropLast()
    return sizes.count == 2 || sizes[0] <= 3 && sizes[1..<(sizes.count - 1)].allSatisfy { $0 == 3 } && Set(thousands).count == 1
  }

  /// Year first or last, with one mark or a blank between.
  func isDate(_ range: Range<Int>) -> Bool {
    guard range.count == 3, groups[range].allSatisfy({ $0.digits.count <= 4 }) else { return false }
    let (a, b, c) = (value(range.lowerBound), value(range.lowerBound + 1), value(range.lowerBound + 2))
    let sizes = sizes(range)
    if sizes[0] == 4 { return sizes[1] <= 2 && sizes[2] <= 2 && isDate(a, b, c) }
    guard sizes[0] <= 2, sizes[1] <= 2, sizes[2] == 4 || sizes[2] == 2 else { return false }
    let year = sizes[2] == 2 ? 2000 + c : c
    return isDate(year, b, a) || isDate(year, a, b)
  }

  private func isDate(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    (1900...2100).contains(year) && Day(year: year, month: month, day: day) != nil
  }

  /// "20270315", "15032027".
  private func isCompactDate(_ digits: [Int]) -> Bool {
    guard digits.count == 8 else { return false }
    func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
    return isDate(number(0..<4), number(4..<6), number(6..<8)) || isDate(number(4..<8), number(2..<4), number(0..<2))
  }
}
