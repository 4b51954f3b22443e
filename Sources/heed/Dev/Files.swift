import App
import Glibc

/// The few things `heed dev` does with files. Each says in plain words what went wrong.
enum Files {
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Makes the folder and those above it when they are missing, and gives it to `account`.
  static func makeFolder(_ path: String, mode: mode_t = 0o755, account: SystemAccount? = nil) throws {
    if !exists(path) {
      let above = Root.parent(of: path)
      if !exists(above) { try makeFolder(above) }
      guard mkdir(path, mode) == 0 || errno == EEXIST else { throw Complaint(system: "cannot make the folder \(path)") }
      // The umask may have taken bits away.
      chmod(path, mode)
    }
    if let account, chown(path, account.user, account.group) != 0 { throw Complaint(system: "cannot give \(path) to \(account.name)") }
  }

  /// Writes the file anew in one step: whoever reads it sees the old or the new text, never half of one.
  static func write(_ text: String, to path: String, mode: mode_t) throws {
    let fresh = path + ".new"
    unlink(fresh)
    let file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard file >= 0 else { throw Complaint(system: "cannot write \(path)") }
    let bytes = Array(text.utf8)
    let written = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    close(file)
    guard written == bytes.count, rename(fresh, path) == 0 else { throw Complaint(system: "cannot write \(path)") }
  }

  static func read(_ path: String) throws -> String {
    do {
      return try SmallFile.text(path, for: path)
    } catch {
      throw Complaint(error.words)
    }
  }

  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  /// Where a symbolic link points; nil when it is none or may not be read.
  static func target(of link: String) -> String? {
    var room = [CChar](repeating: 0, count: 4_096)
    let length = readlink(link, &room, room.count)
    return length < 0 ? nil : String(decoding: room[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Random bytes in hex.
  static func randomHex(bytes: Int) -> String {
    var generator = SystemRandomNumberGenerator()
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: (0..<bytes * 2).map { _ in digits[Int.random(in: 0...15, using: &generator)] }, as: UTF8.self)
  }
}
