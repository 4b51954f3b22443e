/// Who is on duty: lines of days and hours by the clocks of a place, the first that holds counts (RULES 6.14).
///
/// `Member` is whatever names one: an id.
public struct Rota<Member: Hashable & Sendable>: Sendable {
  public struct Line: Hashable, Sendable {
    public let days: WeekdaySet
    public let span: OpeningHours.Span
    public let member: Member

    public init(_ days: WeekdaySet, _ span: OpeningHours.Span, _ member: Member) {
      (self.days, self.span, self.member) = (days, span, member)
    }
  }

  /// Of whom a line or an assignment counts at an instant.
  public enum Presence: Hashable, Sendable {
    case present
    /// Up to that instant, which is not part of it.
    case away(until: Instant)
    /// Removed from the team, or never part of it.
    case gone

    func isPresent(at instant: Instant) -> Bool {
      switch self {
      case .present: true
      case .away(let end): end <= instant
      case .gone: false
      }
    }
  }

  public let lines: [Line]
  public let zone: Zone

  public init(_ lines: [Line], in zone: Zone) { (self.lines, self.zone) = (lines, zone) }

  /// The member of the first line that holds `instant` and who is present then; nil for a hole.
  public func member(at instant: Instant, _ presence: (Member) -> Presence) -> Member? {
    let local = zone.local(instant)
    let (day, minute) = (local.day.weekday, local.time.second / 60)
    return lines.first {
      $0.days.contains(day) && $0.span.holds(minute: minute) && presence($0.member).isPresent(at: instant)
    }?.member
  }

  /// Who is told that an answer is late at `instant`: who is on duty, in a hole the assignee if present, else the owner, away or not:
  /// somebody always is.
  public func told(at instant: Instant, assignee: Member?, owner: Member, _ presence: (Member) -> Presence) -> Member {
    if let member = member(at: instant, presence) { return member }
    if let assignee, presence(assignee).isPresent(at: instant) { return assignee }
    return owner
  }
}
