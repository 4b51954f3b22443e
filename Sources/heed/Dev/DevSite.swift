import App
import FoundationEssentials
import Glibc

/// One development site from start to end: PostgreSQL, migrations, demo data, responders, workers, and last nginx.
final class DevSite {
  let state: State
  let port: Port
  let root: String
  let isSeeding: Bool
  private let cluster: DevCluster
  private let given: [String: String]
  private let counts: [String: String]
  private var signals: Signals
  /// In the order of their start; they end in the opposite order.
  private var parts: [DevPart] = []

  init(_ options: DevOptions, given: [String: String]) throws {
    signals = Signals()
    state = try State(path: options.state)
    try state.lock(&signals)
    try Orphans(state: state).end(&signals)
    port = try Port.choose(options.port)
    cluster = try DevCluster(state)
    guard Files.exists(DevNginx.program) else { throw Complaint("nginx is not installed: make deps") }
    root = try Self.readableRoot(given["HEED_ROOT"] ?? Root.find(), state)
    isSeeding = !options.noSeed
    let counts = options.counts
    self.counts = counts
    // PostgreSQL's programs refuse a working folder that their account cannot read, such as /root. Every path is absolute by now.
    chdir("/")
    self.given = given.filter { !counts.keys.contains($0.key) && $0.key != "HEED_ROOT" }
  }

  /// Runs until somebody asks to end or a part fails.
  ///
  /// - Returns: the exit status.
  func run(_ say: (String) -> Void) -> Int32 {
    var status: Int32 = 0
    do {
      try start(say)
      try watch(say)
    } catch is Interrupted {
    } catch {
      say("heed: \(error)")
      status = 1
    }
    stop()
    return status
  }

  // MARK: - Start

  private func start(_ say: (String) -> Void) throws {
    try startCluster()
    let publicURL = given["HEED_PUBLIC_URL"] ?? "http://127.0.0.1:\(port.number)"
    let url = try Self.checked(publicURL)
    let file = try writeEnv(publicURL: publicURL)
    try command("migrate", file)
    if isSeeding { try command("seed", file) }
    unlink(state.socket)
    try startPart("serve", heed(["serve"], file))
    try wait(60, "the responders") { Health.listens(at: state.socket) }
    try startPart("work", heed(["work"], file))
    let nginx = DevNginx(state: state, root: root, port: port.number, publicURL: url)
    try nginx.write()
    try startPart("nginx", nginx.command)
    try wait(30, "nginx") { Health.isUp(port: port.number) }
    say("heed: ready at http://127.0.0.1:\(port.number)")
    if isSeeding { say("heed: sign in as \(Demo.email) with the password “\(Demo.password)”") }
    say("heed: mail goes to \(file.values["HEED_SMTP_URL"] ?? file.values["HEED_MAILDIR"] ?? state.mail)")
    say("heed: other commands join with --env-file \(state.env); logs are in \(state.log); Ctrl-C ends it all")
  }

  private func startCluster() throws {
    try cluster.make { name, command in
      try finish(
        DevProcess.start(name, command, environment: Self.environment, account: state.account, log: state.log("postgres")))
    }
    try startPart("postgres", cluster.command, account: state.account, ending: "INT")
    try wait(60, "PostgreSQL") { cluster.isUp() }
    try cluster.makeDatabase()
    try finish(
      DevProcess.start(
        "superuser", cluster.script(root + "/migrations/superuser.sql"), environment: Self.environment, log: state.log("postgres")))
  }

  private func writeEnv(publicURL: String) throws -> DevEnvFile {
    if !Files.exists(state.secretKey) { try Files.write(Files.randomHex(bytes: 32) + "\n", to: state.secretKey, mode: 0o600) }
    var made = [
      "HEED_ENV": "development", "HEED_PUBLIC_URL": publicURL, "HEED_SOCKET": state.socket, "HEED_SECRET_KEY_FILE": state.secretKey,
      "HEED_MAILDIR": state.mail, "HEED_ROOT": root, "HEED_RESPONDERS": "2", "HEED_WORKERS": "1",
    ]
    for role in DatabaseRole.allCases { made[role.setting.name] = cluster.url(role.rawValue) }
    made["HEED_USER"] = state.account?.name
    made["HEED_SOCKET_GROUP"] = state.account?.name
    let file = DevEnvFile(made: made.merging(counts) { _, new in new }, given: given)
    try Files.write(file.text, to: state.env, mode: 0o600)
    return file
  }

