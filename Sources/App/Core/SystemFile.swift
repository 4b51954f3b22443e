import Domain
import Glibc

/// Whole files of the machine, as bytes.
enum SystemFile {
  /// The file's bytes; nil when it is not there, cannot be read or is longer than `limit`.
  static func read(_ path: String, limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    let isRead = pieces(path) { piece in
      bytes += piece
      return bytes.count <= limit
    }
    return isRead ? bytes : nil
  }

  /// Gives a file piece by piece, for one that is too long to be held, until it ends or `take` wants no more.
  ///
  /// - Returns: whether that was all of it.
  @discardableResult
  static func pieces(_ path: String, _ take: (ArraySlice<UInt8>) -> Bool) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    var room = [UInt8](repeating: 0, count: 65_536)
    while true {
      let got = Glibc.read(file, &room, room.count)
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { return got == 0 }
      guard take(room[..<got]) else { return false }
    }
  }

  /// When the file's contents were last changed, as far as it says; nil when there is none.
  static func modified(_ path: String) -> Instant? {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    return Instant(seconds: facts.st_mtim.tv_sec)
  }

  /// What differs when a file has been replaced or written to.
  struct Stamp: Equatable {
    let number: UInt64
    let size: Int64
    /// When it was put there or written to, in seconds and nanoseconds of 1970; not the date of the contents: packages bring files with old dates.
    let changed: Int64
    let nanoseconds: Int64
  }

  /// - Returns: nil when there is no such file.
  static func stamp(_ path: String) -> Stamp? {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    return Stamp(
      number: UInt64(facts.st_ino), size: Int64(facts.st_size), changed: Int64(facts.st_ctim.tv_sec),
      nanoseconds: Int64(facts.st_ctim.tv_nsec))
  }
}
