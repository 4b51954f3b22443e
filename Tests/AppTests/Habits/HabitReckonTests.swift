import Foundation
import Testing

/// `heed habits reckon`: how fast figures are reckoned, without any settings.
@Suite struct HabitReckonTests {
  private let file = FileManager.default.temporaryDirectory.appendingPathComponent("heed-habits-\(UUID().uuidString).csv")

  private func heed(_ arguments: String...) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("heed")
    process.arguments = ["habits", "reckon"] + arguments
    process.environment = ["SWIFT_BACKTRACE": "enable=no"]
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  @Test(arguments: [([String](), "8 dates, 5 kept, "), (["--times", "3"], "24 dates, 15 kept, ")])
  func `all dates up to the last one are gone through, and what was kept is counted`(more: [String], begins: String) throws {
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("date,Read,Walk\n2027-01-01,x,x\n2027-01-02,x,skip\n2027-01-04,x,x\n".utf8).write(to: file)
    let (status, output) = try more.isEmpty ? heed(file.path) : heed(more[0], more[1], file.path)
    #expect(status == 0 && output.hasPrefix(begins) && output.hasSuffix(" seconds\n"), "\(output)")
  }

  @Test func `a file that is not there or holds no habits is named`() throws {
    defer { try? FileManager.default.removeItem(at: file) }
    let missing = try heed(file.path)
    #expect(missing.status != 0 && missing.output.contains("cannot read \(file.path)"), "\(missing.output)")
    try Data("nothing\n".utf8).write(to: file)
    let other = try heed(file.path)
    #expect(other.status != 0 && other.output.contains("\(file.path) is no file of habits"), "\(other.output)")
  }
}
