import App
import FastCGI
import Glibc

extension Findings {
  /// Debian 12's first nginx 1.22.1 has holes that its security updates closed; the package version tells, nginx's own does not.
  static let oldestNginx = "1.22.1-9+deb12u10"

  mutating func nginx(_ configuration: Configuration) {
    nginxVersion()
    // What nginx runs with, where it was copied to the documented place; else what would be copied.
    let isInstalled = configuration.isProduction && access(NginxFile.installed + "/heed.conf", R_OK) == 0
    let folder = isInstalled ? NginxFile.installed : configuration.root + "/nginx"
    if let pass = NginxFile(folder + "/pass.conf") { timeouts(configuration.requestSeconds, pass) }
    if configuration.isProduction, let main = NginxFile(folder + "/heed.conf") { site(configuration, main, isInstalled) }
  }

  private mutating func nginxVersion() {
    guard let version = ["nginx", "nginx-light", "nginx-core", "nginx-full", "nginx-extras"].lazy.compactMap(Self.installed).first else {
      let isThere = access("/usr/sbin/nginx", X_OK) == 0
      add(.note, "nginx", isThere ? "not from a Debian package; see that it has the fixes of \(Self.oldestNginx)." : "is not on this host.")
      return
    }
    if Tool.status(["/usr/bin/dpkg", "--compare-versions", version, "ge", Self.oldestNginx]) == 0 {
      add(.fine, "nginx", version)
    } else {
      add(.wrong, "nginx", "\(version) is older than \(Self.oldestNginx) and has known holes; run: apt-get install --only-upgrade nginx")
    }
  }

  private static func installed(_ package: String) -> String? {
    let text = Tool.output(["/usr/bin/dpkg-query", "-W", "-f", "${db:Status-Status} ${Version}", package])
    let words = text?.split(separator: " ") ?? []
    return words.count == 2 && words[0] == "installed" ? String(words[1]) : nil
  }

  /// The responder's own limit has to speak first: after nginx has given up, nobody gets the answer.
  private mutating func timeouts(_ seconds: Int, _ file: NginxFile) {
    if seconds > Timeouts.unitSeconds {
      let stop = seconds + Timeouts.afterRequest
      add(
        .note, "HEED_REQUEST_SECONDS",
        "is \(seconds), so that an end may take \(stop) seconds: set TimeoutStopSec=\(stop + 10) in heed-serve.service.")
    }
    guard let words = file.values("fastcgi_read_timeout").last, let limit = NginxFile.milliseconds(words), limit <= seconds * 1_000 else {
      return
    }
    add(
      .wrong, "HEED_REQUEST_SECONDS",
      "is \(seconds), but nginx gives up on an answer after \(words.joined(separator: " ")) (fastcgi_read_timeout in \(file.path))."
        + " Lower the one or raise the other.")
  }

  /// What stands both in the settings and in heed.conf.
  private mutating func site(_ configuration: Configuration, _ file: NginxFile, _ isInstalled: Bool) {
    let kind = isInstalled ? Kind.wrong : .note
    let hint = isInstalled ? "Make the two the same, and reload nginx." : "Change it in the copy that nginx gets."
    let sockets = file.values("server").compactMap(\.first).filter { $0.utf8.starts(with: "unix:".utf8) }.map { String($0.dropFirst(5)) }
    if !sockets.isEmpty, !sockets.contains(configuration.socket) {
      let others = sockets.joined(separator: ", ")
      add(kind, "HEED_SOCKET", "is \(configuration.socket), but \(file.path) passes requests to \(others). \(hint)")
    }
    let roots = file.values("set").filter { $0.first == "$heed_root" }.compactMap(\.last)
    let ours = Root.resolved(configuration.root)
    if let root = roots.last, root != configuration.root, ours == nil || Root.resolved(root) != ours {
      add(kind, "HEED_ROOT", "is \(configuration.root), but \(file.path) takes files from \(root). \(hint)")
    }
    if isInstalled, !file.values("access_log").contains(where: { $0.dropFirst().first == "heed" }) {
      add(
        .note, "nginx",
        "\(file.path) writes signed links whole into its log; end access_log with the format heed there, as our nginx/heed.conf does.")
    }
    let names = file.values("server_name").joined()
    if isInstalled, !names.contains(configuration.publicURL.host) {
      let others = names.joined(separator: " ")
      add(.note, "HEED_PUBLIC_URL", "\(file.path) does not name \(configuration.publicURL.host), but: server_name \(others)")
    }
  }
}
