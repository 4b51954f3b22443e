import Domain
import Net

/// Reads files one after the other, as a mailbox is read: what is wrong with one stops none of the others.
struct MailReading {
  let files: [String]
  /// The desk's own addresses; empty: guessed for each mail.
  let addresses: [String]

  /// - Parameter line: takes what is printed.
  func print(_ line: ([UInt8]) throws -> Void) throws {
    for path in files { try line(MailReading.line(path, addresses)) }
  }

  /// - Returns: how many mails, in how many milliseconds: reading the files, and all that is made of them but the JSON.
  func measure() throws -> (mails: Int, milliseconds: Int) {
    let start = Ticks.now
    for path in files { _ = try MailReading.result(path, addresses) }
    return (files.count, Ticks.now - start)
  }

  private static func line(_ path: String, _ addresses: [String]) throws -> [UInt8] {
    switch try result(path, addresses) {
    case .success(let mail): MailLine.of(mail, file: path)
    case .failure(let fault): MailLine.of(fault, file: path)
    }
  }

  private static func result(_ path: String, _ addresses: [String]) throws -> Result<IncomingMail, IncomingMail.Fault> {
    let bytes = try MailFiles.bytes(path, limit: IncomingMail.mostBytes)
    do {
      let tree = try MailParser.parse(bytes)
      let channel = MailChannel(addresses: addresses.isEmpty ? IncomingMail.likelyAddresses(of: tree) : addresses)
      return .success(MailReader.read(tree, channel: channel))
    } catch {
      return .failure(error)
    }
  }
}
