import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct MigratorTests {
  /// A folder of files that is removed at the end, and a database.
  private func with(_ files: [String: String], _ body: (_ folder: String, _ db: Connection) throws -> Void) throws {
    let folder = "/tmp/heed-migrations-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write(files, folder)
    let name = try Cluster.shared.get().createDatabase()
    try body(folder, connect(name, options: .migrating))
    try Cluster.shared.get().dropDatabase(name)
  }

  private func write(_ files: [String: String], _ folder: String) throws {
    for (name, text) in files { try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8) }
  }

  private let two = [
    "0001_things.sql": "CREATE TABLE things (n int);\nINSERT INTO things VALUES (1); -- ok; still one file\n",
    "0002_more.sql": "ALTER TABLE things ADD m text NOT NULL DEFAULT 'a;b';",
    "schema.sql": "not a migration", "README": "neither",
  ]

  @Test func filesAreAppliedInOrderAndOnce() throws {
    try with(two) { folder, db in
      var names: [String] = []
      let migrator = try Migrator(folder: folder)
      #expect(try migrator.status(db) == .behind(["0001_things.sql", "0002_more.sql"]))
      #expect(try migrator.migrate(db) { names.append($0) } == 2)
      #expect(names == ["0001_things.sql", "0002_more.sql"])
      #expect(try migrator.status(db) == .current)
      #expect(try migrator.migrate(db) == 0)
      #expect(try db.value("SELECT m FROM things", as: String.self) == "a;b")
      #expect(
        try db.value("SELECT checksum FROM schema_migrations WHERE number = 2", as: String.self)
          == db.value("SELECT encode(sha256(\(Array(two["0002_more.sql", default: ""].utf8))), 'hex')", as: String.self))
    }
  }

  @Test func afterwardsThePlannerKnowsWhatTheTablesHold() throws {
    let files = [
      "0001_things.sql": "CREATE TABLE things (n int); INSERT INTO things SELECT generate_series(1, 700); CREATE TABLE nothing (n int);"
    ]
    try with(files) { folder, db in
      func rows(_ table: String) throws -> Int? {
        try db.value("SELECT reltuples::int FROM pg_class WHERE relname = \(table)", as: Int.self)
      }
      try Migrator(folder: folder).migrate(db)
      // An empty table is taken for a small one as long as nobody has looked: -1.
      #expect(try rows("things") == 700 && rows("nothing") == -1)
      try write(["0002_anew.sql": "CREATE TABLE copy AS TABLE things; DROP TABLE things; ALTER TABLE copy RENAME TO things;"], folder)
      try Migrator(folder: folder).migrate(db)
      #expect(try rows("things") == 700)
      // Where nothing was missing, nothing is looked at.
      try db.run("INSERT INTO things SELECT generate_series(1, 700)")
      try Migrator(folder: folder).migrate(db)
      #expect(try rows("things") == 700)
    }
  }

  @Test func aNewFileMakesTheDatabaseOld() throws {
    try with(two) { folder, db in
      try Migrator(folder: folder).migrate(db)
      try write(["0003_last.sql": "SELECT 1"], folder)
      let migrator = try Migrator(folder: folder)
      #expect(try migrator.status(db) == .behind(["0003_last.sql"]))
      #expect("\(try migrator.status(db))".contains("run heed migrate"))
      #expect(try migrator.migrate(db) == 1)
    }
  }

  @Test(arguments: [["0002_more.sql": "SELECT 2"], ["0001_things.sql": "CREATE TABLE things (n int);"]])
  func aFileThatWasChangedAfterwardsIsRefused(change: [String: String]) throws {
    try with(two) { folder, db in
      try Migrator(folder: folder).migrate(db)
      try write(change, folder)
      let migrator = try Migrator(folder: folder)
      #expect(try migrator.status(db) == .changed(change.keys.first ?? ""))
      let error = #expect(throws: MigrationError.self) { try migrator.migrate(db) }
      #expect("\(error.map { "\($0)" } ?? "")".contains("was changed after it was applied"))
    }
  }

  @Test func aFileThatWasRenamedAfterwardsIsRefused() throws {
    try with(two) { folder, db in
      try Migrator(folder: folder).migrate(db)
      try FileManager.default.moveItem(atPath: "\(folder)/0002_more.sql", toPath: "\(folder)/0002_other.sql")
      #expect(try Migrator(folder: folder).status(db) == .changed("0002_more.sql"))
    }
  }

  @Test func aDatabaseFromANewerProgramIsRefused() throws {
    try with(two) { folder, db in
      try Migrator(folder: folder).migrate(db)
      try FileManager.default.removeItem(atPath: "\(folder)/0002_more.sql")
      let migrator = try Migrator(folder: folder)
      #expect(try migrator.status(db) == .ahead(["0002_more.sql"]))
      #expect(throws: MigrationError.self) { try migrator.migrate(db) }
      #expect("\(try migrator.status(db))".contains("newer than this program"))
    }
  }

  @Test(arguments: [
    ["0001_a.sql", "0003_c.sql"], ["0002_b.sql"], ["0001_a.sql", "0001_b.sql"], ["1_a.sql"], ["00001_a.sql"], ["0001.sql"], ["0001_.sql"],
    ["0001_a.txt"], ["0001-a.sql"], ["0000_a.sql"],
  ])
  func gapsAndOddNamesAreRefused(names: [String]) throws {
    try with(Dictionary(uniqueKeysWithValues: names.map { ($0, "SELECT 1") })) { folder, _ in
      #expect(throws: MigrationError.self) { try Migrator(folder: folder) }
    }
  }

  @Test func aFolderThatIsMissingIsRefused() {
    #expect(throws: MigrationError.self) { try Migrator(folder: "/tmp/heed-no-such-folder") }
  }

  @Test func aFileThatFailsIsRolledBackAndNamedWithItsLine() throws {
    let files = ["0001_a.sql": "CREATE TABLE a (n int);", "0002_é.sql": "CREATE TABLE b ();\n-- é\nSELECT oops;\nCREATE TABLE c ();"]
    try with(files) { folder, db in
      let error = #expect(throws: MigrationError.self) { try Migrator(folder: folder).migrate(db) }
      guard case .failed(let file, let line, let cause) = error else { return #expect(Bool(false), "\(String(describing: error))") }
      #expect(file == "0002_é.sql")
      #expect(line == 3)
      #expect(cause.sqlstate == "42703")
      let kept = try db.value("SELECT to_regclass('a') IS NOT NULL AND to_regclass('b') IS NULL", as: Bool.self)
      #expect(kept == true)
      #expect(try Migrator(folder: folder).status(db) == .behind(["0002_é.sql"]))
    }
  }

  @Test(arguments: ["CREATE TABLE a (); COMMIT;", "CREATE TABLE a (); COMMIT; BEGIN; ROLLBACK", "ROLLBACK"])
  func aFileThatEndsItsTransactionIsRefused(text: String) throws {
    try with(["0001_a.sql": text]) { folder, db in
      let error = #expect(throws: MigrationError.self) { try Migrator(folder: folder).migrate(db) }
      #expect("\(error.map { "\($0)" } ?? "")".contains("leave COMMIT and ROLLBACK out"))
      let recorded = try db.value("SELECT count(*) FROM schema_migrations", as: Int.self)
      #expect(recorded == 0)
    }
  }

  /// The files sleep, so that the two surely meet.
  @Test func ofTwoAtOnceEachFileIsAppliedByOne() throws {
    let slow = [
      "0001_a.sql": "CREATE TABLE a (n int); SELECT pg_sleep(0.1);",
      "0002_b.sql": "INSERT INTO a VALUES (1); SELECT pg_sleep(0.1)",
    ]
    try with(slow) { folder, db in
      let database = try #require(try db.value("SELECT current_database()", as: String.self))
      nonisolated(unsafe) var counts = [0, 0]
      var options = ConnectionOptions.migrating
      options.lockTimeout = 20  // far less than it has to wait: waiting for the other program has no limit
      let given = options
      DispatchQueue.concurrentPerform(iterations: 2) { index in
        // A failure shows as a count that is missing.
        let count = (try? Migrator(folder: folder).migrate(connect(database, options: given))) ?? -1
        counts.withUnsafeMutableBufferPointer { $0[index] = count }
      }
      #expect(counts.reduce(0, +) == 2 && !counts.contains(-1), "\(counts)")
      #expect(try db.value("SELECT count(*) FROM a", as: Int.self) == 1)
    }
  }

  @Test func theSchemaOfTheProductAppliesAsItsOwnerAndEveryRoleMaySeeItsState() throws {
    let cluster = try Cluster.shared.get()
    let name = try cluster.createMigratedDatabase(folder: "\(repository)/migrations")
    for role in ["heed_web", "heed_work"] {
      let db = try Connection(url: cluster.url(name, role: role))
      #expect(try Migrator(folder: "\(repository)/migrations").status(db) == .current)
    }
    try cluster.dropDatabase(name)
  }
}
