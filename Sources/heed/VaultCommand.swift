import App
import ArgumentParser
import Logging
import Postgres

/// Stored passwords and tokens, for operators.
struct VaultCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vault", abstract: "Stored passwords and tokens.", subcommands: [Rotate.self])

  struct Rotate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Give each account a new key and seal everything with it; print counts as one JSON line.",
      discussion: """
        Serves when a key may have been seen, and after a change of HEED_SECRET_KEY: name the old one in HEED_SECRET_KEY_PREVIOUS, run this, \
        then take it out. May be ended at any moment and run again. Ends with 1 when something does not open; the log names it.
        """)
    @OptionGroup var settings: SettingsSource

    func run() throws {
      let configuration = try settings.configuration(as: [.owner])
      let services = try Services(configuration)
      let log = Logger(label: "vault")
      let db = try Ready.owner(configuration, "heed vault", migrating: false)
      var rotation = VaultRotation(services, db, at: SystemClock(file: configuration.clockFile).now()) { details in
        log.error("vault.unreadable", metadata: details.metadata)
      }
      do {
        let outcome = try rotation.run()
        print(outcome.json)
        if outcome.unreadable > 0 { throw ExitCode(1) }
      } catch is VaultRotation.Busy {
        throw Complaint("another heed vault rotate is at it: wait for its end.")
      }
    }
  }
}
