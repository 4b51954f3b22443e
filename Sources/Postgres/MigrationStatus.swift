extension Migrator {
  /// A row of `schema_migrations`.
  struct Applied {
    let number: Int
    let name: String
    let checksum: String

    var file: String { Migration.file(number, name) }
  }

  /// - Parameters:
  ///   - applied: in order.
  ///   - checksums: of ``migrations``, in their order.
  func status(applied: [Applied], checksums: [String]) -> Status {
    let unknown = applied.filter { $0.number > migrations.count }
    if !unknown.isEmpty { return .ahead(unknown.map(\.file)) }
    let known = Dictionary(applied.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    for (migration, checksum) in zip(migrations, checksums) {
      if let row = known[migration.number], row.checksum != checksum || row.name != migration.name { return .changed(row.file) }
    }
    let missing = migrations.filter { known[$0.number] == nil }
    return missing.isEmpty ? .current : .behind(missing.map(\.file))
  }
}

extension Migrator.Status {
  /// Why `heed migrate` can't go on either; nil when it can.
  var problem: MigrationError? {
    switch self {
    case .current, .behind: nil
    case .ahead, .changed: .refused(self)
    }
  }
}

extension Migrator.Status: CustomStringConvertible {
  /// One sentence for whoever starts the program.
  public var description: String {
    switch self {
    case .current:
      "the database is up to date"
    case .behind(let names):
      "the database is older than this program: \(names.count) missing, from \(names.first ?? "?"); run heed migrate"
    case .ahead(let names):
      "the database is newer than this program, which does not know \(names.joined(separator: ", ")); install the newer program"
    case .changed(let name):
      "migration \(name) was changed after it was applied; put the old file back and write a new migration instead"
    }
  }
}

/// Why migrating stopped.
public enum MigrationError: Error, CustomStringConvertible {
  case folder(String)
  /// A file that begins with a digit but is not `NNNN_name.sql`, a number twice, or a gap.
  case numbering(String)
  /// See the status.
  case refused(Migrator.Status)
  /// Rolled back; the migrations before it stay.
  case failed(String, line: Int?, PostgresError)
  /// The file has a COMMIT or ROLLBACK.
  case endsTransaction(String)

  public var description: String {
    switch self {
    case .folder(let reason), .numbering(let reason): reason
    case .refused(let status): "\(status)"
    case .failed(let file, let line, let error): "\(file)\(line.map { " line \($0)" } ?? ""): \(error)"
    case .endsTransaction(let file): "\(file) ends its transaction; leave COMMIT and ROLLBACK out"
    }
  }
}
