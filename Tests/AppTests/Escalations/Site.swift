import Domain
import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import App

/// Asks the site as somebody with a session, through the same function that FastCGI calls.
final class Visitor {
  private let world: World
  private let answer: Dispatcher
  private let db: Connection
  private let session: ID<WebSession>
  private let token: String
  private(set) var errors: [String] = []

  init(_ world: World, as user: ID<User>) throws {
    self.world = world
    db = try Connection(url: Cluster.shared.get().url(world.name, role: "heed_web"))
    session = .new(at: world.now)
    token = SessionCookie.newToken()
    try world.db.run(
      """
      INSERT INTO web_sessions (id, user_id, token_hash, created_at, seen_at)
      VALUES (\(session), \(user), \(SessionCookie.hash(token)), \(world.now), \(world.now))
      """)
    var report: ((String) -> Void)?
    answer = Dispatcher(world.services) { event, details in report?("\(event) \(details)") }
    report = { [weak self] in self?.errors.append($0) }
  }

  func get(_ path: String, signedIn: Bool = true) -> (status: Int, body: String) {
    ask(.get, path, "", signedIn: signedIn)
  }

  func post(_ path: String, _ fields: KeyValuePairs<String, String> = [:], signedIn: Bool = true) -> (status: Int, body: String) {
    var parts = fields.map { "\($0.key)=\($0.value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }
    if signedIn { parts.append("csrf=" + world.services.csrf.token(session: session.text)) }
    return ask(.post, path, parts.joined(separator: "&"), signedIn: signedIn)
  }

  private func ask(_ method: Web.Method, _ path: String, _ body: String, signedIn: Bool) -> (status: Int, body: String) {
    var headers: [String: [UInt8]] = [:]
    if signedIn { headers["cookie"] = Array("__Host-heed=\(token)".utf8) }
    if method == .post { headers["content-type"] = Array("application/x-www-form-urlencoded".utf8) }
    let response = answer.respond(
      to: Request(method: method, target: Array(path.utf8), headers: headers, body: Array(body.utf8)), now: world.now, db)
    return (response.status, String(decoding: response.body, as: UTF8.self))
  }
}
