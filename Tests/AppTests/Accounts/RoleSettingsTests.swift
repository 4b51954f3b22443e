import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import App

/// A role may change its own defaults, and then its new connections see nothing: `/readyz` says what is wrong.
@Suite struct RoleSettingsTests {
  @Test func `a site whose role starts without row-level security is not ready`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let admin = try Connection(url: Cluster.shared.get().url())
    #expect(ana.get("/readyz").status == 200)
    // In this database only: roles are those of the whole cluster.
    try admin.run("ALTER ROLE heed_web IN DATABASE \(name: site.name) SET row_security = off")
    // The responder that is asked may still be connected as before.
    for db in [site.web, try site.connection("heed_web")] {
      var logged: [[String: String]] = []
      let page = Dispatcher(site.services) { _, details in logged.append(details) }.respond(
        to: Request(method: .get, target: Array("/readyz".utf8)), now: site.now, db)
      #expect(page.status == 503)
      let text = String(decoding: page.body, as: UTF8.self)
      #expect(text.hasPrefix("not ready: the database role starts with settings"))
      #expect(!text.contains("row_security") && !text.contains("heed_web"))
      let wrong = "heed_web starts with settings that change what it sees or may: row_security=off. "
      #expect(logged.first?["wrong"]?.hasPrefix(wrong) == true)
    }
    try admin.run("ALTER ROLE heed_web IN DATABASE \(name: site.name) SET statement_timeout = '9s'")
    try admin.run("ALTER ROLE heed_web IN DATABASE \(name: site.name) RESET row_security")
    #expect(ana.get("/readyz").status == 200)
  }

  @Test func `only what breaks pages or opens walls is wrong, in the value that is in force`() throws {
    let site = try Site()
    let admin = try Connection(url: Cluster.shared.get().url(site.name))
    func wrong() throws -> String? {
      try RoleSettings.wrong(site.web)?.components(separatedBy: "or may: ").last?.components(separatedBy: ". As a superuser").first
    }
    for (setting, told) in [
      ("row_security = on", nil), ("row_security = 0", "row_security=0"), ("search_path = \"$user\", public", nil),
      ("search_path = public, extensions", nil), ("search_path = extensions, public", "search_path=extensions, public"),
      ("default_transaction_read_only = off", nil), ("default_transaction_read_only = on", "default_transaction_read_only=on"),
      ("default_transaction_isolation = 'read committed'", nil),
      ("default_transaction_isolation = 'serializable'", "default_transaction_isolation=serializable"),
      ("session_replication_role = origin", nil), ("session_replication_role = replica", "session_replication_role=replica"),
      ("role = heed_work", "role=heed_work"), ("role = heed_web", nil), ("heed.user_id = ''", nil),
      ("heed.role = 'owner'", "heed.role=owner"),
      ("session_preload_libraries = 'auto_explain'", nil), ("statement_timeout = '9s'", nil), ("work_mem = '8MB'", nil),
    ] as [(Columns, String?)] {
      try admin.run("ALTER ROLE heed_web IN DATABASE \(name: site.name) SET \(setting)")
      #expect(try wrong() == told)
      try admin.run("ALTER ROLE heed_web IN DATABASE \(name: site.name) RESET ALL")
    }
    // The role's own goes before the database's.
    try admin.run("ALTER DATABASE \(name: site.name) SET default_transaction_read_only = on")
    #expect(try wrong() == "default_transaction_read_only=on")
    try admin.run("ALTER ROLE heed_web IN DATABASE \(name: site.name) SET default_transaction_read_only = off")
    #expect(try wrong() == nil)
  }
}
