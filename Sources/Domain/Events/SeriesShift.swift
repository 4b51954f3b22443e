/// By how much an edit moves the instances, and what it makes of their rule.
struct SeriesShift {
  /// On the wall, in seconds.
  let difference: Int64
  let times: EventTimes
  let rule: SeriesEdit.Rule

  /// - Parameter shown: the start that the form showed.
  init(from shown: LocalTime, _ edit: SeriesEdit, isSame: Bool) {
    (difference, times) = (edit.times.start.wallSeconds - shown.wallSeconds, edit.times)
    rule = isSame ? .same : edit.rule
  }

  func wall(_ old: LocalTime) -> LocalTime { LocalTime(wallSeconds: old.wallSeconds + difference) }

  func key(_ old: InstanceKey) -> InstanceKey { InstanceKey(wall(old.wall), isDay: times.isAllDay) }
}

/// A series as an edit leaves it, and what became of what it had.
struct RemadeSeries {
  let series: EventSeries
  let moves: [(from: InstanceKey, to: InstanceKey)]
  let droppedOverrides: [InstanceKey]
  let droppedDates: [SeriesDate]
  let isStartMoved: Bool
}

extension EventSeries {
  /// Makes a part of this series anew: its times as they were typed, its rule, and what is otherwise moved by the same difference of the wall clock.
  func remade(_ part: SeriesPart, _ edit: SeriesEdit, _ shift: SeriesShift) throws(SeriesEditError) -> RemadeSeries {
    let start = shift.wall(part.start)
    let begun = try begun(part, edit, shift, from: start)
    var (moves, kept, lost): ([(from: InstanceKey, to: InstanceKey)], [EventOverride], [InstanceKey]) = ([], [], [])
    for override in part.overrides {
      let key = shift.key(override.key)
      if gives(override.key.wall), !begun.gives(key.wall) {
        lost.append(override.key)
      } else {
        moves.append((from: override.key, to: key))
        kept.append(moved(override, to: key, edit, shift))
      }
    }
    let dates = moved(part.exdates, shift, into: begun)
    let hasTyped = edit.exdates != nil
    return RemadeSeries(
      series: begun.with(exdates: edit.exdates ?? dates.kept, overrides: kept), moves: moves, droppedOverrides: lost,
      droppedDates: hasTyped ? [] : dates.dropped,
      isStartMoved: begun.times.start != begun.times.moved(to: start).start)
  }

  private func begun(_ part: SeriesPart, _ edit: SeriesEdit, _ shift: SeriesShift, from start: LocalTime) throws(SeriesEditError)
    -> EventSeries
  {
    let times = shift.times.moved(to: start)
    let rdates = edit.rdates ?? part.rdates.map { moved($0, shift) }
    let isMoved = shift.difference != 0 || times.isAllDay != self.times.isAllDay
    let draft: EventSeries
    switch shift.rule {
    case .changed(let typed):
      var rule = typed
      // The same COUNT on the form: what is left of it.
      if let count = part.rule?.count, typed?.count == self.rule?.count { rule?.count = max(count, 1) }
      draft = EventSeries(times, rule: rule, rdates: rdates)
    case .same:
      let rule = isMoved ? part.rule.map { wallEnd($0).moved(from: part.start, to: times.start) } : part.rule
      draft = EventSeries(times, rule: rule, rdates: rdates, countsStart: part.countsStart)
      if !isMoved || rule == nil { return draft }
    }
    do {
      return try draft.begun()
    } catch {
      throw .rule(error)
    }
  }

  /// An end as an instant goes along as what the wall shows then.
  private func wallEnd(_ rule: Recurrence) -> Recurrence {
    guard case .instant(let last) = rule.end else { return rule }
    var rule = rule
    rule.end = times.isAllDay ? .day(Zone.utc.local(last).day) : .wall(times.zone.local(last))
    return rule
  }

  private func moved(_ override: EventOverride, to key: InstanceKey, _ edit: SeriesEdit, _ shift: SeriesShift) -> EventOverride {
    guard let own = override.times else { return EventOverride(key, isCancelled: override.isCancelled) }
    var new = own
    if override.key == edit.instance {
      new = edit.times
    } else if own.isAllDay == shift.times.isAllDay {
      new = own.moved(to: shift.wall(own.start))
      if own.zone == times.zone { new = new.hung(in: shift.times.zone) }
    }
    return EventOverride(key, times: new, isCancelled: override.isCancelled)
  }

  private func moved(_ date: SeriesDate, _ shift: SeriesShift) -> SeriesDate {
    isUnmoved(shift) ? date : shift.key(key(date.start(in: times))).date
  }

  /// Dates that leave out an instance go along, or are dropped with it; those that meet nothing stay where they are, for what may come (RULES 9.22).
  private func moved(_ dates: [SeriesDate], _ shift: SeriesShift, into new: EventSeries) -> (kept: [SeriesDate], dropped: [SeriesDate]) {
    var (kept, dropped): ([SeriesDate], [SeriesDate]) = ([], [])
    for date in dates {
      guard let wall = met(by: date) else {
        kept.append(date)
        continue
      }
      let there = shift.wall(wall)
      if !new.gives(new.times.isAllDay ? LocalTime(day: there.day, time: .midnight) : there) {
        dropped.append(date)
      } else if isUnmoved(shift) {
        kept.append(date)
      } else if case .day = date {
        kept.append(.day(there.day))
      } else {
        kept.append(InstanceKey(there, isDay: new.times.isAllDay).date)
      }
    }
    return (kept, dropped)
  }

  /// The first instance that a date leaves out; nil: none.
  private func met(by date: SeriesDate) -> LocalTime? {
    if case .day(let day) = date { return firstGiven(on: day) }
    let wall = key(for: date).wall
    guard gives(wall) else { return nil }
    if case .zoned(let there, let zone) = date, !times.isAllDay, times.zone.instant(wall) != zone.instant(there) { return nil }
    return wall
  }

  private func isUnmoved(_ shift: SeriesShift) -> Bool {
    shift.difference == 0 && shift.times.zone == times.zone && shift.times.isAllDay == times.isAllDay
  }
}
