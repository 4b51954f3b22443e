import App
import ArgumentParser
import Glibc
import Postgres

/// Demo data.
struct Seed: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the demo account with reminders in every state. Does nothing when it is there already.")

  @OptionGroup var settings: SettingsSource

  func run() throws {
    let configuration = try settings.configuration(as: [.owner])
    guard !configuration.isProduction else {
      throw ValidationError("The demo account has a public password: not with HEED_ENV=production.")
    }
    let db = try Ready.owner(configuration, "heed seed")
    let made = try DemoSeed(Services(configuration), db).run(at: SystemClock(file: configuration.clockFile).now())
    print(made ? "heed: made the demo account \(Demo.email)" : "heed: the demo account is there already")
  }
}
