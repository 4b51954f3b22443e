import Domain
import HTML

/// What people are told about events.
enum EventText {
  /// How many dates a series has besides its rule, or without them.
  static let mostDates = 5_000

  /// Said of "this one" where nothing says which.
  static func noInstance(_ words: Words) -> String { words("Open the one that is meant from its series first.") }

  /// "Tue 10 Mar, 09:00–10:00" by the reader's clock; whole days are the same everywhere.
  static func when(_ times: EventTimes, _ person: Person, today: Day) -> String {
    if times.isAllDay { return EventSpanWords.text(times.days(in: person.zone), person.language, today: today) }
    let placed = times.placed
    return EventSpanWords.text(placed.start..<placed.end, in: person.zone, person.language, today: today)
  }

  static func when(_ instance: EventInstance, _ person: Person, today: Day) -> String { when(instance.times, person, today: today) }

  /// The same by the event's own clocks; nil where they show no other time.
  static func elsewhere(_ instance: EventInstance, _ person: Person, today: Day) -> String? {
    let times = instance.times
    if times.isAllDay { return nil }
    return EventSpanWords.elsewhere(
      instance.start..<instance.end, from: times.zone, until: times.endZone ?? times.zone, reader: person.zone, person.language,
      today: today)
  }

  /// "New York time", of a flight "Sao Paulo time – Lisbon time".
  static func zones(_ times: EventTimes, _ person: Person) -> String {
    let zones: [Zone] = [times.zone] + (times.endZone.map { [$0] } ?? [])
    return zones.map { TimeWords.zone($0, person.language) }.joined(separator: " – ")
  }

  /// As a form shows a time on the wall.
  static func typed(_ wall: LocalTime, isAllDay: Bool) -> String { isAllDay ? wall.day.iso : wall.day.iso + " " + wall.time.text }

  /// As a form shows dates, one a line.
  static func lines(_ dates: [SeriesDate]) -> String { dates.map { line($0) }.joined(separator: "\n") }

  private static func line(_ date: SeriesDate) -> String {
    switch date {
    case .day(let day): day.iso
    case .wall(let wall): wall.day.iso + " " + wall.time.text
    case .zoned: date.text
    }
  }

  static func name(_ type: EventType, _ words: Words) -> String {
    switch type {
    case .meeting: words("Meeting", context: "calendar")
    case .call: words("Call", context: "calendar")
    case .travel: words("Travel", context: "calendar")
    case .deadline: words("Deadline")
    }
  }

  static func name(_ status: EventStatus, _ words: Words) -> String {
    switch status {
    case .tentative: words("Tentative", context: "calendar")
    case .confirmed: words("Confirmed", context: "calendar")
    case .cancelled: words("Cancelled", context: "calendar")
    }
  }

  static func badge(_ status: EventStatus, _ words: Words) -> StatusBadge {
    switch status {
    case .tentative: StatusBadge(tone: "due", icon: "clock", label: name(status, words))
    case .confirmed: StatusBadge(tone: "calm", icon: "check", label: name(status, words))
    case .cancelled: StatusBadge(tone: "done", icon: "close", label: name(status, words))
    }
  }

  static func name(_ visibility: EventVisibility, _ words: Words) -> String {
    switch visibility {
    case .private: words("Private", context: "calendar")
    case .public: words("Public", context: "calendar")
    }
  }

  /// Why a form has come back: its instance went while it was open.
  ///
  /// - Parameter isInPart: whether it is in what was cut off.
  static func gone(isInPart: Bool, _ words: Words) -> String {
    isInPart
      ? words("The series was cut since you opened this date. It belongs to the part that you see here now.")
      : words("This date has gone from the series since you opened it. What you typed stands here for the whole series, without its time.")
  }

  /// "Every month on its last Friday"; nil: it takes place once.
  static func sentence(_ series: EventSeries, _ language: Language) -> String? {
    guard let rule = series.rule else { return nil }
    let (times, start) = (series.times, series.times.start)
    // What comes by the hour is said as a schedule is. By the rule of an event neither can be refused.
    if rule.frequency != .hourly, let days = try? TaskRepeat(rule.withoutTime(of: start), first: start.day) { return days.words(language) }
    let zone = times.isAllDay ? Zone.utc : times.zone
    guard let schedule = try? Schedule(.rule(rule.completed(on: start.day, at: start.time), from: start), zone: zone) else { return nil }
    return schedule.words(language)
  }
}
