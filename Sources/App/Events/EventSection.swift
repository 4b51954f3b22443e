import Domain
import HTML
import Postgres

/// What Today shows of events: those of the day, whole days first, then by time; what is on at once is said.
struct EventSection {
  let rows: [EventItem]
  let more: String?
  let all = Paths.calendar

  /// How many rows stand there.
  private static let most = 20

  static func today(_ day: DayView) -> Reading<TodayPart> {
    let window = EventWindow(days: day.day...day.day, zone: day.person.zone)
    return EventReading.shown(window, day.zones).map { shown in
      var part = TodayPart()
      let (person, clock, words) = (day.person, day.clock, day.words)
      let ahead = shown.instances.filter { $0.isAllDay || !clock.hasCome($0.end) || $0.start == $0.end && !clock.hasCome($0.start) }
      if ahead.isEmpty { return part }
      let rows = ahead.prefix(most).enumerated().map { number, instance in
        EventItem(instance, mark: "event-\(number)", among: ahead, on: day.day, person, words)
      }
      let rest = ahead.count - rows.count
      let view = EventSection(rows: rows, more: rest > 0 ? words("And {n} more.", ["n": String(rest)]) : nil)
      let busy = ahead.filter { $0.status != .cancelled }.count
      let figure = TodayFigure(
        target: "events", tone: "calm", icon: "calendar", label: words("on today", context: "events"), value: busy, isZero: busy == 0)
      part.sections = [TodaySection(rank: .today, figure: figure, view: view)]
      return part
    }
  }
}

/// One instance in a list of a day.
struct EventItem {
  let mark: String
  let path: Path
  let title: String
  /// "09:00–10:00", "all day", "until 01:00".
  let when: String
  let iso: String
  let facts: String?
  let isCancelled: Bool
  let isTentative: Bool

  /// - Parameter others: of the same day, among which those are that it overlaps.
  init(_ instance: ShownInstance, mark: String, among others: [ShownInstance], on day: Day, _ person: Person, _ words: Words) {
    (self.mark, path, title) = (mark, instance.path, instance.title)
    (isCancelled, isTentative) = (instance.status == .cancelled, instance.status == .tentative)
    iso = instance.isAllDay ? day.iso : instance.start.iso
    when =
      instance.isAllDay
      ? words("all day", context: "calendar")
      : EventSpanWords.clock(instance.start..<instance.end, on: day, in: person.zone, person.language) ?? ""
    let overlapping = others.filter {
      ($0.event, $0.key) != (instance.event, instance.key) && !$0.isAllDay && $0.status != .cancelled && $0.overlaps(instance)
    }
    let overlap =
      isCancelled || instance.isAllDay || overlapping.isEmpty
      ? nil : words("overlaps “{title}”", ["title": overlapping.first?.title ?? ""])
    let parts = [
      isCancelled ? words("cancelled", context: "thing") : isTentative ? words("tentative", context: "event") : nil, instance.whereabouts,
      overlap,
      instance.isMovedByClocks ? words("moved by the clocks") : nil,
    ].compactMap(\.self)
    facts = parts.isEmpty ? nil : parts.joined(separator: " · ")
  }
}
