import Glibc

/// A loopback port for nginx.
struct Port {
  let number: UInt16
  /// An abstract socket named after the port: it keeps a second `heed dev`, starting at the same moment, from choosing the same one.
  /// The kernel removes it with this process.
  private let claim: Int32

  /// - Parameter wished: the only one to try; nil takes the first free one from 8080.
  static func choose(_ wished: UInt16?) throws -> Port {
    if let wished {
      guard isFree(wished) else { throw Complaint("port \(wished) is in use. Leave --port out to get a free one.") }
      guard let port = claimed(wished) else { throw Complaint("another heed dev is about to use port \(wished).") }
      return port
    }
    for number in UInt16(8080)...UInt16(8999) {
      if isFree(number), let port = claimed(number) { return port }
    }
    throw Complaint("no port from 8080 to 8999 is free; name one with --port.")
  }

  /// Tries as nginx will: SO_REUSEADDR passes over connections that an earlier run left in TIME_WAIT, not over a listener.
  private static func isFree(_ number: UInt16) -> Bool {
    let test = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard test >= 0 else { return false }
    defer { close(test) }
    var yes: Int32 = 1
    setsockopt(test, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = loopback(number)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(test, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 }
    }
  }

  static func loopback(_ number: UInt16) -> sockaddr_in {
    sockaddr_in(
      sin_family: sa_family_t(AF_INET), sin_port: number.bigEndian, sin_addr: in_addr(s_addr: UInt32(0x7f00_0001).bigEndian),
      sin_zero: (0, 0, 0, 0, 0, 0, 0, 0))
  }

  private static func claimed(_ number: UInt16) -> Port? {
    let claim = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard claim >= 0 else { return nil }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let name: [UInt8] = [0] + "heed-dev-port-\(number)".utf8
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(claim, $0, length) == 0 }
    }
    if bound { return Port(number: number, claim: claim) }
    close(claim)
    return nil
  }
}
