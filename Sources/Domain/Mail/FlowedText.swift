/// `format=flowed` (RFC 3676): lines that programs broke are made whole again.
enum FlowedText {
  /// - Parameter deletesBlank: the blank at the end of a broken line goes (`delsp=yes`).
  /// - Returns: the text with one line a paragraph; marks of quotes stay, without blanks between them.
  static func unfolded(_ text: [UInt8], deletesBlank: Bool) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    /// The depth of the paragraph that goes on; nil when none does.
    var open: Int?
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let whole = line.last == 0x0D ? line.dropLast() : line
      let words = whole.drop { $0 == 0x3E }
      let depth = words.startIndex - whole.startIndex
      var content = words.first == 0x20 ? words.dropFirst() : words
      let isSignature = content.elementsEqual([0x2D, 0x2D, 0x20])
      if open == nil || open != depth || isSignature {
        if !out.isEmpty || open != nil { out.append(0x0A) }
        out += [UInt8](repeating: 0x3E, count: depth)
        if depth > 0, !content.isEmpty { out.append(0x20) }
      }
      let isOpen = content.last == 0x20 && !isSignature
      if isOpen, deletesBlank { content = content.dropLast() }
      out += content
      open = isOpen ? depth : nil
      if open == nil, out.isEmpty { out.append(0x0A) }
    }
    return out
  }
}
