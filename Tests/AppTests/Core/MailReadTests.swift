import Foundation
import Testing

/// `heed mail read`: what an operator sees of a mail, without any settings.
@Suite struct MailReadTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("heed-mails-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder.appendingPathComponent("new"), withIntermediateDirectories: true)
    try write(
      "new/2", "From: Ana <ana@x.example>\nDelivered-To: support@desk.example\nSubject: Re: 17\n\nObrigada, já chegou\u{7}.\n\n> ok\n")
    try write("new/1", "From: support@desk.example\nDelivered-To: support@desk.example\nSubject: Back\n\nours")
    try write("new/.hidden", "no mail")
    try write("empty", "\n \n")
  }

  private func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  private func heed(_ arguments: String...) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("heed")
    process.arguments = ["mail", "read"] + arguments
    process.environment = ["SWIFT_BACKTRACE": "enable=no"]
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  private func objects(_ output: String) throws -> [[String: Any]] {
    try output.split(separator: "\n").map { try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
  }

  @Test func `a folder is read by name, a line a mail`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (status, output) = try heed(folder.appendingPathComponent("new").path, folder.appendingPathComponent("empty").path)
    let lines = try objects(output)
    #expect(status == 0 && lines.count == 3)
    #expect(lines.map { $0["file"] as? String } == ["new/1", "new/2", "empty"].map { folder.appendingPathComponent($0).path })
    #expect(lines[0]["kind"] as? String == "own" && lines[0]["customer"] is NSNull)
    #expect(lines[1]["kind"] as? String == "person" && lines[1]["customer"] as? String == "ana@x.example")
    #expect(lines[1]["own"] as? String == "Obrigada, já chegou\u{7}." && lines[1]["quoted"] as? String == "> ok")
    #expect(lines[1]["language"] as? String == "pt" && lines[1]["message_id"] is NSNull)
    #expect(lines[2]["quarantine"] as? String == "empty")
    // A terminal is not told what to do by a mail.
    #expect(!output.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
  }

  @Test func `the desk's address can be said`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (_, output) = try heed("--channel", "ana@x.example", folder.appendingPathComponent("new/2").path)
    #expect(try objects(output).first?["kind"] as? String == "own")
  }

  @Test func `they are counted and timed`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (status, output) = try heed("--count", folder.path)
    #expect(status == 0 && output.hasPrefix("3 mails, ") && output.hasSuffix(" seconds\n"))
  }

  @Test func `a path that is not there is named`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (status, output) = try heed("/nowhere/x")
    #expect(status != 0 && output.contains("/nowhere/x") && output.contains("No such file"))
  }
}
