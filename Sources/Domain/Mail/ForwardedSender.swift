/// Who wrote a mail that somebody passes on, as far as the mail says it (RULES 6.18).
public enum ForwardedSender {
  /// A head stands at the beginning: so many bytes and lines are read.
  private static let mostBytes = 32_768
  private static let mostLines = 40
  /// Lines of a head that are no fields: the wrapped ends of subjects and of lists of people.
  private static let mostWrapped = 3
  private static let longestName = 200

  /// Of a mail that stands in a text.
  ///
  /// - Parameter section: a ``MailSection`` of the kind `forwarded`, which begins with what the program put above the mail.
  /// - Returns: nil where it names nobody to whom one could write.
  public static func read(_ section: String) -> MailPerson? {
    var text = MailText()
    text.append(plain: Array(section.utf8.prefix(mostBytes)))
    var isInside = false
    var (blanks, wrapped) = (0, 0)
    for line in 0..<min(text.lines.count, mostLines) {
      if text.lines[line].isBlank {
        blanks += 1
        // Paragraphs of Outlook stand apart; what stands further off is the mail itself.
        if isInside, blanks > 1 { return nil }
        continue
      }
      guard let (field, value) = QuoteHead.field(text.words(of: line)) else {
        if isInside {
          wrapped += 1
          if blanks > 0 || wrapped > mostWrapped { return nil }
        }
        continue
      }
      (isInside, blanks, wrapped) = (true, 0, 0)
      if field == .from { return person(whole(value, text, line)) }
    }
    return nil
  }

  /// Of a mail that came as a file: whom an answer to it would go to.
  ///
  /// - Parameters:
  ///   - mail: its bytes, of which the head is enough.
  ///   - channel: whose addresses are nobody's.
  public static func read(mail: [UInt8], channel: MailChannel) -> MailPerson? {
    let start = mail.firstIndex { $0 != 0x0D && $0 != 0x0A } ?? mail.endIndex
    let head = MailHead(mail, from: start, to: mail.count)
    return MailPeople(head).customer(of: channel).map { MailPerson(name: shortened($0.name), address: $0.address) }
  }

  /// The value of a field, with the next line where the address stands there.
  private static func whole(_ value: ArraySlice<UInt8>, _ text: MailText, _ line: Int) -> [UInt8] {
    let next = line + 1
    guard !value.contains(0x40), next < text.lines.count, !text.lines[next].isBlank, QuoteHead.field(text.words(of: next)) == nil else {
      return Array(value)
    }
    return Array(value) + [0x20] + text.words(of: next)
  }

  /// `Ana <a@x>`, `Ana [mailto:a@x]`, `Ana <a@x<mailto:a@x>>`, `a@x`. What stands in the last brackets counts: a name may hold others.
  private static func person(_ value: [UInt8]) -> MailPerson? {
    var found: ArraySlice<UInt8>?
    var start: Int?
    func close(_ end: Int) {
      guard let start else { return }
      let inside = address(value[start..<end])
      if inside.contains(0x40) { found = inside }
    }
    for (place, byte) in value.enumerated() where [0x3C, 0x3E, 0x5B, 0x5D].contains(byte) {
      close(place)
      start = byte == 0x3C || byte == 0x5B ? place + 1 : nil
    }
    close(value.count)
    if let found { return person(value.prefix { $0 != 0x3C && $0 != 0x5B }, found) }
    let words = value.split { isMailBlank($0) || [0x22, 0x27, 0x28, 0x29, 0x2A, 0x2C, 0x3B].contains($0) }
    let addresses = words.map(address).filter { $0.contains(0x40) }
    // Of several nobody knows which is meant.
    guard let only = addresses.first, addresses.allSatisfy({ $0.elementsEqual(only) }) else { return nil }
    return person(value[..<only.startIndex], only)
  }

  private static func person(_ name: ArraySlice<UInt8>, _ address: ArraySlice<UInt8>) -> MailPerson? {
    // Marks of bold text and of names.
    let bare = mailLine(name.filter { ![0x2A, 0x22, 0x28].contains($0) })
    let isAddress = bare.utf8.contains(0x40) && bare.lowercased() == address.text.lowercased() || bare.lowercased() == "mailto:"
    let person = MailPerson(name: isAddress ? "" : shortened(bare), address: address.text)
    return person.isUsable ? person : nil
  }

  private static func address(_ words: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let bare = words.trimmed
    return bare.begins(with: "mailto:") ? bare.dropFirst(7) : bare
  }

  private static func shortened(_ name: String) -> String {
    String(String.UnicodeScalarView(name.unicodeScalars.prefix(longestName)))
  }
}
