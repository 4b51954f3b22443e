/// Tasks in a file of another program, or of ours, read whole (RULES 8.15, 8.35). One broken line never stops the rest; what cannot be taken is
/// listed.
public struct PlannerFile: Sendable {
  /// What is read; each but Todoist's is written, too (``PlannerFileWriter``).
  public enum Format: String, CaseIterable, Hashable, Sendable {
    case todoTxt = "todo.txt"
    case taskwarrior = "json"
    case csv
    /// The to-dos of a calendar.
    case calendar = "ics"
    case todoist
  }

  public static let mostBytes = 25_000_000
  public static let mostTasks = 50_000

  /// Why nothing of a file is read.
  public enum Refusal: Error, Hashable, Sendable {
    case empty
    /// More than ``PlannerFile/mostBytes``.
    case tooLarge
    /// Bytes that are no text.
    case notText
    /// What it begins with is of no format that is known here.
    case unknown
    /// JSON that breaks off, in this line.
    case damaged(line: Int)
    /// More than ``PlannerFile/mostTasks``.
    case tooMany
    /// It took longer than the caller wanted to wait.
    case tooLong
  }

  /// What a person is told about a line.
  public struct Note: Hashable, Sendable {
    /// From 1.
    public let line: Int
    public let about: About
  }

  public enum About: Hashable, Sendable {
    // Of these no task is made.
    case noTitle
    /// Over 200 characters: nothing is cut silently.
    case longTitle
    /// Quotes inside of a cell, or more cells than columns.
    case cells
    /// A line of JSON that is none, or no object.
    case notJSON
    /// Thrown away over there.
    case deleted
    /// An open instance of a series whose first open one stands in that line.
    case sameSeries(line: Int)
    /// Its id stands in that line before.
    case repeated(line: Int)
    // Of these it is made without something.
    /// A field and what stands in it, at most 80 characters.
    case value(String, String)
    /// An id that nothing in the file has.
    case missing(String)
    /// What it would wait for waits for it.
    case circle(line: Int)
    /// Under the fifth level.
    case tooDeep
    /// Over 20, or one over 40 characters or with a comma in it.
    case tags
    /// Over 16 kB.
    case longNotes
    /// What is beside it is over 60 kB, and left off whole.
    case longMetadata
    /// So many alarms: reminders are made here, and not by a file.
    case alarms(Int)

    /// Whether no task is made of the line.
    public var isRefusal: Bool {
      switch self {
      case .noTitle, .longTitle, .cells, .notJSON, .deleted, .sameSeries, .repeated: true
      case .value, .missing, .circle, .tooDeep, .tags, .longNotes, .longMetadata, .alarms: false
      }
    }
  }

  public let format: Format
  /// In the order of the file.
  public let tasks: [PlannerFileTask]
  /// By line.
  public let notes: [Note]

  /// - Parameters:
  ///   - format: nil: told from the content.
  ///   - reader: of dates and words that say no zone or language.
  ///   - zone: the zone of a name that a calendar uses, as the machine knows it.
  ///   - mayGoOn: asked now and then; false ends it with ``Refusal/tooLong``.
  public init(
    _ bytes: [UInt8], format: Format? = nil, reader: PhraseReader, zone: @escaping (String) -> Zone? = { _ in nil },
    mayGoOn: () -> Bool = { true }
  ) throws(Refusal) {
    if bytes.count > PlannerFile.mostBytes { throw .tooLarge }
    let text: [UInt8]
    do { text = try ImportText.utf8(bytes) } catch { throw .notText }
    guard text.contains(where: { $0 > 0x20 }) else { throw .empty }
    let found = format ?? PlannerFile.format(of: text)
    var draft = PlannerFileDraft(reader)
    switch found {
    case .todoTxt: try TodoTxt.read(text, into: &draft, mayGoOn)
    case .taskwarrior: try Taskwarrior.read(text, into: &draft, mayGoOn)
    case .csv: try PlannerTable.read(text, into: &draft, mayGoOn)
    case .calendar: try CalendarTasks.read(text, CalendarZones(find: zone), into: &draft, mayGoOn)
    case .todoist: try TodoistTasks.read(text, into: &draft, mayGoOn)
    }
    draft.link()
    self.format = found
    tasks = draft.tasks
    notes = draft.notes.sorted { $0.line < $1.line }
  }

  private static func format(of text: [UInt8]) -> Format {
    if CalendarFile.begins(text) { return .calendar }
    let first = text.first { $0 > 0x20 }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return .taskwarrior }
    var table = TextTable(text)
    let head = table.next()
    let columns = HabitFileColumns(head)
    if columns.has("type", "content") { return .todoist }
    let isTable = head?.count == 1 ? columns.has("title") : PlannerTable.isHead(columns)
    return isTable ? .csv : .todoTxt
  }
}

/// A task as a file says it.
public struct PlannerFileTask: Hashable, Sendable {
  /// Where it begins, from 1.
  public var line = 0
  /// What the file calls it; "" where the format has no ids.
  public var id = ""
  /// The same whenever the same is sent: its id, or all that its line says with how many equal ones stand before it.
  public var key = ""
  public var title: String
  public var notes = ""
  public var status = TaskStatus.open
  public var isArchived = false
  /// Never told to a language model.
  public var isPrivate = false
  /// 1 is first.
  public var priority: Int?
  public var impact: Int?
  public var due: Due?
  public var deferredUntil: Day?
  /// Minutes.
  public var estimate: Int?
  public var spent = 0
  public var tags: [String] = []
  /// Places in ``PlannerFile/tasks``.
  public var parent: Int?
  public var dependsOn: [Int] = []
  /// Places of those that it has to do with; each pair stands at one of its ends.
  public var related: [Int] = []
  public var repeats: TaskRepeat?
  public var created: Instant?
  public var started: Instant?
  public var completed: Instant?
  /// What the format says beside that, by name, to come back out.
  public var metadata: [Field] = []

  public struct Field: Hashable, Sendable {
    public let name: String
    public let value: JSONText

    public init(_ name: String, _ value: JSONText) { (self.name, self.value) = (name, value) }
  }

  public init(_ title: String) { self.title = title }

  /// Longest title, in Unicode scalars, and longest notes, in bytes.
  public static let longestTitle = 200
  public static let longestNotes = 16_384
  /// Bytes of names and values; as JSON they are a little more.
  public static let longestMetadata = 60_000
}
