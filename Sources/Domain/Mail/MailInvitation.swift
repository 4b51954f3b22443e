/// What an invitation says, for a message that is nothing else (RULES 6.21).
public struct MailInvitation: Equatable, Sendable {
  public let title: String
  /// As the file writes it: `20270105T100000Z`, or without `Z` in ``zone``, or a date alone.
  public let start: String
  /// The name of a zone, empty for UTC, dates and floating times.
  public let zone: String
  public let location: String

  /// Reads the first event of a calendar (RFC 5545).
  ///
  /// - Returns: nil when there is none.
  init?(_ calendar: [UInt8]) {
    var (title, start, zone, location) = ("", "", "", "")
    var isInside = false
    for line in MailInvitation.lines(calendar) {
      if line[...].begins(with: "begin:vevent") { isInside = true }
      if !isInside { continue }
      if line[...].begins(with: "end:vevent") { break }
      guard let colon = line.firstIndex(of: 0x3A) else { continue }
      let (name, value) = (line[..<colon], line[(colon + 1)...])
      if name.begins(with: "summary"), title.isEmpty { title = MailInvitation.text(value) }
      if name.begins(with: "location"), location.isEmpty { location = MailInvitation.text(value) }
      if name.begins(with: "dtstart"), start.isEmpty {
        start = String(mailLine(Array(value)).prefix(40))
        if let place = name.place(of: "tzid=") {
          zone = mailLine(Array(name[(place + 5)...].prefix { $0 != 0x3B }.filter { $0 != 0x22 }))
        }
      }
    }
    guard isInside else { return nil }
    (self.title, self.start, self.zone, self.location) = (title, start, zone, location)
  }

  /// Unfolded, at most 2,000.
  private static func lines(_ text: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    for line in text.split(separator: 0x0A, maxSplits: 4_000) {
      let line = line.last == 0x0D ? line.dropLast() : line
      if line.first == 0x20 || line.first == 0x09, !lines.isEmpty {
        lines[lines.count - 1] += line.dropFirst()
      } else if lines.count < 2_000 {
        lines.append(Array(line))
      }
    }
    return lines
  }

  private static func text(_ value: ArraySlice<UInt8>) -> String {
    var out: [UInt8] = []
    var isEscaped = false
    for byte in value.prefix(2_000) {
      if isEscaped {
        out.append(byte == 0x6E || byte == 0x4E ? 0x20 : byte)
        isEscaped = false
      } else if byte == 0x5C {
        isEscaped = true
      } else {
        out.append(byte)
      }
    }
    return mailLine(out)
  }
}
