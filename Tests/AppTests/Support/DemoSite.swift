import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

extension Site {
  /// A site with the demo data, and whoever they are of, signed in. They are made once in a process: it takes as long as a hundred other tests.
  static func demo() throws -> (site: Site, ana: Browser) {
    let database = try Cluster.shared.get().createCopy(of: demoDatabase.get())
    let site = try Site(database: database)
    let ana = site.browser()
    ana.user = try site.owner.value("SELECT id FROM users WHERE role = 'owner'").unwrapped
    ana.account = try site.owner.value("SELECT account_id FROM users WHERE role = 'owner'").unwrapped
    try ana.openSession()
    return (site, ana)
  }

  private static let demoDatabase = Result<String, any Error> {
    let cluster = try Cluster.shared.get()
    let name = try cluster.createMigratedDatabase(folder: repository + "/migrations")
    let services = Services(
      origin: "https://heed.test", secret: Site.secret, zones: try Zones(folder: "/usr/share/zoneinfo"), assets: Assets(folder: nil))
    let seed = DemoSeed(services, try Connection(url: cluster.url(name, role: "heed_owner")))
    #expect(try seed.run(at: Instant(iso: "2026-11-21T09:00:00Z").unwrapped))
    return name
  }
}
