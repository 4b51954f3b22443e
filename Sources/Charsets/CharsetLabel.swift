/// A charset as mails name it. Labels mean what browsers mean by them (WHATWG Encoding): latin1 is Windows-1252, gb2312 is GB 18030.
public enum CharsetLabel: Equatable, Sendable {
  case utf8
  case ascii
  case windows1252
  /// Known to iconv by this name; ASCII bytes may mean something else in it.
  case other(String, isASCII: Bool)

  /// - Parameter label: in any letter case, with blanks or quotes around it.
  /// - Returns: nil for a label that nobody knows, and for UTF-7, which hides markup from whoever looks for it.
  public init?(_ label: ArraySlice<UInt8>) {
    var name: [UInt8] = []
    for byte in label.prefix(64) {
      switch byte {
      case 0x41...0x5A: name.append(byte | 0x20)
      case 0x5F: name.append(0x2D)
      case 0x20, 0x09, 0x22, 0x27, 0x0D, 0x0A: continue
      default: name.append(byte)
      }
    }
    switch String(decoding: name, as: UTF8.self) {
    case "utf-8", "utf8", "utf8mb4", "unicode-1-1-utf-8", "unicode-utf-8", "cp65001": self = .utf8
    case "us-ascii", "ascii", "ansi-x3.4-1968", "iso646-us", "7bit", "646": self = .ascii
    case "iso-8859-1", "iso8859-1", "iso88591", "latin1", "latin-1", "l1", "windows-1252", "cp1252", "x-cp1252", "ansi", "8859-1",
      "iso-8859-1:1987", "cp819", "ibm819", "iso-ir-100":
      self = .windows1252
    case "gb2312", "gbk", "gb18030", "x-gbk", "cp936", "gb-2312-80", "csgb2312", "chinese", "windows-936", "euc-cn":
      self = .other("GB18030", isASCII: true)
    case "big5", "big5-hkscs", "cn-big5", "x-x-big5", "csbig5", "cp950": self = .other("BIG5-HKSCS", isASCII: true)
    case "ks-c-5601-1987", "ks-c-5601-1989", "ksc5601", "euc-kr", "cp949", "windows-949", "korean", "ksc-5601", "cseuckr":
      self = .other("CP949", isASCII: true)
    case "shift-jis", "shiftjis", "sjis", "x-sjis", "ms-kanji", "windows-31j", "cp932", "ms932": self = .other("CP932", isASCII: true)
    case "euc-jp", "x-euc-jp", "eucjp": self = .other("EUC-JP-MS", isASCII: true)
    case "iso-2022-jp", "csiso2022jp", "iso-2022-jp-1", "iso-2022-jp-ms", "cp50220": self = .other("ISO-2022-JP-3", isASCII: false)
    case "iso-2022-kr": self = .other("ISO-2022-KR", isASCII: false)
    case "iso-2022-cn": self = .other("ISO-2022-CN", isASCII: false)
    case "utf-16", "utf-16le", "unicode", "ucs-2": self = .other("UTF-16LE", isASCII: false)
    case "utf-16be", "unicodefffe": self = .other("UTF-16BE", isASCII: false)
    case "utf-32", "utf-32le": self = .other("UTF-32LE", isASCII: false)
    case "koi8-r", "koi8", "koi", "koi8r", "cskoi8r": self = .other("KOI8-R", isASCII: true)
    case "koi8-u", "koi8-ru": self = .other("KOI8-U", isASCII: true)
    case "iso-8859-9", "latin5", "windows-1254": self = .other("CP1254", isASCII: true)
    case "iso-8859-11", "tis-620", "windows-874": self = .other("CP874", isASCII: true)
    case "macintosh", "mac", "x-mac-roman": self = .other("MACINTOSH", isASCII: true)
    case "x-mac-cyrillic": self = .other("MAC-CYRILLIC", isASCII: true)
    case "ibm866", "cp866", "866": self = .other("CP866", isASCII: true)
    case "ibm850", "cp850": self = .other("CP850", isASCII: true)
    case "ibm437", "cp437": self = .other("CP437", isASCII: true)
    case let name:
      guard let known = CharsetLabel.numbered(name) else { return nil }
      self = known
    }
  }

  /// The families whose members differ by a number.
  private static func numbered(_ name: String) -> CharsetLabel? {
    let families: [(written: String, iconv: String, numbers: ClosedRange<Int>)] = [
      ("iso-8859-", "ISO-8859-", 2...16), ("iso8859-", "ISO-8859-", 2...16), ("windows-", "CP", 1250...1258), ("cp", "CP", 1250...1258),
      ("latin", "LATIN", 2...10), ("win-", "CP", 1250...1258),
    ]
    for family in families where name.utf8.starts(with: family.written.utf8) {
      let digits = name.utf8.dropFirst(family.written.utf8.count).prefix { (48...57).contains($0) }
      guard (1...4).contains(digits.count), let number = Int(String(decoding: digits, as: UTF8.self)), family.numbers.contains(number)
      else {
        continue
      }
      return .other("\(family.iconv)\(number)", isASCII: true)
    }
    return nil
  }
}
