import Postgres
import TestSupport
import Testing

@Suite struct ErrorTests {
  private func table() throws -> Connection {
    let db = try connect()
    try db.run("CREATE TEMPORARY TABLE p (id int CONSTRAINT p_pkey PRIMARY KEY)")
    try db.run(
      """
      CREATE TEMPORARY TABLE t (
        id int CONSTRAINT t_pkey PRIMARY KEY, email text NOT NULL CONSTRAINT t_email UNIQUE,
        parent int CONSTRAINT t_parent REFERENCES p, size int CONSTRAINT t_size CHECK (size < 10))
      """)
    try db.run("INSERT INTO t VALUES (1, 'a@example.org', NULL, 1)")
    return db
  }

  @Test(
    arguments: [
      ("INSERT INTO t VALUES (1, 'b')", "23505", "t_pkey"), ("INSERT INTO t VALUES (2, 'a@example.org')", "23505", "t_email"),
      ("INSERT INTO t VALUES (2, 'b', 9)", "23503", "t_parent"), ("INSERT INTO t VALUES (2, 'b', NULL, 10)", "23514", "t_size"),
    ] as [(SQL, String, String)])
  func aViolatedConstraintIsNamed(sql: SQL, sqlstate: String, name: String) throws {
    let error = #expect(throws: PostgresError.self) { try table().run(sql) }
    #expect(error?.sqlstate == sqlstate)
    #expect(error?.constraint == name)
    #expect(error?.violates(name) == true)
    #expect(error?.violates("other") == false)
    #expect(error?.table == "t")
    #expect(error?.isTransient == false)
  }

  @Test func aMissingValueNamesItsColumn() throws {
    let error = #expect(throws: PostgresError.self) { try table().run("INSERT INTO t VALUES (2, NULL)") }
    #expect(error?.sqlstate == "23502")
    #expect(error?.column == "email")
  }

  @Test func theLineForTheLogTellsNoValues() throws {
    let error = try #require(failure { try table().run("INSERT INTO t VALUES (2, 'a@example.org')") })
    #expect(error.detail?.contains("a@example.org") == true)
    #expect("\(error)" == "23505 duplicate key value violates unique constraint \"t_email\" (constraint t_email)")
  }

  @Test func aMessageOfSeveralLinesIsLoggedAsOne() throws {
    let error = try #require(failure { try connect().run("DO $$ BEGIN RAISE EXCEPTION E'a\\nb\\tc'; END $$") })
    #expect(error.message == "a\nb\tc")
    #expect("\(error)" == "P0001 a b c")
  }

  @Test(arguments: [
    ("57P01", true), ("57P03", true), ("53100", true), ("53300", true), ("40001", true), ("40P01", true), ("55P03", true), ("57014", true),
    ("08006", true), ("25006", true), ("23505", false), ("42601", false), ("22012", false), ("P0001", false),
  ])
  func someErrorsPass(sqlstate: String, transient: Bool) throws {
    let db = try connect()
    try db.run("CREATE FUNCTION pg_temp.fail(state text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN RAISE 'x' USING ERRCODE = state; END $$")
    let error = #expect(throws: PostgresError.self) { try db.run("SELECT pg_temp.fail(\(sqlstate))") }
    #expect(error?.sqlstate == sqlstate)
    #expect(error?.isTransient == transient)
    #expect(error?.isOutcomeUnknown == false)
  }

  @Test func aColumnThatIsNotThereIsNamedWithThoseThatAre() throws {
    let query = Query("SELECT 1 AS a, 2 AS b") { row throws(PostgresError) in try row("c", as: Int.self) }
    let error = #expect(throws: PostgresError.self) { try connect().rows(query) }
    #expect(error?.message == "no column c among a, b")
    let beyond = Query("SELECT 1") { row throws(PostgresError) in try row(at: 1, as: Int.self) }
    #expect(throws: PostgresError.self) { try connect().rows(beyond) }
  }

  @Test func aColumnThatIsNullIsNamed() throws {
    let query = Query("SELECT NULL::text AS title") { row throws(PostgresError) in try row("title", as: String.self) }
    #expect(failure { try connect().rows(query) }?.message == "column title is NULL, not text")
  }
}
