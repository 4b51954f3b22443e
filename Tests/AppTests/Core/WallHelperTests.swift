import HTML
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// The walls of a new table, which its migration makes in one line.
@Suite struct WallHelperTests {
  private let site: Site
  private let (ana, viewer, eve): (Browser, Browser, Browser)

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test", role: .agent)
    viewer = try site.person("bob@x.test", sharing: ana, role: .viewer)
    eve = try site.person("eve@x.test")
    for statement: SQL in [
      "CREATE TABLE things (id serial PRIMARY KEY, user_id uuid NOT NULL, name text, rank int NOT NULL DEFAULT 1)",
      "CREATE TABLE \"Our things\" (id serial PRIMARY KEY, account_id uuid NOT NULL, name text)",
      "CALL wall_user('things', '{name}')", "CALL wall_account('\"Our things\"', 'agent', '{name}')",
      "INSERT INTO things (user_id, name) SELECT id, email FROM users",
      "INSERT INTO \"Our things\" (account_id, name) SELECT id, name FROM accounts",
      "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO heed_web, heed_work",
    ] { try site.owner.run(statement) }
  }

  /// As a page reads and writes: with what the session look-up sets.
  private func act<Value>(_ person: Browser, _ body: (Connection, Context) throws -> Value) throws -> Value {
    let cookies = person.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    let web = Context(
      site.services, Request(method: .get, target: [], headers: ["cookie": Array(cookies.utf8)]), now: site.now, site.web)
    return try site.web.transaction {
      _ = try web.person
      return try body(site.web, web)
    }
  }

  private func refused(_ person: Browser, _ sql: SQL) throws -> Bool {
    do {
      _ = try act(person) { db, _ in try db.run(sql) }
      return false
    } catch let error as PostgresError { return error.sqlstate == "42501" }
  }

  @Test func `a person's things are that person's`() throws {
    #expect(try act(ana) { db, _ in try db.value("SELECT string_agg(name, ' ') FROM things", as: String.self) } == "ana@x.test")
    #expect(try act(ana) { db, _ in try db.run("UPDATE things SET name = 'x'") } == 1)
    #expect(try !refused(ana, "INSERT INTO things (user_id) VALUES (\(ana.user))"))
    #expect(try refused(ana, "INSERT INTO things (user_id) VALUES (\(viewer.user))"))
    for sql: SQL in ["UPDATE things SET rank = 2", "UPDATE things SET user_id = \(eve.user)", "DELETE FROM things"] {
      #expect(try refused(ana, sql))
    }
    let work = try site.connection("heed_work")
    #expect(try work.value("SELECT count(*) FROM things", as: Int.self) == 4)
    #expect(throws: PostgresError.self) { try work.run("INSERT INTO things (user_id) VALUES (\(ana.user))") }
  }

  @Test func `what an account shares is read by all its people and changed by whose role may`() throws {
    for person in [ana, viewer] {
      #expect(try act(person) { db, _ in try db.value("SELECT count(*) FROM \"Our things\"", as: Int.self) } == 1)
    }
    let add: SQL = "INSERT INTO \"Our things\" (account_id) VALUES (\(ana.account))"
    let change: SQL = "UPDATE \"Our things\" SET name = 'x'"
    #expect(try !refused(ana, add))
    #expect(try act(ana) { db, _ in try db.run(change) } == 2)
    #expect(try refused(viewer, add))
    #expect(try act(viewer) { db, _ in try db.run(change) } == 0)
    // An owner may all that an agent may, of their own account.
    #expect(try refused(eve, add))
    #expect(try act(eve) { db, _ in try db.run(change) } == 1)
    #expect(try act(eve) { db, _ in try db.value("SELECT count(*) FROM \"Our things\"", as: Int.self) } == 1)
    let error = #expect(throws: PostgresError.self) { try site.owner.run("CALL wall_account('things', 'king')") }
    #expect(error?.sqlstate == "22023")
  }

  @Test func `the role goes with the session; who acts by a link has none`() throws {
    for (person, role) in [(ana, "agent"), (viewer, "viewer"), (eve, "owner")] {
      try act(person) { db, web in
        #expect(try db.value("SELECT my_role()", as: String.self) == role)
        // A page that asks again, in the same transaction and after it.
        #expect(try web.read(Query<String>(column: "SELECT my_role()")) == [role])
        try web.act(for: person.user, of: person.account)
        #expect(try db.value("SELECT coalesce(my_role(), '-') || ' ' || may('viewer')", as: String.self) == "- false")
      }
    }
    #expect(try site.web.value("SELECT coalesce(my_role(), '-')", as: String.self) == "-")
  }
}
