import Foundation
import Net

/// A server of `Tests/Support` run for one test: started on a free port, killed at the end.
final class Sink {
  let folder: URL
  let port: Int
  private let process = Process()
  private let input = Pipe()

  /// One of each for the tests that look at nothing but the outcome: starting Python takes longer than most of them.
  nonisolated(unsafe) private static var sharedSinks: [String: Sink] = [:]
  private static let lock = NSLock()

  static func shared(_ script: String) throws -> Sink {
    try lock.withLock {
      let sink = try sharedSinks[script] ?? Sink(script)
      sharedSinks[script] = sink
      return sink
    }
  }

  struct NoStart: Error { let text: String }

  private static let support = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Support").resolvingSymlinksInPath()

  /// The interpreter with aiosmtpd; made on the first run.
  private static let python: String = {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = support.appendingPathComponent("venv.sh")
    process.standardOutput = pipe
    try? process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return said.trimmingCharacters(in: .whitespacesAndNewlines) + "/bin/python"
  }()

  init(_ script: String, _ arguments: String...) throws {
    folder = try temporaryFolder()
    process.executableURL = URL(fileURLWithPath: Sink.python)
    process.arguments = [Sink.support.appendingPathComponent(script).path, folder.path, "--until-eof"] + arguments
    process.standardInput = input
    process.standardError = FileHandle.nullDevice
    try process.run()
    let file = folder.appendingPathComponent("port")
    let end = Date(timeIntervalSinceNow: 30)
    while !FileManager.default.fileExists(atPath: file.path) {
      guard Date() < end, process.isRunning else { throw NoStart(text: script) }
      usleep(10_000)
    }
    port = Int(try String(contentsOf: file, encoding: .utf8)) ?? 0
  }

  /// What a script of `Tests/Support` prints that ends by itself.
  static func run(_ script: String, _ arguments: String...) throws -> String { try run(script, arguments) }

  static func run(_ script: String, _ arguments: [String]) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: Sink.python)
    process.arguments = [Sink.support.appendingPathComponent(script).path] + arguments
    (process.standardOutput, process.standardError) = (pipe, pipe)
    try process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return said
  }

  deinit {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  func control(_ word: String) throws {
    try word.write(to: folder.appendingPathComponent("control"), atomically: true, encoding: .utf8)
  }

  /// The messages stored so far, in the order of their coming.
  func messages() throws -> [[UInt8]] {
    let box = folder.appendingPathComponent("messages")
    let names = try FileManager.default.contentsOfDirectory(atPath: box.path).filter { $0.hasSuffix(".eml") }.sorted()
    return try names.map { [UInt8](try Data(contentsOf: box.appendingPathComponent($0))) }
  }

  /// The lines of the log that are about `event` (all when nil).
  func log(_ event: String? = nil) throws -> [[String: Any]] {
    let text = (try? String(contentsOf: folder.appendingPathComponent("log.jsonl"), encoding: .utf8)) ?? ""
    // The last one may be half written yet.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return try lines.compactMap { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
      .filter { event == nil || $0["event"] as? String == event }
  }

  /// Every byte of each request that came for a test, in order: request line, headers, body. Of `model_sink.py` and what is made like it.
  func received(for test: String) throws -> [[UInt8]] {
    let names = try log().filter { $0["test"] as? String == test }.compactMap { $0["file"] as? String }
    return try names.map { [UInt8](try Data(contentsOf: folder.appendingPathComponent("bytes/\($0)"))) }
  }

  /// Lets the steps `hold` of a test go on.
  func free(_ test: String) throws { try "".write(to: folder.appendingPathComponent("free-\(test)"), atomically: true, encoding: .utf8) }

  /// Runs a script over bytes with the same interpreter and returns what it prints.
  static func python(_ script: String, _ input: [UInt8]) throws -> String {
    let (process, into, out) = (Process(), Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-c", script]
    process.standardInput = into
    process.standardOutput = out
    try process.run()
    try into.fileHandleForWriting.write(contentsOf: Data(input))
    try into.fileHandleForWriting.close()
    return String(decoding: try out.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
  }
}

func temporaryFolder() throws -> URL {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("heed-net-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  return folder
}

extension Transfers {
  /// Runs the loop until `count` transfers have finished, at most `seconds`.
  func finish(_ count: Int, seconds: Double = 30) -> [Finished] {
    var finished: [Finished] = []
    let end = Date(timeIntervalSinceNow: seconds)
    while finished.count < count, Date() < end {
      _ = wait(milliseconds: 200)
      finished += harvest()
    }
    return finished
  }
}
