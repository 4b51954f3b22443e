/// What of a series goes on as another one, or is made anew.
struct SeriesPart {
  /// Where the new one begins, by the old clock.
  let start: LocalTime
  let rule: Recurrence?
  let countsStart: Bool
  let rdates: [SeriesDate]
  let exdates: [SeriesDate]
  let overrides: [EventOverride]

  /// All of it.
  init(_ series: EventSeries, from start: LocalTime) {
    (self.start, rule, countsStart) = (start, series.rule, series.countsStart)
    (rdates, exdates, overrides) = (series.rdates, series.exdates, series.overrides)
  }

  init(_ start: LocalTime, _ rule: Recurrence?, rdates: [SeriesDate], exdates: [SeriesDate], overrides: [EventOverride]) {
    (self.start, self.rule, countsStart) = (start, rule, false)
    (self.rdates, self.exdates, self.overrides) = (rdates, exdates, overrides)
  }
}

/// A series in two (RULES 9.23): what comes before an instance, and what begins with it.
struct SeriesCut {
  /// It ends just before.
  let kept: EventSeries
  private let series: EventSeries
  private let wall: LocalTime
  /// The first that the rule gives from the cut on.
  private let first: LocalTime?
  /// What is left of COUNT.
  private let left: Int?

  init(_ series: EventSeries, at wall: LocalTime) {
    (self.series, self.wall) = (series, wall)
    var run = series.run(notBefore: series.times.start.day, through: .last)
    var (had, last, next) = (0, LocalTime?.none, LocalTime?.none)
    while next == nil, let found = run.next() {
      if found < wall {
        (had, last) = (had + 1, found)
      } else {
        next = found
      }
    }
    first = next
    left = series.rule?.count.map { max($0 - had, 0) }
    kept = SeriesCut.kept(series, before: wall, had: had, last: last)
  }

  private static func kept(_ series: EventSeries, before wall: LocalTime, had: Int, last: LocalTime?) -> EventSeries {
    let times = series.times
    let exdates = series.exdates.filter { $0.start(in: times) < wall }
    let overrides = series.overrides.filter { $0.key.wall < wall }
    var rdates = series.rdates.filter { $0.start(in: times) < wall }
    guard let last else {
      // Nothing of the rule is before: a date besides it is the first now, else an override is.
      let earliest = rdates.map { $0.start(in: times) }.min()
      rdates.removeAll { $0.start(in: times) == earliest }
      let start = earliest ?? overrides.first?.key.wall ?? times.start
      return EventSeries(times.moved(to: start), rdates: rdates, exdates: exdates, overrides: overrides)
    }
    var rule = series.rule
    if rule?.count != nil {
      rule?.count = had
      rule?.end = nil
    } else {
      rule?.end = times.isAllDay ? .day(last.day) : .wall(last)
    }
    return EventSeries(times, rule: rule, rdates: rdates, exdates: exdates, overrides: overrides, countsStart: series.countsStart)
  }

  /// What begins at the cut.
  ///
  /// - Parameter keepsRule: then its periods are counted from the first that the rule gives; else it begins with the instance itself.
  func rest(keepsRule: Bool) -> SeriesPart {
    let times = series.times
    var rule = first == nil ? nil : series.rule
    if let left { rule?.count = left }
    var rdates = series.rdates.filter { $0.start(in: times) >= wall }
    let start = keepsRule ? first ?? wall : wall
    if keepsRule, rule == nil { rdates.removeAll { $0.start(in: times) == start } }
    return SeriesPart(
      start, keepsRule ? rule : series.rule.map { SeriesCut.counting($0, left) }, rdates: rdates,
      exdates: series.exdates.filter { $0.start(in: times) >= wall }, overrides: series.overrides.filter { $0.key.wall >= wall })
  }

  private static func counting(_ rule: Recurrence, _ left: Int?) -> Recurrence {
    var rule = rule
    if let left { rule.count = left }
    return rule
  }
}

extension EventSeries {
  func cut(at wall: LocalTime) -> SeriesCut { SeriesCut(self, at: wall) }
}
