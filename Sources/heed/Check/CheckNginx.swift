import Glibc

extension Findings {
  /// Debian 12's first nginx 1.22.1 has holes that its security updates closed; the package version tells, nginx's own does not.
  static let oldestNginx = "1.22.1-9+deb12u10"

  mutating func nginx() {
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
}
