/// One event of a calendar file, or one changed time of a series: what ``EventFile`` reads and ``EventPublishing`` writes.
public struct EventEntry: Hashable, Sendable {
  /// When it is.
  public enum Times: Hashable, Sendable {
    /// All day, the last one included.
    case days(ClosedRange<Day>)
    case clock(Clock)
  }

  /// By the clocks of its zones; the end, too, is a time on a wall.
  public struct Clock: Hashable, Sendable {
    public var starts: LocalTime
    public var zone: Zone
    /// Nil where the file says neither end nor length.
    public var ends: LocalTime?
    public var endZone: Zone

    /// - Parameter endZone: nil: the start's.
    public init(starts: LocalTime, zone: Zone, ends: LocalTime? = nil, endZone: Zone? = nil) {
      (self.starts, self.zone, self.ends, self.endZone) = (starts, zone, ends, endZone ?? zone)
    }
  }

  /// As RFC 5545 has them (3.8.1.11).
  public enum Status: String, CaseIterable, Hashable, Sendable { case tentative, confirmed, cancelled }

  /// CLASS; what it is otherwise called is private (3.8.1.3).
  public enum Visibility: String, CaseIterable, Hashable, Sendable { case `public`, `private`, confidential }

  /// Who is asked to come, or asks.
  public struct Person: Hashable, Sendable {
    /// PARTSTAT.
    public enum Answer: String, CaseIterable, Hashable, Sendable { case open = "needs-action", accepted, declined, tentative, delegated }

    /// As written, at most 254 bytes; nil where there is none.
    public var mail: String?
    /// At most 200 scalars in one line; may be empty.
    public var name: String
    public var answer: Answer
    /// Not a room, a thing or a group (CUTYPE).
    public var isPerson: Bool

    public init(mail: String?, name: String = "", answer: Answer = .open, isPerson: Bool = true) {
      (self.mail, self.name, self.answer, self.isPerson) = (mail, name, answer, isPerson)
    }
  }

  /// Where on earth, in hundred-millionths of a degree: −90 to 90 and −180 to 180 degrees.
  public struct Coordinates: Hashable, Sendable {
    public let latitude: Int
    public let longitude: Int

    /// Hundred-millionths of a degree; nil beyond the earth.
    public init?(latitude: Int, longitude: Int) {
      let (north, east) = (-9_000_000_000...9_000_000_000, -18_000_000_000...18_000_000_000)
      guard north.contains(latitude), east.contains(longitude) else { return nil }
      (self.latitude, self.longitude) = (latitude, longitude)
    }
  }

  /// A property of another program's own ("X-…"), to come back out.
  public struct Field: Hashable, Sendable {
    public let name: String
    public let text: String

    public init(_ name: String, _ text: String) { (self.name, self.text) = (name, text) }
  }

  /// Where it begins in its file, from 1.
  public var line = 0
  /// "" where the file gives none: then its ``hash`` is what it is known by.
  public var uid = ""
  public var order = EventOrder()
  /// Which time of its series it stands for (RECURRENCE-ID); nil for an event or a series itself.
  public var instance: EventMoment?
  public var times: Times
  /// At most ``longestTitle`` scalars in one line; may be empty.
  public var title = ""
  /// At most ``longestDescription`` bytes.
  public var description = ""
  /// At most ``longestLocation`` scalars in one line.
  public var location = ""
  /// Where it is met online: http or https; may be empty.
  public var url = ""
  /// The page that tells more (URL), where it is another than ``url``.
  public var link = ""
  /// Cancelled also where the whole file is a cancellation (METHOD:CANCEL): such events are marked, never deleted (RULES 9.25).
  public var status = Status.confirmed
  /// Nil where the file says nothing.
  public var visibility: Visibility?
  /// TRANSP; nil where the file says nothing.
  public var isBusy: Bool?
  public var tags: [String] = []
  public var organizer: Person?
  /// At most ``mostAttendees``.
  public var attendees: [Person] = []
  public var coordinates: Coordinates?
  /// As written: the day and time that it leaves to its start are not filled in. COUNT may stand beside UNTIL.
  public var rule: Recurrence?
  public var rdates: [EventMoment] = []
  public var exdates: [EventMoment] = []
  public var metadata: [Field] = []
  public var created: Instant?
  /// What a person has to know of how it was read.
  public var remarks: [EventRemark] = []

  public init(_ times: Times) { self.times = times }

  public static let longestTitle = 200
  public static let longestDescription = 16_384
  public static let longestLocation = 500
  public static let longestAddress = 2_000
  public static let longestUID = 1_000
  public static let mostAttendees = 200
  public static let mostTags = 20
  /// Of RDATE, and of EXDATE.
  public static let mostDates = 2_000
  /// Bytes of names and values; as JSON they are a little more.
  public static let longestMetadata = 60_000
  /// From start to end.
  public static let mostDays = 366

  /// The zone that its series is unfolded in; UTC for all-day ones, which have none.
  public var zone: Zone { if case .clock(let clock) = times { clock.zone } else { .utc } }

  /// The first date, or start on the wall.
  public var start: LocalTime {
    switch times {
    case .days(let days): LocalTime(day: days.lowerBound, time: .midnight)
    case .clock(let clock): clock.starts
    }
  }
}

/// What a person has to know of an event of a file that was taken with something less, or something guessed.
public enum EventRemark: Hashable, Sendable {
  case noTitle
  /// A text longer than fits, by its property's name.
  case cut(String)
  /// A time without a zone was read by the person's own.
  case floating
  /// A zone that is known by its clocks alone: as the file calls it, and as it is called here (RULES 9.26).
  case zoneMatched(String, Zone)
  /// A zone that nothing tells of was taken for the person's own.
  case zoneUnknown(String)
  /// Clocks that no place has: instants are kept, in UTC.
  case zoneKept(String)
  /// Rules beside the first are left out; so many.
  case furtherRules(Int)
  /// UNTIL is before the first time, which alone is left.
  case ruleIsOver
  /// RDATE names ends of its own: each time is as long as the first.
  case periods
  /// RANGE=THISANDFUTURE: only that one time is changed.
  case range
  /// A property that cannot be read, and at most 80 characters of it, is left out.
  case value(String, String)
  /// So many alarms, none taken.
  case alarms(Int)
  /// So many attached files, none taken.
  case attachments(Int)
  /// So many people beyond ``EventEntry/mostAttendees``.
  case attendees(Int)
  /// Over 20, or one over 40 characters or with a comma.
  case tags
  /// What other programs add is over 60 kB, and left out whole.
  case metadata
}
