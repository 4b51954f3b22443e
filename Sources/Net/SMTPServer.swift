import CCurl

/// The mail server that messages are handed to.
public struct SMTPServer: Hashable, Sendable {
  /// `smtp://host:port` or `smtps://host:port`; a path is the name we greet with: `smtp://mail.example:587/heed.example`.
  public let url: String
  public let user: String
  public let password: String
  /// Never speak without TLS. `smtps` always has it.
  public let requiresTLS: Bool
  /// A file of certificate authorities to trust instead of the system's; empty: the system's.
  public let authorities: String
  /// How many connections at once, besides those that wait long for an answer: see ``SMTPPatience/slow``.
  public let connections: Int
  public let patience: SMTPPatience
  /// A person named it, so the ``AddressGuard`` of the ``Transfers`` is asked before it is dialled. The operator's own server is not guarded.
  public let isGuarded: Bool
  private let usesTLS: Bool

  /// A server of the operator's.
  ///
  /// - Parameters: `user` empty: no sign-in. `connections`: 1 to 100.
  /// - Throws: ``NetError/badServer`` when the address is not one, or names a user itself.
  public init(
    url: String, user: String = "", password: String = "", requireTLS: Bool = false, authorities: String = "", connections: Int = 16,
    patience: SMTPPatience = SMTPPatience()
  ) throws(NetError) {
    try self.init(url, user, password, requireTLS, authorities, connections, patience, isGuarded: false, usesTLS: true)
  }

  /// A server that a person named: guarded, unless `isGuarded` is false.
  ///
  /// - Parameters:
  ///   - security: with `tls` and `starttls` nothing is said without TLS, and certificates are checked.
  ///   - user: empty: no sign-in.
  ///   - greeting: the name that we greet with; empty: the machine's.
  ///   - connections: 1 to 100. Few: a provider allows one customer few.
  /// - Throws: ``NetError/badServer`` for a user, password or greeting that cannot be said.
  public init(
    _ host: MailHost, _ security: MailSecurity, user: String = "", password: String = "", greeting: String = "", authorities: String = "",
    connections: Int = 2, isGuarded: Bool = true, patience: SMTPPatience = SMTPPatience()
  ) throws(NetError) {
    guard greeting.utf8.isEmpty || MailAddress.ascii(domain: greeting) == greeting else { throw .badServer }
    try self.init(
      host.url("smtp", security) + (greeting.utf8.isEmpty ? "" : "/" + greeting), user, password, security != .none, authorities,
      connections,
      patience, isGuarded: isGuarded, usesTLS: security != .none)
  }

  private init(
    _ url: String, _ user: String, _ password: String, _ requireTLS: Bool, _ authorities: String, _ connections: Int,
    _ patience: SMTPPatience, isGuarded: Bool, usesTLS: Bool
  ) throws(NetError) {
    guard SMTPServer.isFit(url), ![user, password, authorities].contains(where: { $0.utf8.contains(0) }) else { throw .badServer }
    (self.isGuarded, self.usesTLS) = (isGuarded, usesTLS)
    self.url = url
    (self.user, self.password) = (user, password)
    requiresTLS = requireTLS
    self.authorities = authorities
    self.connections = min(max(connections, 1), 100)
    self.patience = patience
  }

  private static func isFit(_ url: String) -> Bool {
    guard url.utf8.count <= 300, url.utf8.allSatisfy({ $0 > 32 && $0 < 127 }), Easy.isStarted, let parsed = curl_url() else { return false }
    defer { curl_url_cleanup(parsed) }
    var scheme: UnsafeMutablePointer<CChar>?
    guard curl_url_set(parsed, CURLUPART_URL, url, UInt32(CURLU_DISALLOW_USER)) == CURLUE_OK,
      curl_url_get(parsed, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK, let scheme
    else { return false }
    defer { curl_free(scheme) }
    return ["smtp", "smtps"].contains(String(cString: scheme))
  }

  /// A handle that will connect, greet, start TLS and sign in, and then leave the connection to us.
  ///
  /// Certificates are checked whenever TLS is asked for or a password would be shown. Otherwise TLS is opportunistic (RFC 7435):
  /// whoever could forge a certificate could as well hide STARTTLS.
  func connector() throws(NetError) -> Easy {
    let easy = try Easy()
    easy.set(CURLOPT_URL, url)
    easy.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    easy.set(CURLOPT_CONNECT_ONLY, 1)
    let tls = requiresTLS ? CURLUSESSL_ALL : usesTLS ? CURLUSESSL_TRY : CURLUSESSL_NONE
    easy.set(CURLOPT_USE_SSL, Int(tls.rawValue))
    let isChecked = requiresTLS || !user.isEmpty || url.hasPrefix("smtps:")
    easy.set(CURLOPT_SSL_VERIFYPEER, isChecked ? 1 : 0)
    easy.set(CURLOPT_SSL_VERIFYHOST, isChecked ? 2 : 0)
    if !authorities.isEmpty { easy.set(CURLOPT_CAINFO, authorities) }
    if !user.isEmpty {
      easy.set(CURLOPT_USERNAME, user)
      easy.set(CURLOPT_PASSWORD, password)
    }
    easy.set(CURLOPT_CONNECTTIMEOUT_MS, min(patience.connection, 10_000))
    easy.set(CURLOPT_TIMEOUT_MS, patience.connection)
    return easy
  }
}
