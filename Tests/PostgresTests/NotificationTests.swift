import Glibc
import Postgres
import TestSupport
import Testing

@Suite struct NotificationTests {
  /// Waits on the socket, as the worker does, at most ten seconds.
  private func wait(_ db: Connection) throws -> [Notification] {
    for _ in 1...100 {
      let taken = try db.notifications()
      if !taken.isEmpty { return taken }
      var socket = pollfd(fd: db.descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&socket, 1, 10_000) == 1 else { return [] }
    }
    return []
  }

  @Test func whatIsSentToAChannelArrives() throws {
    let (db, sender) = (try connect(), try connect())
    try db.listen("Wake \"up\"")
    #expect(try db.notifications() == [])
    try sender.run("SELECT pg_notify('Wake \"up\"', \("now"))")
    let taken = try wait(db)
    #expect(taken.map(\.channel) == ["Wake \"up\""])
    #expect(taken.map(\.payload) == ["now"])
    #expect(try db.notifications() == [])
  }

  @Test func whatArrivesDuringAStatementIsNotLost() throws {
    let (db, sender) = (try connect(), try connect())
    try db.listen("during")
    try sender.run("NOTIFY during")
    _ = try db.value("SELECT pg_sleep(0.01) IS NULL", as: Bool.self)
    #expect(try wait(db).count == 1)
  }

  @Test func aTransactionThatIsRolledBackNotifiesNobody() throws {
    let (db, sender) = (try connect(), try connect())
    try db.listen("undone")
    try rolledBack(sender) { try sender.run("NOTIFY undone, '1'") }
    try sender.run("NOTIFY undone, '2'")
    #expect(try wait(db).map(\.payload) == ["2"])
  }

  @Test func afterALostConnectionItListensAgain() throws {
    let (db, other) = (try connect(), try connect())
    try db.listen("again")
    let pid = try #require(try db.value("SELECT pg_backend_pid()", as: Int32.self))
    #expect(try other.value("SELECT pg_terminate_backend(\(pid), 5000)", as: Bool.self) == true)
    // Either found here, or the next call reconnects.
    for _ in 1...3 { _ = failure { try db.notifications() } }
    try other.run("NOTIFY again")
    #expect(try wait(db).map(\.channel) == ["again"])
  }

  @Test func listeningInsideATransactionIsRefused() throws {
    let db = try connect()
    try rolledBack(db) { #expect(failure { try db.listen("x") }?.kind == .value) }
  }
}
