import App
import ArgumentParser
import FastCGI
import Glibc
import Logging
import Postgres

/// Fires reminders and sends messages: starts the workers and keeps them running.
struct Work: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fire reminders and send messages. SIGHUP renews the workers, SIGTERM ends them after what is under way.")

  @OptionGroup var settings: SettingsSource
  @Flag(help: "Do all that is due now, wait for its deliveries, print counts as one JSON line and end.") var once = false

  func run() throws {
    let configuration = try settings.configuration(as: [.work])
    try Ready.database(configuration, .work)
    if once {
      if let user = configuration.user { try Privileges.drop(to: user) }
      let clock = SystemClock(file: configuration.clockFile)
      print(try Worker.make(configuration, Logger(label: "work")).runOnce { clock.now() }.json)
      return
    }
    let log = Logger(label: "work")
    let program = FastCGI.Program("worker", settings.command("work-one"), count: configuration.workers)
    try Supervisor([program]) { event, details in log.info("\(event)", metadata: details.metadata) }.run()
  }
}

/// One worker. `heed work` starts it.
struct WorkOne: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work-one", abstract: "One worker; started by heed work.", shouldDisplay: false)

  @OptionGroup var settings: SettingsSource

  func run() throws {
    let configuration = try settings.configuration(as: [.work])
    let log = Logger(label: "work-one")
    if let user = configuration.user { try Privileges.drop(to: user) }
    Child.followParent()
    Child.limitMemory()
    let clock = SystemClock(file: configuration.clockFile)
    // Asked for between two rounds, so that no call is interrupted half-way.
    let signals = try SignalFile([SIGTERM, SIGINT])
    var isEnding = false
    func isAsked() -> Bool {
      isEnding = isEnding || signals.next() != nil
      return isEnding
    }
    guard let worker = try start(configuration, log, isAsked) else { return }
    Child.reportReady()
    // A clock that a test moves cannot be slept through: look at it every half second.
    let longest = configuration.clockFile == nil ? 30_000 : 500
    try worker.run({ clock.now() }, longest: longest, call: signals.descriptor, until: isAsked)
  }

  /// A database that is away is waited for here, too: a process that gave up would only be started again, after longer and longer pauses.
  private func start(_ configuration: Configuration, _ log: Logger, _ isAsked: () -> Bool) throws -> Worker? {
    while !isAsked() {
      do {
        return try Worker.make(configuration, log)
      } catch let error as PostgresError where error.isTransient {
        log.notice("work.database_away", metadata: ["error": "\(error)"])
        sleep(1)
      }
    }
    return nil
  }
}

extension Worker {
  /// A worker as the settings say.
  static func make(_ configuration: Configuration, _ log: Logger) throws -> Worker {
    var options = configuration.options("heed work")
    options.scansTables = false
    let db = try Connection(url: configuration.url(.work), options: options) { log.notice("\($0)") }
    return try Worker(Services(configuration), db, Mailer(configuration)) { event, details in
      log.notice("\(event)", metadata: details.metadata)
    }
  }
}
