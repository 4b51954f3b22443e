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
    try Ready.schema(configuration, .work)
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
    Ending.listen()
    let worker = try Worker.make(configuration, log)
    Child.reportReady()
    // A clock that a test moves cannot be slept through: look at it every half second.
    try worker.run({ clock.now() }, longest: configuration.clockFile == nil ? 30_000 : 500) { Ending.isAsked }
  }
}

extension Worker {
  /// A worker as the settings say.
  static func make(_ configuration: Configuration, _ log: Logger) throws -> Worker {
    var options = ConnectionOptions()
    options.applicationName = "heed work"
    options.prepares = configuration.prepares
    let db = try Connection(url: configuration.url(.work), options: options) { log.notice("\($0)") }
    return try Worker(Services(configuration), db, Mailer(configuration)) { event, details in
      log.notice("\(event)", metadata: details.metadata)
    }
  }
}

/// Whether SIGTERM or SIGINT has come. Kept blocked and asked for, so that no signal handler runs and no call is interrupted half-way.
enum Ending {
  /// Call before anything long begins.
  static func listen() {
    var signals = set
    sigprocmask(SIG_BLOCK, &signals, nil)
  }

  static var isAsked: Bool {
    var pending = sigset_t()
    sigpending(&pending)
    return sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1
  }

  private static var set: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGTERM)
    sigaddset(&signals, SIGINT)
    return signals
  }
}
