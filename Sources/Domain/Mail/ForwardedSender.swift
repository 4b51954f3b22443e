/// Who wrote a mail that somebody passed on, as the heads above it say (RULES 6.18).
public enum ForwardedSender {
  /// Lines that are looked at.
  private static let mostLines = 40

  /// - Parameter text: what was passed on, with its heads.
  /// - Returns: nil where no line names an address.
  public static func person(in text: String) -> MailPerson? {
    for line in text.utf8.split(separator: 0x0A).prefix(mostLines) {
      let bytes = Array(line)
      guard let colon = bytes.firstIndex(of: 0x3A) else { continue }
      let field = String(decoding: mailFolded(bytes[..<colon].drop(while: isMark)), as: UTF8.self)
      guard QuoteWords.fields[field] == .from else { continue }
      let people = MailPeopleReader.people([bytes[(colon + 1)...].drop(while: isMark)])
      if let person = people.first(where: \.isUsable) { return person }
    }
    return nil
  }

  /// What stands before a field in a quote, or makes it bold.
  private static func isMark(_ byte: UInt8) -> Bool { isMailBlank(byte) || byte == 0x3E || byte == 0x2A }
}
