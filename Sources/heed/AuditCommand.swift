import App
import ArgumentParser
import Glibc
import Postgres
import Web

/// The audit log, for operators.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "audit", abstract: "The audit log.", subcommands: [Verify.self])

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Walk every account's chain; name the first row that is not as it was written.")
    @OptionGroup var settings: SettingsSource

    func run() throws {
      let configuration = try settings.configuration(as: [.owner])
      let db = try Ready.owner(configuration, "heed audit")
      switch try AuditVerification.verify(Keys(secret: configuration.secretKey.bytes), db) {
      case .whole(let rows, let accounts):
        print("heed: the audit log is whole: \(rows) rows in \(accounts) accounts")
      case .broken(let account, let number, let why):
        print("heed: account \(account), row \(number): \(why)")
        throw ExitCode(1)
      }
    }
  }
}
