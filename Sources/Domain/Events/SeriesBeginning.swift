/// Where a series begins, and whether its rule comes to anything (RULES 9.21).
extension EventSeries {
  /// A series of a form: its first times moved to the first that the rule gives. Where ``times`` differs from before, the page says so.
  ///
  /// - Throws: ``RecurrenceError`` for what never comes within ten years, asks for more places than there are, ends before it begins or comes by the
  ///   hour on whole days.
  public func begun() throws(RecurrenceError) -> EventSeries {
    guard let rule, !countsStart else { return self }
    let first = try firstByRule(rule)
    guard first != times.start else { return self }
    return EventSeries(times.moved(to: first), rule: rule, rdates: rdates, exdates: exdates, overrides: overrides)
  }

  /// The same for a file, where the first times stand whatever the rule gives, and an end before them is only that.
  ///
  /// - Throws: ``RecurrenceError``.
  public func checkRule() throws(RecurrenceError) {
    guard let rule else { return }
    do {
      _ = try firstByRule(rule)
    } catch {
      guard error == .endsBeforeStart else { throw error }
    }
  }

  /// A rule that says its days keeps them; one that does not has those of the first times.
  private func firstByRule(_ rule: Recurrence) throws(RecurrenceError) -> LocalTime {
    guard let whole else { throw .notWith(.frequency, "VALUE=DATE") }
    let second = times.start.time.second % 60
    let minute = LocalTime(wallSeconds: times.start.wallSeconds - Int64(second))
    let found = try whole.begin(notBefore: minute)
    let first = LocalTime(wallSeconds: found.wallSeconds + Int64(second))
    if let end = rule.end, !end.includes(first, times) { throw .endsBeforeStart }
    return first
  }
}
