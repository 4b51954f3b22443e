import Charsets

/// Text of a head: encoded words (RFC 2047), raw bytes beyond ASCII (RFC 6532), and whatever else is sent.
enum EncodedWords {
  /// Bytes of neighbouring words of one charset are joined before they are read, because programs cut letters in two. Raw bytes are UTF-8
  /// where they are valid as such, else Windows-1252.
  ///
  /// - Returns: valid UTF-8. Line breaks of folding are gone; those within encoded words are not.
  static func decode(_ value: ArraySlice<UInt8>) -> [UInt8] {
    var isPlain = true
    for byte in value where byte == 0x3D || byte >= 0x80 || byte == 0x0D || byte == 0x0A || byte == 0 {
      isPlain = false
      break
    }
    if isPlain { return Array(value) }
    var out: [UInt8] = []
    var open: (label: ArraySlice<UInt8>, bytes: [UInt8])?
    var raw: [UInt8] = []
    func closeWord() {
      guard let word = open else { return }
      out += Charsets.decode(word.bytes[...], as: CharsetLabel(word.label)).utf8
      open = nil
    }
    func closeRaw() {
      if raw.isEmpty { return }
      out += Charsets.decode(raw[...], as: nil).utf8
      raw = []
    }
    var place = value.startIndex
    while place < value.endIndex {
      let byte = value[place]
      if byte == 0x3D, place + 1 < value.endIndex, value[place + 1] == 0x3F, let word = EncodedWord(value[place...]) {
        // Blanks between two encoded words are no part of the text.
        if open != nil, raw.allSatisfy(isMailBlank) { raw = [] }
        if !raw.isEmpty || open.map({ !$0.label.elementsEqual(word.label) { ASCII.lower($0) == ASCII.lower($1) } }) ?? false {
          closeWord()
          closeRaw()
        }
        if open == nil { open = (word.label, word.bytes) } else { open?.bytes += word.bytes }
        place = word.end
        continue
      }
      if open != nil, !isMailBlank(byte) {
        closeWord()
      }
      if byte == 0x0D || byte == 0x0A {
        // Folding leaves the blank that begins the next line.
      } else {
        raw.append(byte == 0x09 ? 0x20 : byte)
      }
      place += 1
    }
    closeWord()
    closeRaw()
    return out
  }
}

/// `=?charset?B?text?=`, at the beginning of a slice.
private struct EncodedWord {
  let label: ArraySlice<UInt8>
  let bytes: [UInt8]
  let end: Int

  /// - Returns: nil unless it is whole. Longer ones than the 75 bytes that are allowed are read, up to 64 kB.
  init?(_ slice: ArraySlice<UInt8>) {
    let labelStart = slice.startIndex + 2
    guard let mark = slice[labelStart...].prefix(64).firstIndex(of: 0x3F), mark > labelStart, mark + 2 < slice.endIndex,
      slice[mark + 2] == 0x3F
    else { return nil }
    // A language may follow the charset (RFC 2231, 5).
    let label = slice[labelStart..<mark]
    self.label = label[..<(label.firstIndex(of: 0x2A) ?? mark)]
    let textStart = mark + 3
    var textEnd = textStart
    while textEnd + 1 < slice.endIndex, !(slice[textEnd] == 0x3F && slice[textEnd + 1] == 0x3D) {
      // No line break within, nor another beginning: that word was never ended.
      if slice[textEnd] == 0x3D, slice[textEnd + 1] == 0x3F, textEnd + 2 >= slice.endIndex || slice[textEnd + 2] != 0x3D { return nil }
      textEnd += 1
    }
    guard textEnd + 1 < slice.endIndex else { return nil }
    let text = slice[textStart..<textEnd]
    switch ASCII.lower(slice[mark + 1]) {
    case UInt8(ascii: "b"): bytes = Base64.decode(text)
    case UInt8(ascii: "q"): bytes = QuotedPrintable.decode(text, underscoreIsBlank: true)
    default: return nil
    }
    end = textEnd + 2
  }
}
