/// Who may use a route. Roles contain each other: an owner may what an admin may, and so on.
public enum Access: Int, Sendable, Comparable {
  /// Nobody need be signed in.
  case anyone
  /// The path itself holds a secret (a signed link, a webhook): neither session nor the form's `csrf` field is asked for.
  case bearer
  /// As `bearer`, and posts from other origins are allowed: one-click unsubscription comes from mail programs.
  case bearerFromAnywhere
  /// Another program, known by the signature of what it sends or by its key: its handler asks for that first.
  case hook
  /// Anybody who is signed in.
  case member
  /// Those who work on drafts.
  case agent
  /// Those who manage members.
  case admin

  public static func < (a: Access, b: Access) -> Bool { a.rawValue < b.rawValue }
}

/// Something that a path can hold in place of a word: an id, a token.
public protocol PathParameter: SendableMetatype {
  /// nil for text that cannot be one: the page is then not found.
  init?(path text: String)
}

extension String: PathParameter {
  /// A token: 1 to 500 bytes.
  public init?(path text: String) {
    guard (1...500).contains(text.utf8.count) else { return nil }
    self = text
  }
}

/// One row of the site map: method, path, who may, what answers.
///
/// - Parameters:
///   - Context: what handlers get.
///   - Change: what a handler answers that changes something: no other answer is taken of it, so what every change must say, its type demands.
public struct Route<Context, Change>: Sendable {
  /// A handler with the path's parameters as text; nil: one of them is malformed.
  public typealias Handler<Answer> = @Sendable (Context, [String]) throws -> Answer?

  /// What a row does.
  public enum Action: Sendable {
    /// GET: a page.
    case show(Handler<Response>)
    /// POST: a page about what was typed.
    case ask(Handler<Response>)
    /// POST: a change.
    case change(Handler<Change>)
    /// POST by another program: answered as that expects.
    case receive(Handler<Response>)
  }

  /// The path as written in the table: `/reminders/:reminder/snoozes`, `/reminders/:reminder.ics`.
  public let pattern: String
  /// Who may.
  public let access: Access
  /// Whether files are sent to it: a larger body, `multipart/form-data` allowed.
  public let takesFiles: Bool
  /// Calls the typed handler.
  public let action: Action
  /// Whether the handler of a change is asked about a form that comes again: what its path names may be gone. What it does then is undone.
  public let isAskedAgain: Bool
  /// Whether the nonce alone says that a form comes again, whatever else it holds.
  public let isKnownByNonce: Bool
  let segments: [String]
  /// How much of a path it leaves open: a parameter with an ending less than one without.
  let openness: Int

  /// `.get` or `.post`.
  public var method: Method {
    if case .show = action { .get } else { .post }
  }

  private init(
    _ pattern: String, _ access: Access, files: Bool = false, again: Bool = false, byNonce: Bool = false, _ action: Action
  ) {
    self.pattern = pattern
    self.access = access
    isKnownByNonce = byNonce
    takesFiles = files
    isAskedAgain = again || pattern.utf8.contains(UInt8(ascii: ":"))
    self.action = action
    segments = pattern.utf8.count == 1 ? [] : pattern.dropFirst().split(separator: "/").map(String.init)
    openness = segments.reduce(0) { $0 + ($1.utf8.first == UInt8(ascii: ":") ? Route.ending($1).isEmpty ? 2 : 1 : 0) }
  }

  /// A page: changes nothing.
  public static func get(_ pattern: String, _ access: Access, _ handler: @escaping @Sendable (Context) throws -> Response) -> Route {
    Route(pattern, access, .show { context, _ in try handler(context) })
  }

  /// A page about one thing.
  public static func get<P: PathParameter>(
    _ pattern: String, _ access: Access, _ handler: @escaping @Sendable (Context, P) throws -> Response
  ) -> Route {
    Route(pattern, access, .show(about(handler)))
  }

  /// A form that is only looked at: whatever its handler writes is undone.
  public static func ask(_ pattern: String, _ access: Access, _ handler: @escaping @Sendable (Context) throws -> Response) -> Route {
    Route(pattern, access, .ask { context, _ in try handler(context) })
  }

  /// A form about one thing that is only looked at.
  public static func ask<P: PathParameter>(
    _ pattern: String, _ access: Access, files: Bool = false, _ handler: @escaping @Sendable (Context, P) throws -> Response
  ) -> Route {
    Route(pattern, access, files: files, .ask(about(handler)))
  }

  /// A page about one thing of another.
  public static func get<P: PathParameter, Q: PathParameter>(
    _ pattern: String, _ access: Access, _ handler: @escaping @Sendable (Context, P, Q) throws -> Response
  ) -> Route {
    Route(
      pattern, access,
      .show { context, texts in
        guard texts.count == 2, let first = P(path: texts[0]), let second = Q(path: texts[1]) else { return nil }
        return try handler(context, first, second)
      })
  }

