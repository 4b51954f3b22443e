import App
import Glibc

/// The folder of one development site, and where everything in it lies.
struct State {
  /// What `--state` names, as an absolute path without symbolic links.
  let folder: String
  /// Where the cluster, sockets and mail are: ``folder`` itself, or a 0700 folder under /var/tmp when the account that PostgreSQL runs as
  /// cannot reach it, or when the path of a socket would exceed 107 bytes.
  let home: String
  /// Whom PostgreSQL, nginx workers, responders and workers run as: `postgres` when this is root, nil otherwise.
  let account: SystemAccount?

  var data: String { home + "/postgres" }
  var run: String { home + "/run" }
  var socket: String { run + "/heed.sock" }
  var nginx: String { home + "/nginx" }
  var mail: String { folder + "/mail" }
  var log: String { folder + "/log" }
  var env: String { folder + "/env" }
  var secretKey: String { folder + "/secret.key" }

  /// Makes what is missing.
  init(path: String) throws {
    try Files.makeFolder(path)
    guard let folder = Root.resolved(path) else { throw Complaint(system: "cannot find \(path)") }
    self.folder = folder
    account = try Self.findAccount()
    home = try Self.findHome(folder, account)
    try Files.makeFolder(log)
    try Files.makeFolder(run, mode: 0o700, account: account)
    try Files.makeFolder(nginx, account: account)
    try Files.makeFolder(home + "/mail", mode: 0o700, account: account)
    for part in ["cur", "new", "tmp"] { try Files.makeFolder("\(home)/mail/\(part)", mode: 0o700, account: account) }
    if home != folder, !Files.exists(mail) {
      guard symlink(home + "/mail", mail) == 0 else { throw Complaint(system: "cannot make \(mail)") }
    }
  }

  /// Path of a log file.
  func log(_ name: String) -> String { "\(log)/\(name).log" }

  private static func findAccount() throws -> SystemAccount? {
    guard SystemAccount.isRoot else { return nil }
    guard let account = SystemAccount(named: "postgres") else {
      throw Complaint("PostgreSQL does not run as root, and there is no account “postgres”. Install Debian's postgresql package: make deps")
    }
    return account
  }

  /// A home outside is remembered as the link `home`, so that the data is found again.
  private static func findHome(_ folder: String, _ account: SystemAccount?) throws -> String {
    let link = folder + "/home"
    if let home = Files.target(of: link) {
      if Files.exists(home) { return home }
      unlink(link)
    }
    let fits = (folder + "/run/.s.PGSQL.5432.lock").utf8.count <= 107
    if fits, account.map({ Access.canReach(folder, $0) }) ?? true { return folder }
    var template = Array("/var/tmp/heed-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Complaint(system: "cannot make a folder in /var/tmp") }
    let home = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    try Files.makeFolder(home, mode: 0o700, account: account)
    guard symlink(home, link) == 0 else { throw Complaint(system: "cannot make \(link)") }
    return home
  }

  /// Held until this process ends: two `heed dev` never share a state folder. The kernel lets go of it after a kill -9.
  ///
  /// One that was just told to end is waited for.
  func lock(_ signals: inout Signals) throws {
    let file = open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Complaint(system: "cannot write \(folder)/lock") }
    let deadline = SystemClock.steadySeconds() + 8
    while flock(file, LOCK_EX | LOCK_NB) != 0 {
      guard SystemClock.steadySeconds() < deadline else {
        throw Complaint("heed dev already runs with the state folder \(folder). End it first, or choose another folder with --state.")
      }
      try signals.pause(milliseconds: 200)
    }
  }
}
