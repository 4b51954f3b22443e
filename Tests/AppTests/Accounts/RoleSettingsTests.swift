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
      let page = Dispatcher(site.services) { _, _ in }.respond(
        to: Request(method: .get, target: Array("/readyz".utf8)), now: site.now, db)
      #expect(page.status == 503)
      #expect(String(decoding: page.body, as: UTF8.self).hasPrefix("not ready: heed_web starts with settings that change what it sees"))
      #expect(String(decoding: page.body, as: UTF8.self).contains("row_security=off"))
    }
    try admin.run("ALTER ROLE heed_web IN DATABASE \(name: site.name) SET statement_timeout = '9s'")
    try admin.run("ALTER ROLE heed_web IN DATABASE \(name: site.name) RESET row_security")
    #expect(ana.get("/readyz").status == 200)
  }
}
