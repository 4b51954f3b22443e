/// A number in an answer that stands for something given: `[3]`, `[A1]`.
struct AssistantMark {
  let number: Int
  let isAssumption: Bool
  /// In bytes.
  let length: Int

  /// - Parameter bytes: begin with the bracket.
  init?(_ bytes: ArraySlice<UInt8>) {
    var index = bytes.startIndex + 1
    guard index < bytes.endIndex else { return nil }
    isAssumption = bytes[index] | 0x20 == UInt8(ascii: "a")
    if isAssumption { index += 1 }
    var (value, digits) = (0, 0)
    while index < bytes.endIndex, let digit = decimal(bytes[index]), digits < 4 {
      value = value * 10 + Int(digit)
      digits += 1
      index += 1
    }
    guard digits > 0, index < bytes.endIndex, bytes[index] == 0x5D else { return nil }
    // `[3](…)` is a link of its own.
    if index + 1 < bytes.endIndex, bytes[index + 1] == 0x28 { return nil }
    (number, length) = (value, index + 1 - bytes.startIndex)
  }
}

/// Cuts lines into sentences, byte by byte.
enum AssistantSentences {
  /// - Returns: what stands before its words (a list's mark, blanks), and its sentences, each with the blanks behind it.
  static func of(_ line: [UInt8]) -> (lead: [UInt8], sentences: [[UInt8]]) {
    var start = 0
    let marks = Array(" \t-*+>#".utf8)
    while start < line.count, marks.contains(line[start]) {
      // `**bold**` begins a sentence.
      if line[start] == 0x2A, start + 1 < line.count, line[start + 1] == 0x2A { break }
      start += 1
    }
    var end = start
    while end < line.count, decimal(line[end]) != nil { end += 1 }
    if end > start, end - start <= 3, end + 1 < line.count, line[end] == 0x2E || line[end] == 0x29, line[end + 1] == 0x20 {
      start = end + 2
    }
    var (sentences, from) = ([[UInt8]](), start)
    for index in start..<line.count where isEnd(line, index) {
      var next = index + 1
      // The number of a thing behind the stop belongs to it.
      if next + 1 < line.count, line[next] == 0x20, line[next + 1] == 0x5B, AssistantMark(line[(next + 1)...]) != nil { continue }
      while next < line.count, line[next] == 0x20 { next += 1 }
      if next > from { sentences.append(Array(line[from..<next])) }
      from = max(from, next)
    }
    if from < line.count { sentences.append(Array(line[from...])) }
    return (Array(line[..<start]), sentences)
  }

  private static func isEnd(_ line: [UInt8], _ index: Int) -> Bool {
    let stops = Array(".!?".utf8)
    guard index + 1 < line.count, line[index + 1] == 0x20 else { return false }
    // A number behind a stop that was passed over ends it as well.
    return stops.contains(line[index]) || line[index] == 0x5D && precedingStop(line, index)
  }

  /// Whether `[3]` that ends here stands behind a stop.
  private static func precedingStop(_ line: [UInt8], _ index: Int) -> Bool {
    var start = index
    while start > 0, line[start] != 0x5B { start -= 1 }
    guard start > 1, line[start] == 0x5B, line[start - 1] == 0x20 else { return false }
    return Array(".!?".utf8).contains(line[start - 2])
  }

  /// Whether an id stands in it, or an address of this site, that is not one of those known.
  static func hasStrangeID(_ sentence: [UInt8], known: [String]) -> Bool {
    var index = 0
    while index + 36 <= sentence.count {
      if isID(sentence[index..<(index + 36)]) {
        let id = sentence[index..<(index + 36)].map { $0 >= 0x41 && $0 <= 0x46 ? $0 | 0x20 : $0 }
        if !known.contains(where: { last(id, in: Array($0.utf8)) != nil }) { return true }
        index += 36
      } else {
        index += 1
      }
    }
    return false
  }

  private static func isID(_ bytes: ArraySlice<UInt8>) -> Bool {
    for (place, byte) in bytes.enumerated() {
      let isDash = place == 8 || place == 13 || place == 18 || place == 23
      if isDash ? byte != 0x2D : ASCII.hexValue(byte) == nil { return false }
    }
    return true
  }

  /// Where a text stands last.
  static func last(_ text: [UInt8], in bytes: [UInt8]) -> Int? {
    guard !text.isEmpty, bytes.count >= text.count else { return nil }
    return (0...(bytes.count - text.count)).reversed().first { bytes[$0] == text[0] && bytes[$0..<($0 + text.count)].elementsEqual(text) }
  }

  /// A title as the text of a link, in Markdown.
  static func escaped(_ title: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in CoachFence.line(title).unicodeScalars {
      if scalar.isASCII, "\\`*_{}[]()<>#&!|~".unicodeScalars.contains(scalar) { out.append("\\") }
      out.append(scalar)
    }
    return String(out)
  }
}
