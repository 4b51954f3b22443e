import Glibc

/// A few places that all processes of this host share: for work of which more at once would fill every core.
///
/// A place is a name in the kernel's abstract namespace of unix sockets (unix(7)): bound by one process at a time, given back when that process lets go
/// or dies, kill -9 included. No file is left behind, none needs rights. Not a shared counter, which a dead process would never lower again; not
/// PostgreSQL's advisory locks, which would count all hosts of a site together.
public struct HostSlots: Sendable {
  private let names: [String]

  /// - Parameters:
  ///   - name: at most 90 bytes; not to be guessed, since any process of the host may take a name.
  ///   - count: how many may work at once.
  public init(name: String, count: Int) { names = (0..<count).map { "heed \(name) \($0)" } }

  /// Does `body` in a free place.
  ///
  /// - Parameter patience: how long to wait for a place, in milliseconds.
  /// - Returns: nil when none became free; `body` was not called then.
  public func run<T>(patience: Int, _ body: () throws -> T) rethrows -> T? {
    var rest = patience
    while true {
      for name in names {
        guard let place = HostSlots.take(name) else { continue }
        defer { close(place) }
        return try body()
      }
      guard rest > 0 else { return nil }
      usleep(5_000)
      rest -= 5
    }
  }

  private static func take(_ name: String) -> Int32? {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    // The first byte stays zero: the name is none of the file system's.
    withUnsafeMutableBytes(of: &address.sun_path) { path in
      for (index, byte) in name.utf8.prefix(path.count - 1).enumerated() { path[index + 1] = byte }
    }
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
    if bound == 0 { return descriptor }
    close(descriptor)
    return nil
  }
}
