import Domain
import HTML

/// What stands in place of a text (RULES 6.21), or of the rest of one, as it is stored: a word, behind `invitation` its title, time, zone and place, a line
/// each, behind `long` how many bytes are left out.
enum MailNotice {
  /// - Parameter leftOut: bytes of the text that are not stored.
  static func code(_ notice: IncomingMail.Notice?, leftOut: Int) -> String {
    switch notice {
    case nil: leftOut > 0 ? "long\n\(leftOut)" : ""
    case .onlyFiles?: "files"
    case .encrypted?: "encrypted"
    case .wrapped?: "wrapped"
    case .nothing?: "nothing"
    case .invitation(let invitation)?:
      (["invitation"] + [invitation.title, invitation.start, invitation.zone, invitation.location].map(line)).joined(separator: "\n")
    }
  }

  /// - Parameter code: not empty.
  static func sentence(_ code: String, _ words: Words) -> String {
    let parts = code.utf8.split(separator: 10, omittingEmptySubsequences: false).map { String(Substring($0)) }
    switch parts[0] {
    case "files": return words("There is no text in this message, only files.")
    case "encrypted": return words("This message is encrypted. It is kept as a file.")
    case "wrapped": return words("Outlook wrapped this message into a file, winmail.dat.")
    case "long" where parts.count == 2:
      let size = SendingText.size(Int64(parts[1]) ?? 0)
      return words("The text is too long for this page: {size} of it are left out. “As it came” holds all of it.", ["size": size])
    case "invitation" where parts.count == 5:
      let time = [day(parts[2]), parts[3]].filter { !$0.utf8.isEmpty }.joined(separator: " ")
      let values: KeyValuePairs = ["title": parts[1], "time": time, "place": parts[4]]
      return parts[4].utf8.isEmpty
        ? words("This is an invitation: “{title}”, {time}.", values) : words("This is an invitation: “{title}”, {time}, {place}.", values)
    default: return words("There is nothing in this message.")
    }
  }

  private static func line(_ text: String) -> String {
    let scalars = text.unicodeScalars.prefix(200).map { $0.value < 32 ? " " : $0 }
    return String(String.UnicodeScalarView(scalars))
  }

  /// `20270105T100000Z` as `2027-01-05 10:00 UTC`; anything else as it stands.
  private static func day(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.count >= 8, bytes[..<8].allSatisfy({ (0x30...0x39).contains($0) }) else { return text }
    func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    let date = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
    guard bytes.count >= 13, bytes[8] == 0x54 else { return date }
    return "\(date) \(part(9..<11)):\(part(11..<13))" + (bytes.last == 0x5A ? " UTC" : "")
  }
}
