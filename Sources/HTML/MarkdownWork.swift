/// What cmark would have to do for a source, counted over its bytes before it is parsed (RULES 6.11).
///
/// cmark 0.30.2 walks through all open blocks at each line, and past all open images at each link: time goes with the product, 0.5 s for 16 kB of
/// `- - - …` with blank lines below. A limit on bytes alone must be so low that it cuts ordinary texts; so what is multiplied is counted. For
/// whatever stays below these bounds, a search of 250,000 generated sources of 16 kB found none that took cmark longer than 6 ms.
///
/// Counts may be too high where cmark reads a line otherwise (in code, in a paragraph that goes on), never so low that a bound is worth nothing.
struct MarkdownWork {
  /// Levels of quotes and list items; so many begin in one line at most, too.
  static let deepest = 20
  static let mostBlankLines = 200
  static let mostImages = 200

  private var blankLines = 0
  private var images = 0
  /// The columns that each open list item asks of the next line, outermost first.
  private var items: [Int] = []

  /// Whether the source may be parsed.
  static func isBounded(_ source: [UInt8]) -> Bool {
    var work = MarkdownWork()
    return source.split(omittingEmptySubsequences: false) { $0 == 0x0A || $0 == 0x0D }.allSatisfy { work.add($0) }
  }

  private mutating func add(_ line: ArraySlice<UInt8>) -> Bool {
    if line.allSatisfy(Self.isBlank) {
      blankLines += 1
      return blankLines <= Self.mostBlankLines
    }
    for index in line.indices.dropLast() where line[index] == 0x21 && line[index + 1] == 0x5B { images += 1 }
    return images <= Self.mostImages && openBlocks(line)
  }

  /// Counts the quotes and items that stay open and those that begin. A line without marks ends none for sure: it may go on a paragraph.
  private mutating func openBlocks(_ line: ArraySlice<UInt8>) -> Bool {
    var (rest, column, indent, quotes) = (line, 0, 0, 0)
    var begun: [Int] = []
    while let byte = rest.first {
      if Self.isBlank(byte) {
        let width = byte == 0x09 ? 4 - column % 4 : 1
        (column, indent) = (column + width, indent + width)
        rest.removeFirst()
      } else if byte == 0x3E {
        (column, quotes) = (column + 1, quotes + 1)
        rest.removeFirst()
        // The blank behind it is its own.
        if let next = rest.first, Self.isBlank(next) {
          column += next == 0x09 ? 4 - column % 4 : 1
          rest.removeFirst()
        }
      } else {
        guard let length = Self.marker(rest) else { break }
        if begun.isEmpty { keepItems(within: &indent) }
        begun.append((begun.isEmpty ? indent : 0) + length + 1)
        column += length
        rest.removeFirst(length)
        if quotes + items.count + begun.count > Self.deepest { return false }
      }
    }
    if quotes == 0, begun.isEmpty { return true }
    if begun.isEmpty { keepItems(within: &indent) }
    items += begun
    return quotes + items.count <= Self.deepest
  }

  /// Of the open items those stay whose columns the line gives.
  private mutating func keepItems(within indent: inout Int) {
    var kept = 0
    while kept < items.count, items[kept] <= indent {
      indent -= items[kept]
      kept += 1
    }
    items.removeSubrange(kept...)
  }

  /// The length of the list marker that the rest of a line begins with; nil where it begins otherwise, also with a rule such as `* * *`.
  private static func marker(_ rest: ArraySlice<UInt8>) -> Int? {
    guard let first = rest.first else { return nil }
    var length = 1
    if (0x30...0x39).contains(first) {
      let digits = rest.prefix(9).prefix { (0x30...0x39).contains($0) }
      guard let end = rest.dropFirst(digits.count).first, end == 0x2E || end == 0x29 else { return nil }
      length = digits.count + 1
    } else if first == 0x2D || first == 0x2A {
      if rest.allSatisfy({ $0 == first || isBlank($0) }), rest.count(where: { $0 == first }) >= 3 { return nil }
    } else if first != 0x2B {
      return nil
    }
    guard let next = rest.dropFirst(length).first else { return length }
    return isBlank(next) || next == 0x0B || next == 0x0C ? length : nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
