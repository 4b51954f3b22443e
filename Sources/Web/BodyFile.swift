import Glibc

/// A body that is too long for memory: a file that no folder names, gone when the last who has it lets go.
public final class BodyFile: Sendable {
  /// The file cannot be made or written, as on a disk that is full.
  public struct Fault: Error {
    /// The system's number for it.
    public let reason: Int32
  }

  private let descriptor: Int32

  /// An empty one, in the system's folder for such.
  public init() throws(Fault) {
    var path = Array("/tmp/heed-XXXXXX".utf8CString)
    descriptor = mkstemp(&path)
    guard descriptor >= 0 else { throw Fault(reason: errno) }
    unlink(path)
  }

  deinit { close(descriptor) }

  /// How many bytes it has.
  public var count: Int { Int(lseek(descriptor, 0, SEEK_END)) }

  /// Writes more behind what it has.
  public func append(_ bytes: [UInt8]) throws(Fault) {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Fault(reason: errno) }
      written += count
    }
  }

  /// What stands at a place; empty behind the end, and where it cannot be read.
  ///
  /// - Parameter most: bytes.
  public func part(from offset: Int, most: Int = 262_144) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
      count = max(0, pread(descriptor, buffer.baseAddress, most, off_t(offset)))
    }
  }
}
