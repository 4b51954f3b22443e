import FoundationEssentials

/// One file of SQL.
public struct Migration: Sendable {
  /// From 1.
  public let number: Int
  /// Between the number and `.sql`.
  public let name: String
  public let text: String

  /// `0007_snoozes.sql`.
  public var file: String { Migration.file(number, name) }

  static func file(_ number: Int, _ name: String) -> String {
    let digits = String(number)
    return "\(String(repeating: "0", count: max(0, 4 - digits.utf8.count)))\(digits)_\(name).sql"
  }

  /// All of a folder, in order. Files that don't begin with a digit, such as `schema.sql`, are passed over.
  static func read(folder: String) throws(MigrationError) -> [Migration] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw .folder("the folder \(folder) can't be read")
    }
    var migrations: [Migration] = []
    for name in names.filter({ $0.utf8.first.map(isDigit) ?? false }).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let migration = try Migration(folder: folder, file: name)
      guard migration.number == migrations.count + 1 else {
        throw .numbering("\(name): the next migration should have the number \(migrations.count + 1)")
      }
      migrations.append(migration)
    }
    return migrations
  }

  private init(folder: String, file: String) throws(MigrationError) {
    guard file.hasSuffix(".sql"), file.utf8.count > 9, let number = Int(file.utf8.prefix(4).allSatisfy(isDigit) ? file.prefix(4) : ""),
      file.utf8.dropFirst(4).first == 0x5F
    else { throw .numbering("\(file) should be named like 0001_accounts.sql") }
    self.number = number
    name = String(file.dropFirst(5).dropLast(4))
    do {
      let data = try Data(contentsOf: URL(filePath: "\(folder)/\(file)"))
      guard let text = String(validating: data, as: UTF8.self), !text.utf8.contains(0) else { throw Unreadable() }
      self.text = text
    } catch {
      throw .folder("\(folder)/\(file) can't be read as UTF-8")
    }
  }

  private struct Unreadable: Error {}

  /// The line, from 1, of a position that the server reports in characters from 1.
  func line(at position: Int?) -> Int? {
    position.map { position in 1 + text.unicodeScalars.prefix(position - 1).count { $0 == "\n" } }
  }
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
