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
      abstract: "Walk every account's chain; name the first row that is not as it was written.",
      discussion: """
        Whoever may write to the whole database can cut a chain together with its recorded end. The workers write the ends to their log daily; with \
        --heads the chains are compared with those, for example: journalctl -u heed-work -o cat | heed audit verify --heads /dev/stdin
        """)
    @OptionGroup var settings: SettingsSource
    @Option(help: "A file with lines of the workers' log; other lines are passed over.") var heads: String?

    func run() throws {
      let configuration = try settings.configuration(as: [.owner])
      let logged = try heads.map(Self.read) ?? LoggedHeads()
      let db = try Ready.owner(configuration, "heed audit")
      let previous = configuration.previousKey.map { Keys(secret: $0.bytes) }
      switch try AuditVerification.verify(Keys(secret: configuration.secretKey.bytes), previous: previous, db, against: logged) {
      case .whole(let rows, let accounts):
        let compared = heads == nil ? "" : "; \(logged.count) ends in the log fit it"
        print("heed: the audit log is whole: \(rows) rows in \(accounts) accounts\(compared)")
      case .broken(let account, let number, let why):
        print("heed: account \(account), row \(number): \(why)")
        throw ExitCode(1)
      }
    }

    /// Line by line: a log may be larger than memory.
    private static func read(_ path: String) throws -> LoggedHeads {
      guard let file = fopen(path, "re") else { throw Complaint(system: "cannot read \(path)") }
      defer { fclose(file) }
      var logged = LoggedHeads()
      var line: UnsafeMutablePointer<CChar>?
      var room = 0
      defer { free(line) }
      while case let length = getline(&line, &room, file), length > 0 {
        logged.read(line: UnsafeRawBufferPointer(start: line, count: length))
      }
      // A wrong file must not pass for one with which everything fits.
      if logged.count == 0 { throw Complaint("\(path) holds no ends of chains: lines of the workers' log with “audit.heads” are wanted.") }
      return logged
    }
  }
}
