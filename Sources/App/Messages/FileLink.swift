import Domain
import HTML
import Postgres
import Web

/// The right to fetch a file, in a link: the program that takes answers of a chat is nobody who could sign in, nor is the frame that shows the HTML of a
/// mail. Signed over file and expiry; nothing is stored ("Decided besides" 54).
struct FileLink: Equatable {
  /// How long a link works.
  static let seconds: Int64 = 3_600

  let file: ID<DeskFile>
  let expiresAt: Instant

  init(_ file: ID<DeskFile>, sentAt: Instant) {
    self.file = file
    expiresAt = Instant(seconds: sentAt.seconds + FileLink.seconds)
  }

  /// - Returns: nil for a token that is not ours. Late ones are returned.
  init?(token: String, _ keys: Keys) {
    guard let bytes = Token.read(token, .file, keys), bytes.count == 24, let id = ID<DeskFile>(bytes: bytes.prefix(16)) else { return nil }
    file = id
    expiresAt = Instant(seconds: Int64(truncatingIfNeeded: bytes.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }))
  }

  /// The token, for `/f/…`.
  func token(_ keys: Keys) -> String {
    let seconds = UInt64(bitPattern: expiresAt.seconds)
    return Token.make(file.bytes + (0..<8).map { UInt8(truncatingIfNeeded: seconds >> UInt64(56 - $0 * 8)) }, .file, keys)
  }

  /// Whether it still works.
  func isGood(at now: Instant) -> Bool { now < expiresAt }
}

/// A file of an answer as a webhook names it.
struct LinkedFile {
  let id: ID<DeskFile>
  let name: String
  let type: String
  let size: Int64

  static func of(_ message: ID<DeskMessage>) -> Query<LinkedFile> {
    Query(
      "SELECT a.id, a.name, a.type, a.size FROM attachments a WHERE a.message_id = \(message) AND a.state = 'kept' ORDER BY a.n",
      into: LinkedFile.init)
  }

  func json(_ services: Services, at now: Instant) -> JSONText {
    let url = services.origin + Paths.linkedFile(FileLink(id, sentAt: now).token(services.keys)).text
    return .object([
      ("file_name", .string(name)), ("mime_type", .string(type)), ("size", .number(Int(clamping: size))), ("url", .string(url)),
    ])
  }
}
