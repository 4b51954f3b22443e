import Domain
import HTML

/// Something on a page of the calendar: an event when it takes place, or what lies over them.
struct CalendarEntry {
  enum Kind { case event, deadline, task, birthday }

  let kind: Kind
  let path: Path
  let title: String
  let status: EventStatus
  let isAllDay: Bool
  /// All-day: midnight UTC of its first day.
  let start: Instant
  /// Exclusive, but for a point. All-day: midnight UTC after its last day.
  let end: Instant
  /// On which it is where its reader is (RULES 9.20).
  let days: ClosedRange<Day>
  /// What is said beside it, whatever the day.
  let notes: [String]

  /// All-day ones first, then by time.
  static func before(_ left: CalendarEntry, _ right: CalendarEntry) -> Bool {
    if left.isAllDay != right.isAllDay { return left.isAllDay }
    return (left.start, left.end) < (right.start, right.end)
  }

  /// "09:00–10:00", "from 23:00", "until 01:00", "all day".
  func clock(on day: Day, _ person: Person, _ words: Words) -> String {
    let allDay = words("all day", context: "calendar")
    return isAllDay ? allDay : EventSpanWords.clock(start..<end, on: day, in: person.zone, person.language) ?? allDay
  }

  /// As machines read when it is, or which of its days this is.
  func iso(on day: Day) -> String { isAllDay ? day.iso : start.iso }

  /// "Tue 10 Mar, 09:00–10:00".
  func whole(_ person: Person, today: Day) -> String {
    isAllDay
      ? EventSpanWords.text(days, person.language, today: today)
      : EventSpanWords.text(start..<end, in: person.zone, person.language, today: today)
  }

  /// How it looks; nil: like any event that takes place.
  var mark: String? {
    switch (kind, status) {
    case (.event, .cancelled): "cancelled"
    case (.event, .tentative): "tentative"
    case (.event, .confirmed): nil
    case (.deadline, _): "deadline"
    case (.task, _): "task"
    case (.birthday, _): "birthday"
    }
  }

  /// Whether it takes place at a time of the day, so that something else may be on then.
  var isTimed: Bool { kind == .event && !isAllDay && status != .cancelled }

  /// Whether they have a moment in common: a point at the beginning of the other one does.
  func overlaps(_ other: CalendarEntry) -> Bool { start < other.end && other.start < end || start == other.start }
}

extension CalendarEntry {
  init(_ instance: ShownInstance, _ place: CalendarPlace, _ person: Person, _ words: Words) {
    (kind, path, title, status) = (.event, instance.path, instance.title, instance.status)
    (isAllDay, start, end, days) = (instance.isAllDay, instance.start, instance.end, instance.days(in: person.zone))
    // Its beginning tells all, but of a flight, which has clocks of its own at both ends.
    let last = instance.zone == instance.endZone ? instance.start : instance.end
    let elsewhere: String? =
      instance.isAllDay
      ? nil
      : EventSpanWords.elsewhere(
        instance.start..<last, from: instance.zone, until: instance.endZone, reader: person.zone, person.language, today: place.today)
    let said: [String?] = [
      CalendarEntry.word(instance.status, words), instance.whereabouts, instance.isMovedByClocks ? words("moved by the clocks") : nil,
      elsewhere,
    ]
    notes = said.compactMap(\.self)
  }

  private static func word(_ status: EventStatus, _ words: Words) -> String? {
    switch status {
    case .confirmed: nil
    case .tentative: words("tentative", context: "event")
    case .cancelled: words("cancelled", context: "thing")
    }
  }

  /// What lies over the events on one date.
  init(_ kind: Kind, _ path: Path, _ title: String, on day: Day, _ notes: [String]) {
    (self.kind, self.path, self.title, status, isAllDay) = (kind, path, title, .confirmed, true)
    start = Instant(seconds: Int64(day.number) * 86_400)
    end = Instant(seconds: Int64(day.number + 1) * 86_400)
    (days, self.notes) = (day...day, notes)
  }

  /// The same at an instant.
  init(_ kind: Kind, _ path: Path, _ title: String, at instant: Instant, in zone: Zone, _ notes: [String]) {
    (self.kind, self.path, self.title, status, isAllDay) = (kind, path, title, .confirmed, false)
    (start, end) = (instant, instant)
    let day = zone.local(instant).day
    (days, self.notes) = (day...day, notes)
  }
}
