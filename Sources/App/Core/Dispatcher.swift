import Domain
import HTML
import Postgres
import Web

/// From a request to its response: the order of checks that the site map promises, one transaction per change, every error mapped in one
/// place. Both the FastCGI responder and the tests call this.
public struct Dispatcher {
  /// Takes one line for the log: an event and its details.
  public typealias Log = (_ event: String, _ details: [String: String]) -> Void

  /// Largest body of a form, and of one with files where files are taken.
  static let bodyLimit = 1_000_000
  static let filesLimit = 25_000_000

  let services: Services
  let router: Router<Context, Change>
  let log: Log

  /// - Parameter log: for what an operator should see: unforeseen errors with the request's number.
  public init(_ services: Services, log: @escaping Log) { self.init(services, site, log: log) }

  /// - Parameter routes: what is answered.
  init(_ services: Services, _ routes: [Route<Context, Change>], log: @escaping Log) {
    self.services = services
    router = Router(routes)
    self.log = log
  }

  /// Answers one request. Never throws: whatever goes wrong becomes a page.
  public func respond(to request: Request, now: Instant, _ db: Connection) -> Response {
    let web = Context(services, request, now: now, db, log: log)
    var response: Response
    do {
      response = try dispatch(web)
    } catch {
      response = APIAnswer.isAsked(by: request) ? APIAnswer.refusal(for: error, web, log) : Dispatcher.page(for: error, web, log)
    }
    if let token = web.shownToken { Mask.cover(token, in: &response.body) }
    for cookie in web.cookies { response.add("Set-Cookie", cookie) }
    SecurityHeaders.complete(&response, requestID: request.id, https: services.isSecure)
    return response
  }

  /// The answer while the database cannot be reached at all.
  public func unavailable(_ request: Request) -> Response {
    let health = request.segments == ["healthz"] ? Response.text("alive\n") : nil
    var response = health ?? toNobody(503, request).adding("Retry-After", "2")
    SecurityHeaders.complete(&response, requestID: request.id, https: services.isSecure)
    return response
  }

  /// The answer to a request that the responder refuses before anything of it is looked at: its parameters may be anything.
  ///
  /// - Parameter status: 400, 413 or 431.
  public func refused(_ request: Request, _ status: Int) -> Response {
    var response = toNobody(status, request)
    SecurityHeaders.complete(&response, requestID: request.id, https: services.isSecure)
    return response
  }

  private func toNobody(_ status: Int, _ request: Request) -> Response {
    APIAnswer.isAsked(by: request) ? APIAnswer.error(status, request) : ErrorPage.toNobody(status, request, services)
  }

  private func dispatch(_ web: Context) throws -> Response {
    switch router.match(web.request) {
    case .unknown:
      throw Failure.notFound
    case .otherMethods(let allowed):
      if APIAnswer.isAsked(by: web.request) { return APIAnswer.error(405, web.request).adding("Allow", allowed) }
      web.recognize()
      return ErrorPage.response(405, web).adding("Allow", allowed)
    case .route(let route, let parameters):
      switch route.action {
      case .show(let handler): return try show(route, web) { try handler(web, parameters) }
      case .ask(let handler): return try ask(route, web) { try handler(web, parameters) }
      case .receive(let handler): return try receive(web) { try handler(web, parameters) }
      case .change(let handler): return try change(route, web) { try handler(web, parameters) }
      }
    }
  }

  private func show(_ route: Route<Context, Change>, _ web: Context, _ handler: () throws -> Response?) throws -> Response {
    do {
      // A route for a few roles must know whose they are before its handler runs; others learn it together with their rows (``page``).
      if route.access > .member { try require(route.access, try web.person) }
      let response = try page(route, web, handler)
      try web.session?.touch(web)
      return response
    } catch Failure.signedOut {
      let target = String(decoding: web.request.target, as: UTF8.self)
      let next = Path(checking: target).flatMap { $0.text == "/" ? nil : $0.text }
      return .seeOther(Paths.signIn.adding("next", next).text)
    }
  }

  /// A page for members answers nobody else, whatever its handler asked for: usually the person came along with its rows, in the same round trip;
  /// where the handler asked for none, or refused before it did, they are asked for now, and being signed out comes first.
  private func page(_ route: Route<Context, Change>, _ web: Context, _ handler: () throws -> Response?) throws -> Response {
    do {
      guard let response = try handler() else { throw Failure.notFound }
      if route.access >= .member { _ = try web.person }
      return response
    } catch let failure as Failure {
      if route.access >= .member, failure != .signedOut { _ = try web.person }
      throw failure
    }
  }

  private func ask(_ route: Route<Context, Change>, _ web: Context, _ handler: () throws -> Response?) throws -> Response {
    try posted(route, web) {
      try admit(route, nil, web)
      guard let response = try handler() else { throw Failure.notFound }
      throw Undone(response: response)
    }
  }

  /// In one transaction, which a refusal undoes.
  private func receive(_ web: Context, _ handler: () throws -> Response?) throws -> Response {
    do {
      return try web.db.transaction {
        guard let response = try handler() else { throw Failure.notFound }
        if response.status >= 400 { throw Undone(response: response) }
        return response
      }
    } catch let undone as Undone {
      return undone.response
    }
  }

