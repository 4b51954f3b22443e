import Glibc
import Postgres
import TestSupport
import Testing

@Suite struct ConnectingTests {
  @Test func aDeadFirstHostIsPassedOver() throws {
    let cluster = try Cluster.shared.get()
    let db = try Connection(
      url: "host=/tmp/heed-no-such-folder,\(cluster.folder) dbname=postgres user=postgres target_session_attrs=read-write")
    #expect(try db.value("SELECT 1", as: Int.self) == 1)
    let uri = "postgresql://postgres@127.0.0.1:1,%2Ftmp%2Fnone,\(cluster.folder.replacing("/", with: "%2F"))/postgres"
    #expect(try Connection(url: uri).value("SELECT 1", as: Int.self) == 1)
  }

  @Test func noHostAtAllIsATransientError() throws {
    let error = #expect(throws: PostgresError.self) { try Connection(url: "host=/tmp/heed-no-such-folder dbname=x") }
    #expect(error?.kind == .connection)
    #expect(error?.isTransient == true)
  }

  @Test(arguments: ["host=a sslmode", "postgresql://[::1/x", "no such setting=1", "host=a\0b"])
  func aConnectionStringThatCannotBeReadIsNotTransient(url: String) throws {
    let error = #expect(throws: PostgresError.self) { try Connection(url: url) }
    #expect(error?.kind == .value)
    #expect(error?.isTransient == false)
  }

  @Test(arguments: [
    ("statement_timeout", "10s"), ("lock_timeout", "5s"), ("idle_in_transaction_session_timeout", "15s"), ("TimeZone", "UTC"),
    ("application_name", "heed"), ("client_encoding", "UTF8"),
  ])
  func theServerIsToldTheLimitsWithTheFirstPacket(setting: String, value: String) throws {
    #expect(try connect().value("SELECT current_setting(\(setting))", as: String.self) == value)
  }

  @Test func theConnectionStringWinsOverTheOptions() throws {
    let url = try Cluster.shared.get().url(more: "options=-c%20lock_timeout%3D7s&application_name=mine")
    let db = try Connection(url: url)
    #expect(try db.value("SELECT current_setting('lock_timeout')", as: String.self) == "7s")
    #expect(try db.value("SELECT current_setting('statement_timeout')", as: String.self) == "10s")
    #expect(try db.value("SELECT current_setting('application_name')", as: String.self) == "mine")
  }

  @Test(arguments: [true, false])
  func theWaysToReadAreTheProgramsChoice(_ allowed: Bool) throws {
    var options = ConnectionOptions()
    (options.scansTables, options.joinsByHash) = (allowed, !allowed)
    let db = try connect(options: options)
    #expect(try db.value("SELECT current_setting('enable_seqscan')", as: String.self) == (allowed ? "on" : "off"))
    #expect(try db.value("SELECT current_setting('enable_hashjoin')", as: String.self) == (allowed ? "off" : "on"))
  }

  @Test func nothingIsPreparedBehindAPooler() throws {
    var options = ConnectionOptions()
    options.prepares = false
    let db = try connect(options: options)
    let (one, two) = try db.read(Query(column: "SELECT \(1)", as: Int.self), Query(column: "SELECT \("x")", as: String.self))
    #expect(one == [1] && two == ["x"])
    #expect(try db.transaction { try db.value("SELECT \(2)", as: Int.self) } == 2)
    #expect(try db.value("SELECT count(*) FROM pg_prepared_statements", as: Int.self) == 0)
  }

  @Test func aStatementIsPreparedOnce() throws {
    let db = try connect()
    for number in 1...5 { #expect(try db.value("SELECT \(number) + 0", as: Int.self) == number) }
    #expect(try db.value("SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT $1 + 0'", as: Int.self) == 1)
  }

  @Test func aStatementThatTakesTooLongIsEnded() throws {
    var options = ConnectionOptions()
    options.statementTimeout = 50
    let db = try connect(options: options)
    let error = #expect(throws: PostgresError.self) { try db.run("SELECT pg_sleep(10)") }
    #expect(error?.sqlstate == "57014")
    #expect(error?.isTransient == true)
    #expect(try db.value("SELECT 1", as: Int.self) == 1)
  }

  @Test func aLockThatIsNotReleasedIsWaitedForOnlySoLong() throws {
    var options = ConnectionOptions()
    options.lockTimeout = 50
    let (holder, db) = (try connect(), try connect(options: options))
    try rolledBack(holder) {
      try holder.run("SELECT pg_advisory_xact_lock(4711)")
      let error = failure { try db.run("SELECT pg_advisory_xact_lock(4711)") }
      #expect(error?.sqlstate == "55P03")
      #expect(error?.isTransient == true)
    }
  }

  @Test func aTransactionThatSitsIdleIsEndedAndTheConnectionReplaced() throws {
    var options = ConnectionOptions()
    options.idleInTransactionTimeout = 50
    let db = try connect(options: options)
    let error = #expect(throws: PostgresError.self) {
      try db.transaction {
        try db.run("CREATE TEMPORARY TABLE t (n int)")
        // The server ends the connection: its socket becomes readable.
        var socket = pollfd(fd: db.descriptor, events: Int16(POLLIN), revents: 0)
        #expect(poll(&socket, 1, 10_000) == 1)
        try db.run("INSERT INTO t VALUES (1)")
      }
    }
    #expect(error?.isTransient == true)
    #expect(error?.isOutcomeUnknown == false)
    #expect(try db.value("SELECT 1", as: Int.self) == 1)
  }

  @Test func copyIsRefusedAndTheConnectionReplaced() throws {
    let db = try connect()
    for copy: SQL in ["COPY (SELECT 1) TO STDOUT", "COPY pg_class FROM STDIN"] {
      #expect(throws: PostgresError.self) { try db.run(copy) }
      #expect(try db.value("SELECT 1", as: Int.self) == 1)
    }
  }

  @Test func noticesComeAsOneLine() throws {
    var lines: [String] = []
    let db = try connect()
    db.onNotice = { lines.append($0) }
    try db.run("DO $$ BEGIN RAISE NOTICE 'first\n\tsecond \r\n third'; END $$")
    try db.run("SELECT pg_advisory_unlock(4712)")
    #expect(lines.count == 2)
    #expect(lines.first == "NOTICE 00000 first second third")
    #expect(lines.last?.hasPrefix("WARNING 01000") == true)
  }
}
