/// Protection of posts against other sites. Three walls, each enough on its own for the browsers that have it: Fetch Metadata, the
/// `Origin` header against the configured address, and a field that only our own pages can hold, always required.
public struct CSRF: Sendable {
  /// The field's name in every form.
  public static let field = "csrf"
  /// The cookie that stands in for a session before sign-in.
  public static let doorCookie = "heed_door"

  private let keys: Keys
  private let publicOrigin: [UInt8]

  /// - Parameter publicOrigin: scheme, host and port of the public address, as browsers write it in `Origin`.
  public init(keys: Keys, publicOrigin: String) {
    self.keys = keys
    self.publicOrigin = Array(publicOrigin.utf8)
  }

  /// The token of a session: the same as long as the session lives.
  public func token(session: String) -> String { keys.tag(.csrf, session) }

  /// The token that goes with the door cookie.
  public func token(door: String) -> String { keys.tag(.door, door) }

  /// Whether the headers allow that the post comes from one of our pages. Absent headers say nothing.
  public func allowsOrigin(of request: Request) -> Bool {
    if let site = request.header("sec-fetch-site"), !site.elementsEqual("same-origin".utf8), !site.elementsEqual("none".utf8) {
      return false
    }
    if let origin = request.header("origin"), origin != publicOrigin { return false }
    return true
  }

  /// Whether a browser says by both headers that the post comes from one of our pages: what it holds may then be shown to whoever sent it.
  public func comesFromOurPage(_ request: Request) -> Bool {
    guard let site = request.header("sec-fetch-site"), let origin = request.header("origin") else { return false }
    return site.elementsEqual("same-origin".utf8) && origin == publicOrigin
  }

  /// Whether the form holds the token that belongs to the session or, before sign-in, to the door cookie, under whichever mask (``Mask``).
  public func allows(_ form: Form, token: String?) -> Bool {
    guard let token, let sent = form.text(CSRF.field) else { return false }
    return Bytes.equalInConstantTime(Mask.uncovered(sent), Array(token.utf8))
  }
}
