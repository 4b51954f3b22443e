import CCurl

/// A server from which a channel's mail is fetched. A person named it, so it is guarded.
public struct IMAPServer: Hashable, Sendable {
  /// How long it may take, in milliseconds.
  public struct Patience: Hashable, Sendable {
    /// Until we are signed in: dialling (at most half of it), greeting, TLS, sign-in.
    public var connection = 20_000
    /// Without a byte of an answer.
    public var silence = 30_000
    /// For the whole look. What was fetched by then counts.
    public var whole = 300_000

    public init() {}
  }

  public let host: MailHost
  public let security: MailSecurity
  public let user: String
  public let password: String
  /// A file of certificate authorities to trust instead of the system's; empty: the system's.
  public let authorities: String
  /// Whether the ``AddressGuard`` of the ``Transfers`` is asked before it is dialled.
  public let isGuarded: Bool
  public let patience: Patience

  /// - Throws: ``NetError/badServer`` for a user or password that is empty, longer than 500 bytes or holds a control character.
  public init(
    _ host: MailHost, _ security: MailSecurity, user: String, password: String, authorities: String = "", isGuarded: Bool = true,
    patience: Patience = Patience()
  ) throws(NetError) {
    let isSayable = { (text: String) in
      (1...500).contains(text.utf8.count) && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
    guard isSayable(user), isSayable(password), !authorities.utf8.contains(0) else { throw .badServer }
    (self.host, self.security) = (host, security)
    (self.user, self.password) = (user, password)
    self.authorities = authorities
    self.isGuarded = isGuarded
    self.patience = patience
  }

  /// A handle that will connect, greet, start TLS and sign in, and then leave the connection to us. Certificates are always checked.
  func connector() throws(NetError) -> Easy {
    let easy = try Easy()
    easy.set(CURLOPT_URL, host.url("imap", security))
    easy.set(CURLOPT_PROTOCOLS_STR, "imap,imaps")
    easy.set(CURLOPT_CONNECT_ONLY, 1)
    easy.set(CURLOPT_USE_SSL, Int(security == .none ? CURLUSESSL_NONE.rawValue : CURLUSESSL_ALL.rawValue))
    if !authorities.isEmpty { easy.set(CURLOPT_CAINFO, authorities) }
    easy.set(CURLOPT_USERNAME, user)
    easy.set(CURLOPT_PASSWORD, password)
    easy.set(CURLOPT_CONNECTTIMEOUT_MS, min(patience.connection, 10_000))
    easy.set(CURLOPT_TIMEOUT_MS, patience.connection)
    return easy
  }

  /// Without our password, should a server repeat what it was told.
  func tidy(_ text: String) -> String {
    // A short one would tear holes into words.
    guard password.utf8.count >= 4 else { return SMTPReply.tidy(text) }
    return SMTPReply.tidy(String(decoding: Array(text.utf8).replacing(Array(password.utf8), with: Array("…".utf8)), as: UTF8.self))
  }
}
