import Domain
import Glibc
import Logging

/// swift-log's back end: one JSON object on one line of stderr for each event.
///
/// Keys: `time` (the system's clock, UTC, also when a test moves the site's clock), `level`, `source` (the logger's label), `message`,
/// then the metadata in alphabetical order. No text holds a signed link whole: a mail server may quote it in its refusal. A line goes out in one `write`, so lines of processes that share a file do not mix.
public struct LogLines: LogHandler {
  public var metadata: Logger.Metadata = [:]
  public var logLevel: Logger.Level
  private let source: String
  private let file: Int32
  private let clock: SystemClock

  /// - Parameter file: an open file descriptor; stderr unless a test reads along.
  public init(source: String, level: Logger.Level, file: Int32 = STDERR_FILENO, clock: SystemClock = SystemClock()) {
    self.source = source
    self.file = file
    self.clock = clock
    logLevel = level
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    var line = JSONLine()
    line.add("time", clock.now().iso)
    line.add("level", event.level.rawValue)
    line.add("source", source)
    line.add("message", event.message.description)
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) { line.add(key, value) }
    if let error = event.error { line.add("error", "\(error)") }
    let bytes = line.finished
    // A full disk or a closed pipe must not stop the site, so what write answers is not looked at.
    _ = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
  }
}
