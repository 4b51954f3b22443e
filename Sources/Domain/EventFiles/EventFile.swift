/// The events of an iCalendar file (RFC 5545) or feed, read whole before anything is stored (RULES 9.25, 9.26). One broken event never stops the
/// rest: it is refused with its line and the reason; what is taken with less, or by a guess, says so (``EventEntry/remarks``).
public struct EventFile: Sendable {
  public static let mostBytes = 10_000_000
  public static let mostEvents = 20_000

  /// Why nothing of a file is read.
  public enum Refusal: Error, Hashable, Sendable {
    case empty
    /// More than ``EventFile/mostBytes``.
    case tooLarge
    /// Bytes that are no text.
    case notText
    /// A page of the web, such as one that asks to sign in, stands where the calendar should.
    case webPage
    /// No calendar.
    case unknown
    /// It ends in its middle, after so many lines.
    case cut(line: Int)
    /// More than ``EventFile/mostEvents``.
    case tooMany
    /// It took longer than the caller wanted to wait.
    case tooLong
  }

  /// Why one event is not taken.
  public enum Reason: Error, Hashable, Sendable {
    /// Something else ends before it does.
    case brokenOff
    case noStart
    /// A property that nothing can be made of, and at most 80 characters of it.
    case value(String, String)
    case endsBeforeStart
    /// Over ``EventEntry/mostDays``.
    case tooLong
    /// The part of the rule that is wrong; in a file COUNT with UNTIL and a start off the rule are not (RULES 9.21).
    case rule(RecurrenceError)
    /// The parts of the rule that never come together; of one alone, never with the day of the start (RULES 9.21).
    case neverComes([Recurrence.Part])
    /// EXRULE, which nobody writes any more.
    case exceptionRule
    /// More dates than are kept of a property: what they leave out would be shown.
    case tooMany(String)
    /// An answer to an invitation, by its METHOD: it is no event.
    case answer(String)
  }

  /// An event that is not taken.
  public struct Refused: Hashable, Sendable {
    /// Where it begins, from 1.
    public let line: Int
    public let uid: String
    public let title: String
    public let reason: Reason
  }

  /// What the calendar is called (X-WR-CALNAME); may be empty.
  public let name: String
  /// In the order of the file. See ``groups`` for what belongs together.
  public let entries: [EventEntry]
  public let refused: [Refused]
  /// To-dos among the events, which are not read here.
  public let tasks: Int

  private static let scope = CalendarFile.Scope(
    kept: [
      "UID", "RECURRENCE-ID", "SEQUENCE", "LAST-MODIFIED", "DTSTAMP", "CREATED", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "CONFERENCE",
      "STATUS", "CLASS", "TRANSP", "CATEGORIES", "ATTENDEE", "ORGANIZER", "GEO", "ATTACH", "DTSTART", "DTEND", "DURATION", "RRULE",
      "EXRULE", "EXDATE", "RDATE", "METHOD", "TZID", "TZOFFSETFROM", "TZOFFSETTO",
    ], keepsOthers: true, mostEntries: mostEvents, mostOfAKind: 2_500)

  /// - Parameters:
  ///   - own: the person's zone: for times without one, and for zones that nothing tells of.
  ///   - now: this year and the next are those over which unknown zones are compared.
  ///   - zone: the zone of a name, as the machine knows it.
  ///   - names: of all zones that the machine knows, in an order that stays.
  ///   - mayGoOn: asked before each event; false ends it with ``Refusal/tooLong``.
  public init(
    _ bytes: [UInt8], own: Zone, now: Instant, zone: @escaping (String) -> Zone?, names: [String], mayGoOn: () -> Bool = { true }
  ) throws(Refusal) {
    if bytes.count > EventFile.mostBytes { throw .tooLarge }
    let text: [UInt8]
    do { text = try ImportText.utf8(bytes) } catch { throw .notText }
    guard let first = text.first(where: { $0 > 0x20 }) else { throw .empty }
    if first == UInt8(ascii: "<") { throw .webPage }
    guard CalendarFile.begins(text) else { throw .unknown }
    let file = try EventFile.parts(text, mayGoOn)
    if file.calendars.contains(where: \.isBroken) { throw .cut(line: file.lines) }
    var zones = EventFileZones(file, own: own, now: now, find: zone, all: names)
    var (entries, refused): ([EventEntry], [Refused]) = ([], [])
    for component in file.entries where component.name == "VEVENT" {
      if !mayGoOn() { throw .tooLong }
      let method = file.calendars.indices.contains(component.calendar) ? file.calendars[component.calendar].word("METHOD") : ""
      var reader = EventEntryReader(component, method: method)
      do throws(Reason) {
        entries.append(try reader.read(&zones))
      } catch {
        refused.append(Refused(line: component.line, uid: reader.entry.uid, title: reader.entry.title, reason: error))
      }
    }
    name = ImportText.prefix(ImportText.oneLine(file.calendars.first?.first("X-WR-CALNAME")?.text ?? ""), scalars: EventEntry.longestTitle)
    (self.entries, self.refused) = (entries, refused)
    tasks = file.entries.count(where: { $0.name == "VTODO" })
  }

  private static func parts(_ text: [UInt8], _ mayGoOn: () -> Bool) throws(Refusal) -> CalendarFile {
    do {
      return try CalendarFile(text, for: scope, mayGoOn: mayGoOn)
    } catch {
      switch error {
      case .tooLong: throw .tooLong
      case .tooMany: throw .tooMany
      default: throw .unknown
      }
    }
  }
}

extension CalendarComponent {
  /// A property that is a word, in capitals; "" where there is none.
  func word(_ name: String) -> String { first(name).map { CalendarFile.upper($0.value) } ?? "" }
}
