/// Work on the bytes of a mail's heads, which are ASCII or nearly so.
extension ArraySlice<UInt8> {
  /// Without blanks, tabs and line ends at both ends.
  var trimmed: ArraySlice<UInt8> {
    var (start, end) = (startIndex, endIndex)
    while start < end, isMailBlank(self[start]) { start += 1 }
    while end > start, isMailBlank(self[end - 1]) { end -= 1 }
    return self[start..<end]
  }

  /// Whether this is `word`, in any letter case.
  ///
  /// - Parameter word: in lower case.
  func isWord(_ word: StaticString) -> Bool { count == word.utf8CodeUnitCount && begins(with: word) }

  /// Whether this begins with `word`, in any letter case.
  ///
  /// - Parameter word: in lower case.
  func begins(with word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard count >= length else { return false }
    for offset in 0..<length where ASCII.lower(self[startIndex + offset]) != word.utf8Start[offset] { return false }
    return true
  }

  /// The first place of `word`, in any letter case, or nil. Linear but for texts that repeat the beginning of `word`.
  ///
  /// - Parameter word: in lower case, not empty.
  func place(of word: StaticString) -> Int? {
    let length = word.utf8CodeUnitCount
    guard count >= length else { return nil }
    let first = word.utf8Start[0]
    for start in startIndex...endIndex - length where ASCII.lower(self[start]) == first {
      if self[start...].begins(with: word) { return start }
    }
    return nil
  }

  var text: String { String(decoding: self, as: UTF8.self) }

  /// ASCII letters in lower case.
  var lowercase: [UInt8] { map(ASCII.lower) }
}

@inline(__always)
func isMailBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }

/// In one line: line ends and controls become one blank, runs of blanks too; none at the ends. Bidirectional marks go, which could turn
/// a name or subject around.
func mailLine(_ utf8: [UInt8]) -> String {
  if utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return String(decoding: utf8, as: UTF8.self) }
  var out: [UInt8] = []
  out.reserveCapacity(utf8.count)
  var place = 0
  while place < utf8.count {
    let byte = utf8[place]
    if byte <= 0x20 || byte == 0x7F {
      if let last = out.last, last != 0x20 { out.append(0x20) }
      place += 1
    } else if byte == 0xC2, place + 1 < utf8.count, utf8[place + 1] <= 0x9F {
      if let last = out.last, last != 0x20 { out.append(0x20) }
      place += 2
    } else if byte == 0xE2, place + 2 < utf8.count, utf8[place + 1] == 0x80, utf8[place + 2] == 0xA8 || utf8[place + 2] == 0xA9 {
      if let last = out.last, last != 0x20 { out.append(0x20) }  // The ends of lines and paragraphs.
      place += 3
    } else if byte == 0xE2, place + 2 < utf8.count, isTurning(utf8[place + 1], utf8[place + 2]) {
      place += 3
    } else {
      out.append(byte)
      place += 1
    }
  }
  if out.last == 0x20 { out.removeLast() }
  return String(decoding: out, as: UTF8.self)
}

/// After 0xE2: U+200E, U+200F, U+202A…U+202E, U+2066…U+2069.
func isTurning(_ second: UInt8, _ third: UInt8) -> Bool {
  second == 0x80 && (third == 0x8E || third == 0x8F || (0xAA...0xAE).contains(third)) || second == 0x81 && (0xA6...0xA9).contains(third)
}

/// Text in lower case without the accents of Latin letters; all else stays. For comparing with words of ours.
func mailFolded(_ utf8: ArraySlice<UInt8>) -> [UInt8] {
  var out: [UInt8] = []
  out.reserveCapacity(utf8.count)
  var place = utf8.startIndex
  while place < utf8.endIndex {
    let byte = utf8[place]
    if byte < 0x80 {
      out.append(ASCII.lower(byte))
      place += 1
    } else if byte == 0xC3, place + 1 < utf8.endIndex, let letter = plainLetter(utf8[place + 1]) {
      out.append(letter)
      place += 2
    } else if byte == 0xC2, place + 1 < utf8.endIndex, utf8[place + 1] == 0xA0 {
      out.append(0x20)
      place += 2
    } else if byte == 0xE2, place + 2 < utf8.endIndex, isTurning(utf8[place + 1], utf8[place + 2]) {
      place += 3
    } else if byte == 0xE2, place + 2 < utf8.endIndex, utf8[place + 1] == 0x80,
      [0xA8, 0xA9, 0xAF].contains(utf8[place + 2]) || (0x90...0x95).contains(utf8[place + 2])
    {
      out.append(utf8[place + 2] >= 0xA8 ? 0x20 : 0x2D)  // Ends of lines and a narrow blank; dashes of all lengths.
      place += 3
    } else if byte == 0xCC, place + 1 < utf8.endIndex, utf8[place + 1] <= 0xAF {
      place += 2  // A combining accent.
    } else {
      out.append(byte)
      place += 1
    }
  }
  return out
}

/// Of U+00C0…U+00FF, by the second byte of UTF-8.
private func plainLetter(_ second: UInt8) -> UInt8? {
  switch second & 0x9F | 0x80 {
  case 0x80...0x85: UInt8(ascii: "a")
  case 0x87: UInt8(ascii: "c")
  case 0x88...0x8B: UInt8(ascii: "e")
  case 0x8C...0x8F: UInt8(ascii: "i")
  case 0x91: UInt8(ascii: "n")
  case 0x92...0x96: UInt8(ascii: "o")
  case 0x99...0x9C: UInt8(ascii: "u")
  default: nil
  }
}
