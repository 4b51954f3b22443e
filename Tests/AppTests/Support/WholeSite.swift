import FastCGI
import Foundation
import Net
import Postgres
import TestSupport
import Web

@testable import App
@testable import Domain

/// The site without its sockets: requests go through the function that the responder calls, as the role `heed_web`, on a database of its own.
final class Site {
  /// Writes and reads what tests must know, past all policies.
  let owner: Connection
  /// The connection of the requests.
  let web: Connection
  let services: Services
  /// Saturday 21 November 2026, 09:00 in UTC; tests move it.
  var now = Instant(iso: "2026-11-21T09:00:00Z") ?? .distantPast
  /// What the site wrote to its log: unforeseen errors.
  var logged: [String] { log.lines }
  let name: String
  /// The site whose database this one uses too.
  private let host: Site?
  private let log = Lines()
  private let answer: Dispatcher

  private final class Lines {
    var lines: [String] = []
  }

  static let secret = Array("a secret of the tests, 32 bytes long".utf8)
  static let password = "a walrus in the attic"
  /// Argon2id takes 50 ms on purpose; once is enough for people who are simply there.
  private static let passwordHash = Password.hash(password) ?? ""

  init(
    origin: String = "https://heed.test", signUpIsOpen: Bool = true, quota: Quota = .standard, passwordPlaces: HostSlots? = nil,
    zoneinfo: String = "/usr/share/zoneinfo"
  ) throws {
    host = nil
    let cluster = try Cluster.shared.get()
    name = try cluster.createMigratedDatabase(folder: repository + "/migrations")
    owner = try Connection(url: cluster.url(name, role: "heed_owner"))
    web = try Connection(url: cluster.url(name, role: "heed_web"))
    services = Services(
      origin: origin, secret: Site.secret, zones: try Zones(folder: zoneinfo),
      assets: Assets(folder: nil), signUpIsOpen: signUpIsOpen, quota: quota, passwordPlaces: passwordPlaces)
    let log = self.log
    answer = Dispatcher(services) { event, details in log.lines.append("\(event) \(details)") }
  }

  /// The same site after a restart on a machine with other zone data.
  init(as host: Site, zoneinfo: String) throws {
    self.host = host
    name = host.name
    owner = host.owner
    web = try host.connection("heed_web")
    services = Services(
      origin: host.services.origin, secret: Site.secret, zones: try Zones(folder: zoneinfo), assets: Assets(folder: nil))
    now = host.now
    let log = self.log
    answer = Dispatcher(services) { event, details in log.lines.append("\(event) \(details)") }
  }

  /// A browser of its own for somebody whom another one belongs to.
  func visit(as other: Browser) throws -> Browser {
    let browser = self.browser()
    (browser.user, browser.account) = (other.user, other.account)
    try browser.openSession()
    return browser
  }

  deinit { if host == nil { try? Cluster.shared.get().dropDatabase(name) } }

  func url(_ role: String) throws -> String { try Cluster.shared.get().url(name, role: role) }

  func connection(_ role: String) throws -> Connection { try Connection(url: url(role)) }

  func respond(_ request: Request) -> Response { answer.respond(to: request, now: now, web) }

  /// Somebody who has not signed in.
  func browser(address: String = "192.0.2.1") -> Browser { Browser(self, address: address) }

  /// A person with a session, in an account of their own or in that of somebody else.
  func person(_ email: String, sharing other: Browser? = nil, role: Role = .owner, verified: Bool = true, zone: String = "UTC") throws
    -> Browser
  {
    let user = ID<User>.new(at: now)
    let account = other?.account ?? .new(at: now)
    let new = NewPerson(
      email: email, password: "", displayName: "Ana", zone: try services.zones.zone(zone).unwrapped, language: .english)
    try Users.insert(
      new, user: user, account: account, passwordHash: Site.passwordHash, role: role, makesAccount: other == nil, verified: verified,
      at: now,
      owner)
    let browser = self.browser()
    (browser.user, browser.account) = (user, account)
    try browser.openSession()
    return browser
  }

  /// One round of a worker, whose mail goes nowhere.
  func work() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("heed-mail-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try work(into: folder)
  }

  /// The same, its mail kept in a folder.
  func work(into folder: String) throws {
    let mailer = Mailer(.maildir(Maildir(path: folder)), from: Mail.Mailbox("Heed", try MailAddress("heed@heed.test").unwrapped))
    _ = try Worker(services, connection("heed_work"), mailer) { _, _ in }.runOnce { now }
  }

  func count(_ sql: SQL) throws -> Int { try owner.value(sql) ?? -1 }

  func text(_ sql: SQL) throws -> String? { try owner.value(sql) }

  /// A hash of every row of every table but those that note what was refused: two equal ones say that nothing was stored.
  func fingerprint() throws -> String {
    try owner.value(
      """
      SELECT string_agg(relname || md5(query_to_xml(format('SELECT t::text AS r FROM %I t ORDER BY 1', relname), true, true, '')::text), ' ')
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname NOT IN ('event_log', 'attempts')
      """) ?? ""
  }
}
