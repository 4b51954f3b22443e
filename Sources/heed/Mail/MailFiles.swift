import Glibc

/// The mails that an operator names: files, and folders with all that is below them.
struct MailFiles {
  /// Folders within folders; a link that leads in a circle ends here.
  private static let deepest = 20

  /// In the order in which they were named; within a folder by name.
  private(set) var paths: [String] = []

  /// - Throws: ``Unreadable`` for a path that is not there.
  init(_ named: [String]) throws {
    for path in named { try add(path, depth: 0) }
  }

  struct Unreadable: Error {
    let path: String
    let reason: Int32
  }

  private mutating func add(_ path: String, depth: Int) throws {
    var facts = stat()
    guard stat(path, &facts) == 0 else { throw Unreadable(path: path, reason: errno) }
    guard facts.st_mode & S_IFMT == S_IFDIR else {
      paths.append(path)
      return
    }
    guard depth < MailFiles.deepest, let folder = opendir(path) else { throw Unreadable(path: path, reason: errno) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.utf8.first != 0x2E { names.append(name) }
    }
    closedir(folder)
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) { try add("\(path)/\(name)", depth: depth + 1) }
  }

  /// All bytes of a file; of one that is larger than `limit` one byte more than that.
  static func bytes(_ path: String, limit: Int) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Unreadable(path: path, reason: errno) }
    defer { close(descriptor) }
    var facts = stat()
    fstat(descriptor, &facts)
    var bytes: [UInt8] = []
    var room = min(max(Int(facts.st_size), 0), limit) + 1
    while true {
      let piece = try [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        let read = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        guard read >= 0 else { throw Unreadable(path: path, reason: errno) }
        count = read
      }
      if piece.isEmpty { return bytes }
      bytes = bytes.isEmpty ? piece : bytes + piece
      if bytes.count > limit { return bytes }
      room = 65_536
    }
  }
}
