import Foundation
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// A person at the site, or nobody yet: what a browser keeps and sends, which is cookies and the `csrf` field of the page that a form stands on.
final class Browser {
  let site: Site
  /// The network address that requests come from.
  var address: String
  /// By name, as they were set last.
  private(set) var cookies: [String: String] = [:]
  /// Known when the person was made by ``Site/person(_:sharing:role:verified:zone:language:user:)``.
  var user = ID<User>(high: 0, low: 0)
  /// As `user`.
  var account = ID<Account>(high: 0, low: 0)
  private var csrf: String?

  init(_ site: Site, address: String) { (self.site, self.address) = (site, address) }

  /// What a browser holds, apart from its site.
  struct Kept: Sendable {
    let address: String
    let cookies: [String: String]
    let user: ID<User>
    let account: ID<Account>
    let csrf: String?
  }

  var kept: Kept { Kept(address: address, cookies: cookies, user: user, account: account, csrf: csrf) }

  /// The same browser at a copy of its site (``Site/keep()``).
  init(_ site: Site, _ kept: Kept) {
    (self.site, address, cookies) = (site, kept.address, kept.cookies)
    (user, account, csrf) = (kept.user, kept.account, kept.csrf)
  }

  /// Signs in by writing the row that sign-in writes.
  func openSession() throws {
    let token = SessionCookie.newToken()
    let id = ID<WebSession>.new(at: site.now)
    try site.owner.run(
      """
      INSERT INTO web_sessions (id, user_id, token_hash, created_at, seen_at)
      VALUES (\(id), \(user), \(SessionCookie.hash(token)), \(site.now), \(site.now))
      """)
    cookies = [SessionCookie.name(site.services): token]
    csrf = site.services.csrf.token(session: id.text)
  }

  /// Puts a cookie into the jar, or takes it out.
  func setCookie(_ name: String, _ value: String?) { cookies[name] = value }

  /// Asks for a page, with further headers by lower-case name.
  @discardableResult
  func get(_ target: String, _ headers: [String: String] = [:], method: Web.Method = .get) -> Page {
    send(method, Array(target.utf8), headers, [])
  }

  /// Posts a form with the `csrf` field of this browser's pages; `csrf: false` leaves it out.
  @discardableResult
  func post(_ target: String, _ fields: KeyValuePairs<String, String> = [:], _ headers: [String: String] = [:], csrf: Bool = true) -> Page {
    var body = fields.map { Browser.encoded($0.key) + "=" + Browser.encoded($0.value) }
    if csrf { body.insert("csrf=" + token(), at: 0) }
    return post(target, raw: Array(body.joined(separator: "&").utf8), headers)
  }

  /// Posts bytes as they are.
  @discardableResult
  func post(_ target: String, raw: [UInt8], _ headers: [String: String] = [:]) -> Page {
    send(.post, Array(target.utf8), ["content-type": "application/x-www-form-urlencoded"].merging(headers) { $1 }, raw)
  }

  /// The `csrf` field of this browser's forms.
  func token() -> String {
    if let csrf { return csrf }
    let form = cookies[SessionCookie.name(site.services)] == nil ? "/password/forgotten" : "/settings/password"
    csrf = self.get(form).field("csrf", ofForm: form)
    return csrf ?? ""
  }

  /// Sends a request with this browser's cookies, and keeps those that come back.
  func send(_ method: Web.Method, _ target: [UInt8], _ headers: [String: String], _ body: [UInt8]) -> Page {
    var all = headers.mapValues { Array($0.utf8) }
    if !cookies.isEmpty { all["cookie"] = Array(cookies.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: "; ").utf8) }
    let response = site.respond(Request(method: method, target: target, headers: all, body: body, address: address))
    for header in response.headers where header.name == "Set-Cookie" { keep(header.value) }
    return Page(response)
  }

  private func keep(_ line: String) {
    let parts = line.components(separatedBy: "; ")
    let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    cookies[pair[0]] = parts.contains("Max-Age=0") ? nil : pair[1]
    if pair[0] == SessionCookie.name(site.services) { csrf = nil }
  }

  /// As forms and queries have it: everything but ASCII letters and digits in percent-encoding.
  static func encoded(_ text: String) -> String { Browser.encoded(Array(text.utf8)) }

  /// The same of bytes that need not be text.
  static func encoded(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}

extension Browser {
  /// The `csrf` field of the pages of a signed-in person who came through the form.
  func readToken(on target: String, form action: String) { csrf = get(target).field("csrf", ofForm: action) }

  /// Through the form. `more`: further fields.
  @discardableResult
  func signUp(_ email: String, password: String = Site.password, _ more: [(String, String)] = []) -> Page {
    fill("/sign-up", [("email", email), ("password", password)] + more)
  }

  /// Through the form. `next`: where it leads afterwards.
  @discardableResult
  func signIn(_ email: String, password: String = Site.password, next: String? = nil) -> Page {
    fill("/sign-in", [("email", email), ("password", password)] + (next.map { [("next", $0)] } ?? []))
  }

  /// Opens a page, fills in the form whose action is the same address and sends it.
  func fill(_ target: String, action: String? = nil, _ fields: [(String, String)]) -> Page {
    let secret = get(target).field("csrf", ofForm: action ?? target)
    let pairs = [("csrf", secret ?? "")] + fields
    let body = pairs.map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&")
    return post(action ?? target, raw: Array(body.utf8))
  }

  /// Whether the site takes this browser for somebody who is signed in.
  var isSignedIn: Bool { self.get("/settings/password").status == 200 }

  /// Makes a reminder through the form; past it there is ``remind(_:_:title:next:preset:zone:)``.
  ///
  /// - Returns: its id.
  func remind(_ fields: KeyValuePairs<String, String> = ["title": "Pay the rent"]) throws -> String {
    let page = post("/reminders", fields)
    #expect(page.status == 303)
    return try String(page.location.unwrapped.dropFirst("/reminders/".count))
  }
}
