import App
import ArgumentParser
import FoundationEssentials
import Glibc
import Logging

/// `--env-file`, before or after the name of the command.
struct SettingsSource: ParsableArguments {
  @Option(name: .customLong("env-file"), help: "A file of HEED_…=VALUE lines; the environment wins over it.")
  var envFile: String?

  var variables: Variables { Variables(envFile: envFile) }

  /// All settings, checked. On mistakes it prints them all and the process ends with status 78 (`EX_CONFIG`).
  func configuration(as roles: Set<DatabaseRole>) throws -> Configuration {
    do {
      let configuration = try Configuration(variables, as: roles)
      let level = configuration.logLevel
      LoggingSystem.bootstrap { LogLines(source: $0, level: level) }
      return configuration
    } catch {
      let text = Array("heed: \(error)\n".utf8)
      write(STDERR_FILENO, text, text.count)
      throw ExitCode(78)
    }
  }
}
