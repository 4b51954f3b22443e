import App
import Glibc

/// What `heed check` found, in the order in which it looked.
struct Findings {
  enum Kind: String {
    case fine = "ok   "
    /// Works, but deserves a look.
    case note = "note "
    /// Does not work, or is not safe.
    case wrong = "WRONG"
  }

  struct Finding: CustomStringConvertible {
    let kind: Kind
    let place: String
    let words: String
    var description: String { "\(kind.rawValue)  \(place): \(words)" }
  }

  private(set) var all: [Finding] = []

  mutating func add(_ kind: Kind, _ place: String, _ words: String) {
    all.append(Finding(kind: kind, place: place, words: words))
  }

  /// The settings as read. What makes them unusable has been said before by ``Configuration``.
  mutating func settings(_ configuration: Configuration, envFile: String?) {
    add(
      .fine, "settings",
      "read; this is a \(configuration.isProduction ? "production" : "development") site at \(configuration.publicURL.text)")
    for note in configuration.notes { add(configuration.isProduction ? .wrong : .note, note.place, note.words) }
    if configuration.clockFile != nil { add(.note, "HEED_CLOCK_FILE", "is set: this site does not follow the system's clock.") }
    var status = stat()
    if let envFile, stat(envFile, &status) == 0, status.st_mode & 0o007 != 0 {
      add(.wrong, envFile, "holds secrets and every account of this system may use it; run: chmod o= \(envFile)")
    }
    if let group = configuration.socketGroup, getgrnam(group) == nil {
      add(.wrong, "HEED_SOCKET_GROUP", "is “\(group)”; this system has no such group. For Debian's nginx it is www-data.")
    }
    if configuration.isProduction, case .maildir = configuration.mail {
      add(.wrong, "HEED_SMTP_URL", "is missing: mail goes to a folder and reaches nobody.")
    }
  }

  mutating func files(_ configuration: Configuration) {
    for (file, what) in [
      ("static/heed.css", "the style sheet"), ("migrations/0001_accounts.sql", "the migrations"), ("nginx/site.conf", "nginx's part"),
    ] {
      let path = "\(configuration.root)/\(file)"
      if access(path, R_OK) != 0 {
        add(.wrong, "HEED_ROOT", "cannot read \(path) (\(what)): \(SmallFile.reason(errno)). Name the right folder.")
      }
    }
    if !all.contains(where: { $0.place == "HEED_ROOT" }) { add(.fine, "HEED_ROOT", configuration.root) }
    let zone = configuration.zoneinfo + "/America/New_York"
    if access(zone, R_OK) == 0 {
      add(.fine, "HEED_ZONEINFO", configuration.zoneinfo)
    } else {
      add(.wrong, "HEED_ZONEINFO", "cannot read \(zone): \(SmallFile.reason(errno)). Install Debian's tzdata.")
    }
    let folder = Root.parent(of: configuration.socket)
    if access(folder, X_OK) != 0 {
      add(.note, "HEED_SOCKET", "the folder \(folder) is not there; systemd makes it when it starts heed-serve (RuntimeDirectory=heed).")
    }
  }
}
