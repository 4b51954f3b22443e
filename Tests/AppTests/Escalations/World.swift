import Foundation
import Net
import Postgres
import TestSupport
import Web

@testable import App
@testable import Domain

/// A database of its own with one person, a clock that tests step, and a worker whose mail goes to a folder.
final class World {
  let name: String
  let folder: String
  /// The owner of the tables, whom no policy binds.
  let db: Connection
  let services: Services
  let user: ID<User>
  let account: ID<Account>
  /// Saturday 21 November 2026, 09:00 in UTC.
  var now = Instant(iso: "2026-11-21T09:00:00Z") ?? .distantPast
  private(set) var logged: [String] = []
  private var workers: [Worker] = []

  init(zone: String = "UTC", language: Language = .english, verified: Bool = true, zoneinfo: String = "/usr/share/zoneinfo") throws {
    let cluster = try Cluster.shared.get()
    name = try cluster.createMigratedDatabase(folder: repository + "/migrations")
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("heed-world-\(UUID().uuidString)").path
    db = try Connection(url: cluster.url(name, role: "heed_owner"))
    let zones = try Zones(folder: zoneinfo)
    services = Services(
      origin: "https://heed.test", secret: Array("a secret of the tests, 32 bytes long".utf8), zones: zones, assets: Assets(folder: nil))
    user = .new(at: now)
    account = .new(at: now)
    try addPerson(user, account, "ana@x.test", zone, language, verified)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
    try? Cluster.shared.get().dropDatabase(name)
  }

  func addPerson(_ user: ID<User>, _ account: ID<Account>, _ email: String, _ zone: String, _ language: Language, _ verified: Bool) throws {
    let person = NewPerson(
      email: email, password: "", displayName: "Ana", zone: services.zones.zone(zone) ?? .utc, language: language)
    try Users.insert(person, user: user, account: account, passwordHash: "", verified: verified, at: now, db)
  }

  func worker(_ transport: Mailer.Transport? = nil) throws -> Worker {
    let from = Mail.Mailbox("Heed", try MailAddress("heed@heed.test").unwrapped)
    let work = try Connection(url: Cluster.shared.get().url(name, role: "heed_work"))
    let mailer = Mailer(transport ?? .maildir(Maildir(path: folder)), from: from)
    return try Worker(services, work, mailer) { [weak self] event, _ in self?.logged.append(event) }
  }

  /// Everything that is due.
  @discardableResult
  func work() throws -> Worker.Tally {
    if workers.isEmpty { workers = [try worker()] }
    return try workers[0].runOnce { now }
  }

  func pass(minutes: Int = 0, hours: Int = 0, seconds: Int = 0) { now = now.advanced(seconds: minutes * 60 + hours * 3_600 + seconds) }

  /// A reminder of the person, by default once, an hour from now, critical.
  func remind(
    _ kind: Schedule.Kind? = nil, _ importance: Importance = .high, title: String = "Pay the rent", next: Instant? = nil,
    preset: String? = nil, zone: String = "UTC", of person: ID<User>? = nil
  ) throws -> ID<Reminder> {
    let user = person ?? self.user
    let id = ID<Reminder>.new(at: now)
    let kind = kind ?? .once(at: now.advanced(hours: 1))
    let schedule = try Schedule(kind, zone: services.zones.zone(zone) ?? .utc)
    let profile: ID<EscalationProfile> = try db.value(
      "SELECT id FROM profiles WHERE user_id = \(user) AND preset = \(preset ?? importance.preset.rawValue)"
    ).unwrapped
    let draft = ReminderDraft(
      title: title, description: "Transfer **it**.", importance: importance, profile: profile, schedule: schedule,
      nextAt: next ?? schedule.following(now, last: nil), isMoved: false)
    try draft.insert(id, for: user, zoneVersion: services.zones.version, at: now, db)
    return id
  }

  /// What somebody does with a reminder, in a transaction as a request has one.
  @discardableResult
  func desk<T>(_ id: ID<Reminder>, _ body: (ReminderCommands) throws -> T) throws -> T {
    try db.transaction {
      try db.run("SELECT 1 FROM reminders WHERE id = \(id) FOR UPDATE")
      let reminder = try db.row(Reminder.query(id, of: user, services.zones)).unwrapped
      return try body(ReminderCommands(reminder, by: Actor(actor: .user, name: "Ana"), services.words(.english), at: now, db))
    }
  }

  func reminder(_ id: ID<Reminder>) throws -> Reminder { try db.row(Reminder.query(id, of: user, services.zones)).unwrapped }

  func newest(_ id: ID<Reminder>) throws -> Escalation? { try Escalation.newest(of: id, user, db) }

  /// "state tier round run" of the newest escalation.
  func state(_ id: ID<Reminder>) throws -> String {
    guard let course = try newest(id)?.course else { return "none" }
    return "\(course.state.rawValue) \(course.tier) \(course.round) \(course.run)"
  }

  /// The kinds of the events of the newest escalation, with tiers.
  func events(_ id: ID<Reminder>) throws -> [String] {
    let escalation = try newest(id).unwrapped
    return try db.rows(
      Query(
        column: """
          SELECT kind || coalesce(' ' || tier, '') FROM escalation_events WHERE escalation_id = \(escalation.id) ORDER BY at, id
          """))
  }

  /// "tier state detail" of every delivery, in order.
  func deliveries() throws -> [String] {
    try db.rows(
      Query(
        column: """
          SELECT tier || ' ' || state || ' ' || split_part(detail, ' ', 1) FROM deliveries ORDER BY created_at, run, tier, round, id
          """))
  }

  /// The mails so far, as text.
  func mails() throws -> [String] {
    let new = folder + "/new"
    guard FileManager.default.fileExists(atPath: new) else { return [] }
    let names = try FileManager.default.contentsOfDirectory(atPath: new).sorted()
    return try names.map { try String(contentsOfFile: new + "/" + $0, encoding: .utf8) }
  }

  func count(_ sql: SQL) throws -> Int { try db.value(sql) ?? -1 }
}

struct Missing: Error {}

extension Optional {
  /// For tests: nil is a failure of the test.
  var unwrapped: Wrapped {
    get throws {
      guard let self else { throw Missing() }
      return self
    }
  }
}
