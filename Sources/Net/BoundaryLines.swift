import Glibc

/// Counts the lines of a mail that could be boundaries, before GMime makes an object of each (a kilobyte) and compares it with all open parts.
enum BoundaryLines {
  /// - Parameters:
  ///   - start: where the body begins.
  ///   - type: the `Content-Type` of the whole.
  /// - Returns: how many lines begin with `--` and the first letter of a boundary that is named anywhere. Comments of SQL are none.
  static func count(_ bytes: [UInt8], from start: Int, type: ArraySlice<UInt8>) -> Int {
    var letters = [Bool](repeating: false, count: 256)
    type.withUnsafeBufferPointer { note($0, from: 0, &letters) }
    return bytes.withUnsafeBufferPointer { bytes in
      note(bytes, from: start, &letters)
      var (count, place) = (0, start)
      while place + 2 < bytes.count {
        if bytes[place] == 0x2D, bytes[place + 1] == 0x2D, letters[Int(bytes[place + 2])] { count += 1 }
        guard let base = bytes.baseAddress, let end = memchr(base + place, 0x0A, bytes.count - place) else { break }
        place = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(end)) + 1
      }
      return count
    }
  }

  /// The first letters of what stands behind `boundary=`; all letters where one is written in pieces (RFC 2231) or over lines.
  private static func note(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ letters: inout [Bool]) {
    var place = start
    while place + 8 < bytes.count {
      let step = step(bytes[place + 7])
      guard step == 0, begins(bytes, at: place) else {
        place += max(step, 1)
        continue
      }
      place += 8
      while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
      guard place < bytes.count, bytes[place] == 0x3D || bytes[place] == 0x2A else { continue }
      var isPlain = bytes[place] == 0x3D
      place += 1
      while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
      // Within quotation marks also a blank is a letter.
      let isQuoted = place < bytes.count && bytes[place] == 0x22
      if isQuoted { place += 1 }
      if place < bytes.count, bytes[place] > 0x20 || isQuoted && bytes[place] == 0x20 {
        letters[Int(bytes[place])] = true
      } else {
        isPlain = false
      }
      if !isPlain { letters = [Bool](repeating: true, count: 256) }
    }
  }

  /// How far the word cannot begin when its eighth letter would be this one (Horspool's search).
  @inline(__always)
  private static func step(_ byte: UInt8) -> Int {
    switch byte | 0x20 {
    case 0x79: 0
    case 0x72: 1
    case 0x61: 2
    case 0x64: 3
    case 0x6E: 4
    case 0x75: 5
    case 0x6F: 6
    case 0x62: 7
    default: 8
    }
  }

  private static func begins(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    let word: StaticString = "boundary"
    for offset in 0..<8 where bytes[place + offset] | 0x20 != word.utf8Start[offset] { return false }
    return true
  }
}
