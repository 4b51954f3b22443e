import App
import Glibc

extension Findings {
  /// Whether `heed serve`, started as this account, could make its socket, and nginx use it.
  mutating func socket(_ configuration: Configuration) {
    let count = all.count
    place(configuration.socket)
    group(configuration)
    if all.count == count { add(.fine, "HEED_SOCKET", configuration.socket) }
  }

  private mutating func place(_ path: String) {
    let folder = Root.parent(of: path)
    var status = stat()
    guard stat(folder, &status) == 0 else {
      if errno == ENOENT, folder == "/run/heed" {
        return add(.note, "HEED_SOCKET", "\(folder) is not there; systemd makes it when it starts heed-serve (RuntimeDirectory=heed).")
      }
      return add(.wrong, "HEED_SOCKET", "cannot enter \(folder): \(SmallFile.reason(errno)). Make the folder, or choose another.")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      return add(.wrong, "HEED_SOCKET", "\(folder) is a file, so there can be no socket in it. Choose another folder.")
    }
    if lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFSOCK {
      let what = status.st_mode & S_IFMT == S_IFDIR ? "a folder" : "a file"
      return add(.wrong, "HEED_SOCKET", "\(path) is \(what) and no socket, and is left alone. Move it away, or choose another path.")
    }
    if access(folder, W_OK | X_OK) != 0 {
      let (why, me) = (SmallFile.reason(errno), SystemAccount.current)
      add(.wrong, "HEED_SOCKET", "\(me) may not make the socket in \(folder): \(why). As root: chown \(me) \(folder)")
    }
  }

  /// The socket is for its owner and one group, and nginx's account has to be in that.
  private mutating func group(_ configuration: Configuration) {
    let me = SystemAccount.current
    if let group = configuration.socketGroup {
      guard let id = SystemAccount.group(named: group) else {
        return add(.wrong, "HEED_SOCKET_GROUP", "is “\(group)”; this system has no such group. For Debian's nginx it is www-data.")
      }
      if !SystemAccount.isRoot, !SystemAccount.currentGroups.contains(id) {
        let advice = "SupplementaryGroups=\(group) in heed-serve.service, or: adduser \(me) \(group)"
        return add(.wrong, "HEED_SOCKET_GROUP", "\(me) is not in \(group) and cannot give it the socket: \(advice)")
      }
    }
    guard configuration.isProduction, let nginx = SystemAccount(named: NginxFile.account) else { return }
    let id = configuration.socketGroup.flatMap(SystemAccount.group) ?? getegid()
    if nginx.user != 0, nginx.user != geteuid(), !nginx.groups.contains(id) {
      let set = "HEED_SOCKET_GROUP=\(SystemAccount.groupName(nginx.group))"
      add(.wrong, "HEED_SOCKET_GROUP", "nginx runs as \(nginx.name), which is not in the socket's group and could not connect: \(set)")
    }
  }
}
