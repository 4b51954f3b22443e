import Domain
import HTML
import Web

/// When a channel is worked on, as the form says it.
struct DeskHoursDraft {
  let zone: Zone
  /// Working minutes; nil: nothing is ever late.
  let targetMinutes: Int?
  /// As ``OpeningHours/text(_:)`` writes them in English; empty: all.
  let hours: String
  /// In order.
  let closedOn: [Day]

  init(_ read: inout FormReader, _ stored: DeskChannel?, _ reader: Reader) {
    let fallback = stored.flatMap { reader.zones.zone($0.timezone) } ?? reader.person.zone
    zone = read.zone("timezone", reader.zones, fallback: fallback)
    let isGiven = !read.trimmed(read.form.text("target_minutes") ?? "").utf8.isEmpty || read.form.first("target_minutes") == .unreadable
    targetMinutes = isGiven ? read.integer("target_minutes", 1...43_200, 1) : nil
    hours = DeskHoursDraft.hours(&read)
    closedOn = DeskHoursDraft.closedDays(&read)
  }

  /// Whether answers are owed by other times.
  func isChanged(from stored: DeskChannel) -> Bool {
    !zone.name.utf8.elementsEqual(stored.timezone.utf8) || targetMinutes != stored.targetMinutes
      || !hours.utf8.elementsEqual(stored.hours.utf8) || closedOn != stored.closedOn
  }

  func note(_ edit: inout AuditDifference, from stored: DeskChannel) {
    edit.note("timezone", from: stored.timezone, to: zone.name)
    edit.note("target_minutes", from: stored.targetMinutes.map { String($0) } ?? "", to: targetMinutes.map { String($0) } ?? "")
    edit.note("hours", from: stored.hours, to: hours)
    edit.note("closed_on", from: DeskHoursDraft.text(stored.closedOn), to: DeskHoursDraft.text(closedOn))
  }

  /// Dates as the log has them.
  private static func text(_ days: [Day]) -> String { days.map(\.iso).joined(separator: ", ") }

  private static func hours(_ read: inout FormReader) -> String {
    let reading = OpeningHoursReading(read.text("hours", bytes: 10_000))
    if let hours = reading.hours { return hours.text() }
    read.complain("hours", reading.complaints.map { OpeningHoursWords.sentence($0, read.words) }.joined(separator: " "))
    return ""
  }

  /// Dates, one a line or with commas, as 2027-12-25 or 25/12/2027.
  private static func closedDays(_ read: inout FormReader) -> [Day] {
    var days: Set<Day> = []
    for part in read.text("closed_on", bytes: 8_192).utf8.split(whereSeparator: { $0 <= 32 || $0 == 44 }) {
      guard let day = Day(iso: String(Substring(part))) ?? DeskHoursDraft.day(part) else {
        read.complain("closed_on", read.words("Write one date a line, such as 2027-12-25."))
        return []
      }
      days.insert(day)
    }
    if days.count > 400 { read.complain("closed_on", read.words("At most 400 dates fit.")) }
    return days.sorted()
  }

  /// `DD/MM/YYYY`.
  private static func day(_ text: Substring.UTF8View) -> Day? {
    let parts = text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 2, parts[1].count == 2, parts[2].count == 4 else { return nil }
    return Day(iso: [parts[2], parts[1], parts[0]].map { String(Substring($0)) }.joined(separator: "-"))
  }
}

/// What is wrong with a line of hours, in words.
enum OpeningHoursWords {
  static func sentence(_ complaint: OpeningHoursReading.Complaint, _ words: Words) -> String {
    let values: KeyValuePairs = ["n": String(complaint.line), "words": complaint.words]
    return switch complaint.problem {
    case .day where complaint.words.utf8.isEmpty: words("Line {n}: begin with the days, such as mon-fri 09:00-18:00.", values)
    case .day: words("Line {n}: “{words}” is no day. Write such as mon-fri 09:00-18:00.", values)
    case .noHours: words("Line {n}: add the hours, such as mon-fri 09:00-18:00.", values)
    case .time: words("Line {n}: “{words}” is no time. Write such as mon-fri 09:00-18:00.", values)
    case .overMidnight:
      words("Line {n}: “{words}” ends before it begins. Hours do not go over midnight: write the rest on the next day.", values)
    case .overlap: words("Line {n}: “{words}” overlaps other hours of that day.", values)
    case .tooLong: words("Line {n}: this is too long. At most 50 lines of 200 characters fit.", values)
    }
  }
}
