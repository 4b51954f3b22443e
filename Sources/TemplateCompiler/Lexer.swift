/// A template cut at its braces: HTML, tag, HTML, tag, … HTML. Empty HTML in between keeps the order simple.
struct Lexer {
  struct HTML: Equatable {
    var bytes: ArraySlice<UInt8>
    var line: Int
  }

  struct Tag: Equatable {
    /// What stands between the braces, trimmed; for a remark, `!` and its text.
    let text: [UInt8]
    let line: Int
    /// `{{~x~}}`: white space before it, or behind it, is left out.
    var trimsBefore = false
    var trimsAfter = false

    /// Alone on its line, it takes the line with it.
    var isStandalone: Bool {
      text.first.map { [0x21, 0x23, 0x2F, 0x3E].contains($0) } ?? false || text.starts(with: "else".utf8)
    }
  }

  private(set) var html: [HTML] = []
  private(set) var tags: [Tag] = []
  private let source: [UInt8]
  private var position = 0
  private var line = 1

  init(_ source: [UInt8]) throws(Refusal) {
    self.source = source
    var start = 0
    var startLine = 1
    while position < source.count {
      guard source[position...].starts(with: "{{".utf8) else {
        advance(by: 1)
        continue
      }
      html.append(HTML(bytes: source[start..<position], line: startLine))
      tags.append(try tag())
      start = position
      startLine = line
    }
    html.append(HTML(bytes: source[start...], line: startLine))
    removeStandaloneLines()
    for (index, tag) in tags.enumerated() {
      if tag.trimsBefore { html[index].bytes.removeLast(html[index].bytes.reversed().prefix { isBlank($0) }.count) }
      if tag.trimsAfter {
        let blanks = html[index + 1].bytes.prefix { isBlank($0) }
        html[index + 1].bytes.removeFirst(blanks.count)
        html[index + 1].line += blanks.count { $0 == 0x0A }
      }
    }
  }

  private mutating func advance(by count: Int) {
    for byte in source[position..<(position + count)] where byte == 0x0A { line += 1 }
    position += count
  }

  /// The tag that starts at `position`, which ends behind it.
  private mutating func tag() throws(Refusal) -> Tag {
    let startLine = line
    if source[position...].starts(with: "{{{".utf8) {
      throw Refusal(line, "{{{…}}} is refused: markup comes from values of type SafeHTML, and {{x}} writes those as they are")
    }
    let isLongRemark = source[position...].starts(with: "{{!--".utf8)
    let closing = Array((isLongRemark ? "--}}" : "}}").utf8)
    advance(by: isLongRemark ? 5 : 2)
    let start = position
    let isRemark = isLongRemark || (position < source.count && source[position] == 0x21)
    var isQuoted = false
    while isQuoted || !source[position...].starts(with: closing) {
      guard position < source.count, isRemark || source[position] != 0x0A else { throw Refusal(startLine, "{{ is not closed") }
      if source[position] == 0x22, !isRemark { isQuoted.toggle() }
      if isQuoted, source[position] == 0x5C, position + 1 < source.count { advance(by: 1) }
      advance(by: 1)
    }
    var text = source[start..<position].trimmed
    advance(by: closing.count)
    if isRemark { return Tag(text: isLongRemark ? [0x21] + text : Array(text), line: startLine) }
    let (trimsBefore, trimsAfter) = (text.first == 0x7E, text.count > 1 && text.last == 0x7E)
    text = text.dropFirst(trimsBefore ? 1 : 0).dropLast(trimsAfter ? 1 : 0).trimmed
    return Tag(text: Array(text), line: startLine, trimsBefore: trimsBefore, trimsAfter: trimsAfter)
  }

  private mutating func removeStandaloneLines() {
    let original = html
    for (index, tag) in tags.enumerated() where tag.isStandalone {
      let before = original[index].bytes
      let after = original[index + 1].bytes
      let indent = before.reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count
      let rest = after.prefix { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      let startsLine = indent == before.count ? index == 0 : before[before.endIndex - indent - 1] == 0x0A
      let endsLine = rest.endIndex == after.endIndex ? index == tags.count - 1 : after[rest.endIndex] == 0x0A
      guard startsLine, endsLine else { continue }
      html[index].bytes = html[index].bytes.dropLast(min(indent, html[index].bytes.count))
      html[index + 1].bytes = after[rest.endIndex...]
      // Of the two breaks the one before goes, so that what follows still begins with a break and its indentation.
      if html[index].bytes.last == 0x0A, rest.endIndex < after.endIndex { html[index].bytes.removeLast() }
    }
  }
}

/// A reason with its line; the path is added where it is known.
struct Refusal: Error {
  let line: Int
  let reason: String

  init(_ line: Int, _ reason: String) {
    (self.line, self.reason) = (line, reason)
  }
}

extension ArraySlice<UInt8> {
  var trimmed: ArraySlice<UInt8> {
    let blank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    guard let first = firstIndex(where: { !blank($0) }), let last = lastIndex(where: { !blank($0) }) else { return [] }
    return self[first...last]
  }
}
