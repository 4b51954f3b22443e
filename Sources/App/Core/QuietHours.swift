import Domain
import Postgres

/// When somebody wants no messages (RULES 3.9), by the clock on the wall: hours that begin on every day, others on some days, and all of the time
/// until an instant that they named. What asks whether it is quiet (sending, the dry check, timelines, programs that fetch) asks here.
struct QuietHours: Equatable, Sendable {
  /// From the first to the second; they may span midnight.
  struct Span: Equatable, Sendable {
    let from: TimeOfDay
    let until: TimeOfDay

    var spansMidnight: Bool { until <= from }
    /// "22:00–07:00"
    var text: String { "\(from.text)–\(until.text)" }
  }

  /// Those that begin on a day that is none of ``days``.
  var usual: Span?
  /// The days on which others begin.
  var days = WeekdaySet.none
  /// Those; nil: none begin on these days.
  var other: Span?
  /// Whether what is critical waits, too.
  var holdsCritical = false
  /// No messages until then, whatever the hours are.
  var pausedUntil: Instant?

  /// Whether there are any hours.
  var hasHours: Bool { usual != nil && days.count < 7 || other != nil && !days.isEmpty }

  /// The hours that begin on a day.
  func span(on day: Weekday) -> Span? { days.contains(day) ? other : usual }

  /// When the quiet that `now` lies in ends; nil when it lies in none that holds such a message. Hours that begin before others end go on in them.
  func end(_ zone: Zone, at now: Instant, critical isCritical: Bool = false) -> Instant? {
    if isCritical, !holdsCritical { return nil }
    var end = now
    // The hours of a day are fewer than 24: no week is quiet from its beginning to its end.
    for _ in 0..<10 {
      guard let next = nextEnd(zone, at: end) else { break }
      end = next
    }
    return end > now ? end : nil
  }

  /// The middle of the first hours that begin after `now`, and after what was said for now; nil where none do within eight days of that.
  func middle(_ zone: Zone, after now: Instant) -> Instant? {
    let now = max(now, pausedUntil ?? now)
    let today = zone.local(now).day
    for ahead in 0...8 {
      let day = today.advanced(by: ahead)
      guard let span = span(on: day.weekday) else { continue }
      let begin = Self.instant(span.from, on: day, zone)
      guard begin > now, let end = end(zone, at: begin) else { continue }
      return begin.advanced(seconds: end.seconds(since: begin) / 2)
    }
    return nil
  }

  private func nextEnd(_ zone: Zone, at now: Instant) -> Instant? {
    let today = zone.local(now).day
    var ends: [Instant] = []
    if let pausedUntil, now < pausedUntil { ends.append(pausedUntil) }
    for day in [today.advanced(by: -1), today] {
      guard let span = span(on: day.weekday) else { continue }
      let end = Self.instant(span.until, on: span.spansMidnight ? day.advanced(by: 1) : day, zone)
      if Self.instant(span.from, on: day, zone) <= now, now < end { ends.append(end) }
    }
    return ends.max()
  }

  /// When the clocks show a time, or a later one where they skip it. Of one that comes twice the first counts: what has begun or ended then does not
  /// do so again.
  private static func instant(_ time: TimeOfDay, on day: Day, _ zone: Zone) -> Instant {
    switch zone.resolve(LocalTime(day: day, time: time)) {
    case .once(let instant), .twice(let instant, _): instant
    case .skipped(let instant): zone.gapEnd(around: instant)
    }
  }
}

extension QuietHours.Span {
  /// Of two columns that hold seconds of a day; nil where there are no hours.
  init?(seconds from: Int?, _ until: Int?) {
    guard let first = from.flatMap({ TimeOfDay(second: $0) }), let second = until.flatMap({ TimeOfDay(second: $0) }) else { return nil }
    self.init(from: first, until: second)
  }
}

extension QuietHours {
  /// The columns of ``init(_:)`` of `users u`.
  static let ofUser: Columns =
    "u.quiet_from, u.quiet_until, u.quiet_days, u.quiet_days_from, u.quiet_days_until, u.quiet_critical, u.quiet_paused_until"

  /// The same of `contacts c`, who cannot say "not until …".
  static let ofContact: Columns = """
    c.quiet_from, c.quiet_until, c.quiet_days, c.quiet_days_from, c.quiet_days_until, c.quiet_critical, NULL::timestamptz AS quiet_paused_until
    """

  /// The same of whom a message `outbox d` is for: `users u`, or `contacts c` where there is still one.
  static let ofRecipient: Columns = """
    CASE WHEN d.recipient_kind = 'contact' THEN c.quiet_from ELSE u.quiet_from END AS quiet_from,
    CASE WHEN d.recipient_kind = 'contact' THEN c.quiet_until ELSE u.quiet_until END AS quiet_until,
    CASE WHEN d.recipient_kind = 'contact' THEN coalesce(c.quiet_days, 0) ELSE u.quiet_days END AS quiet_days,
    CASE WHEN d.recipient_kind = 'contact' THEN c.quiet_days_from ELSE u.quiet_days_from END AS quiet_days_from,
    CASE WHEN d.recipient_kind = 'contact' THEN c.quiet_days_until ELSE u.quiet_days_until END AS quiet_days_until,
    CASE WHEN d.recipient_kind = 'contact' THEN coalesce(c.quiet_critical, false) ELSE u.quiet_critical END AS quiet_critical,
    CASE WHEN d.recipient_kind IN ('user', 'device') THEN u.quiet_paused_until END AS quiet_paused_until
    """

  /// Reads those columns.
  init(_ row: Row) throws(PostgresError) {
    usual = Span(seconds: try row("quiet_from"), try row("quiet_until"))
    let bits: Int = try row("quiet_days")
    days = WeekdaySet(bits: UInt8(truncatingIfNeeded: bits))
    other = Span(seconds: try row("quiet_days_from"), try row("quiet_days_until"))
    holdsCritical = try row("quiet_critical")
    pausedUntil = try row("quiet_paused_until")
  }

  /// The hours as a row holds them; what was said for now is not among them.
  var fields: RowValues {
    [
      "quiet_from": "\(usual?.from.second)", "quiet_until": "\(usual?.until.second)", "quiet_days": "\(Int(days.bits))",
      "quiet_days_from": "\(other?.from.second)", "quiet_days_until": "\(other?.until.second)", "quiet_critical": "\(holdsCritical)",
    ]
  }

  /// For the audit log: "22:00–07:00; sat sun 23:00–10:00; critical".
  var text: String {
    let others = days.isEmpty ? nil : days.days().map(\.field).joined(separator: " ") + " " + (other?.text ?? "none")
    let parts = [usual?.text, others, holdsCritical ? "critical" : nil]
    return parts.compactMap(\.self).joined(separator: "; ")
  }
}
