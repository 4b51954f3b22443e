/// Edits and deletions of instances (RULES 9.23), without a database: what was, and what comes of it.
extension EventSeries {
  /// - Throws: ``SeriesEditError``.
  public func editing(_ edit: SeriesEdit) throws(SeriesEditError) -> SeriesChange {
    let shown = try shown(edit.instance)
    let isSame = isSame(edit.rule, edit.times)
    switch scope(edit.scope, edit.instance) {
    case .this(let key):
      guard isSame else { throw .ruleOfOne }
      let override = EventOverride(
        key, times: edit.times == times.moved(to: key.wall) ? nil : edit.times, isCancelled: replaced[key]?.isCancelled ?? false)
      return SeriesChange(.this, with(overrides: overrides + [override]))
    case .all:
      let shift = SeriesShift(from: shown.start, edit, isSame: isSame)
      let remade = try remade(SeriesPart(self, from: times.start), edit, shift)
      var change = SeriesChange(.all, remade.series)
      change.take(remade, isInContinuation: false)
      return change
    case .later(let key):
      let cut = cut(at: key.wall)
      let shift = SeriesShift(from: shown.start, edit, isSame: isSame)
      let remade = try remade(cut.rest(keepsRule: isSame), edit, shift)
      var change = SeriesChange(.later, cut.kept)
      change.continuation = remade.series
      change.take(remade, isInContinuation: true)
      return change
    }
  }

  /// - Parameter instance: nil: the whole.
  /// - Throws: ``SeriesEditError/noInstance``.
  public func deleting(_ instance: InstanceKey?, _ scope: EventScope) throws(SeriesEditError) -> SeriesChange {
    _ = try shown(instance)
    switch self.scope(scope, instance) {
    case .this(let key):
      var change = SeriesChange(.this, with(exdates: exdates + [key.date], overrides: overrides.filter { $0.key != key }))
      change.removed = replaced[key].map { [$0.key] } ?? []
      return change
    case .all:
      var change = SeriesChange(.all, nil)
      change.removed = overrides.map(\.key)
      return change
    case .later(let key):
      let cut = cut(at: key.wall)
      var change = SeriesChange(.later, cut.kept)
      change.removed = overrides.map(\.key).filter { $0.wall >= key.wall }
      return change
    }
  }

  // MARK: -

  private enum Reach {
    case this(InstanceKey)
    case later(InstanceKey)
    case all
  }

  private func scope(_ scope: EventScope, _ instance: InstanceKey?) -> Reach {
    guard let instance, isSeries || !overrides.isEmpty else { return .all }
    switch scope {
    case .this: return .this(instance)
    case .later: return hasInstance(before: instance.wall) ? .later(instance) : .all
    case .all: return .all
    }
  }

  /// The times that the form showed before anything was typed.
  private func shown(_ instance: InstanceKey?) throws(SeriesEditError) -> EventTimes {
    guard let instance else { return times }
    guard let found = self.instance(instance) else { throw .noInstance }
    return found.times
  }

  private func isSame(_ rule: SeriesEdit.Rule, _ new: EventTimes) -> Bool {
    guard case .changed(let typed) = rule else { return true }
    return typed?.withoutTime(of: new.start) == self.rule?.withoutTime(of: times.start) || typed == self.rule
  }

  private func hasInstance(before wall: LocalTime) -> Bool {
    if overrides.contains(where: { $0.key.wall < wall && !isLeftOut($0.key.wall) }) { return true }
    if extra.contains(where: { $0 < wall && !isLeftOut($0) }) { return true }
    var run = run(notBefore: times.start.day, through: wall.day)
    while let next = run.next(), next < wall {
      if !isLeftOut(next) { return true }
    }
    return false
  }
}

extension SeriesChange {
  fileprivate mutating func take(_ remade: RemadeSeries, isInContinuation: Bool) {
    let moved = remade.moves.filter { isInContinuation || $0.from != $0.to }
    moves = moved.map { Move(from: $0.from, to: $0.to, isInContinuation: isInContinuation) }
    (droppedOverrides, droppedDates, isStartMoved) = (remade.droppedOverrides, remade.droppedDates, remade.isStartMoved)
  }
}
