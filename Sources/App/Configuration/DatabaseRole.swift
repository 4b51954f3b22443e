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

/// Where outgoing mail goes.
public enum MailTransport: Sendable {
  /// `smtp://host:port` or `smtps://host:port`; name and password are both given or both missing.
  case smtp(url: String, user: String?, password: String?)
  /// A Maildir, made when it is missing.
  case maildir(path: String)
}
