/// An instant made of a phrase.
struct PhraseResolution {
  let instant: Instant
  var moved = false
  var elapsed = false
  /// The time on the wall that was named; nil for a span.
  var wall: LocalTime?
}

extension PhraseReader {
  /// The same wall-clock time a year from now, the last instant that a phrase may mean.
  var limit: Instant {
    let here = zone.local(now)
    return zone.instant(LocalTime(day: here.day.advanced(months: 12), time: here.time))
  }

  /// Months first, keeping the wall-clock time and clamped to the month's last day; then the elapsed rest.
  ///
  /// - Throws: `past` for "2 hours ago", `notPositive`, `tooFar` (before any arithmetic that could overflow).
  func resolve(_ span: PhraseSpan) throws(PhraseError) -> PhraseResolution {
    guard span.seconds > 0 || span.months > 0, !span.isNegative else { throw .notPositive }
    guard !span.isPast else { throw .past }
    guard span.months <= 12, span.seconds <= 400 * 86_400 else { throw .tooFar }
    guard span.months > 0 else { return PhraseResolution(instant: now.advanced(seconds: Int64(span.seconds)), elapsed: true) }
    let here = zone.local(now)
    let there = at(LocalTime(day: here.day.advanced(months: span.months), time: here.time))
    return PhraseResolution(instant: there.instant.advanced(seconds: Int64(span.seconds)), moved: there.moved)
  }

  /// A time without a day is today's, or tomorrow's when that is over; a day without a time is at the default hour. Of a day that comes
  /// again and again ("end of month") the first that is still ahead is meant.
  ///
  /// - Throws: `unknown` when the words contradict each other, and what ``PhraseDay/candidates(today:)`` throws.
  func resolve(_ moment: PhraseMoment) throws(PhraseError) -> PhraseResolution {
    let here = zone.local(now)
    let sameTime = here.time.second - here.time.second % 60
    guard let second = moment.isSameTime ? sameTime : moment.seconds(defaultHour: defaultHour) else { throw .unknown }
    let today = here.day
    guard let day = moment.day else {
      let soon = at(today, second)
      return soon.instant > now ? soon : at(today.advanced(by: 1), second)
    }
    if moment.isSameTime, let counted = day.asCounted(from: today) { return at(counted, second) }
    var found: PhraseResolution?
    for candidate in try day.candidates(today: today) {
      let there = at(candidate, second)
      if there.instant > now { return there }
      found = there
    }
    guard let found else { throw .impossibleDate }
    return found
  }

  private func at(_ day: Day, _ second: Int) -> PhraseResolution {
    at(LocalTime(day: day.advanced(by: second / 86_400), time: TimeOfDay(clamping: second % 86_400)))
  }

  private func at(_ time: LocalTime) -> PhraseResolution {
    switch zone.resolve(time) {
    case .once(let instant), .twice(let instant, _): PhraseResolution(instant: instant, wall: time)
    case .skipped(let instant): PhraseResolution(instant: instant, moved: true, wall: time)
    }
  }
}
