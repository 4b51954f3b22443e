import Charsets

/// `From`, `To` and the like (RFC 5322, 3.4), as leniently as people and programs write them.
struct MailPeopleReader {
  static let most = 1_000

  private var people: [MailPerson] = []
  /// Of the mailbox that is being read: what may be a name, the same as written, a comment, and what stands between angle brackets.
  private var name: [UInt8] = []
  private var written: [UInt8] = []
  private var comment: [UInt8] = []
  private var angle: [UInt8]?
  /// A name before a comma that nobody quoted: `Reyes, Dana <d@x.example>`.
  private var before: [UInt8] = []

  /// All people of several fields of one name.
  static func people(_ fields: [ArraySlice<UInt8>]) -> [MailPerson] {
    var reader = MailPeopleReader()
    for field in fields { reader.read(field) }
    return reader.people
  }

  private mutating func read(_ field: ArraySlice<UInt8>) {
    var place = field.startIndex
    while place < field.endIndex, people.count < MailPeopleReader.most {
      let byte = field[place]
      switch byte {
      case 0x22: quoted(field, &place)
      case 0x28: commented(field, &place)
      case 0x3C: bracketed(field, &place)
      case 0x3E: break
      case 0x2C, 0x3B: finish(isLast: byte == 0x3B)
      case 0x3A where angle == nil && !written.contains(0x40):
        // The name of a group.
        (name, written, before) = ([], [], [])
      default:
        name.append(byte)
        written.append(byte)
      }
      place += 1
    }
    finish(isLast: true)
  }

  private mutating func quoted(_ field: ArraySlice<UInt8>, _ place: inout Int) {
    let start = place
    place += 1
    while place < field.endIndex, field[place] != 0x22 {
      if field[place] == 0x5C, place + 1 < field.endIndex { place += 1 }
      name.append(field[place])
      place += 1
    }
    written += field[start..<min(place + 1, field.endIndex)]
  }

  private mutating func commented(_ field: ArraySlice<UInt8>, _ place: inout Int) {
    var depth = 0
    repeat {
      let byte = field[place]
      if byte == 0x28 { depth += 1 } else if byte == 0x29 { depth -= 1 }
      if depth > 0, !(depth == 1 && byte == 0x28) { comment.append(byte) }
      place += byte == 0x5C ? 2 : 1
    } while place < field.endIndex && depth > 0
    place -= 1
  }

  private mutating func bracketed(_ field: ArraySlice<UInt8>, _ place: inout Int) {
    let end = field[place...].firstIndex(of: 0x3E) ?? field.endIndex
    if angle == nil { angle = MailPeopleReader.withoutComments(field[(place + 1)..<end]).filter { !isMailBlank($0) && $0 != 0x3C } }
    place = end
  }

  /// `<pete(his account)@x.example(his host)>`
  private static func withoutComments(_ inside: ArraySlice<UInt8>) -> [UInt8] {
    guard inside.contains(0x28) else { return Array(inside) }
    var depth = 0
    return inside.filter { byte in
      if byte == 0x28 { depth += 1 }
      if byte == 0x29, depth > 0 {
        depth -= 1
        return false
      }
      return depth == 0
    }
  }

  /// - Parameter isLast: nothing follows that a name without an address could belong to.
  private mutating func finish(isLast: Bool) {
    defer { (name, written, comment, angle) = ([], [], [], nil) }
    if let angle {
      let all = before + name
      before = []
      add(name: all.isEmpty ? comment : all, address: MailPeopleReader.withoutRoute(angle))
    } else if written.contains(0x40) {
      before = []
      bare()
    } else if !written[...].trimmed.isEmpty {
      let decoded = EncodedWords.decode(written[...].trimmed)
      if decoded.contains(0x40), decoded.count < 1_000, written.contains(0x3F) {
        // A program that encoded the whole of `Name <address>`.
        people += MailPeopleReader.people([decoded[...].filter { $0 != 0x3F }[...]]).prefix(1)
      } else if isLast {
        add(name: [], address: written[...].trimmed.filter { !isMailBlank($0) })
        before = []
      } else {
        before += name[...].trimmed + [0x2C, 0x20]
      }
    }
  }

  /// An address without brackets, perhaps among words.
  private mutating func bare() {
    let words = written.split { isMailBlank($0) }
    let place = words.firstIndex { $0.contains(0x40) } ?? 0
    // A local part in quotation marks holds blanks of its own.
    if written.contains(0x22), let at = written.lastIndex(of: 0x40) {
      let start = written[..<at].firstIndex(of: 0x22) ?? 0
      add(name: comment, address: written[start...].trimmed.filter { $0 != 0x0D && $0 != 0x0A })
      return
    }
    let others = words.enumerated().filter { $0.offset != place }.map { Array($0.element) }
    add(name: others.isEmpty ? comment : Array(others.joined(separator: [0x20])), address: Array(words[place]))
  }

  private mutating func add(name: [UInt8], address: [UInt8]) {
    let text = address.contains { $0 >= 0x80 } ? Charsets.decode(address[...], as: nil).utf8 : address
    people.append(
      MailPerson(
        name: mailLine(EncodedWords.decode(name[...].trimmed)), address: String(decoding: text.filter { $0 >= 0x20 }, as: UTF8.self)))
  }

  /// `@relay.example:someone@x.example` (RFC 5322, 4.4).
  private static func withoutRoute(_ address: [UInt8]) -> [UInt8] {
    var address = address[...]
    if address.begins(with: "mailto:") { address = address.dropFirst(7) }
    guard address.first == 0x40, let colon = address.firstIndex(of: 0x3A) else { return Array(address) }
    return Array(address[(colon + 1)...])
  }
}
