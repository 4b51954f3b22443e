import ArgumentParser
import Glibc

/// Mails that come in, for operators.
struct MailCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "mail", abstract: "Mails that come in.", subcommands: [Read.self])

  struct Read: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print what Heed makes of mails, one JSON line each.",
      discussion: """
        Files are mails as they came; of folders all files below are read, so a Maildir will do. Nothing is stored or sent, and no settings are \
        needed. Without --channel the desk is taken to be whom the mail was delivered to (Delivered-To, X-Original-To), or an address that is both \
        sender and recipient. A mail that would go into quarantine has a line with the reason.
        """)
    @Flag(help: "Print how many mails, and in how many seconds; nothing of them.") var count = false
    @Option(help: "An address or alias of the desk; may be given several times.") var channel: [String] = []
    @Argument(help: "Files and folders.") var paths: [String]

    func run() throws {
      do {
        let reading = MailReading(files: try MailFiles(paths).paths, addresses: channel)
        if count {
          let (mails, milliseconds) = try reading.measure()
          print("\(mails) mails, \(Measured.seconds(milliseconds))")
        } else {
          try reading.print(Read.write)
        }
      } catch let error as MailFiles.Unreadable {
        throw Complaint("cannot read \(error.path): \(String(cString: strerror(error.reason)))")
      }
    }

    /// Straight to the descriptor: a line may be megabytes.
    private static func write(_ line: [UInt8]) throws {
      var done = 0
      while done < line.count {
        let count = line[done...].withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw MailFiles.Unreadable(path: "(standard output)", reason: errno) }
        done += count
      }
    }
  }
}
