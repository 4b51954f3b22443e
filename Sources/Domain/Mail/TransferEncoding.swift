/// How content was made fit for mail servers (RFC 2045, 6).
enum TransferEncoding {
  case none, base64, quotedPrintable, uuencode

  /// - Parameter field: `Content-Transfer-Encoding`. What nobody knows is taken as it stands.
  init(_ field: ArraySlice<UInt8>?) {
    guard let field else {
      self = .none
      return
    }
    if field.begins(with: "base64") {
      self = .base64
    } else if field.begins(with: "quoted-printable") {
      self = .quotedPrintable
    } else if field.begins(with: "x-uue") || field.begins(with: "uuencode") || field.begins(with: "x-uuencode") {
      self = .uuencode
    } else {
      self = .none
    }
  }

  /// Linear. What stands there against the encoding is passed over; a text that is plainly not in it is returned as it is.
  func decode(_ content: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    switch self {
    case .none: content
    case .base64: Base64.isPlausible(content) ? Base64.decode(content)[...] : content
    case .quotedPrintable: QuotedPrintable.decode(content, underscoreIsBlank: false)[...]
    case .uuencode: UUEncoding.decode(content)[...]
    }
  }
}

enum Base64 {
  private static let none: UInt8 = 0xFF
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: none, count: 256)
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, letter) in letters.utf8.enumerated() { values[Int(letter)] = UInt8(value) }
    return values
  }()

  /// Whether the beginning is Base64 at all: no words with blanks between them, no foreign marks.
  static func isPlausible(_ content: ArraySlice<UInt8>) -> Bool {
    let start = content.trimmed.prefix(1_000)
    var (foreign, blanks) = (0, 0)
    for byte in start {
      if byte == 0x20 { blanks += 1 } else if values[Int(byte)] == none, byte != 0x3D, !isMailBlank(byte) { foreign += 1 }
    }
    return (foreign + blanks) * 20 <= start.count + 40
  }

  /// Anything but letters of Base64 is passed over, also `=` in the middle, which begins the next piece; what is cut at the end is read as
  /// far as it goes.
  static func decode(_ content: ArraySlice<UInt8>) -> [UInt8] {
    content.withUnsafeBufferPointer { input in
      values.withUnsafeBufferPointer { values in
        [UInt8](unsafeUninitializedCapacity: input.count / 4 * 3 + 3) { output, count in
          var (bits, held): (UInt32, Int) = (0, 0)
          var place = 0
          for byte in input {
            let value = values[Int(byte)]
            if value == none {
              if byte == 0x3D { held = 0 }
              continue
            }
            bits = bits << 6 | UInt32(value)
            held += 6
            if held >= 8 {
              held -= 8
              output[place] = UInt8(truncatingIfNeeded: bits >> UInt32(held))
              place += 1
            }
          }
          count = place
        }
      }
    }
  }
}

enum QuotedPrintable {
  /// - Parameter underscoreIsBlank: as in heads (RFC 2047, 4.2).
  static func decode(_ content: ArraySlice<UInt8>, underscoreIsBlank: Bool) -> [UInt8] {
    content.withUnsafeBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: input.count) { output, count in
        var (place, written) = (0, 0)
        while place < input.count {
          let byte = input[place]
          if byte == 0x3D {
            if place + 2 < input.count, let high = ASCII.hexValue(input[place + 1]), let low = ASCII.hexValue(input[place + 2]) {
              output[written] = high << 4 | low
              written += 1
              place += 3
              continue
            }
            // A soft line break, blanks before it included.
            var next = place + 1
            while next < input.count, input[next] == 0x20 || input[next] == 0x09 || input[next] == 0x0D { next += 1 }
            if next >= input.count || input[next] == 0x0A {
              place = next + 1
              continue
            }
          }
          output[written] = byte == 0x5F && underscoreIsBlank ? 0x20 : byte
          written += 1
          place += 1
        }
        count = written
      }
    }
  }
}

enum UUEncoding {
  /// The lines between `begin` and `end`; without a `begin` all of them.
  static func decode(_ content: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var hasBegun = content.place(of: "begin ") == nil
    for line in content.split(separator: 0x0A) {
      let line = line.trimmed
      if !hasBegun {
        hasBegun = line.begins(with: "begin ")
        continue
      }
      if line.isWord("end") { break }
      guard let first = line.first, first > 0x20, first <= 0x60 else { continue }
      let length = Int(first - 0x20) & 0x3F
      var bytes: [UInt8] = []
      var (bits, held): (UInt32, Int) = (0, 0)
      for byte in line.dropFirst() where byte >= 0x20 && byte <= 0x60 {
        bits = bits << 6 | UInt32((byte - 0x20) & 0x3F)
        held += 6
        if held >= 8 {
          held -= 8
          bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
        }
      }
      out += bytes.prefix(length)
    }
    return out
  }
}
