import App

/// What the account of PostgreSQL may do.
enum Access {
  /// Asks whether another account could use a folder, by trying: mode bits alone do not tell (ACLs, mounts).
  static func canReach(_ folder: String, _ account: SystemAccount) -> Bool {
    Tool.status([
      "/usr/bin/setpriv", "--reuid", account.name, "--regid", "\(account.group)", "--init-groups", "--", "/usr/bin/test", "-x", folder,
    ]) == 0
  }
}
