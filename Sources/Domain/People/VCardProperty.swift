import Charsets

/// A property of a vCard: `item1.TEL;TYPE=cell,pref:+55 11 98765-4321`.
struct VCardProperty {
  /// "item1"; "" without one.
  let group: String
  /// In capitals.
  let name: String
  /// Names in capitals; of vCard 2.1's bare words (`HOME`) it is TYPE. Without what only says how the value is written.
  let parameters: [(name: String, value: String)]
  /// UTF-8, with the escapes of vCard 3.0 and 4.0 and without line ends, whatever it was written in.
  let value: ArraySlice<UInt8>

  /// - Parameter isOld: of vCard 2.1, where only a few signs are escaped.
  /// - Returns: nil for a line that is none.
  init?(_ line: ArraySlice<UInt8>, isOld: Bool) {
    var head = line.prefix { $0 != 0x3A && $0 != 0x3B }
    var rest = line.dropFirst(head.count)
    guard (1...80).contains(head.count), !rest.isEmpty else { return nil }
    if let point = head.lastIndex(of: 0x2E) {
      group = String(decoding: head[..<point].filter(VCardProperty.isToken), as: UTF8.self)
      head = head[(point + 1)...]
    } else {
      group = ""
    }
    // A blank after the name, as some write it.
    name = CalendarFile.upper(head.trimmed)
    guard !name.utf8.isEmpty, name.utf8.allSatisfy(VCardProperty.isToken) else { return nil }
    var written: [(name: String, value: String)] = []
    while rest.first == 0x3B { VCardProperty.parameter(&rest, &written) }
    guard rest.first == 0x3A else { return nil }
    var writing = VCardWriting()
    var kept: [(name: String, value: String)] = []
    for parameter in written where !writing.takes(parameter) { kept.append(parameter) }
    parameters = kept
    value = writing.read(rest.dropFirst(), isOld: isOld)[...]
  }

  /// `;NAME=value`, `;NAME="a;b"`, `;HOME`.
  private static func parameter(_ rest: inout ArraySlice<UInt8>, _ parameters: inout [(name: String, value: String)]) {
    rest = rest.dropFirst()
    let key = rest.prefix { $0 != 0x3D && $0 != 0x3A && $0 != 0x3B }
    rest = rest.dropFirst(key.count)
    var value: [UInt8] = []
    let hasValue = rest.first == 0x3D
    if hasValue {
      rest = rest.dropFirst()
      var isQuoted = false
      while let byte = rest.first, isQuoted || byte != 0x3A && byte != 0x3B {
        if byte == 0x22 { isQuoted.toggle() } else if value.count < 200, byte >= 0x20, byte != 0x7F { value.append(byte) }
        rest = rest.dropFirst()
      }
    }
    let name = CalendarFile.upper(key.trimmed)
    guard parameters.count < 20, !name.utf8.isEmpty, name.utf8.allSatisfy(isToken) else { return }
    if hasValue {
      parameters.append((name: name, value: Charsets.decode(value[...], as: nil).utf8[...].text))
    } else {
      parameters.append((name: "TYPE", value: String(decoding: name.utf8.map(ASCII.lower), as: UTF8.self)))
    }
  }

  static func isToken(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || decimal(byte) != nil || (0x61...0x7A).contains(ASCII.lower(byte))
  }

  func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

  /// Lower is preferred: PREF's number, 1 for TYPE=pref, else more than either.
  var preference: Int {
    if let number = parameter("PREF").flatMap({ Int($0) }), (1...100).contains(number) { return number }
    let types = parameters.filter { $0.name == "TYPE" }.flatMap { $0.value.utf8.split(separator: 0x2C).map { $0.map(ASCII.lower) } }
    return types.contains { $0.elementsEqual("pref".utf8) } || parameter("PREF") != nil ? 1 : 101
  }

  /// What it says as text, line ends as LF.
  var text: String { VCardProperty.plain(value) }

