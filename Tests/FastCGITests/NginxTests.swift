import Foundation
import Glibc
import Testing

/// nginx from its package, in front of a site, in the site's folder.
final class Nginx {
  let port: UInt16
  private let process = Process()
  static let path = "/usr/sbin/nginx"
  static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

  init(_ site: Site) throws {
    port = try #require(Self.freePort())
    let folder = site.folder
    let places = ["client_body", "fastcgi", "proxy", "uwsgi", "scgi"].map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: " ")
    let text = """
      daemon off; master_process off; pid \(folder)/nginx.pid; error_log \(folder)/nginx.log;
      events { worker_connections 256; }
      http {
        access_log off; \(places)
        include /etc/nginx/fastcgi_params;
        upstream site { server unix:\(site.socket) max_fails=0; }
        server { listen 127.0.0.1:\(port); client_max_body_size 30m; location / { fastcgi_pass site; } }
      }
      """
    try text.write(toFile: folder + "/nginx.conf", atomically: true, encoding: .utf8)
    process.executableURL = URL(fileURLWithPath: Self.path)
    process.arguments = ["-c", folder + "/nginx.conf", "-e", folder + "/nginx.log"]
    try process.run()
    let port = port
    try #require(until { Nginx.get(port, "/hello").hasSuffix("hello\n") })
  }

  deinit {
    // Foundation starts it with SIGTERM blocked, and a single-process nginx leaves it so.
    kill(process.processIdentifier, SIGKILL)
    _ = until { !process.isRunning }
  }

  /// The whole HTTP answer; empty when there was none.
  @Sendable static func get(_ port: UInt16, _ path: String, method: String = "GET", headers: String = "", body: [UInt8] = []) -> String {
    guard let link = Link(port: port) else { return "" }
    let length = body.isEmpty ? "" : "Content-Length: \(body.count)\r\n"
    link.send(Array("\(method) \(path) HTTP/1.0\r\nHost: localhost\r\n\(length)\(headers)\r\n".utf8) + body)
    return String(decoding: link.readAll() ?? [], as: UTF8.self)
  }

  private static func freePort() -> UInt16? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let found = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0 }
    }
    return found ? UInt16(bigEndian: address.sin_port) : nil
  }
}

extension Processes {
  /// The same promises, seen from the browser's side of nginx. As root nginx runs as root here, so it may use the socket.
  @Suite(.enabled(if: Nginx.isInstalled)) struct NginxTests {
    @Test func aRollingRestartUnderLoadFailsNoRequest() throws {
      let site = try Site(responders: 2)
      let nginx = try Nginx(site)
      let port = nginx.port
      let (sent, failures) = underLoad({ Self.complaint(port) }) {
        for round in 1...3 {
          site.signal(SIGHUP)
          #expect(site.waitFor("restart.finished", times: round))
        }
      }
      #expect(failures.isEmpty)
      #expect(sent > 4)
      withExtendedLifetime(nginx) {}
    }

    @Test func killedRespondersCostAtMostTheirOwnRequests() throws {
      let site = try Site(responders: 3, ["LONG_LIFE": "0"])
      let nginx = try Nginx(site)
      let port = nginx.port
      let (_, failures) = underLoad(clients: 2, { Self.complaint(port) }) {
        for round in 1...5 {
          if let victim = site.responders.randomElement() { kill(victim, SIGKILL) }
          #expect(site.waitFor("signal=9", times: round))
          #expect(until { site.responders.count == 3 })
        }
      }
      #expect(failures.count <= 5)
      for _ in 0..<20 { #expect(Self.complaint(port) == nil) }
      withExtendedLifetime(nginx) {}
    }

    @Test func aBodyOfTwentyMegabytesComesThroughAndBack() throws {
      let site = try Site(responders: 1)
      let nginx = try Nginx(site)
      let answer = Nginx.get(nginx.port, "/body", method: "POST", body: [UInt8](repeating: 0x79, count: 20_000_000))
      #expect(answer.hasPrefix("HTTP/1.1 200"))
      #expect(answer.utf8.count > 20_000_000)
    }

    @Test func forgedHeadersThatComeTwiceAreRefused() throws {
      let site = try Site(responders: 1)
      let nginx = try Nginx(site)
      for name in ["Origin", "Sec-Fetch-Site", "X-Forwarded-For"] {
        #expect(Nginx.get(nginx.port, "/hello", headers: "\(name): a\r\n\(name): b\r\n").hasPrefix("HTTP/1.1 400"), "\(name)")
      }
      #expect(Nginx.get(nginx.port, "/hello", headers: "Accept: a\r\nAccept: b\r\n").hasPrefix("HTTP/1.1 200"))
    }

    @Test func silentConnectionsToTheSocketAreNotNoticed() throws {
      let site = try Site(responders: 2)
      let nginx = try Nginx(site)
      let silent = (0..<200).compactMap { _ in Link(site.socket) }
      for _ in 0..<20 {
        let began = ContinuousClock.now
        #expect(Self.complaint(nginx.port) == nil)
        #expect(ContinuousClock.now - began < .seconds(1))
      }
      withExtendedLifetime(silent) {}
    }

    @Sendable private static func complaint(_ port: UInt16) -> String? {
      let answer = Nginx.get(port, "/hello")
      return answer.hasPrefix("HTTP/1.1 200") ? nil : String(answer.prefix(12))
    }
  }
}
