import Foundation
import TestSupport
import Testing

@testable import Postgres

/// Reads of which the first ones decide what the others see: how a request finds out whose rows to show.
@Suite struct LeadingReadTests {
  private let db: Connection

  init() throws { db = try connect() }

  private func setting(_ name: String, _ value: String, found: Bool = true) -> Query<String> {
    Query(column: "SELECT set_config(\(name), \(value), true) WHERE \(found)")
  }

  private func seen(_ name: String) -> Query<String> { Query(column: "SELECT coalesce(current_setting(\(name), true), '')") }

  @Test func whatTheFirstSetsIsSeenByAllOthersAndGoneAfterwards() throws {
    let (lead, one, two) = try db.read(setting("heed.user_id", "ana"), seen("heed.user_id"), seen("heed.user_id"))
    #expect(lead == ["ana"] && one == ["ana"] && two == ["ana"])
    #expect(try db.rows(seen("heed.user_id")) == [""])
  }

  @Test func twoMayLead() throws {
    let (first, second, rest) = try db.read(setting("heed.user_id", "ana"), seen("heed.user_id"), seen("heed.user_id"))
    #expect(first == ["ana"] && second == ["ana"] && rest == ["ana"])
  }

  @Test func aLeadThatFindsNobodySetsNothing() throws {
    let (lead, seen) = try db.read(setting("heed.user_id", "ana", found: false), seen("heed.user_id"))
    #expect(lead.isEmpty && seen == [""])
    let (first, second, rest) = try db.read(
      setting("heed.user_id", "ana", found: false), setting("heed.account_id", "home"), self.seen("heed.user_id"))
    #expect(first.isEmpty && second == ["home"] && rest == [""])
  }

  @Test func aLeadThatFailsLetsNothingRunAndTheConnectionGoesOn() throws {
    try db.run("CREATE TEMPORARY SEQUENCE counted")
    let error = failure {
      try db.read(Query(column: "SELECT 1 / \(0)", as: Int.self), Query(column: "SELECT nextval('counted')", as: Int.self))
    }
    #expect(error?.sqlstate == "22012")
    #expect(try db.value("SELECT nextval('counted')", as: Int.self) == 1)
  }

  @Test func insideATransactionASettingLastsToItsEnd() throws {
    try db.transaction {
      _ = try db.read(setting("heed.user_id", "ana"), seen("heed.user_id"))
      #expect(try db.rows(seen("heed.user_id")) == ["ana"])
    }
    #expect(try db.rows(seen("heed.user_id")) == [""])
  }

  @Test func rowsOfDifferentKindsComeBackEachAsItsOwn() throws {
    let (lead, numbers, texts, nothing) = try db.read(
      Query(column: "SELECT true", as: Bool.self), Query(column: "SELECT generate_series(1, 3)", as: Int.self),
      Query(column: "VALUES ('a'), (NULL)", as: String?.self), Query(column: "SELECT 1 WHERE false", as: Int.self))
    #expect(lead == [true] && numbers == [1, 2, 3] && texts == ["a", nil] && nothing.isEmpty)
  }

  @Test func aRowThatCannotBeReadSaysWhichColumn() throws {
    let error = failure {
      try db.read(Query(column: "SELECT 1", as: Int.self), Query(column: "SELECT 'x' AS title", as: Int.self))
    }
    #expect(error?.kind == .value && error?.description.contains("title") == true, "\(error?.description ?? "none")")
    #expect(try db.value("SELECT 1", as: Int.self) == 1)
  }

  @Test func theServersHintComesAlong() throws {
    #expect(failure { try db.run("SELECT lengthh('a')") }?.hint?.isEmpty == false)
    #expect(failure { try db.run("SELECT 1 / \(0)") }?.hint == nil)
  }
}

/// What an operator reads when a folder of migrations and a database do not fit.
@Suite struct MigrationWordsTests {
  @Test(
    arguments: [
      (.current, "the database is up to date"),
      (.behind(["0002_a.sql", "0003_b.sql"]), "the database is older than this program: 2 missing, from 0002_a.sql; run heed migrate"),
      (
        .ahead(["0009_z.sql", "0010_y.sql"]),
        "the database is newer than this program, which does not know 0009_z.sql, 0010_y.sql; install the newer program"
      ),
      (
        .changed("0001_a.sql"),
        "migration 0001_a.sql was changed after it was applied; put the old file back and write a new migration instead"
      ),
    ] as [(Migrator.Status, String)])
  func eachStatusSaysWhatToDo(status: Migrator.Status, words: String) {
    #expect(status.description == words)
    let stops: Bool =
      switch status {
      case .ahead, .changed: true;
      case .behind, .current: false
      }
    #expect(status.problem.map { "\($0)" } == (stops ? words : nil))
  }

  @Test(arguments: [[0x41, 0xFF], [0x53, 0x00, 0x31]] as [[UInt8]])
  func aFileThatIsNoTextIsNamed(bytes: [UInt8]) throws {
    let folder = "/tmp/heed-migrations-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(FileManager.default.createFile(atPath: folder + "/0001_a.sql", contents: Data(bytes)))
    let error = #expect(throws: MigrationError.self) { try Migrator(folder: folder) }
    #expect(error?.description == "\(folder)/0001_a.sql can't be read as UTF-8")
  }

  @Test func aFolderThatIsNotThereIsNamed() {
    let error = #expect(throws: MigrationError.self) { try Migrator(folder: "/no/such/folder") }
    #expect(error?.description == "the folder /no/such/folder can't be read")
  }
}

/// Text that stays where the result holds it.
@Suite struct TextValueTests {
  @Test func itIsComparedByBytesWhereverItLies() throws {
    let rows: [Text] = try connect().rows(Query(column: "VALUES ('caf\u{E9}'), ('cafe\u{301}'), (''), ('caf\u{E9}')"))
    #expect(rows[0] == rows[3] && rows[0] != rows[1] && rows[2].isEmpty)
    #expect(rows[0] == Text("caf\u{E9}") && rows[1] == Text("cafe\u{301}") && rows[2] == "")
    #expect(Set(rows).count == 3 && Set(rows).contains(Text("caf\u{E9}".utf8)))
    #expect(rows.map(\.count) == [5, 6, 0, 5] && rows[0].bytes == Array("caf\u{E9}".utf8))
    #expect("\(rows[0])" == "caf\u{E9}" && String(Text([0x61, 0xFF])) == "a\u{FFFD}")
  }

  @Test func itOutlivesItsConnection() throws {
    var text: Text
    do { text = try connect().value("SELECT repeat('x', 100000)").unwrappedText }
    #expect(text.count == 100_000 && text.bytes.allSatisfy { $0 == UInt8(ascii: "x") })
    text = "short"
    #expect(text == Text("short"))
  }
}

extension Text? {
  fileprivate var unwrappedText: Text { self ?? "" }
}
