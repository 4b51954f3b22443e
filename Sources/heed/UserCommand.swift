import App
import ArgumentParser
import Domain
import Glibc
import Postgres

/// Accounts from the command line, for operators and tests.
struct UserCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "user", abstract: "People.", subcommands: [Create.self])

  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Make a person and print the id. The address counts as verified.")
    @OptionGroup var settings: SettingsSource
    @Option(help: "The e-mail address to sign in with.") var email: String
    @Flag(name: .customLong("password-stdin"), help: "Read the password from standard input.") var passwordFromInput = false
    @Option(help: "An IANA time zone.") var timezone = "UTC"
    @Option(help: "en or pt-BR.") var language = "en"
    @Option(help: "owner, admin, agent or viewer.") var role = "owner"
    @Option(help: "The id of the account to join; a new account when it is not given.") var account: String?

    func run() throws {
      let configuration = try settings.configuration(as: [.owner])
      guard passwordFromInput, let password = readLine(strippingNewline: true) else {
        throw ValidationError("Give the password on standard input, with --password-stdin.")
      }
      let services = try Services(configuration)
      let db = try Ready.owner(configuration, "heed user", migrating: false)
      let now = SystemClock(file: configuration.clockFile).now()
      print(
        try Operator.makeUser(
          email: email, password: password, timezone: timezone, language: language, role: role, account: account, services, at: now, db))
    }
  }
}
