extension Schedule {
  /// What the next occurrence counts from (RULES 1.6): the `lastScheduled` of ``next(after:lastScheduled:)`` for a reminder as it stands.
  ///
  /// An interval keeps to the steps of the occurrence that is planned, also before any has fired: an edit of its title or exclusions, new
  /// zone data and a look at its page count nothing anew.
  ///
  /// - Parameters:
  ///   - planned: the next occurrence as it was computed last; nil: none is.
  ///   - last: the scheduled time of the last occurrence that fired.
  /// - Returns: for an interval with a planned occurrence its latest step not after `moment` and `last`; else `last`.
  public func base(planned: Instant?, last: Instant?, at moment: Instant) -> Instant? {
    guard case .interval(let minutes) = kind, let planned else { return last }
    let step = Int64(minutes) * 60_000_000
    let latest = max(moment, last ?? moment)
    return planned.advanced(microseconds: floorDivide(latest.microseconds - planned.microseconds, step) * step)
  }
}
