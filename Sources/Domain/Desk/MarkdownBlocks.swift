/// A block of a Markdown text, as far as cutting it asks.
enum MarkdownBlock: Equatable {
  case heading(String)
  /// Lines without a blank one between them: a paragraph, a list.
  case paragraph(String)
  /// Code between fences, or a table.
  case whole(String)
}

/// Reads blocks, line by line. A fence that is not closed ends with the text.
enum MarkdownBlocks {
  static func of(_ text: String) -> [MarkdownBlock] {
    var blocks: [MarkdownBlock] = []
    var lines: [Substring] = []
    var fence: (mark: UInt8, length: Int)?
    func end() {
      if !lines.isEmpty { blocks.append(block(lines)) }
      lines = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let trimmed = MarkdownBlocks.trimmed(line)
      if let open = fence {
        lines.append(line)
        if let mark = mark(of: trimmed), mark.mark == open.mark, mark.length >= open.length, mark.isBare {
          blocks.append(.whole(lines.joined(separator: "\n")))
          (fence, lines) = (nil, [])
        }
      } else if let mark = mark(of: trimmed) {
        end()
        fence = (mark.mark, mark.length)
        lines = [line]
      } else if let heading = heading(trimmed) {
        end()
        if !heading.isEmpty { blocks.append(.heading(heading)) }
      } else if !lines.isEmpty, lines.count == 1, isUnderline(trimmed), !isTableRow(lines[0]) {
        blocks.append(.heading(String(MarkdownBlocks.trimmed(lines[0]))))
        lines = []
      } else if trimmed.isEmpty {
        end()
      } else {
        lines.append(line)
      }
    }
    if fence != nil { blocks.append(.whole(lines.joined(separator: "\n"))) } else { end() }
    return blocks
  }

  private static func block(_ lines: [Substring]) -> MarkdownBlock {
    let text = lines.joined(separator: "\n")
    return lines.count > 1 && lines.allSatisfy(isTableRow) ? .whole(text) : .paragraph(text)
  }

  private static func trimmed(_ line: Substring) -> Substring {
    let isBlank: (UInt8) -> Bool = { $0 == 32 || (9...13).contains($0) }
    guard let first = line.utf8.firstIndex(where: { !isBlank($0) }), let last = line.utf8.lastIndex(where: { !isBlank($0) }) else {
      return ""
    }
    return line[first...last]
  }

  private static func isTableRow(_ line: Substring) -> Bool { trimmed(line).utf8.first == UInt8(ascii: "|") }

  /// "# Returns", "## Returns ##"; nil: no heading.
  private static func heading(_ line: Substring) -> String? {
    let marks = line.utf8.prefix { $0 == UInt8(ascii: "#") }.count
    guard (1...6).contains(marks) else { return nil }
    let rest = line.utf8.dropFirst(marks)
    guard rest.isEmpty || rest.first == 32 || rest.first == 9 else { return nil }
    var text = trimmed(Substring(rest))
    let closing = text.utf8.reversed().prefix { $0 == UInt8(ascii: "#") }.count
    if closing > 0 {
      let bare = Substring(text.utf8.dropLast(closing))
      if bare.utf8.isEmpty || bare.utf8.last == 32 { text = trimmed(bare) }
    }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(200)))
  }

  /// The line below a heading.
  private static func isUnderline(_ line: Substring) -> Bool {
    guard line.utf8.count >= 3, let mark = line.utf8.first, mark == UInt8(ascii: "=") || mark == UInt8(ascii: "-") else { return false }
    return line.utf8.allSatisfy { $0 == mark }
  }

  private static func mark(of line: Substring) -> (mark: UInt8, length: Int, isBare: Bool)? {
    guard let mark = line.utf8.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return nil }
    let length = line.utf8.prefix { $0 == mark }.count
    return length < 3 ? nil : (mark, length, line.utf8.count == length)
  }
}

/// The sentences of a paragraph, as they were written.
enum Sentences {
  /// - Parameter longest: a sentence of more words is cut.
  static func of(_ text: String, longest: Int) -> [String] {
    let bytes = Array(text.utf8)
    var (sentences, start, place): ([String], Int, Int) = ([], 0, 0)
    func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
    func cut(_ end: Int) {
      let sentence = String(decoding: bytes[start..<end].reversed().drop(while: isBlank).reversed().drop(while: isBlank), as: UTF8.self)
      if !sentence.utf8.isEmpty { sentences += pieces(sentence, longest) }
      start = end
    }
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      let isEnd = byte == UInt8(ascii: ".") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?") || byte == 0x0A
      if isEnd, place < bytes.count, isBlank(bytes[place]) || byte == 0x0A {
        // A line of a list is as good as a sentence, and keeps its break.
        cut(place)
      }
    }
    cut(bytes.count)
    return sentences
  }

  private static func pieces(_ sentence: String, _ longest: Int) -> [String] {
    if WordCount.of(sentence) <= longest { return [sentence] }
    let words = sentence.split { $0.isWhitespace }
    return stride(from: 0, to: words.count, by: longest).map { words[$0..<min($0 + longest, words.count)].joined(separator: " ") }
  }
}
