import Glibc

/// A folder of messages as files (https://cr.yp.to/proto/maildir.html), where mail goes when there is no mail server.
///
/// A message is written and synced in `tmp`, then renamed into `new`: a reader never sees half of one, and a crash loses none that was
/// reported as delivered. Its file is named after its Message-ID, so delivering it again replaces it.
public struct Maildir: Sendable {
  public let path: String

  /// - Parameter path: made when first needed, with mode 0700, like `tmp`, `new` and `cur` in it. Its parent has to exist.
  public init(path: String) {
    self.path = path
  }

  /// - Returns: the file's name in `new`.
  /// - Throws: ``NetError/file(_:_:)``; nothing has been delivered then.
  @discardableResult
  public func deliver(_ message: [UInt8], id: MessageID) throws(NetError) -> String {
    for folder in [path, "\(path)/tmp", "\(path)/new", "\(path)/cur"] { try make(folder) }
    let name = Maildir.fileName(id)
    // Two workers may deliver the same message at once, when a lease has run out: each writes its own file.
    let draft = "\(path)/tmp/\(name).\(getpid())"
    try write(message, to: draft)
    guard rename(draft, "\(path)/new/\(name)") == 0 else { throw .file("rename \(draft)", errno) }
    try sync("\(path)/new")
    return name
  }

  /// Throws away what writers that were killed have left in `tmp`: what has not been touched for 36 hours, as the format asks for.
  ///
  /// - Returns: how many files.
  @discardableResult
  public func sweep() -> Int {
    guard let folder = opendir("\(path)/tmp") else { return 0 }
    defer { closedir(folder) }
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    var count = 0
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      var facts = stat()
      let file = "\(path)/tmp/\(name)"
      guard lstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, facts.st_mtim.tv_sec < now.tv_sec - 36 * 3600 else { continue }
      if unlink(file) == 0 { count += 1 }
    }
    return count
  }

  /// Readable where the id is plain, and always different where ids are: no slash, no colon, no leading dot.
  static func fileName(_ id: MessageID) -> String {
    let plain = id.text.utf8.prefix(100).map { byte in
      (48...57).contains(byte) || (65...90).contains(byte & 0xDF) || "@._-".utf8.contains(byte) ? byte : UInt8(ascii: "_")
    }
    return "m-\(id.fingerprint)-\(String(decoding: plain, as: UTF8.self))"
  }

  private func make(_ folder: String) throws(NetError) {
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw .file("mkdir \(folder)", errno) }
  }

  private func write(_ bytes: [UInt8], to file: String) throws(NetError) {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .file("open \(file)", errno) }
    defer { close(descriptor) }
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .file("write \(file)", errno) }
      done += count
    }
    guard fsync(descriptor) == 0 else { throw .file("fsync \(file)", errno) }
  }

  /// The rename itself has to reach the disk, too.
  private func sync(_ folder: String) throws(NetError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .file("open \(folder)", errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .file("fsync \(folder)", errno) }
  }
}
