import Domain
import Net
import Postgres
import Web

/// A file that goes along with an answer (RULES 6.20).
struct AnswerFile {
  /// Safe to show and to send.
  let name: String
  let type: String
  let bytes: [UInt8]

  /// Bytes of an answer's files together, as many as one form may hold.
  static let mostBytes = 24_000_000

  /// Those that a form sends.
  ///
  /// - Parameter before: bytes of those that go along besides.
  static func read(_ read: inout FormReader, before: Int = 0) -> [AnswerFile] {
    let sent = read.form.files("file")
    if sent.count > MailAttachment.mostFiles {
      read.complain("file", read.words("At most {n} files go along.", ["n": String(MailAttachment.mostFiles)]))
    }
    if sent.reduce(before, { $0 + $1.bytes.count }) > mostBytes {
      read.complain("file", read.words("These files are too large: at most {n} MB together.", ["n": String(mostBytes / 1_000_000)]))
    }
    return sent.enumerated().map { index, file in
      let type = self.type(of: file.name)
      return AnswerFile(name: AttachmentName.neutral(file.name, type: type, number: index + 1), type: type, bytes: file.bytes)
    }
  }

  /// By the end of its name: what a browser says of it, it has of there as well.
  private static func type(of name: String) -> String {
    let ending = name.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(name[$0...]).lowercased() } ?? ""
    return types[ending] ?? "application/octet-stream"
  }

  private static let types = [
    ".txt": "text/plain", ".csv": "text/csv", ".md": "text/markdown", ".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".zip": "application/zip", ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet", ".ics": "text/calendar",
  ]

  /// What stores them with a message, once an account each.
  ///
  /// - Parameter kept: files of other messages of ours, which go along with this one too.
  static func storing(
    _ files: [AnswerFile], _ kept: [ID<DeskFile>], with message: ID<DeskMessage>, of account: ID<Account>, at now: Instant
  )
    -> [SQL]
  {
    if files.isEmpty, kept.isEmpty { return [] }
    let digests = files.map { Keys.sha256($0.bytes) }
    var statements: [SQL] = zip(files, digests).map { file, digest in
      """
      INSERT INTO files (account_id, sha256, size, bytes) VALUES (\(account), \(digest), \(file.bytes.count), \(file.bytes)) ON CONFLICT DO NOTHING
      """
    }
    for (index, (file, digest)) in zip(files, digests).enumerated() {
      statements.append(
        """
        INSERT INTO attachments (id, account_id, message_id, n, name, type, size, sha256, state)
        VALUES (new_id(\(now)), \(account), \(message), \(index + 1), \(file.name), \(file.type), \(file.bytes.count), \(digest), 'kept')
        """)
    }
    if !kept.isEmpty {
      statements.append(
        """
        INSERT INTO attachments (id, account_id, message_id, n, name, type, size, sha256, state)
        SELECT new_id(\(now)), a.account_id, \(message), \(files.count) + row_number() OVER (ORDER BY a.message_id, a.n), a.name, a.type, a.size, a.sha256, 'kept'
        FROM attachments a WHERE a.id = ANY (\(kept)) AND a.account_id = \(account) AND a.state = 'kept'
        """)
    }
    return statements
  }

  /// Those of a message that leaves.
  static func of(_ message: ID<DeskMessage>) -> Query<(String, String, [UInt8])> {
    Query(
      tuple: """
        SELECT a.name, a.type, f.bytes FROM attachments a JOIN files f ON f.account_id = a.account_id AND f.sha256 = a.sha256
        WHERE a.message_id = \(message) AND a.state = 'kept' ORDER BY a.n
        """)
  }
}
