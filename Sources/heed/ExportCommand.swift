import App
import ArgumentParser
import Glibc

/// All that is kept of a person, for operators.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print all that is kept of a person as JSON, as it is at one moment.",
    discussion: "The same as the person gets from their settings. It is written down in their audit log.")
  @OptionGroup var settings: SettingsSource
  @Argument(help: "The e-mail address that the person signs in with.") var email: String

  func run() throws {
    let configuration = try settings.configuration(as: [.owner])
    let services = try Services(configuration)
    let db = try Ready.owner(configuration, "heed export")
    let now = SystemClock(file: configuration.clockFile).now()
    try PersonExport.write(of: email, services, at: now, db) { bytes in
      var written = 0
      while written < bytes.count {
        let count = bytes[written...].withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw Complaint(system: "cannot write") }
        written += count
      }
    }
  }
}
