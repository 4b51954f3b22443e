import Glibc

/// An account of the operating system that processes started by root drop to.
public struct SystemAccount: Hashable, Sendable {
  public let name: String
  public let user: UInt32
  public let group: UInt32

  /// nil when the system knows no account of that name.
  public init?(named name: String) {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var room = [CChar](repeating: 0, count: 16_384)
    guard getpwnam_r(name, &entry, &room, room.count, &found) == 0, found != nil else { return nil }
    self.name = name
    user = entry.pw_uid
    group = entry.pw_gid
  }

  /// True when this process may become anybody.
  public static var isRoot: Bool { geteuid() == 0 }
}
