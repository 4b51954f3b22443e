import Foundation
import Glibc
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// `heed serve` with real responders over a test's database, asked through its socket.
final class Responders {
  private let process = Process()
  private let folder: String
  var socket: String { folder + "/socket" }

  /// - Parameter site: whose database, secret and clock they have.
  init(_ site: Site, count: Int = 2) throws {
    folder = "/tmp/heed-serve-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try site.now.iso.write(toFile: folder + "/clock", atomically: true, encoding: .utf8)
    _ = FileManager.default.createFile(atPath: folder + "/log", contents: nil)
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("heed")
    process.executableURL = program
    process.arguments = ["serve"]
    process.environment = [
      "HEED_ENV": "development", "HEED_PUBLIC_URL": site.services.origin, "HEED_DATABASE_URL": try site.url("heed_web"),
      "HEED_SECRET_KEY": Data(Site.secret).base64EncodedString(), "HEED_SOCKET": socket, "HEED_ROOT": repository,
      "HEED_RESPONDERS": String(count), "HEED_CLOCK_FILE": folder + "/clock", "HEED_MAILDIR": folder + "/mail", "HEED_USER": "root",
      "SWIFT_BACKTRACE": "enable=no",
      // A machine that is busy with other tests must not end a request.
      "HEED_REQUEST_SECONDS": "600",
    ]
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: folder + "/log"))
    try process.run()
    _ = until { log.contains("supervisor.ready") || !process.isRunning }
    try #require(log.contains("supervisor.ready"), "\(log)")
  }

  deinit {
    kill(process.processIdentifier, SIGTERM)
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: folder)
  }

  var log: String { (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "" }

  /// How often a line of the log holds the text.
  func count(_ text: String) -> Int { log.split(separator: "\n").count { $0.contains(text) } }

  func ask(_ parameters: [(String, [UInt8])], _ body: [UInt8] = []) -> Gateway? { Responders.ask(socket, parameters, body) }
  func ask(_ request: HostileRequest) -> Gateway? { Responders.ask(socket, request) }

  /// Sends one request as nginx would and reads to the end.
  ///
  /// - Returns: the CGI answer; nil when there was none within a minute.
  static func ask(_ socket: String, _ parameters: [(String, [UInt8])], _ body: [UInt8]) -> Gateway? {
    let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(socket.utf8)) }
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
    guard connected == 0 else { return nil }
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
    }
    let all = parameters.contains { $0.0 == "CONTENT_LENGTH" } ? parameters : parameters + [("CONTENT_LENGTH", Array("\(body.count)".utf8))]
    var rest = Gateway.request(all, body)[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      // Refused before all was read: the answer is there all the same.
      if sent <= 0 { break }
      rest = rest.dropFirst(sent)
    }
    var answer: [UInt8] = []
    var capacity = [UInt8](repeating: 0, count: 65_536)
    while case let got = recv(descriptor, &capacity, capacity.count, 0), got > 0 { answer += capacity[..<got] }
    return Gateway(answer)
  }

  /// A request of the walk.
  static func ask(_ socket: String, _ request: HostileRequest) -> Gateway? {
    ask(
      socket,
      [
        ("REQUEST_METHOD", Array(request.method.rawValue.utf8)), ("REQUEST_URI", Array(request.target.utf8)),
        ("CONTENT_TYPE", request.method == .post ? Array("application/x-www-form-urlencoded".utf8) : []),
        ("HTTP_COOKIE", Array(request.guest.cookie.utf8)), ("REMOTE_ADDR", Array("192.0.2.1".utf8)),
      ], Array(request.method == .post ? request.body.utf8 : "".utf8))
  }
}

/// FastCGI records, made and read by hand.
struct Gateway {
  /// The number after `Status:`.
  let status: Int
  let text: String

  /// - Returns: nil for anything but a complete answer.
  init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
    var output: [UInt8] = []
    var isComplete = false
    while rest.count >= 8 {
      let header = Array(rest.prefix(8))
      let length = Int(header[4]) << 8 | Int(header[5])
      rest = rest.dropFirst(8)
      if header[1] == 6 { output += rest.prefix(length) }
      if header[1] == 3 { isComplete = true }
      rest = rest.dropFirst(length + Int(header[6]))
    }
    text = String(decoding: output, as: UTF8.self)
    guard isComplete, text.hasPrefix("Status: "), let number = Int(text.dropFirst(8).prefix(3)) else { return nil }
    status = number
  }

  static func request(_ parameters: [(String, [UInt8])], _ body: [UInt8]) -> [UInt8] {
    func size(_ count: Int) -> [UInt8] {
      count < 128
        ? [UInt8(count)] : [UInt8(count >> 24 & 0x7F) | 0x80, UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), UInt8(count & 255)]
    }
    let pairs = parameters.flatMap { size($0.0.utf8.count) + size($0.1.count) + Array($0.0.utf8) + $0.1 }
    return record(1, [0, 1, 0, 0, 0, 0, 0, 0]) + stream(4, pairs) + stream(5, body)
  }

  private static func record(_ kind: UInt8, _ content: [UInt8]) -> [UInt8] {
    [1, kind, 0, 1, UInt8(content.count >> 8), UInt8(content.count & 255), 0, 0] + content
  }

  private static func stream(_ kind: UInt8, _ content: [UInt8]) -> [UInt8] {
    stride(from: 0, to: content.count, by: 65_535).flatMap { record(kind, Array(content[$0..<min($0 + 65_535, content.count)])) }
      + record(kind, [])
  }
}
