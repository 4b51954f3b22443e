import Charsets

/// `Content-Type` and `Content-Disposition`: a word and its parameters (RFC 2045, 5.1; RFC 2231), read as leniently as they are written.
struct MailParameters {
  /// In lower case, without blanks: `text/plain`; empty when there is none.
  let value: String
  private var parameters: [(name: [UInt8], value: ArraySlice<UInt8>)] = []

  private static let most = 100

  init(_ field: ArraySlice<UInt8>?) {
    guard let field else {
      value = ""
      return
    }
    let end = field.firstIndex(of: 0x3B) ?? field.endIndex
    value = String(decoding: field[..<end].filter { $0 > 0x20 && $0 < 0x7F }.map(ASCII.lower), as: UTF8.self)
    var rest = field[end...]
    while !rest.isEmpty, parameters.count < MailParameters.most {
      rest = rest.dropFirst()
      rest = rest[(rest.firstIndex { !isMailBlank($0) && $0 != 0x3B } ?? rest.endIndex)...]
      guard let sign = rest.firstIndex(where: { $0 == 0x3D || $0 == 0x3B }), rest[sign] == 0x3D else {
        rest = rest[(rest.firstIndex(of: 0x3B) ?? rest.endIndex)...]
        continue
      }
      let name = rest[..<sign].trimmed.lowercase
      rest = rest[(sign + 1)...]
      rest = rest[(rest.firstIndex { !isMailBlank($0) } ?? rest.endIndex)...]
      let read = MailParameters.word(&rest)
      parameters.append((name, read))
      rest = rest[(rest.firstIndex(of: 0x3B) ?? rest.endIndex)...]
    }
  }

  /// A quoted string without its marks, or what stands before the next `;`.
  private static func word(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard rest.first == 0x22 else {
      let end = rest.firstIndex(of: 0x3B) ?? rest.endIndex
      defer { rest = rest[end...] }
      return rest[..<end].trimmed
    }
    var out: [UInt8] = []
    var place = rest.startIndex + 1
    while place < rest.endIndex, rest[place] != 0x22 {
      // A path of Windows is written with single backslashes: only a mark behind one is meant as such.
      if rest[place] == 0x5C, place + 1 < rest.endIndex, rest[place + 1] == 0x22 || rest[place + 1] == 0x5C { place += 1 }
      if rest[place] != 0x0D && rest[place] != 0x0A { out.append(rest[place]) }
      place += 1
    }
    rest = rest[min(place + 1, rest.endIndex)...]
    return out[...]
  }

  /// As it stands; for names of charsets, boundaries and the like.
  func plain(_ name: StaticString) -> ArraySlice<UInt8>? {
    parameters.first { $0.name[...].isWord(name) }?.value
  }

  /// As text: pieces joined and percent signs resolved (RFC 2231), else encoded words (RFC 2047), which many programs put here.
  func text(_ name: StaticString) -> [UInt8]? {
    if let value = plain(name), !value.isEmpty { return EncodedWords.decode(value) }
    return extended(name)
  }

  private func extended(_ name: StaticString) -> [UInt8]? {
    var pieces: [(number: Int, isEncoded: Bool, value: ArraySlice<UInt8>)] = []
    for (written, value) in parameters where written.count > name.utf8CodeUnitCount && written[...].begins(with: name) {
      var tail = written[name.utf8CodeUnitCount...]
      guard tail.first == 0x2A else { continue }
      let isEncoded = tail.last == 0x2A
      tail = tail.dropFirst()
      if isEncoded, !tail.isEmpty { tail = tail.dropLast() }
      let number = tail.isEmpty ? 0 : tail.count <= 3 ? Int(tail.text) : nil
      if let number { pieces.append((number, isEncoded, value)) }
    }
    if pieces.isEmpty { return nil }
    pieces.sort { $0.number < $1.number }
    var label: CharsetLabel?
    var bytes: [UInt8] = []
    for (index, piece) in pieces.enumerated() {
      var value = piece.value
      if piece.isEncoded, index == 0 {
        let parts = value.split(separator: 0x27, maxSplits: 2, omittingEmptySubsequences: false)
        if parts.count == 3 {
          label = CharsetLabel(parts[0])
          value = parts[2]
        }
      }
      bytes += piece.isEncoded ? ASCII.percentDecoded(value) : Array(value)
    }
    return Charsets.decode(bytes[...], as: label).utf8
  }
}
