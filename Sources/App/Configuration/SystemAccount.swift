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
    var capacity = [CChar](repeating: 0, count: 16_384)
    guard getpwnam_r(name, &entry, &capacity, capacity.count, &found) == 0, found != nil else { return nil }
    self.name = name
    user = entry.pw_uid
    group = entry.pw_gid
  }

  /// The name of the account that this process runs as.
  public static var current: String {
    guard let entry = getpwuid(geteuid()), let name = entry.pointee.pw_name else { return "account \(geteuid())" }
    return String(cString: name)
  }

  /// The groups of this process.
  public static var currentGroups: Set<UInt32> {
    var capacity = [gid_t](repeating: 0, count: 65_536)
    let count = getgroups(Int32(capacity.count), &capacity)
    return Set(capacity.prefix(Int(max(count, 0)))).union([getegid()])
  }

  /// The groups that the system's lists put it in.
  public var groups: Set<UInt32> {
    var capacity = [gid_t](repeating: 0, count: 65_536)
    var count = Int32(capacity.count)
    getgrouplist(name, group, &capacity, &count)
    return Set(capacity.prefix(Int(max(count, 0)))).union([group])
  }

  /// nil when the system knows no group of that name.
  public static func group(named name: String) -> UInt32? { getgrnam(name)?.pointee.gr_gid }

  /// The name of a group, or its number when it has none.
  public static func groupName(_ id: UInt32) -> String {
    guard let entry = getgrgid(id), let name = entry.pointee.gr_name else { return "\(id)" }
    return String(cString: name)
  }

  /// True when this process may become anybody.
  public static var isRoot: Bool { geteuid() == 0 }
}
