/// Text of a mail by lines, each with how deep it is quoted.
struct MailText {
  struct Line {
    /// Its bytes, without the line end.
    var start: Int32
    var end: Int32
    /// Where the words begin behind the marks of a quote.
    var words: Int32
    var depth: Int16
    /// Nothing but blanks behind the marks.
    var isBlank: Bool
  }

  /// UTF-8, lines end with LF.
  private(set) var bytes: [UInt8] = []
  private(set) var lines: [Line] = []

  /// Takes a line that is known to be quoted so deeply, without marks.
  mutating func append(line: ArraySlice<UInt8>, depth: Int) {
    let start = Int32(bytes.count)
    bytes += line
    bytes.append(0x0A)
    lines.append(
      Line(
        start: start, end: Int32(bytes.count - 1), words: start, depth: Int16(clamping: depth),
        isBlank: line.withUnsafeBufferPointer { MailText.isBlank($0, from: 0) }))
  }

  /// Takes plain text: any line ends, quotes by `>`.
  mutating func append(plain text: [UInt8]) {
    bytes.reserveCapacity(bytes.count + text.count + 1)
    text.withUnsafeBufferPointer { text in
      var place = 0
      while place < text.count {
        var next = place
        while next < text.count, text[next] != 0x0A, text[next] != 0x0D { next += 1 }
        append(UnsafeBufferPointer(rebasing: text[place..<next]))
        if next + 1 < text.count, text[next] == 0x0D, text[next + 1] == 0x0A { next += 1 }
        place = next + 1
      }
    }
  }

  private mutating func append(_ line: UnsafeBufferPointer<UInt8>) {
    let start = bytes.count
    bytes.append(contentsOf: line)
    bytes.append(0x0A)
    var place = 0
    var depth = 0
    // `> > text`, `>>text`; one blank between marks, and three before the first.
    var blanks = 0
    while place < line.count {
      if line[place] == 0x3E {
        depth += 1
        blanks = 0
      } else if line[place] == 0x20, blanks < (depth == 0 ? 3 : 1) {
        blanks += 1
      } else {
        break
      }
      place += 1
    }
    lines.append(
      Line(
        start: Int32(start), end: Int32(bytes.count - 1), words: Int32(start + (depth > 0 ? place : 0)), depth: Int16(clamping: depth),
        isBlank: MailText.isBlank(line, from: place)))
  }

  /// Blanks of all widths, and marks that have none.
  private static func isBlank(_ line: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
    var place = start
    while place < line.count {
      let byte = line[place]
      if byte == 0x20 || byte == 0x09 || byte == 0x0B || byte == 0x0C {
        place += 1
      } else if byte == 0xC2, place + 1 < line.count, line[place + 1] == 0xA0 || line[place + 1] == 0xAD {
        place += 2
      } else if byte == 0xE2, place + 2 < line.count, line[place + 1] == 0x80,
        (0x80...0x8F).contains(line[place + 2]) || line[place + 2] == 0xAF
      {
        place += 3
      } else if byte == 0xEF, place + 2 < line.count, line[place + 1] == 0xBB, line[place + 2] == 0xBF {
        place += 3
      } else {
        return false
      }
    }
    return true
  }

  var isBlank: Bool { lines.allSatisfy(\.isBlank) }

  func words(of line: Int) -> ArraySlice<UInt8> { bytes[Int(lines[line].words)..<Int(lines[line].end)] }

  /// Lines without blank ones at both ends.
  func text(of range: Range<Int>) -> String {
    var (first, last) = (range.lowerBound, range.upperBound)
    while first < last, lines[first].isBlank, lines[first].depth == 0 { first += 1 }
    while last > first, lines[last - 1].isBlank, lines[last - 1].depth == 0 { last -= 1 }
    guard first < last else { return "" }
    var end = Int(lines[last - 1].end)
    while end > 0, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    let start = Int(lines[first].start)
    return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }

  /// All of it.
  var string: String { text(of: 0..<lines.count) }
}
