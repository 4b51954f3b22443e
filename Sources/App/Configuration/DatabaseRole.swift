/// The three database roles: who is served, who works in the background, who owns the tables (DATA, Ownership).
/// A process has one role and one URL, so that a host which only works needs no other.
public enum DatabaseRole: String, CaseIterable, Sendable {
  case web = "heed_web"
  case work = "heed_work"
  case owner = "heed_owner"

  /// The variable that holds its URL.
  public var setting: Setting {
    switch self {
    case .web: .databaseURL
    case .work: .workDatabaseURL
    case .owner: .ownerDatabaseURL
    }
  }
}

extension DatabaseRole {
  /// Whether a database URL cannot be taken apart, most often because a name or password in it is not percent-encoded. libpq would take a part
  /// of it for something else, and name that in its errors.
  ///
  /// - Parameter url: `postgresql://` or `postgres://` and the rest, not looked at beyond host and port.
  static func isTorn(_ url: String) -> Bool {
    let isHex = { (byte: UInt8) in (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20) }
    let escapes = url.utf8.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false).dropFirst()
    if escapes.contains(where: { $0.prefix(2).count < 2 || !$0.prefix(2).allSatisfy(isHex) }) { return true }
    let settings = url.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst().split(separator: UInt8(ascii: "&"))
    if settings.contains(where: { setting in setting.count { $0 == UInt8(ascii: "=") } != 1 }) { return true }
    let authority = url.utf8.drop { $0 != UInt8(ascii: "/") }.dropFirst(2).prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    let parts = authority.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    if parts.count > 2 { return true }
    return (parts.last ?? authority[...]).split(separator: UInt8(ascii: ",")).contains { host in
      guard let colon = host.lastIndex(of: UInt8(ascii: ":")), host.last != UInt8(ascii: "]") else { return false }
      return !host[host.index(after: colon)...].allSatisfy { (0x30...0x39).contains($0) }
    }
  }
}

/// Where outgoing mail goes.
public enum MailTransport: Sendable {
  /// `smtp://host:port` or `smtps://host:port`; name and password are both given or both missing.
  case smtp(url: String, user: String?, password: String?)
  /// A Maildir, made when it is missing.
  case maildir(path: String)
}
