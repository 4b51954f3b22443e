import CFastCGI
import Glibc

/// Accounts and groups of the system.
enum Account {
  static func groupID(_ name: String) -> gid_t? { getgrnam(name)?.pointee.gr_gid }
}

/// Giving up root: what serves strangers does not need it.
public enum Privileges {
  /// Becomes another account for good: its user, its group and its other groups. Does nothing when this process isn't root.
  ///
  /// Call it first thing in a child, before ``Child/followParent()``, because the kernel forgets that on a change of user.
  /// - Throws: ``SystemError``; the process must then end, not go on as root.
  public static func drop(to name: String) throws(SystemError) {
    guard geteuid() == 0 else { return }
    guard let entry = getpwnam(name) else { throw SystemError("account \(name)", code: ENOENT) }
    let (user, group) = (entry.pointee.pw_uid, entry.pointee.pw_gid)
    guard initgroups(name, group) == 0 else { throw SystemError("initgroups") }
    guard setgid(group) == 0 else { throw SystemError("setgid") }
    guard setuid(user) == 0 else { throw SystemError("setuid") }
    // If root can be had back, it was not given up.
    if user != 0, setuid(0) == 0 { throw SystemError("setuid", code: EPERM) }
  }
}
