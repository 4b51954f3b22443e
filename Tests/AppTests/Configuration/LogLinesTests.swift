import Domain
import Foundation
import Logging
import Testing

@testable import App

@Suite("Log lines")
struct LogLinesTests {
  /// What one logger writes, parsed by somebody else's JSON reader.
  func lines(level: Logger.Level = .trace, clock: SystemClock = SystemClock(), _ use: (inout Logger) -> Void) throws -> [[String: Any]] {
    let file = TemporaryFile("")
    let handle = try #require(FileHandle(forWritingAtPath: file.path))
    let fd = handle.fileDescriptor
    var logger = Logger(label: "test") { LogLines(source: $0, level: level, file: fd, clock: clock) }
    use(&logger)
    let text = try String(contentsOfFile: file.path, encoding: .utf8)
    return try text.split(separator: "\n").map { try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
  }

  @Test func `one event is one JSON object on one line`() throws {
    let clock = TemporaryFile("2026-11-21T03:30:00Z\n")
    let all = try lines(clock: SystemClock(file: clock.path)) { $0.warning("slow page", metadata: ["ms": "\(12)", "path": "/today"]) }
    #expect(all.count == 1)
    #expect(
      all[0] as? [String: String] == [
        "time": "2026-11-21T03:30:00Z", "level": "warning", "source": "test", "message": "slow page", "ms": "12", "path": "/today",
      ])
  }

  @Test(arguments: ["a\"b\\c", "a\r\nb\u{0}\u{1f}\u{7f}", "é\u{301}\u{2028}", "\n{\"level\":\"critical\"}\n", ""])
  func `no text breaks out of its line`(text: String) throws {
    let all = try lines { $0.info("\(text)", metadata: ["\(text)!": .string(text)]) }
    #expect(all.count == 1)
    #expect((all[0]["message"] as? String).map { Array($0.utf8) } == Array(text.utf8))
    #expect((all[0]["\(text)!"] as? String).map { Array($0.utf8) } == Array(text.utf8))
  }

  @Test func `metadata keeps its shape, numbers stay numbers, and the event's own wins`() throws {
    let all = try lines {
      $0[metadataKey: "request"] = "one"
      $0.info("m", metadata: ["request": "two", "n": .stringConvertible(7), "list": ["a", "b"], "map": ["k": .stringConvertible(true)]])
    }
    #expect(all[0]["request"] as? String == "two")
    #expect(all[0]["n"] as? Int == 7)
    #expect(all[0]["list"] as? [String] == ["a", "b"])
    #expect(all[0]["map"] as? [String: Bool] == ["k": true])
  }

  @Test func `what is below the level is not written`() throws {
    #expect(try lines(level: .warning) { $0.info("quiet") }.isEmpty)
  }
}

@Suite("System clock")
struct SystemClockTests {
  @Test(arguments: ["2026-11-21T03:30:00Z", " 2026-11-21T03:30:00Z\n", "2026-11-21T04:30:00.9+01:00"])
  func `a clock file is now`(text: String) {
    let file = TemporaryFile(text)
    #expect(SystemClock(file: file.path).now().iso == "2026-11-21T03:30:00Z")
  }

  @Test(arguments: [nil, "/nowhere/clock", "/dev/null"])
  func `without a usable clock file the system's clock is now`(file: String?) {
    let now = SystemClock(file: file).now()
    #expect(abs(Double(now.microseconds) / 1e6 - Date().timeIntervalSince1970) < 5)
  }

  @Test func `a change of the clock file is seen at once`() throws {
    let file = TemporaryFile("2026-11-21T03:30:00Z")
    let clock = SystemClock(file: file.path)
    _ = clock.now()
    try "2030-01-01T00:00:00Z".write(toFile: file.path, atomically: true, encoding: .utf8)
    #expect(clock.now().iso == "2030-01-01T00:00:00Z")
  }
}
