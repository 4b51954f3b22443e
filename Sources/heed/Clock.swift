import App
import ArgumentParser
import Domain
import Glibc

struct Clock: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The clock of a site under test (HEED_CLOCK_FILE).", subcommands: [Show.self, Set.self], defaultSubcommand: Show.self)

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print what the site takes for now.")
    @OptionGroup var settings: SettingsSource

    func run() throws {
      let configuration = try settings.configuration(as: [])
      print(SystemClock(file: configuration.clockFile).now().iso)
    }
  }

  struct Set: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Set the clock, such as: heed clock set 2026-11-21T03:30:00Z")
    @OptionGroup var settings: SettingsSource
    @Argument(help: "An instant: 2026-11-21T03:30:00Z, also with another offset.")
    var instant: String

    func run() throws {
      let configuration = try settings.configuration(as: [])
      guard let file = configuration.clockFile else { throw ValidationError("HEED_CLOCK_FILE is not set, so there is no clock to set.") }
      guard Instant(iso: instant) != nil else { throw ValidationError("“\(instant)” is no instant; write it like 2026-11-21T03:30:00Z.") }
      // Renamed into place: a process that reads at this moment sees the old or the new one.
      try Files.write(instant + "\n", to: file, mode: 0o644)
    }
  }
}
