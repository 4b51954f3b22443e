import Domain
import Glibc
import Postgres
import Web

/// What of the audit log is older than a year stands in files (RULES 7.3): a line of JSON an entry, with all that its MAC is made of, so that the chain can
/// be walked through them. How far an account's have gone, the database keeps with the MAC of the last, sealed: the walk goes on from there.
struct AuditArchive {
  static let days: Int64 = 365
  /// Entries of a file, and of a step.
  private static let most = 500

  let folder: String

  /// Why a file could not be written.
  struct Unwritten: Error, CustomStringConvertible {
    let path: String
    let reason: Int32

    var description: String { "\(path) cannot be written: \(SmallFile.reason(reason))" }
  }

  /// Every night, where there is a folder for it: else all entries stay where they are.
  static let kind = JobKind("audit.archive", .nightly(), kept: "365 days, then in files") { run, bench, now in
    guard let folder = bench.services.auditArchive else { return .done }
    let before = ID<AuditRow>.first(from: now.advanced(days: -AuditArchive.days))
    let place = ID<Account>(run.place) ?? ID(high: 0, low: 0)
    let rows: [AuditVerification.Stored] = try bench.db.rows(
      "SELECT \(AuditVerification.Stored.columns) FROM door.audit_old(\(before), \(place), \(AuditArchive.most))")
    guard let last = rows.last else { return .done }
    // Written again where a worker dies before the rows are gone: the same name, the same bytes.
    try AuditArchive(folder: folder).write(rows)
    let seal = AuditArchive.seal(last.row.account, last.row.number, last.mac, bench.services.keys)
    let gone: Int64? = try bench.db.value(
      "SELECT door.audit_archived(\(last.row.account), \(last.row.number), \(last.mac), \(seal), \(before), \(now))")
    guard gone == Int64(rows.count) else {
      return .failed("the entries up to \(last.row.number) of \(last.row.account.text) are not those that were read")
    }
    run.done += rows.count
    run.place = last.row.account.text
    return .again
  }

  /// What nobody can make who has the database alone.
  static func seal(_ account: ID<Account>, _ number: Int64, _ mac: [UInt8], _ keys: Keys) -> [UInt8] {
    keys.mac(.archive, Array("\(account.text) \(number) ".utf8) + mac)
  }

  /// Writes a file of entries that stand side by side in one chain: whole or not at all.
  func write(_ rows: [AuditVerification.Stored]) throws(Unwritten) {
    guard let first = rows.first, let last = rows.last else { return }
    var bytes: [UInt8] = []
    for row in rows {
      bytes += AuditArchive.line(row).text.utf8
      bytes.append(10)
    }
    let path = "\(folder)/\(first.row.account.text)-\(AuditArchive.padded(first.row.number))-\(AuditArchive.padded(last.row.number)).jsonl"
    let draft = path + ".new"
    try save(bytes, draft)
    guard rename(draft, path) == 0 else { throw Unwritten(path: path, reason: errno) }
    try sync(folder, O_RDONLY | O_DIRECTORY)
  }

  private func save(_ bytes: [UInt8], _ path: String) throws(Unwritten) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Unwritten(path: path, reason: errno) }
    defer { close(file) }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Unwritten(path: path, reason: errno) }
      written += count
    }
    guard fsync(file) == 0 else { throw Unwritten(path: path, reason: errno) }
  }

  /// What a folder holds is safe only once the folder is.
  private func sync(_ path: String, _ mode: Int32) throws(Unwritten) {
    let file = open(path, mode | O_CLOEXEC)
    guard file >= 0 else { throw Unwritten(path: path, reason: errno) }
    defer { close(file) }
    guard fsync(file) == 0 else { throw Unwritten(path: path, reason: errno) }
  }

  /// By number, files stand in the order of their names.
  private static func padded(_ number: Int64) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 12 - digits.utf8.count)) + digits
  }

  private static func line(_ stored: AuditVerification.Stored) -> JSONText {
    let row = stored.row
    func text(_ value: String?) -> JSONText { value.map { .string($0) } ?? .null }
    let payload: JSONText = stored.hasPayload ? .string(row.payload) : .null
    return .object([
      ("account", .string(row.account.text)), ("number", .number(Int(clamping: row.number))), ("id", .string(row.id.text)),
      ("version", .number(row.version)), ("at", .string(row.at.iso)), ("at_microseconds", .number(Int(clamping: row.at.microseconds))),
      ("user", text(row.user?.text)), ("actor", .string(row.actor)), ("actor_id", text(row.actorID)), ("action", .string(row.action)),
      ("subject", .string(row.subject)), ("subject_id", text(row.subjectID)), ("payload", payload),
      ("payload_sha256", .string(Bytes.hex(row.payloadHash))), ("address", .string(row.address)), ("agent", .string(row.agent)),
      ("request", .string(row.requestID)), ("mac", .string(Bytes.hex(stored.mac))),
    ])
  }
}
