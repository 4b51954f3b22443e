import Charsets

/// Character references of HTML.
enum HTMLEntities {
  /// A reference at the beginning of a slice.
  ///
  /// - Returns: its scalar and its length in bytes; nil when `&` is only a `&`.
  static func scalar(_ text: ArraySlice<UInt8>) -> (UInt32, Int)? {
    let start = text.startIndex + 1
    guard start < text.endIndex else { return nil }
    if text[start] == 0x23 { return number(text) }
    var end = start
    while end < text.endIndex, end < start + 8, (0x30...0x39).contains(text[end]) || (0x41...0x5A).contains(text[end] & 0xDF) { end += 1 }
    guard end > start, let scalar = named[String(decoding: text[start..<end], as: UTF8.self)] else { return nil }
    let isClosed = end < text.endIndex && text[end] == 0x3B
    return (scalar, end - text.startIndex + (isClosed ? 1 : 0))
  }

  /// `&#8217;`, `&#x2019;`. Numbers of Windows-1252 mean what they mean there; what is no character is U+FFFD.
  private static func number(_ text: ArraySlice<UInt8>) -> (UInt32, Int)? {
    var place = text.startIndex + 2
    let isHex = place < text.endIndex && text[place] | 0x20 == 0x78
    if isHex { place += 1 }
    let first = place
    var value: UInt32 = 0
    while place < text.endIndex, place < first + 10, let digit = ASCII.hexValue(text[place]), isHex || digit < 10 {
      value = min(value, 0xFF_FFFF) * (isHex ? 16 : 10) + UInt32(digit)
      place += 1
    }
    guard place > first else { return nil }
    if place < text.endIndex, text[place] == 0x3B { place += 1 }
    let isScalar = value > 0 && Unicode.Scalar(value) != nil
    let meant = UInt8(exactly: value).map { UInt32(Windows1252.scalar($0)) } ?? value
    return (isScalar ? meant : 0xFFFD, place - text.startIndex)
  }

  static func append(_ scalar: UInt32, to out: inout [UInt8]) {
    if scalar < 0x80 {
      out.append(UInt8(scalar))
    } else {
      out += Array(String(Unicode.Scalar(scalar).map(Character.init) ?? "\u{FFFD}").utf8)
    }
  }

  static func decode(_ text: ArraySlice<UInt8>) -> [UInt8] {
    guard text.contains(0x26) else { return Array(text) }
    var out: [UInt8] = []
    var place = text.startIndex
    while place < text.endIndex {
      if text[place] == 0x26, let (scalar, length) = scalar(text[place...]) {
        append(scalar, to: &out)
        place += length
      } else {
        out.append(text[place])
        place += 1
      }
    }
    return out
  }

  /// U+00A0 to U+00FF in their order, then those that mails use besides.
  private static let named: [String: UInt32] = {
    let latin = """
      nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil \
      sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute \
      Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc \
      atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide \
      oslash ugrave uacute ucirc uuml yacute thorn yuml
      """
    var named: [String: UInt32] = [
      "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "AMP": 0x26, "LT": 0x3C, "GT": 0x3E, "QUOT": 0x22, "ndash": 0x2013,
      "mdash": 0x2014, "lsquo": 0x2018, "rsquo": 0x2019, "sbquo": 0x201A, "ldquo": 0x201C, "rdquo": 0x201D, "bdquo": 0x201E, "bull": 0x2022,
      "hellip": 0x2026, "prime": 0x2032, "lsaquo": 0x2039, "rsaquo": 0x203A, "euro": 0x20AC, "trade": 0x2122, "larr": 0x2190,
      "rarr": 0x2192,
      "uarr": 0x2191, "darr": 0x2193, "minus": 0x2212, "le": 0x2264, "ge": 0x2265, "ne": 0x2260, "OElig": 0x0152, "oelig": 0x0153,
      "Scaron": 0x0160, "scaron": 0x0161, "zwnj": 0x200C, "zwj": 0x200D, "lrm": 0x200E, "rlm": 0x200F, "ensp": 0x2002, "emsp": 0x2003,
      "thinsp": 0x2009, "check": 0x2713, "hearts": 0x2665, "colon": 0x3A, "num": 0x23, "commat": 0x40, "lowbar": 0x5F, "Tab": 0x09,
      "NewLine": 0x0A, "period": 0x2E, "comma": 0x2C, "excl": 0x21, "lpar": 0x28, "rpar": 0x29, "sol": 0x2F,
    ]
    for (offset, name) in latin.split(separator: " ").enumerated() { named[String(name)] = 0xA0 + UInt32(offset) }
    return named
  }()
}
