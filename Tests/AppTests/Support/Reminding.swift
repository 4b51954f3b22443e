import Domain
import Postgres

@testable import App

/// What a person has and does beside the pages: reminders that no form would take, and what became of them.
extension Browser {
  /// Stores a reminder past the form, by default once, an hour from now. Unlike the form it takes what is due already.
  ///
  /// - Parameters:
  ///   - kind: nil for once, an hour from now.
  ///   - next: when it rings, if not when its schedule says.
  ///   - preset: the profile's, if not the one that goes with importance.
  func remind(
    _ kind: Schedule.Kind?, _ importance: Importance = .high, title: String = "Pay the rent", next: Instant? = nil, preset: String? = nil,
    zone: String = "UTC"
  ) throws -> ID<Reminder> {
    let (now, services) = (site.now, site.services)
    let id = ID<Reminder>.new(at: now)
    let schedule = try Schedule(kind ?? .once(at: now.advanced(hours: 1)), zone: services.zones.zone(zone).unwrapped)
    let profile: ID<EscalationProfile> = try site.owner.value(
      "SELECT id FROM profiles WHERE user_id = \(user) AND preset = \(preset ?? importance.preset.rawValue)"
    ).unwrapped
    let draft = ReminderDraft(
      title: title, description: "Transfer **it**.", importance: importance, profile: profile, schedule: schedule,
      nextAt: next ?? schedule.following(now, last: nil), isMoved: false)
    try draft.insert(id, for: user, zoneVersion: services.zones.version, at: now, site.owner)
    return id
  }

  /// What this person does with a reminder, in a transaction as a request has one.
  @discardableResult
  func desk<T>(_ id: ID<Reminder>, _ body: (ReminderCommands) throws -> T) throws -> T {
    try site.owner.transaction {
      try body(.find(id, of: user, by: Actor(kind: .user, name: "Ana"), at: site.now, site.services.zones, site.owner))
    }
  }

  /// One of this person's reminders as it is stored now.
  func reminder(_ id: ID<Reminder>) throws -> Reminder {
    try site.owner.row(Reminder.query("\(id)", of: user, site.services.zones)).unwrapped
  }

  /// The escalation of a reminder that began last.
  func newest(_ id: ID<Reminder>) throws -> Escalation? { try site.owner.row(Escalation.newest(of: "\(id)", user)) }

  /// "state tier round run" of the newest escalation; "none" where there is none.
  func state(_ id: ID<Reminder>) throws -> String {
    guard let course = try newest(id)?.course else { return "none" }
    return "\(course.state.rawValue) \(course.tier) \(course.round) \(course.run)"
  }

  /// The kinds of the events of the newest escalation, with tiers.
  func events(_ id: ID<Reminder>) throws -> [String] {
    let escalation = try newest(id).unwrapped
    return try site.owner.rows(
      Query(
        column: """
          SELECT kind || coalesce(' ' || tier, '') FROM escalation_timeline WHERE escalation_id = \(escalation.id) ORDER BY at, id
          """))
  }
}
