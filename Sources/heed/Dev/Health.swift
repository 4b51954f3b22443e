import App
import Glibc

/// Asks the site whether it is up, as a browser would.
enum Health {
  /// True when `GET /healthz` answers 200.
  static func isUp(port: UInt16) -> Bool {
    let link = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard link >= 0 else { return false }
    defer { close(link) }
    var limit = timeval(tv_sec: 2, tv_usec: 0)
    setsockopt(link, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = Port.loopback(port)
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(link, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 }
    }
    let request = Array("GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".utf8)
    guard connected, write(link, request, request.count) == request.count else { return false }
    var answer = [UInt8](repeating: 0, count: 12)
    return read(link, &answer, answer.count) == answer.count && answer.suffix(4).elementsEqual(" 200".utf8)
  }

  /// True when somebody listens at the unix socket.
  static func listens(at path: String) -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let link = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard link >= 0 else { return false }
    defer { close(link) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(link, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 }
    }
  }
}
