/// What can be said of bytes before anybody says what they mean, found in one pass.
struct ByteFacts {
  private(set) var isBeyondASCII = false
  private(set) var holdsNUL = false
  /// Whole characters of UTF-8 beyond ASCII.
  private(set) var letters = 0
  /// Bytes that are part of none.
  private(set) var faults = 0
  /// The last character lacks its end.
  private(set) var isCut = false

  var isUTF8: Bool { faults == 0 }

  init(_ bytes: ArraySlice<UInt8>) {
    bytes.withUnsafeBufferPointer { read($0) }
  }

  private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
    var place = 0
    let end = bytes.count
    while place < end {
      let byte = bytes[place]
      if byte < 0x80 {
        if byte == 0 { holdsNUL = true }
        place += 1
        continue
      }
      isBeyondASCII = true
      let length = ByteFacts.length(byte, place + 1 < end ? bytes[place + 1] : 0)
      var isWhole = length > 0 && place + length <= end
      if isWhole {
        for next in place + 1..<place + length where bytes[next] & 0xC0 != 0x80 { isWhole = false }
      }
      if isWhole {
        letters += 1
        place += length
      } else {
        isCut = length > 0 && place + length > end
        faults += 1
        place += 1
      }
    }
  }

  /// Of the character that these two bytes begin; 0 when they begin none (RFC 3629).
  private static func length(_ first: UInt8, _ second: UInt8) -> Int {
    switch first {
    case 0xC2...0xDF: 2
    case 0xE0: second >= 0xA0 || second == 0 ? 3 : 0
    case 0xED: second < 0xA0 ? 3 : 0
    case 0xE1...0xEF: 3
    case 0xF0: second >= 0x90 || second == 0 ? 4 : 0
    case 0xF4: second < 0x90 ? 4 : 0
    case 0xF1...0xF3: 4
    default: 0
    }
  }
}
