import Foundation
import Glibc
import TestSupport

@testable import App

/// `heed work --once` over the site's database, at the site's time: a process that can be ended as the kernel ends one.
final class WorkerProcess {
  private let process = Process()
  private let folder: String
  let output: String

  init(_ site: Site, _ sink: Sink) throws {
    folder = "/tmp/heed-poison-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    output = folder + "/log"
    try site.now.iso.write(toFile: folder + "/clock", atomically: true, encoding: .utf8)
    _ = FileManager.default.createFile(atPath: output, contents: nil)
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("heed")
    process.arguments = ["work", "--once"]
    process.environment = [
      "HEED_ENV": "development", "HEED_PUBLIC_URL": site.services.origin,
      "HEED_WORK_DATABASE_URL": try site.url("heed_work"), "HEED_ROOT": repository,
      "HEED_SECRET_KEY": Data(Site.secret).base64EncodedString(),
      "HEED_CLOCK_FILE": folder + "/clock", "HEED_SMTP_URL": "smtp://127.0.0.1:\(sink.port)", "HEED_MAIL_SECONDS": "0",
      "SWIFT_BACKTRACE": "enable=no",
    ]
    let log = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    (process.standardOutput, process.standardError) = (log, log)
    try process.run()
  }

  deinit {
    kill()
    try? FileManager.default.removeItem(atPath: folder)
  }

  var isRunning: Bool { process.isRunning }
  var log: String { (try? String(contentsOfFile: output, encoding: .utf8)) ?? "" }

  func kill() {
    if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }
}
