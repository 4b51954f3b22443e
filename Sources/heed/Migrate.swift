import App
import ArgumentParser
import Postgres

struct Migrate: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Bring the database up to date. Safe to run again.")

  @OptionGroup var settings: SettingsSource

  func run() throws {
    let configuration = try settings.configuration(as: [.owner])
    let db = try Ready.owner(configuration, "heed migrate")
    let count = try Migrator(folder: configuration.root + "/migrations").migrate(db) { print("heed: applied \($0)") }
    print("heed: the database is up to date (\(count) applied)")
  }
}
