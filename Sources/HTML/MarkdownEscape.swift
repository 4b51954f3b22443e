extension Markdown {
  /// Plain text as a source that means nothing but itself: what would be a mark is escaped, and its lines end where they ended. Blanks around a line
  /// and more than one empty line are not kept.
  ///
  /// - Complexity: at most two bytes for each of the text.
  public static func escaped(_ text: String) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count + 16)
    var isFirst = true
    var wasEmpty = true
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let words = trimmed(line)
      if !isFirst {
        // A break within a paragraph.
        if !wasEmpty, !words.isEmpty { out.append(UInt8(ascii: "\\")) }
        out.append(UInt8(ascii: "\n"))
      }
      append(words, to: &out)
      (isFirst, wasEmpty) = (false, words.isEmpty)
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func trimmed(_ line: Substring.UTF8View) -> Substring.UTF8View {
    let isBlank: (UInt8) -> Bool = { $0 == 32 || (9...13).contains($0) }
    var words = line.drop(while: isBlank)
    while let last = words.last, isBlank(last) { words = words.dropLast() }
    return words
  }

  /// Marks anywhere, and those that begin a heading, an item, a rule or a fence where they stand first.
  private static func append(_ line: Substring.UTF8View, to out: inout [UInt8]) {
    var isNumber = true
    for (place, byte) in line.enumerated() {
      let isMark =
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "["), UInt8(ascii: "]"),
          UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
          true
        case UInt8(ascii: "#"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: "~"): place == 0
        case UInt8(ascii: "."), UInt8(ascii: ")"): isNumber && place > 0
        default: false
        }
      if isMark { out.append(UInt8(ascii: "\\")) }
      out.append(byte)
      isNumber = isNumber && (48...57).contains(byte)
    }
  }
}
