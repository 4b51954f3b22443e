import Postgres
import Web

@testable import App

/// A site of a test's own routes, with the people and the database of another.
final class OwnRoutes {
  private let site: Site
  private let dispatcher: Dispatcher

  init(_ site: Site, _ routes: [Route<Context, Change>]) {
    self.site = site
    dispatcher = Dispatcher(site.services, routes) { _, _ in }
  }

  /// Posts a form with the cookies of a browser, which keeps none of what comes back.
  ///
  /// - Parameter db: whose connection answers; nil: the site's.
  func post(_ target: String, _ fields: [(String, String)], by browser: Browser, on db: Connection? = nil) -> Page {
    let body = fields.map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&")
    let cookies = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    let request = Request(
      method: .post, target: Array(target.utf8),
      headers: ["cookie": Array(cookies.utf8), "content-type": Array("application/x-www-form-urlencoded".utf8)], body: Array(body.utf8),
      address: "192.0.2.1")
    return Page(dispatcher.respond(to: request, now: site.now, db ?? site.web))
  }
}