  /// What another program sends to one address, whatever it is about.
  public static func hook(_ pattern: String, _ handler: @escaping @Sendable (Context) throws -> Response) -> Route {
    Route(pattern, .hook, .receive { context, _ in try handler(context) })
  }

  /// What another program sends, with a body and a signature of its own: neither form nor session nor `csrf`.
  public static func hook<P: PathParameter>(_ pattern: String, _ handler: @escaping @Sendable (Context, P) throws -> Response) -> Route {
    Route(pattern, .hook, .receive(about(handler)))
  }

  /// A change.
  ///
  /// - Parameters:
  ///   - again: whether its handler is asked about a form that comes again, though it is about no row.
  ///   - byNonce: whether the nonce alone says that it does.
  public static func post(
    _ pattern: String, _ access: Access, files: Bool = false, again: Bool = false, byNonce: Bool = false,
    _ handler: @escaping @Sendable (Context) throws -> Change
  ) -> Route {
    Route(pattern, access, files: files, again: again, byNonce: byNonce, .change { context, _ in try handler(context) })
  }

  /// A change to one thing.
  public static func post<P: PathParameter>(
    _ pattern: String, _ access: Access, files: Bool = false, _ handler: @escaping @Sendable (Context, P) throws -> Change
  ) -> Route {
    Route(pattern, access, files: files, .change(about(handler)))
  }

  /// A change to one thing of another.
  public static func post<P: PathParameter, Q: PathParameter>(
    _ pattern: String, _ access: Access, _ handler: @escaping @Sendable (Context, P, Q) throws -> Change
  ) -> Route {
    Route(
      pattern, access,
      .change { context, texts in
        guard texts.count == 2, let first = P(path: texts[0]), let second = Q(path: texts[1]) else { return nil }
        return try handler(context, first, second)
      })
  }

  private static func about<P: PathParameter, Answer>(_ handler: @escaping @Sendable (Context, P) throws -> Answer) -> Handler<Answer> {
    { context, texts in
      guard let first = texts.first, let parameter = P(path: first) else { return nil }
      return try handler(context, parameter)
    }
  }

  /// The texts of the path's parameters, when the path has this pattern's shape.
  func parameters(of path: [String]) -> [String]? {
    guard path.count == segments.count else { return nil }
    var texts: [String] = []
    for (segment, text) in zip(segments, path) {
      if segment.utf8.first == UInt8(ascii: ":") {
        let ending = Route.ending(segment)
        guard ending.isEmpty || text.utf8.count > ending.utf8.count, text.utf8.suffix(ending.utf8.count).elementsEqual(ending.utf8) else {
          return nil
        }
        texts.append(String(text.dropLast(ending.count)))
      } else if !segment.utf8.elementsEqual(text.utf8) {
        return nil
      }
    }
    return texts
  }

  /// What stands behind a parameter within its part of the path: ".ics", or nothing.
  private static func ending(_ segment: String) -> Substring { segment.firstIndex(of: ".").map { segment[$0...] } ?? "" }

}

/// The site map, searched by path.
public struct Router<Context, Change>: Sendable {
  /// What was found for a path and a method.
  public enum Match: Sendable {
    /// No row has this path: 404.
    case unknown
    /// The path is there, the method is not: 405 with these in `Allow`.
    case otherMethods(String)
    /// The row and the texts of its parameters.
    case route(Route<Context, Change>, [String])
  }

  /// The rows, in order. Of the patterns that a path fits, the one that leaves least of it open is meant, whatever the method: a fixed word is
  /// never taken for an id, nor ".ics" for its end.
  public let routes: [Route<Context, Change>]
  private let byFirst: [String: [Route<Context, Change>]]

  /// - Parameter routes: the whole site. Every path begins with a fixed word.
  public init(_ routes: [Route<Context, Change>]) {
    self.routes = routes
    byFirst = Dictionary(grouping: routes) { $0.segments.first ?? "" }
  }

  /// Finds the row for a request.
  public func match(_ request: Request) -> Match {
    guard let path = request.segments else { return .unknown }
    let wanted: Method = request.method == .head ? .get : request.method
    var others: Set<String> = []
    var found: (route: Route<Context, Change>, texts: [String])?
    var least = Int.max
    for route in byFirst[path.first ?? ""] ?? [] {
      guard let texts = route.parameters(of: path), route.openness <= least else { continue }
      if route.openness < least { (least, found, others) = (route.openness, nil, []) }
      if route.method == wanted, found == nil { found = (route, texts) }
      others.formUnion(route.method == .get ? ["GET", "HEAD"] : [route.method.rawValue])
    }
    if let found { return .route(found.route, found.texts) }
    return others.isEmpty ? .unknown : .otherMethods(others.sorted().joined(separator: ", "))
  }
}
