import App
import ArgumentParser
import Postgres

/// The timetable, for operators.
struct Jobs: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print what Heed does by itself to keep house: when, how it went last, and how long what is kept.",
    discussion: "Times are UTC.")

  @OptionGroup var settings: SettingsSource

  func run() throws {
    let configuration = try settings.configuration(as: [.owner])
    let db = try Ready.owner(configuration, "heed jobs", migrating: false)
    print(try Timetable(at: SystemClock(file: configuration.clockFile).now(), db).text, terminator: "")
  }
}
