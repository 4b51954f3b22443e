import Foundation
import TestSupport

/// The program itself, on the database of a site.
struct HeedCommand {
  /// The exit status, and what it wrote to both outputs.
  let status: Int32
  let output: String

  init(_ command: String..., on site: Site, _ changes: [String: String] = [:]) throws {
    let process = try Self.start(command, on: site, changes)
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    try process.run()
    output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    status = process.terminationStatus
  }

  /// One that is not started yet.
  ///
  /// - Parameter changes: variables besides those of every test.
  static func start(_ command: [String], on site: Site, _ changes: [String: String] = [:]) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("heed")
    process.arguments = command
    process.environment = [
      "HEED_ENV": "development", "HEED_PUBLIC_URL": site.services.origin, "HEED_OWNER_DATABASE_URL": try site.url("heed_owner"),
      "HEED_WORK_DATABASE_URL": try site.url("heed_work"), "HEED_ROOT": repository,
      "HEED_SECRET_KEY": Data(Site.secret).base64EncodedString(), "HEED_MAILDIR": "/nowhere", "SWIFT_BACKTRACE": "enable=no",
    ].merging(changes) { _, new in new }
    return process
  }
}
