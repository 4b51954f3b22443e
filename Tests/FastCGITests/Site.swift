import Foundation
import Glibc
import Testing

/// The fixture under its supervisor, in a folder of its own, for one test.
final class Site {
  let folder: String
  let socket: String
  private let process = Process()

  /// - Parameter settings: the fixture's `FIXTURE_…` variables.
  init(responders: Int = 2, _ settings: [String: String] = [:], ready: Bool = true) throws {
    folder = try Self.newFolder()
    socket = folder + "/socket"
    try start(responders, settings, ready)
  }

  /// A second supervisor in the folder of a first.
  init(in folder: String, responders: Int = 1) throws {
    self.folder = folder
    socket = folder + "/socket"
    try start(responders, [:], true)
  }

  private func start(_ responders: Int, _ settings: [String: String], _ ready: Bool) throws {
    process.executableURL = URL(fileURLWithPath: Self.fixture)
    process.arguments = ["serve", socket, String(responders)]
    var environment = ProcessInfo.processInfo.environment
    environment["SWIFT_BACKTRACE"] = "enable=no"
    for (name, value) in settings { environment["FIXTURE_" + name] = value }
    process.environment = environment
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    _ = FileManager.default.createFile(atPath: folder + "/log", contents: nil)
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: folder + "/log"))
    try process.run()
    if ready { try #require(waitFor("supervisor.ready")) }
  }

  deinit {
    if process.isRunning {
      kill(process.processIdentifier, SIGTERM)
      if !until({ !process.isRunning }) { kill(process.processIdentifier, SIGKILL) }
      _ = until { !process.isRunning }
    }
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Beside the test bundle.
  static var fixture: String {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("fastcgi-fixture").path
  }

  static func newFolder() throws -> String {
    let folder = "/tmp/fastcgi-test-\(UInt32.random(in: 0 ... .max))"
    // Open to all: a child that gives up root must reach its own executable and socket.
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    return folder
  }

  var pid: Int32 { process.processIdentifier }
  var isRunning: Bool { process.isRunning }
  var exitStatus: Int32 { process.terminationStatus }
  var log: String { (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "" }

  func signal(_ number: Int32) { kill(pid, number) }

  /// Sends a request to `path`, `/held` or `/spin`, and comes back when a responder has it in hands.
  func hold(_ path: String) throws -> Link {
    let link = try #require(Link(socket))
    let before = count("request.held")
    link.send(Wire.request(path))
    try #require(waitFor("request.held", times: before + 1))
    return link
  }

  /// Lets requests to `/held` be answered.
  func openGate() { _ = FileManager.default.createFile(atPath: folder + "/gate", contents: nil) }

  /// The process numbers of all responders started so far that have not ended.
  var responders: Set<Int32> {
    var pids: Set<Int32> = []
    for line in log.split(separator: "\n") {
      guard let word = line.split(separator: " ").first(where: { $0.hasPrefix("pid=") }), let pid = Int32(word.dropFirst(4)) else {
        continue
      }
      if line.hasPrefix("child.started") { pids.insert(pid) }
      if line.hasPrefix("child.ended") { pids.remove(pid) }
    }
    return pids
  }

  func count(_ text: String) -> Int { log.split(separator: "\n").count { $0.contains(text) } }

  /// The sum of `count=` over the lines of an event; a line without it counts once.
  func total(_ event: String, _ detail: String) -> Int {
    log.split(separator: "\n").filter { $0.hasPrefix(event + " ") && $0.contains(detail) }.reduce(0) { sum, line in
      sum + (line.split(separator: " ").first { $0.hasPrefix("count=") }.flatMap { Int($0.dropFirst(6)) } ?? 1)
    }
  }

  /// Waits for a line of the log.
  func waitFor(_ text: String, times: Int = 1) -> Bool { until { count(text) >= times } }

  /// Sends bytes and reads what comes until the responder closes.
  func send(_ bytes: [UInt8]) -> Answer? {
    guard let link = Link(socket) else { return nil }
    link.send(bytes)
    return link.readAll().map(Answer.init)
  }

  func get(_ path: String, query: String = "") -> Answer? { send(Wire.request(path, query: query)) }
  func text(_ path: String, query: String = "") -> String? { get(path, query: query).map { String(decoding: $0.body, as: UTF8.self) } }

  /// A plain request is answered, and within a second.
  func answersPromptly(within seconds: Int = 1) -> Bool {
    let start = ContinuousClock.now
    return text("/hello") == "hello\n" && ContinuousClock.now - start < .seconds(seconds)
  }
}

/// Looks again and again whether something has become true, for ten seconds at most.
func until(seconds: Int = 10, _ condition: () -> Bool) -> Bool {
  let end = ContinuousClock.now + .seconds(seconds)
  while ContinuousClock.now < end {
    if condition() { return true }
    usleep(5000)
  }
  return condition()
}

/// All tests that start processes, one after the other: they measure how soon something answers.
@Suite(.serialized) struct Processes {}
