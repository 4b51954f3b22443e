/// A date that a series leaves out or has besides its rule (EXDATE, RDATE), in the form in which it was said (RULES 9.22).
public enum SeriesDate: Hashable, Sendable {
  /// Leaves out all that begins on that date; adds one at the time of the first.
  case day(Day)
  /// By the clock in the series' zone; of an all-day series only the date counts.
  case wall(LocalTime)
  /// By a clock elsewhere: the instant counts, of an all-day series the date there.
  case zoned(LocalTime, Zone)

  /// As a file says it with a Z.
  public static func instant(_ instant: Instant) -> SeriesDate { .zoned(Zone.utc.local(instant), .utc) }

  /// Where it stands on the wall of a series.
  func start(in times: EventTimes) -> LocalTime {
    switch self {
    case .day(let day): LocalTime(day: day, time: times.start.time)
    case .wall(let wall): times.isAllDay ? LocalTime(day: wall.day, time: .midnight) : wall
    case .zoned(let wall, let zone):
      times.isAllDay ? LocalTime(day: wall.day, time: .midnight) : times.zone.local(zone.instant(wall))
    }
  }
}

extension SeriesDate {
  /// "2027-03-14", "2027-03-14 09:00", with a T for the blank, with seconds or a Z, and iCalendar's "20270314", "20270314T130000Z",
  /// "TZID=Europe/Berlin:20270314T140000".
  ///
  /// - Parameter find: the zone of a name; nil where there is none.
  /// - Returns: nil for anything else, and for days and times that no calendar and clock shows.
  public init?(_ text: some StringProtocol, zone find: (String) -> Zone?) {
    var bytes = Array(text.utf8)[...]
    while let last = bytes.last, last == 0x20 || last == 0x09 || last == 0x0D { bytes.removeLast() }
    while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
    guard bytes.count <= 200 else { return nil }
    var place: Zone?
    if bytes.starts(with: "TZID=".utf8) {
      guard let colon = bytes.firstIndex(of: 0x3A) else { return nil }
      guard let found = find(String(decoding: bytes[(bytes.startIndex + 5)..<colon], as: UTF8.self)) else { return nil }
      place = found
      bytes = bytes[(colon + 1)...]
    }
    var reader = ByteReader(Array(bytes))
    guard let day = SeriesDate.readDay(&reader) else { return nil }
    if reader.isAtEnd {
      if place != nil { return nil }
      self = .day(day)
      return
    }
    guard reader.skip(0x54) || reader.skip(0x74) || reader.skip(0x20), let time = SeriesDate.readTime(&reader) else { return nil }
    let wall = LocalTime(day: day, time: time)
    if reader.isAtEnd {
      self = place.map { .zoned(wall, $0) } ?? .wall(wall)
      return
    }
    guard place == nil, reader.skip(0x5A) || reader.skip(0x7A), reader.isAtEnd else { return nil }
    self = .zoned(wall, .utc)
  }

  private static func readDay(_ reader: inout ByteReader) -> Day? {
    guard let year = reader.digits(4) else { return nil }
    let hasDashes = reader.skip(0x2D)
    guard let month = reader.digits(2), !hasDashes || reader.skip(0x2D), let date = reader.digits(2) else { return nil }
    return Day(year: year, month: month, day: date)
  }

  private static func readTime(_ reader: inout ByteReader) -> TimeOfDay? {
    guard let hour = reader.digits(2) else { return nil }
    let hasColons = reader.skip(0x3A)
    guard let minute = reader.digits(2) else { return nil }
    var second = 0
    let hasSeconds = hasColons ? reader.skip(0x3A) : reader.next != nil && reader.next != 0x5A && reader.next != 0x7A
    if hasSeconds {
      guard let digits = reader.digits(2) else { return nil }
      second = digits
    }
    return TimeOfDay(hour: hour, minute: minute, second: second)
  }

  /// As iCalendar writes it, with its zone in front: what is stored, and read again.
  public var text: String {
    switch self {
    case .day(let day): day.basic
    case .wall(let wall): wall.basic
    case .zoned(let wall, let zone): zone == .utc ? wall.basic + "Z" : "TZID=" + zone.name + ":" + wall.basic
    }
  }
}

/// What a series leaves out, looked up by start.
struct LeftOutDates: Sendable {
  private var days: Set<Day> = []
  private var walls: Set<LocalTime> = []
  private var instants: Set<Instant> = []

  init(_ dates: [SeriesDate], of times: EventTimes) {
    for date in dates {
      switch date {
      case .day(let day): days.insert(day)
      case .wall(let wall) where times.isAllDay: days.insert(wall.day)
      case .zoned(let wall, _) where times.isAllDay: days.insert(wall.day)
      case .wall(let wall): walls.insert(wall)
      case .zoned(let wall, let zone): instants.insert(zone.instant(wall))
      }
    }
  }

  /// - Parameter start: where `wall` lies; asked for only where that matters.
  func contain(_ wall: LocalTime, at start: @autoclosure () -> Instant) -> Bool {
    !days.isEmpty && days.contains(wall.day) || !walls.isEmpty && walls.contains(wall) || !instants.isEmpty && instants.contains(start())
  }
}
