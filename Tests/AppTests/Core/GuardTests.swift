import Domain
import Postgres
import Testing
import Web

@testable import App

/// The table, under a name that a property of the tests cannot hide.
private let routeTable = App.site

/// Pages for members answer nobody else: the dispatcher sees to it, whatever a handler asks for.
@Suite struct GuardTests {
  private static func address(_ route: Route<Context, Change>, _ browser: Browser) throws -> String {
    try route.pattern.split(separator: "/").map { "/" + (try Footprint.value(String($0), browser) ?? String($0)) }.joined()
  }

  @Test func `nobody is led to the sign-in by every page and refused by every form of members`() throws {
    let site = try Site()
    let (ana, nobody) = (try site.person("ana@x.test"), site.browser())
    let closed = routeTable.filter { $0.access >= .member }
    #expect(closed.count > 30)
    for route in closed {
      let address = try Self.address(route, ana)
      let answer = route.method == .post ? nobody.post(address, [:]) : nobody.get(address.isEmpty ? "/" : address)
      #expect(answer.status == (route.method == .post ? 401 : 303), "\(route.pattern)")
      if route.method != .post { #expect(answer.location?.hasPrefix("/sign-in") == true, "\(route.pattern)") }
    }
  }

  @Test(arguments: [(Access.member, 303), (.anyone, 200)])
  func `a handler that asks for nobody is guarded, too`(access: Access, status: Int) throws {
    let site = try Site()
    let routes: [Route<Context, Change>] = [.get("/open", access) { _ in .text("a secret") }]
    let dispatcher = Dispatcher(site.services, routes) { _, _ in }
    let request = Request(method: .get, target: Array("/open".utf8), address: "192.0.2.1")
    let answer = dispatcher.respond(to: request, now: site.now, try site.connection("heed_web"))
    #expect(answer.status == status)
  }

  @Test func `a form's handler that asks for nobody does not even run for nobody`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    nonisolated(unsafe) var runs = 0
    let own = OwnRoutes(
      site,
      [
        .post("/open", .member) { _ in
          runs += 1
          return Change(to: Paths.today, says: nil, did: [])
        }
      ])
    #expect(own.post("/open", [], by: site.browser()).status == 401)
    #expect(own.post("/open", [("csrf", "x")], by: ana).status == 403)
    #expect(runs == 0)
    #expect(own.post("/open", [("csrf", ana.token())], by: ana).status == 303)
    #expect(runs == 1)
  }
}
