/// One entry of another program's file: a reminder to be, or why it becomes none.
public struct ImportEntry: Hashable, Sendable {
  /// When it would ring.
  public struct Plan: Hashable, Sendable {
    public let schedule: Schedule
    /// Strictly after now.
    public let next: Instant
    /// What the wall shows at a single time.
    public let wall: LocalTime?
    /// What was typed for a series, where it was words.
    public let words: String
  }

  /// What a person has to know of a plan.
  public enum Note: Hashable, Sendable {
    /// Of so many alarms the first one that is still ahead rings.
    case firstOfAlarms(Int)
    /// The alarm falls on another day than the entry, and the days of its rule cannot be moved there: it rings at the entry's own time.
    case atItsOwnTime
    /// Dates beside the rule are left out.
    case extraDates
    /// Of several dates without a rule the first one that is still ahead rings.
    case furtherDates
    /// Rules beside the first are left out.
    case furtherRules
    /// Todoist's "every!" and "after": it counts from its first time here.
    case fromCompletion
    /// Days of which single times were excluded, of several: none of that day rings.
    case wholeDays([Day])
    /// The title or the notes are longer than fits.
    case cut
  }

  /// Why it becomes none.
  public enum Reason: Hashable, Sendable {
    case past
    /// A series that has come to its end.
    case over
    case completed
    case cancelled
    case noTime
    /// An event that nobody asked to be reminded of.
    case noAlarm
    case noTitle
    /// A zone that nothing here is called, as it was written.
    case zone(String)
    /// A property whose value cannot be read, as it is called.
    case value(String)
    case rule(RecurrencePhraseError)
    /// Words for a time.
    case words(String, PhraseError)
    /// A series whose every day is excluded, or that begins too late.
    case never
    /// Times are excluded by a rule of their own.
    case exceptionRule
    /// More excluded days than a schedule holds; the others would ring.
    case exclusions
    /// The quotes of a line are broken.
    case quotes
    /// The file ends in the middle of it.
    case brokenOff
    /// It stands in the same file before, in this line.
    case repeated(line: Int)
  }

  public enum Outcome: Hashable, Sendable {
    case planned(Plan)
    case leftOut(Reason)
  }

  /// Where it begins, from 1.
  public let line: Int
  /// The same whenever the same entry is sent: its own id, or all that it says.
  public var key: String
  public var title: String
  public var notes = ""
  public var importance = Importance.medium
  public var outcome: Outcome
  public var remarks: [Note] = []

  /// Takes texts, which are cut to what fits: 200 characters in one line, 16 kB of notes. What the title loses stands at the head of the notes.
  mutating func setTexts(_ summary: String, _ description: String) {
    let line = ImportText.oneLine(summary)
    title = ImportText.prefix(line, scalars: 200)
    notes = description
    if title.utf8.count < line.utf8.count {
      remarks.append(.cut)
      title = ImportText.prefix(line, scalars: 199) + "…"
      notes = description.isEmpty ? line : line + "\n\n" + description
    }
    let fitting = ImportText.prefix(notes, bytes: 16_384)
    if fitting.utf8.count < notes.utf8.count { if !remarks.contains(.cut) { remarks.append(.cut) } }
    notes = fitting
  }
}

/// Why a file is not read at all.
public enum ImportRefusal: Error, Hashable, Sendable {
  case empty
  /// Neither a calendar nor a table that is known here.
  case unknown
  /// Bytes that are no text: a NUL.
  case notText
  /// It says of nothing when: a note of Google Keep.
  case noTimes
  /// It breaks off, or cannot be read on, in this line.
  case damaged(line: Int)
  /// More entries than ``ImportFile/mostEntries``.
  case tooMany
  /// It took longer than the caller wanted to wait.
  case tooLong
}

/// A file of another program, read whole: an iCalendar file (RFC 5545), the CSV of Todoist or the JSON of Google Tasks, told by what they hold
/// (RULES 2.10).
public struct ImportFile: Sendable {
  public enum Kind: String, Sendable { case calendar, todoist, google }

  public static let mostBytes = 10_000_000
  public static let mostEntries = 5_000

  public let kind: Kind
  /// In the order of the file.
  public let entries: [ImportEntry]

  /// - Parameters:
  ///   - reader: whose default hour, language and zone count where the file says none.
  ///   - zone: the zone of a name, as the machine knows it.
  ///   - mayGoOn: asked before each entry; false ends it with ``ImportRefusal/tooLong``.
  public init(
    _ bytes: [UInt8], reader: PhraseReader, zone: @escaping (String) -> Zone?, mayGoOn: () -> Bool = { true }
  ) throws(ImportRefusal) {
    let text = try ImportText.utf8(bytes)
    guard let first = text.first(where: { $0 > 0x20 }) else { throw .empty }
    if first | 0x20 == UInt8(ascii: "b"), CalendarFile.begins(text) {
      kind = .calendar
      entries = ImportFile.once(try CalendarFile(text, mayGoOn: mayGoOn).entries(reader, CalendarZones(find: zone), mayGoOn))
    } else if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      kind = .google
      entries = ImportFile.once(try GoogleTasks(text, mayGoOn).entries(reader))
    } else if let table = try TodoistTable(text) {
      kind = .todoist
      entries = ImportFile.once(try table.entries(reader, zone, mayGoOn))
    } else {
      throw .unknown
    }
  }

  /// What stands in the file twice is made once.
  private static func once(_ entries: [ImportEntry]) -> [ImportEntry] {
    var lines: [String: Int] = [:]
    return entries.map { entry in
      guard case .planned = entry.outcome else { return entry }
      var entry = entry
      if let line = lines[entry.key] {
        entry.outcome = .leftOut(.repeated(line: line))
      } else {
        lines[entry.key] = entry.line
      }
      return entry
    }
  }
}
