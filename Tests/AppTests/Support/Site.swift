import FastCGI
import Foundation
import Net
import Postgres
import TestSupport
import Web

@testable import App
@testable import Domain

/// The site without its sockets and without a network: requests go through the function that FastCGI calls, as the role `heed_web`, work is done
/// by the worker that `heed work` runs, as `heed_work`, all on a database of its own. People are ``Browser``s.
final class Site {
  /// Writes and reads what tests must know, past all policies.
  let owner: Connection
  /// The connection of the requests.
  private(set) var web: Connection
  let services: Services
  /// Saturday 21 November 2026, 09:00 in UTC; tests move it.
  var now = Instant(iso: "2026-11-21T09:00:00Z") ?? .distantPast
  /// What requests wrote to the log, event and details: unforeseen errors.
  var logged: [String] { requestLines.lines }
  /// The events that workers wrote to the log.
  var workLogged: [String] { workLines.lines }
  /// The name of the database.
  let name: String
  /// Where workers put mail, unless they are given a server.
  private let mailFolder = FileManager.default.temporaryDirectory.appendingPathComponent("heed-mail-\(UUID().uuidString)").path
  /// The site whose database this one uses too.
  private let host: Site?
  /// Whether the database stays when this is gone.
  private var isKept = false
  /// What the next site takes over, unless others connect to it.
  private var used: UsedDatabase?
  private var isShown = false
  private let requestLines = Lines()
  private let workLines = Lines()
  private let answer: Dispatcher
  /// The one of ``work()``.
  private var kept: Worker?

  private final class Lines {
    var lines: [String] = []
  }

  static let secret = Array("a secret of the tests, 32 bytes long".utf8)
  static let password = "a walrus in the attic"
  /// Argon2id takes 50 ms on purpose; once is enough for people who are simply there.
  private static let passwordHash = Password.hash(password) ?? ""

  /// What a site leaves behind to be copied.
  struct Kept: Sendable {
    /// A few rows, or a whole database.
    fileprivate enum Stock: Sendable {
      case rows(KeptRows)
      case database(String)
    }

    fileprivate let stock: Stock
    fileprivate let now: Instant

    /// Nobody copies it any more.
    func drop() { if case .database(let name) = stock { try? Cluster.shared.get().dropDatabase(name) } }
  }

  /// The list of the machine's zones takes 20 ms to read; once is enough for those who do not change it.
  private static let zoneList = Result<ZoneList, any Error> { try ZoneList(folder: Site.systemZones) }
  static let systemZones = "/usr/share/zoneinfo"

  /// A machine's zones, of which none is read yet.
  private static func zones(_ folder: String) throws -> Zones {
    guard folder == systemZones else { return try Zones(folder: folder) }
    return Zones(folder: folder, try zoneList.get(), SystemFile.stamp(folder + ZoneList.file))
  }

  /// A new database, without people.
  ///
  /// - Parameters:
  ///   - zoneinfo: where zone data is read from.
  ///   - checksAddresses: whether mail leaves the machine.
  ///   - channels: by which ways its people are reached.
  ///   - model: the server that the coach may ask.
  ///   - voice: who finds the coach's words; nil: the model, where there is one.
  ///   - importedAtOnce: how many dates of a file of habits are written in a request; nil: as many as anywhere.
  ///   - maildirs: the folder of channels' Maildirs.
  ///   - sms: who sends SMS.
  ///   - embedding: the server that makes vectors.
  ///   - kept: a site whose people and time it begins with; nil: nobody's.
  init(
    origin: String = "https://heed.test", signUpIsOpen: Bool = true, quota: Quota = .standard, passwordPlaces: HostSlots? = nil,
    zoneinfo: String = Site.systemZones, holdsClock: Bool = false, checksAddresses: Bool = true,
    addresses: AddressGuard = AddressGuard(), channels: [Channel] = App.channels, model: ModelServer? = nil, voice: CoachVoice? = nil,
    importedAtOnce: Int? = nil, maildirs: String? = nil, sms: SMSGateway? = nil, embedding: EmbedServer? = nil, copying kept: Kept? = nil
  ) throws {
    host = nil
    if case .database(let database) = kept?.stock {
      let cluster = try Cluster.shared.get()
      name = try cluster.createCopy(of: database)
      owner = try Connection(url: cluster.url(name, role: "heed_owner"))
      web = try Connection(url: cluster.url(name, role: "heed_web"))
    } else {
      let used = try UsedDatabase.take()
      (self.used, name, owner, web) = (used, used.name, used.owner, used.web)
      if case .rows(let rows) = kept?.stock { try used.write(rows) }
    }
    now = kept?.now ?? now
    var services = Services(
      origin: origin, secret: Site.secret, zones: try Site.zones(zoneinfo),
      assets: Assets(folder: nil), signUpIsOpen: signUpIsOpen, quota: quota, passwordPlaces: passwordPlaces, holdsClock: holdsClock,
      checksAddresses: checksAddresses, addresses: addresses)
    services.channels = channels
    services.model = model
    services.embedding = embedding
    services.maildirs = maildirs
    services.sms = sms
    services.voice = voice ?? .model(model)
    services.importedAtOnce = importedAtOnce ?? services.importedAtOnce
    self.services = services
    let requestLines = self.requestLines
    answer = Dispatcher(services) { event, details in requestLines.lines.append("\(event) \(details)") }
  }

