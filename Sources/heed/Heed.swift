import ArgumentParser

/// The program: one command for each thing an operator does.
@main
struct Heed: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "heed", abstract: "A self-hosted attention desk: reminders that escalate until somebody heeds them.",
    subcommands: [
      Dev.self, Serve.self, Respond.self, Work.self, WorkOne.self, Migrate.self, Seed.self, Check.self, UserCommand.self, Clock.self,
      AuditCommand.self, ExportCommand.self, VaultCommand.self, Jobs.self, MailCommand.self, HabitsCommand.self,
      VectorsCommand.self,
    ])

  @OptionGroup var settings: SettingsSource
}
