import Glibc
import Postgres
import TestSupport
import Testing

/// On a cluster of their own, one after the other, since they stop it.
@Suite(.serialized) struct ReconnectTests {
  /// With commits that survive a crash.
  private static let cluster = Result { try Cluster(settings: ["synchronous_commit = on"]) }

  private func withCluster(_ body: (Cluster) throws -> Void) throws {
    let cluster = try Self.cluster.get()
    try Connection(url: cluster.url()).run("DROP TABLE IF EXISTS t")
    try body(cluster)
  }

  private let one: SQL = "SELECT 1"

  @Test(arguments: ["fast", "immediate"])
  func readsSurviveARestartOfTheServer(mode: String) throws {
    try withCluster { cluster in
      var notices: [String] = []
      let db = try Connection(url: cluster.url()) { notices.append($0) }
      let user = "x"
      let lead: SQL = "SELECT set_config('heed.user_id', \(user), true)"
      for _ in 1...2 {
        let (before, _) = try db.read(Query(column: lead, as: String.self), Query(column: one, as: Int.self))
        #expect(before == ["x"])
        try cluster.restart(mode: mode)
      }
      #expect(try db.value(one, as: Int.self) == 1)
      #expect(notices.contains("connected to the database server again"))
    }
  }

  @Test(arguments: ["fast", "immediate"])
  func aTransactionThatBeginsAfterARestartSucceeds(mode: String) throws {
    try withCluster { cluster in
      let db = try Connection(url: cluster.url())
      try db.run("CREATE TABLE t (n int)")
      try cluster.restart(mode: mode)
      try db.transaction {
        try db.run("INSERT INTO t VALUES (1)")
        try db.run("INSERT INTO t VALUES (2)")
      }
      #expect(try db.value("SELECT count(*) FROM t", as: Int.self) == 2)
    }
  }

  @Test func aChangeOutsideOfATransactionIsNotRepeatedAfterACrash() throws {
    try withCluster { cluster in
      let db = try Connection(url: cluster.url())
      try db.run("CREATE TABLE t (n int)")
      try cluster.restart(mode: "immediate")
      let error = #expect(throws: PostgresError.self) { try db.run("INSERT INTO t VALUES (1)") }
      #expect(error?.isTransient == true)
      #expect(error?.isOutcomeUnknown == true)
      #expect(try db.run("INSERT INTO t VALUES (1)") == 1)
    }
  }

  @Test func aChangeThatTheServerNeverBeganIsSentAgain() throws {
    try withCluster { cluster in
      let db = try Connection(url: cluster.url())
      try db.run("CREATE TABLE t (n int)")
      try cluster.restart(mode: "fast")
      #expect(try db.run("INSERT INTO t VALUES (1)") == 1)
      #expect(try db.value("SELECT count(*) FROM t", as: Int.self) == 1)
    }
  }

  @Test func aTransactionThatWasUnderWayFailsAsAWhole() throws {
    try withCluster { cluster in
      let db = try Connection(url: cluster.url())
      try db.run("CREATE TABLE t (n int)")
      let error = #expect(throws: PostgresError.self) {
        try db.transaction {
          try db.run("INSERT INTO t VALUES (1)")
          try cluster.restart()
          let first = failure { try db.run("INSERT INTO t VALUES (2)") }
          #expect(first?.isTransient == true && first?.isOutcomeUnknown == false)
          try db.transaction { try db.run("INSERT INTO t VALUES (3)") }
        }
      }
      #expect(error?.isTransient == true)
      #expect(error?.isOutcomeUnknown == false)
      #expect(try db.value("SELECT count(*) FROM t", as: Int.self) == 0)
    }
  }

  @Test func aConnectionLostDuringCommitLeavesTheOutcomeUnknown() throws {
    try withCluster { cluster in
      let db = try Connection(url: cluster.url())
      try db.run("CREATE TABLE t (n int)")
      let error = #expect(throws: PostgresError.self) {
        try db.transaction {
          try db.run("INSERT INTO t VALUES (1)")
          try cluster.restart(mode: "immediate")
        }
      }
      #expect(error?.isTransient == true)
      #expect(error?.isOutcomeUnknown == true)
    }
  }

  @Test func whileTheServerIsAwayCallsFailAtOnceAndTheFirstAfterwardsSucceeds() throws {
    try withCluster { cluster in
      let db = try Connection(url: cluster.url())
      try cluster.stop()
      for _ in 1...2 {
        let error = #expect(throws: PostgresError.self) { try db.value(one, as: Int.self) }
        #expect(error?.isTransient == true)
        #expect(error?.isOutcomeUnknown == false)
        #expect(failure { try db.transaction { try db.run("SELECT 1") } }?.isTransient == true)
      }
      #expect(db.descriptor == -1)
      try cluster.start()
      #expect(try db.value(one, as: Int.self) == 1)
    }
  }

  @Test func aTerminatedBackendIsReplaced() throws {
    let (db, other) = (try connect(), try connect())
    let pid = try #require(try db.value("SELECT pg_backend_pid()", as: Int32.self))
    #expect(try other.value("SELECT pg_terminate_backend(\(pid), 5000)", as: Bool.self) == true)
    let new = try #require(try db.value("SELECT pg_backend_pid()", as: Int32.self))
    #expect(new != pid)
  }

  @Test func aBackendThatTerminatesItselfInTheMiddleOfAChangeIsAskedOnlyOnce() throws {
    let db = try connect()
    let error = #expect(throws: PostgresError.self) {
      try db.runAll(["SELECT set_config('heed.user_id', 'x', true)", "SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(1)"])
    }
    #expect(error?.isTransient == true)
    #expect(try db.value(one, as: Int.self) == 1)
  }

  @Test func statementsAreForgottenWithTheirConnectionAndWhenTheServerForgetsThem() throws {
    let db = try connect()
    #expect(try db.value(one, as: Int.self) == 1)
    try db.run("DEALLOCATE ALL")
    #expect(try db.value(one, as: Int.self) == 1)
  }

  @Test func aStatementWhoseResultChangedItsTypeIsPreparedAgain() throws {
    let db = try connect()
    try db.run("CREATE TEMPORARY TABLE t AS SELECT 1 AS n")
    let all: SQL = "SELECT * FROM t"
    #expect(try db.value(all, as: Int.self) == 1)
    try db.run("ALTER TABLE t ALTER n TYPE text")
    #expect(try db.value(all, as: String.self) == "1")
  }

  @Test func inATransactionTheChangedStatementFailsOnceAndWorksTheNextTime() throws {
    let db = try connect()
    try db.run("CREATE TEMPORARY TABLE t AS SELECT 1 AS n")
    let all: SQL = "SELECT * FROM t"
    _ = try db.value(all, as: Int.self)
    try db.run("ALTER TABLE t ADD m text")
    let read = { try db.transaction { try db.value(all, as: Int.self) } }
    #expect(failure(read)?.sqlstate == "0A000")
    #expect(try read() == 1)
  }
}
