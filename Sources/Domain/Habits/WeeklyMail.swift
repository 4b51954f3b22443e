/// When the review of a week is mailed (RULES 5.24): on the first day of the next one, at the person's hour, in their zone; late rather than
/// never within that day.
public struct WeeklyMail: Hashable, Sendable {
  /// What it is about: the week that ended.
  public let week: PersonWeek
  public let due: Instant
  /// The end of that day: after it, nothing is sent any more.
  public let expires: Instant

  /// The mail of the day that `now` falls on, or of the next day that begins a week. An hour that the clocks skip is read as RULES 1.3 say.
  public init(at now: Instant, zone: Zone, weekStart: Weekday, hour: TimeOfDay) {
    let today = zone.local(now).day
    let current = PersonWeek(holding: today, weekStart: weekStart)
    self.init(on: current.first == today ? current : current.next, zone: zone, hour: hour)
  }

  /// - Parameter next: the week that begins on the day of the mail.
  private init(on next: PersonWeek, zone: Zone, hour: TimeOfDay) {
    week = next.previous
    due = zone.instant(LocalTime(day: next.first, time: hour))
    expires = zone.start(of: next.first.advanced(by: 1))
  }
}