  /// A command that ends by itself, such as `heed migrate`.
  private func command(_ name: String, _ file: DevEnvFile) throws {
    try finish(DevProcess.start(name, heed([name], file), environment: Self.environment, log: state.log(name)))
  }

  private func startPart(_ name: String, _ command: [String], account: SystemAccount? = nil, ending: String = "TERM") throws {
    let log = state.log(name)
    parts.append(
      try DevPart(name) {
        try DevProcess.start(name, command, environment: Self.environment, account: account, ending: ending, log: log)
      })
  }

  private func heed(_ arguments: [String], _ file: DevEnvFile) -> [String] {
    [Root.program() ?? "heed", "--env-file", state.env] + arguments
  }

  private func finish(_ child: DevProcess) throws {
    do {
      while !child.hasEnded() { try signals.pause(milliseconds: 1_000) }
    } catch {
      child.end(SIGTERM, seconds: 5, &signals)
      throw error
    }
    if let status = child.status, status != 0 { throw Complaint("\(child.name) failed (\(status)). \(lastWords(child.name))") }
  }

  /// Waits until a part answers. Ends at once when one of them has ended or somebody asks to end.
  private func wait(_ seconds: Double, _ what: String, _ isReady: () -> Bool) throws {
    let deadline = SystemClock.steadySeconds() + seconds
    while !isReady() {
      try checkParts()
      guard SystemClock.steadySeconds() < deadline else {
        throw Complaint("\(what) did not answer within \(Int(seconds)) seconds; see \(state.log)")
      }
      try signals.pause(milliseconds: 50)
    }
  }

  // MARK: - Run and end

  private func watch(_ say: (String) -> Void) throws {
    while true {
      var isDown = false
      for part in parts {
        guard let news = try part.tend(isReplaced: { part.name == "postgres" && Orphans(state: state).hasServer }) else { continue }
        isDown = true
        if !news.isEmpty { say("heed: \(news)") }
      }
      try signals.pause(milliseconds: isDown ? 250 : 60_000)
    }
  }

  private func checkParts() throws {
    for part in parts where part.child.hasEnded() {
      throw Complaint("\(part.name) has ended (\(part.child.status ?? 0)). \(lastWords(part.name))")
    }
  }

  private func stop() {
    while let part = parts.popLast() {
      part.child.end(part.name == "postgres" ? SIGINT : SIGTERM, seconds: part.name == "nginx" ? 3 : 12, &signals)
    }
    // A part that was killed may have left its own children, and those do not hear us.
    do {
      try Orphans(state: state).end(&signals)
    } catch {
      Dev.say("heed: \(error)")
    }
  }

  private func lastWords(_ name: String) -> String {
    let path = state.log(name == "initdb" ? "postgres" : name)
    // The log may be too long or missing; then its place must do.
    let lines = ((try? Files.read(path)) ?? "").split(whereSeparator: \.isNewline).suffix(5)
    return "Its log, \(path), ends with:\n" + lines.map { "    \($0)" }.joined(separator: "\n")
  }

  // MARK: - Surroundings

  /// Children find all settings in `DIR/env`, so that they and the commands that join in read the same.
  private static var environment: [String: String] {
    ProcessInfo.processInfo.environment.filter { !$0.key.utf8.starts(with: "HEED_".utf8) }
  }

  private static func checked(_ url: String) throws -> PublicURL {
    do {
      return try PublicURL(url)
    } catch {
      throw Complaint("\(error)")
    }
  }

  /// nginx's workers and the responders read files there; when their account cannot, they get a copy.
  private static func readableRoot(_ root: String, _ state: State) throws -> String {
    guard Files.exists(root + "/nginx/dev.conf") else {
      throw Complaint("there is no nginx/dev.conf in \(root). Start heed dev in the source folder, or name that with HEED_ROOT.")
    }
    guard let account = state.account, !Access.canReach(root + "/static", account) else { return root }
    let copy = state.home + "/root"
    try Files.makeFolder(copy, account: account)
    for part in ["static", "nginx", "migrations", "templates"] where Files.exists("\(root)/\(part)") {
      let status = Tool.status(["/bin/cp", "-rT", "--", "\(root)/\(part)", "\(copy)/\(part)"])
      guard status == 0 else { throw Complaint("cannot copy \(root)/\(part) to \(copy)") }
    }
    return copy
  }
}