  /// Of most forms without a row nothing is asked again for a nonce that was used: whoever sends one could try passwords without the limit that undoing
  /// takes back.
  private func change(_ route: Route<Context, Change>, _ web: Context, _ handler: () throws -> Change?) throws -> Response {
    try posted(route, web) {
      let key = route.access >= .member ? IdempotencyKey(web.form, alone: route.isKnownByNonce) : nil
      if let first = try admit(route, key, web) {
        web.ledBefore = first
        if route.isAskedAgain { try askAgain(web, handler) }
        throw Undone(response: .seeOther(first.text))
      }
      guard let change = try handler() else { throw Failure.notFound }
      // Nothing that a refused request wrote may stay.
      if change.isRefused, !web.keepsChanges { throw try Undone(response: web.carryOut(change, nil)) }
      return try web.carryOut(change, key)
    }
  }

  /// A row that is gone comes before a nonce that was used: the handler is asked whether it is there, and whether something is to be said. What else it
  /// says and does is undone.
  private func askAgain(_ web: Context, _ handler: () throws -> Change?) throws {
    do {
      guard try handler() != nil else { throw Failure.notFound }
    } catch Failure.conflict {
    } catch is any Refusal {
    } catch let taken as TakenBefore {
      guard let says = taken.says else { return }
      web.setCookie(Flash.cookie(services), Flash.token(says, undo: nil, for: web.session, services.keys), seconds: 60)
    }
  }

  /// Runs a post in one transaction, once its body is known to be a form.
  private func posted(_ route: Route<Context, Change>, _ web: Context, _ body: () throws -> Response) throws -> Response {
    let request = web.request
    let type = essence(request)
    let hasFiles = type == "multipart/form-data"
    if request.body.count > (hasFiles && route.takesFiles ? Dispatcher.filesLimit : Dispatcher.bodyLimit) { throw Failure.tooLarge }
    // An empty body without a type passes: the fields are then found missing. Mail programs that unsubscribe with one click may send either kind of
    // form (RFC 8058).
    let isForm = type.map { $0 == "application/x-www-form-urlencoded" } ?? request.body.isEmpty
    guard isForm || hasFiles && (route.takesFiles || route.access == .bearerFromAnywhere) else { throw Failure.unsupportedType }
    // A mail program's body says nothing that matters.
    if !web.form.isWhole, route.access != .bearerFromAnywhere {
      web.recognize()
      throw hasFiles ? Failure.misread(web.words("The form broke off on its way here. Go back and send it again.")) : .tooManyFields
    }
    do {
      return try web.db.transaction(body)
    } catch let undone as Undone {
      return undone.response
    }
  }

  /// Session, then CSRF, then role: the order of the site map. Only members' forms have nonces.
  ///
  /// - Parameter key: taken in the round trip that asks for the session.
  /// - Returns: where the form led before, when it was sent before.
  @discardableResult
  private func admit(_ route: Route<Context, Change>, _ key: IdempotencyKey?, _ web: Context) throws -> Path? {
    let csrf = services.csrf
    switch route.access {
    case .bearerFromAnywhere, .hook:
      return nil
    case .bearer:
      guard csrf.allowsOrigin(of: web.request) else { throw Failure.forged }
      return nil
    case .anyone:
      let session = try? web.person  // Nobody being signed in is fine here.
      let token = session == nil ? web.cookie(CSRF.doorCookie).map(csrf.token(door:)) : web.csrfToken
      guard csrf.allowsOrigin(of: web.request), csrf.allows(web.form, token: token) || allowsDoor(web) else {
        throw Failure.forged
      }
      return nil
    case .member, .agent, .admin:
      let taken = try key.map { key in try !web.read(key.taking(at: web.now)).isEmpty } ?? true
      let person = try web.person
      guard csrf.allowsOrigin(of: web.request), csrf.allows(web.form, token: web.csrfToken) else { throw Failure.forged }
      try require(route.access, person)
      return taken ? nil : try key?.place(web.db)
    }
  }

  /// A sign-in form that was opened before somebody signed in in another tab is still good.
  private func allowsDoor(_ web: Context) -> Bool {
    guard let door = web.cookie(CSRF.doorCookie) else { return false }
    return services.csrf.allows(web.form, token: services.csrf.token(door: door))
  }

  private func require(_ access: Access, _ person: Person) throws {
    let allowed: Bool
    switch access {
    case .anyone, .bearer, .bearerFromAnywhere, .hook, .member: allowed = true
    case .agent: allowed = person.role != .viewer
    case .admin: allowed = person.role == .owner || person.role == .admin
    }
    if !allowed { throw Failure.forbidden }
  }

  /// What the body says it is, without parameters; nil when it says nothing.
  private func essence(_ request: Request) -> String? {
    request.header("content-type").map { type in
      String(decoding: Bytes.lowercased(type.prefix { $0 != UInt8(ascii: ";") }).filter { $0 != 32 && $0 != 9 }, as: UTF8.self)
    }
  }

  /// Carries an answer out of the transaction, so that it is rolled back.
  private struct Undone: Error {
    let response: Response
  }
}
