import Glibc

/// A listening unix socket. It outlives the processes that answer on it: a supervisor makes it, responders inherit it,
/// and a connection made while none of them is there waits in the kernel.
public final class Listener {
  /// The longest path the kernel takes, in bytes.
  public static let longestPath = 107

  /// The descriptor of the socket; never blocking.
  public let descriptor: Int32
  /// What this process has made and may remove: nil for an inherited socket.
  private let made: (path: String, inode: UInt)?

  private init(descriptor: Int32, made: (String, UInt)?) {
    self.descriptor = descriptor
    self.made = made
  }

  deinit { close(descriptor) }

  /// Makes the socket at `path`. A dead one in its place is removed; one that somebody answers on is left alone.
  ///
  /// libfcgi's own FCGX_OpenSocket removes live sockets too, takes the mode from the umask and ends the process on errors.
  /// - Parameters:
  ///   - mode: who may connect; without a write bit nobody can.
  ///   - group: the group of the web server, by name; nil keeps this process's own.
  ///   - backlog: connections that wait in the kernel. When it is full nginx answers 502 at once.
  /// - Throws: ``SystemError`` naming the call; `EADDRINUSE` for a live socket and for anything that isn't one.
  public static func bind(
    path: String, mode: UInt32 = 0o660, group: String? = nil, backlog: Int32 = 1024
  ) throws(SystemError) -> Listener {
    var address = try socketAddress(path)
    try removeStale(path, &address)
    let descriptor = try newSocket()
    // Nobody else may connect even for the moment between bind and a chmod.
    let before = umask(~mode & 0o777)
    let bound = withAddress(&address) { Glibc.bind(descriptor, $0, $1) }
    let code = errno
    umask(before)
    guard bound == 0 else { throw closing(descriptor, SystemError("bind \(path)", code: code)) }
    if let group {
      guard let id = Account.groupID(group) else { throw closing(descriptor, SystemError("group \(group)", code: ENOENT)) }
      guard chown(path, uid_t.max, id) == 0 else { throw closing(descriptor, SystemError("chown \(path)")) }
    }
    guard listen(descriptor, backlog) == 0 else { throw closing(descriptor, SystemError("listen \(path)")) }
    return Listener(descriptor: descriptor, made: (path, inode(path)))
  }

  /// Takes over a listening socket that this process was started with, as ``Supervisor`` and systemd hand it on.
  ///
  /// - Throws: `ENOTSOCK` or `EINVAL` when the descriptor is something else.
  public static func inherited(_ descriptor: Int32 = Child.listener) throws(SystemError) -> Listener {
    var listening: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 else { throw SystemError("descriptor \(descriptor)") }
    guard listening == 1 else { throw SystemError("descriptor \(descriptor)", code: EINVAL) }
    let flags = fcntl(descriptor, F_GETFL, 0)
    guard fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else {
      throw SystemError("fcntl")
    }
    return Listener(descriptor: descriptor, made: nil)
  }

  /// Removes the socket's path, unless another process has put its own there since.
  public func remove() {
    if let made, Self.inode(made.path) == made.inode { unlink(made.path) }
  }

  private static func newSocket() throws(SystemError) -> Int32 {
    let flags = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let descriptor = socket(AF_UNIX, flags, 0)
    guard descriptor >= 0 else { throw SystemError("socket") }
    // Above the numbers that children know: see Running.start.
    let high = fcntl(descriptor, F_DUPFD_CLOEXEC, 10)
    guard high >= 0 else { throw closing(descriptor, SystemError("fcntl")) }
    close(descriptor)
    return high
  }

  /// Only a socket that refuses connections is removed, never a file and never a socket in use.
  private static func removeStale(_ path: String, _ address: inout sockaddr_un) throws(SystemError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else { throw SystemError("bind \(path)", code: EADDRINUSE) }
    let probe = try newSocket()
    defer { close(probe) }
    // EAGAIN is a full backlog: alive.
    let answer = withAddress(&address) { connect(probe, $0, $1) }
    guard answer != 0, errno == ECONNREFUSED else { throw SystemError("bind \(path)", code: EADDRINUSE) }
    unlink(path)
  }

  private static func socketAddress(_ path: String) throws(SystemError) -> sockaddr_un {
    let bytes = Array(path.utf8)
    guard !bytes.isEmpty, bytes.count <= longestPath, !bytes.contains(0) else {
      throw SystemError("socket path \(path)", code: ENAMETOOLONG)
    }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return address
  }

  private static func withAddress(_ address: inout sockaddr_un, _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
  }

  private static func inode(_ path: String) -> UInt {
    var status = stat()
    return lstat(path, &status) == 0 ? UInt(status.st_ino) : 0
  }

  private static func closing(_ descriptor: Int32, _ error: SystemError) -> SystemError {
    close(descriptor)
    return error
  }
}
