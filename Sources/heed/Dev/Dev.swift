import App
import ArgumentParser
import FoundationEssentials
import Glibc

/// What `heed dev` was told on the command line.
struct DevOptions: ParsableArguments {
  @Option(help: "The folder for the database, sockets, logs and mail.")
  var state = ".heed"
  @Option(help: "The port on 127.0.0.1; without it the first free one from 8080.")
  var port: UInt16?
  @Option(help: "How many processes answer requests.")
  var responders: Int?
  @Option(help: "How many processes fire reminders.")
  var workers: Int?
  @Flag(help: "Make no demo account.")
  var noSeed = false

  /// As settings, which win over the environment's.
  var counts: [String: String] {
    var counts: [String: String] = [:]
    if let responders { counts["HEED_RESPONDERS"] = "\(responders)" }
    if let workers { counts["HEED_WORKERS"] = "\(workers)" }
    return counts
  }
}

/// The embedded default: a whole site from the installed programs, private to one folder.
struct Dev: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Run a whole site for development, in the foreground.")

  @OptionGroup var options: DevOptions
  @OptionGroup var settings: SettingsSource

  func run() throws {
    let environment = ProcessInfo.processInfo.environment.filter { $0.key.utf8.starts(with: "HEED_".utf8) }
    let file = settings.envFile.map { EnvFile(path: $0) }
    if let mistakes = file?.mistakes, !mistakes.isEmpty { throw Mistakes(mistakes) }
    let given = (file?.values ?? [:]).filter { $0.key.utf8.starts(with: "HEED_".utf8) }.merging(environment) { _, new in new }
    for name in given.keys.sorted() where DevEnvFile.isOwn(name) && name != "HEED_ROOT" {
      Self.say("heed: \(name) is not used by heed dev, which makes its own")
    }
    let site: DevSite
    do {
      site = try DevSite(options, given: given)
    } catch is Interrupted {
      throw ExitCode(0)
    } catch {
      Self.say("heed: \(error)")
      throw ExitCode(1)
    }
    throw ExitCode(site.run(Self.say))
  }

  /// One line on stdout, at once also when that is a pipe or a file.
  static func say(_ line: String) {
    print(line)
    fflush(nil)
  }
}
