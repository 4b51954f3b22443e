import App
import ArgumentParser
import Domain
import FastCGI
import Glibc
import Logging
import Postgres
import Web

/// Answers requests from nginx: makes the socket, starts the responders and keeps them running.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answer requests on the FastCGI socket. SIGHUP renews the responders, SIGTERM ends them after their request.")

  @OptionGroup var settings: SettingsSource

  func run() throws {
    let configuration = try settings.configuration(as: [.web])
    let log = Logger(label: "serve")
    try Ready.database(configuration, .web)
    let listener = try Ready.listener(configuration)
    defer { listener.remove() }
    let program = FastCGI.Program("responder", settings.command("respond"), count: configuration.responders, listener: listener)
    let timeouts = Timeouts(requestSeconds: configuration.requestSeconds)
    try Supervisor([program], timeouts: timeouts) { event, details in log.info("\(event)", metadata: details.metadata) }.run()
  }
}

/// One responder: one process, one thread, one database connection, one request at a time. `heed serve` starts it.
struct Respond: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "One responder; started by heed serve.", shouldDisplay: false)

  @OptionGroup var settings: SettingsSource

  func run() throws {
    let configuration = try settings.configuration(as: [.web])
    let log = Logger(label: "respond")
    if let user = configuration.user { try Privileges.drop(to: user) }
    Child.followParent()
    Child.limitMemory()
    let clock = SystemClock(file: configuration.clockFile)
    let services = try Services(configuration)
    var options = configuration.options("heed serve")
    options.joinsByHash = false
    let url = try configuration.url(.web)
    // A server that is away when this process starts is met again at the next request, not with a dead process.
    var db: Connection?
    let answer = Dispatcher(services) { event, details in log.error("\(event)", metadata: details.metadata) }
    var limits = Limits()
    limits.requestSeconds = configuration.requestSeconds
    limits.maxRequests = configuration.requestsPerResponder
    let responder = try Responder(listener: .inherited(), limits: limits) { event, details in
      log.notice("\(event)", metadata: details.metadata)
    }
    var hooks = Responder.Hooks()
    hooks.refusal = { raw, status in
      let request = Request(raw, id: RequestNumber.next())
      let (head, body) = answer.refused(request, status).written(withBody: request.method != .head)
      return head + body
    }
    Child.reportReady()
    let ending = responder.run(hooks: hooks) { raw, writer in
      let request = Request(raw, id: RequestNumber.next())
      let now = clock.now()
      _ = services.zones.refresh(at: now)  // Nothing here was computed with the old.
      do {
        let live = try db ?? Connection(url: url, options: options) { log.notice("\($0)") }
        db = live
        writer.write(answer.respond(to: request, now: now, live), to: request)
      } catch {
        log.error("database.away", metadata: ["request": "\(request.id)", "error": "\(error)"])
        writer.write(answer.unavailable(request), to: request)
      }
    }
    throw ExitCode(ending.rawValue)
  }
}

extension ResponseWriter {
  fileprivate func write(_ response: Response, to request: Request) {
    let isWhole = request.method != .head
    let (head, body) = response.written(withBody: isWhole)
    guard write(head, body), isWhole, let file = response.file else { return }
    var offset = 0
    while true {
      let part = file.part(from: offset)
      if part.isEmpty || !write(part) { return }
      offset += part.count
    }
  }
}

extension Timeouts {
  /// How much longer than a request an end may take.
  static let afterRequest = 15
  /// The longest request for which heed-serve.service has patience (`TimeoutStopSec=45`), with ten seconds to spare.
  static let unitSeconds = 20

  /// For responders: the last request may take all its time.
  init(requestSeconds: Int) {
    self.init()
    stop = max(stop, (requestSeconds + Self.afterRequest) * 1_000)
  }
}

/// What must be so before a process serves or works.
enum Ready {
  /// - Throws: with a line that says what to do: status 78 when the connection is of another role, for which the wall between people does
  ///   not stand, the schema is older or newer than this program, or a pooler would mix the processes' statements up; 1 when there is no
  ///   connection.
  static func database(_ configuration: Configuration, _ role: DatabaseRole) throws {
    do {
      try look(configuration, role)
    } catch let error as PostgresError {
      try refuse("\(role.setting.name): \(DatabaseWords.explain(error, role))", status: 1)
    } catch let error as MigrationError {
      try refuse("HEED_ROOT: \(error)")
    }
  }

  /// A connection for a command of the operator's, as the owner of the tables.
  static func owner(_ configuration: Configuration, _ name: String, migrating: Bool = true) throws -> Connection {
    do {
      return try Connection(url: configuration.url(.owner), options: configuration.options(name, migrating: migrating))
    } catch let error as PostgresError {
      try refuse("\(DatabaseRole.owner.setting.name): \(DatabaseWords.explain(error, .owner))", status: 1)
    }
  }

  /// The socket that nginx passes requests to.
  static func listener(_ configuration: Configuration) throws -> Listener {
    do {
      return try Listener.bind(path: configuration.socket, mode: 0o660, group: configuration.socketGroup, backlog: 1_024)
    } catch {
      try refuse("HEED_SOCKET: \(error). Another heed serve may be at it; otherwise heed check says what to do", status: 1)
    }
  }

  private static func look(_ configuration: Configuration, _ role: DatabaseRole) throws {
    let (url, options) = (try configuration.url(role), configuration.options("heed"))
    let db = try Connection(url: url, options: options)
    if let complaint = try RoleWall.complaint(role, db) { try refuse("\(role.setting.name): \(complaint)") }
    if configuration.prepares, try Pooler.lendsByTransaction(url, options, db), try !Pooler.keepsStatements(db) {
      try refuse("\(role.setting.name): \(Pooler.statementsMix)")
    }
    let status = try Migrator(folder: configuration.root + "/migrations").status(db)
    if status != .current { try refuse("\(status)") }
  }

  private static func refuse(_ reason: String, status: Int32 = 78) throws -> Never {
    let text = Array("heed: \(reason)\n".utf8)
    write(STDERR_FILENO, text, text.count)
    throw ExitCode(status)
  }
}

/// The numbers of requests: the process and a count, so that each stands once in the log.
enum RequestNumber {
  /// 16 random hexadecimal digits: short enough to be read out on the telephone in two groups.
  static func next() -> String {
    var generator = SystemRandomNumberGenerator()
    let text = String(generator.next() as UInt64, radix: 16)
    return String(repeating: "0", count: 16 - text.utf8.count) + text
  }
}

extension [String: String] {
  /// For the log.
  var metadata: Logger.Metadata { mapValues { .string($0) } }
}

extension SettingsSource {
  /// How this program calls itself for a child.
  func command(_ name: String) -> [String] {
    [Root.program() ?? "heed"] + (envFile.map { ["--env-file", $0] } ?? []) + [name]
  }
}