  /// A site on a database that is there already, and that goes with it: an installation of before, migrated.
  init(database: String) throws {
    host = nil
    name = database
    let cluster = try Cluster.shared.get()
    owner = try Connection(url: cluster.url(name, role: "heed_owner"))
    web = try Connection(url: cluster.url(name, role: "heed_web"))
    services = Services(
      origin: "https://heed.test", secret: Site.secret, zones: try Site.zones(Site.systemZones), assets: Assets(folder: nil))
    let requestLines = self.requestLines
    answer = Dispatcher(services) { event, details in requestLines.lines.append("\(event) \(details)") }
  }

  /// The same site after a restart on a machine with other zone data.
  init(as host: Site, zoneinfo: String) throws {
    self.host = host
    name = host.name
    owner = host.owner
    web = try host.connection("heed_web")
    services = Services(
      origin: host.services.origin, secret: Site.secret, zones: try Site.zones(zoneinfo), assets: Assets(folder: nil))
    now = host.now
    let requestLines = self.requestLines
    answer = Dispatcher(services) { event, details in requestLines.lines.append("\(event) \(details)") }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: mailFolder)
    if let used, !isKept, !isShown {
      used.give()
    } else if host == nil, !isKept {
      try? Cluster.shared.get().dropDatabase(name)
    }
  }

  /// The database stays as it is, to be copied: what many tests begin with is then made once. This site is at its end.
  func keep() throws -> Kept {
    if let used, !isShown, let rows = try used.keepRows() { return Kept(stock: .rows(rows), now: now) }
    isKept = true
    // A database to which somebody is connected cannot be copied.
    try Cluster.shared.get().disconnect(name)
    return Kept(stock: .database(name), now: now)
  }

  /// The connection string of a role.
  func url(_ role: String) throws -> String {
    isShown = true
    return try own(role)
  }

  private func own(_ role: String) throws -> String { try Cluster.shared.get().url(name, role: role) }

  /// A connection of a role, beside those of the site.
  func connection(_ role: String) throws -> Connection { try Connection(url: own(role)) }

  /// Answers as a responder would, now.
  func respond(_ request: Request) -> Response { answer.respond(to: request, now: now, web) }

  /// From now on requests go over a connection that tells what it asks the server.
  func watchRequests(usesIndexes: Bool = false) throws -> StatementWatch {
    let watch = try StatementWatch(own("heed_web"), usesIndexes: usesIndexes)
    web = watch.db
    return watch
  }

  /// Lets the clock go on.
  func pass(minutes: Int = 0, hours: Int = 0, seconds: Int = 0) { now = now.advanced(seconds: minutes * 60 + hours * 3_600 + seconds) }

  /// Somebody who has not signed in.
  func browser(address: String = "192.0.2.1") -> Browser { Browser(self, address: address) }

  /// A person with a session, in an account of their own or in that of somebody else.
  ///
  /// - Parameter user: for whoever must stand at a certain place in the order of people.
  func person(
    _ email: String, sharing other: Browser? = nil, role: Role = .owner, verified: Bool = true, zone: String = "UTC",
    language: Language = .english, user: ID<User>? = nil
  ) throws -> Browser {
    let user = user ?? .new(at: now)
    let account = other?.account ?? .new(at: now)
    let new = NewPerson(
      email: email, password: "", displayName: "Ana", zone: try services.zones.zone(zone).unwrapped, language: language)
    try Users.insert(
      new, user: user, account: account, passwordHash: Site.passwordHash, role: role, makesAccount: other == nil, verified: verified,
      at: now, owner)
    let browser = self.browser()
    (browser.user, browser.account) = (user, account)
    try browser.openSession()
    return browser
  }

  /// Another browser, signed in, of the person of another one.
  func visit(as other: Browser) throws -> Browser {
    let browser = self.browser()
    (browser.user, browser.account) = (other.user, other.account)
    try browser.openSession()
    return browser
  }

  /// Everything that is due, by one worker that is kept from call to call.
  @discardableResult
  func work() throws -> Worker.Tally {
    let worker = try kept ?? worker(nil, used?.working())
    kept = worker
    return try worker.runOnce { now }
  }

  /// A worker of its own, whose mail goes to ``mails()`` or to a server.
  ///
  /// - Parameters:
  ///   - db: the worker's connection; nil for a new one.
  ///   - list: whose work it does.
  func worker(_ transport: Mailer.Transport? = nil, _ db: Connection? = nil, doing list: [Feature] = features) throws -> Worker {
    let from = Mail.Mailbox("Heed", try MailAddress("heed@heed.test").unwrapped)
    let mailer = Mailer(transport ?? .maildir(Maildir(path: mailFolder)), from: from)
    let workLines = self.workLines
    return Worker(try WorkBench(services, db ?? connection("heed_work"), mailer) { event, _ in workLines.lines.append(event) }, list)
  }

  /// The mails so far, as text, in the order of their names.
  func mails() throws -> [String] {
    let new = mailFolder + "/new"
    guard FileManager.default.fileExists(atPath: new) else { return [] }
    let names = try FileManager.default.contentsOfDirectory(atPath: new).sorted()
    return try names.map { try String(contentsOfFile: new + "/" + $0, encoding: .utf8) }
  }

  /// "tier state reason" of every message of an escalation, in order; without one of ours the first word of the other side's.
  func deliveries() throws -> [String] {
    try owner.rows(
      Query(
        column: """
          SELECT tier || ' ' || state || ' ' || split_part(coalesce(reason, concat_ws(' ', code, detail)), ' ', 1)
          FROM outbox WHERE subject = 'escalation' ORDER BY created_at, run, tier, round, id
          """))
  }

  /// A number, past all policies; -1 when there is no row.
  func count(_ sql: SQL) throws -> Int { try owner.value(sql) ?? -1 }

  /// A text, past all policies; nil when there is no row, or NULL in it.
  func text(_ sql: SQL) throws -> String? { try owner.value(sql, as: String?.self) ?? nil }

  /// A hash of every row of every table but those that note what was refused: two equal ones say that nothing was stored. Of the lines and
  /// years of habits, which keep what a page reckoned, what says that they count; of feeds, which note that they were read, what was chosen.
  /// A table without rows is not opened: a connection that has seen none of them takes 80 ms for all.
  func fingerprint() throws -> String {
    try owner.value(
      """
      SELECT string_agg(relname || md5(rows), ' ') FROM (
        SELECT relname, query_to_xml(format('SELECT %s AS r FROM %I t ORDER BY 1',
          CASE relname WHEN 'habit_lines' THEN '(habit_id, gone, stamp)::text' WHEN 'habit_years' THEN 'habit_id'
            WHEN 'feeds' THEN '(id, user_id, token_hash, include, detail, descriptions, made_at)::text' ELSE 't::text' END, relname),
          true, true, '')::text AS rows
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname NOT IN ('event_log', 'attempts')
          AND pg_relation_size(oid) > 0 OFFSET 0) tables
      WHERE rows <> ''
      """) ?? ""
  }
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
