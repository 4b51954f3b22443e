import Testing

@testable import Domain

/// A time of an event as tests write it: "2027-03-13T22:00".
func times(_ start: String, _ end: String? = nil, _ name: String = "America/New_York", ends: String? = nil) throws -> EventTimes {
  let other = try ends.map { try zone($0) }
  return try EventTimes(from: local(start), to: end.map { try local($0) }, zone: zone(name), endZone: other)
}

func wholeDays(_ first: String, _ last: String? = nil) throws -> EventTimes {
  try EventTimes(allDay: day(first), through: last.map { try day($0) })
}

func key(_ text: String) throws -> InstanceKey { try #require(InstanceKey(text), "\(text) is no key") }

/// "20270314", "20270314T100000", "…Z", "TZID=Europe/Berlin:…".
func dates(_ texts: [String]) throws -> [SeriesDate] {
  try texts.map { text in try #require(SeriesDate(text) { try? zone($0) }, "\(text) is no date") }
}

/// A series as a form makes it, its rule as a file writes it.
func series(_ times: EventTimes, _ rule: String?, without: [String] = [], with more: [String] = [], file: Bool = false) throws
  -> EventSeries
{
  let series = EventSeries(
    times, rule: try rule.map { try Recurrence(event: $0, isStored: true) }, rdates: try dates(more), exdates: try dates(without),
    countsStart: file)
  return try series.begun()
}

extension EventSeries {
  /// The first so many starts, UTC: "2027-03-13T07:30".
  func starts(_ most: Int = 40) -> [String] { next(after: .distantPast, most: most).map { String($0.start.iso.prefix(16)) } }

  func keys(_ most: Int = 40) -> [String] { next(after: .distantPast, most: most).map(\.key.text) }

  func changed(_ overrides: [EventOverride]) -> EventSeries {
    EventSeries(times, rule: rule, rdates: rdates, exdates: exdates, overrides: overrides, countsStart: countsStart)
  }
}