  /// The parts between separators that nothing escapes, as text.
  func parts(_ separators: UInt8...) -> [String] {
    var parts: [[UInt8]] = [[]]
    var isEscaped = false
    for byte in value {
      if !isEscaped, separators.contains(byte) { parts.append([]) } else { parts[parts.count - 1].append(byte) }
      isEscaped = byte == 0x5C && !isEscaped
    }
    return parts.map { VCardProperty.plain($0[...]) }
  }

  /// Without escapes (RFC 6350, 3.4).
  static func plain(_ value: ArraySlice<UInt8>) -> String { CalendarProperty(parameters: [], value: value).text }

  /// Name and parameters, as they are kept in metadata: `item1.ADR;TYPE=home`.
  var key: String {
    var key = (group.utf8.isEmpty ? "" : group + ".") + name
    for parameter in parameters {
      let needsQuotes = parameter.value.utf8.contains { $0 == 0x3A || $0 == 0x3B || $0 == 0x2C && parameter.name != "TYPE" }
      key += ";" + parameter.name + "=" + (needsQuotes ? "\"" + parameter.value + "\"" : parameter.value)
    }
    return key.utf8.count <= 200 ? key : (group.utf8.isEmpty ? "" : group + ".") + name
  }
}

/// How a value is written: in which encoding and charset.
private struct VCardWriting {
  private var isQuotedPrintable = false
  private var isBase64 = false
  private var charset: CharsetLabel?

  /// Whether a parameter says that.
  mutating func takes(_ parameter: (name: String, value: String)) -> Bool {
    let value = Array(parameter.value.utf8)[...]
    switch parameter.name {
    case "CHARSET":
      charset = CharsetLabel(value)
      return true
    case "ENCODING", "TYPE":
      let isFirst = value.isWord("quoted-printable")
      let isSecond = value.isWord("base64") || parameter.name == "ENCODING" && value.isWord("b")
      (isQuotedPrintable, isBase64) = (isQuotedPrintable || isFirst, isBase64 || isSecond)
      return isFirst || isSecond || parameter.name == "ENCODING"
    default: return false
    }
  }

  func read(_ value: ArraySlice<UInt8>, isOld: Bool) -> [UInt8] {
    var bytes = Array(value)
    if isQuotedPrintable {
      bytes = QuotedPrintable.decode(VCardWriting.keepingSeparators(value)[...], underscoreIsBlank: false)
    } else if isBase64 {
      bytes = Base64.decode(value)
    }
    let text = Charsets.decode(bytes[...], as: charset).utf8
    return isOld ? VCardWriting.escaped(text) : VCardWriting.oneLine(text)
  }

  /// Signs that are written as a number are no separators, nor escapes.
  private static func keepingSeparators(_ value: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(value.count + 16)
    for (place, byte) in zip(value.indices, value) {
      if byte == 0x3D, place + 2 < value.endIndex, let high = ASCII.hexValue(value[place + 1]), let low = ASCII.hexValue(value[place + 2]),
        [0x3B, 0x5C].contains(high << 4 | low)
      {
        out.append(0x5C)
      }
      out.append(byte)
    }
    return out
  }

  /// A backslash that escapes nothing stands for itself in vCard 2.1: "C:\new".
  private static func escaped(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count + 16)
    var isEscaped = false
    for (place, byte) in text.enumerated() {
      if byte == 0x5C, !isEscaped {
        let next = place + 1 < text.count ? text[place + 1] : 0
        isEscaped = [0x3B, 0x2C, 0x5C, 0x3A].contains(next)
        out += isEscaped ? [0x5C] : [0x5C, 0x5C]
      } else {
        out.append(byte)
        isEscaped = false
      }
    }
    return oneLine(out)
  }

  /// Ends of lines as vCard 3.0 writes them.
  private static func oneLine(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(where: { $0 < 0x20 }) else { return text }
    var out: [UInt8] = []
    for (place, byte) in text.enumerated() {
      switch byte {
      case 0x0A where place > 0 && text[place - 1] == 0x0D: break
      case 0x0A, 0x0D: out += [0x5C, 0x6E]
      case 0x09: out.append(byte)
      case 0..<0x20: break
      default: out.append(byte)
      }
    }
    return out
  }
}
