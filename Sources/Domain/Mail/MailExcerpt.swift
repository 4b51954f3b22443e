/// As much of a message's text as a page can show: what stands open before what is folded, each cut between letters.
public struct MailExcerpt: Equatable, Sendable {
  public let sections: [MailSection]
  /// Bytes that are not among them.
  public let leftOut: Int

  /// - Parameter most: bytes.
  public init(_ sections: [MailSection], most: Int) {
    var room = most
    var texts = sections.map { _ in "" }
    for isOpen in [true, false] {
      for (place, section) in sections.enumerated() where (section.kind == .own || section.kind == .forwarded) == isOpen {
        let size = section.text.utf8.count
        texts[place] = size <= room ? section.text : MailExcerpt.beginning(of: section.text, room)
        // Behind a text that does not fit nothing begins.
        room = size <= room ? room - size : 0
      }
    }
    self.sections = zip(sections, texts).compactMap { section, text in
      text.utf8.isEmpty ? nil : MailSection(kind: section.kind, text: text)
    }
    leftOut = sections.reduce(0) { $0 + $1.text.utf8.count } - texts.reduce(0) { $0 + $1.utf8.count }
  }

  /// The text of all sections of these kinds, with a blank line between them.
  public func text(of kinds: [MailSection.Kind]) -> String {
    sections.filter { kinds.contains($0.kind) }.map(\.text).joined(separator: "\n\n")
  }

  /// - Parameter most: fewer bytes than the text has.
  private static func beginning(of text: String, _ most: Int) -> String {
    let bytes = text.utf8
    var end = bytes.index(bytes.startIndex, offsetBy: most)
    while end > bytes.startIndex, bytes[end] & 0xC0 == 0x80 { end = bytes.index(before: end) }
    return String(Substring(bytes[..<end]))
  }
}
