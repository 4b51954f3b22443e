import Glibc

/// A file of a ``Maildir``, by its name.
public struct MaildirEntry: Hashable, Sendable {
  public enum Folder: String, Hashable, Sendable { case new, cur }

  public let folder: Folder
  /// As the file system has it: any bytes but `/` and NUL.
  public let bytes: [UInt8]
  /// For people; what is no UTF-8 is marked.
  public var name: String { String(decoding: bytes, as: UTF8.self) }

  init(_ folder: Folder, _ bytes: [UInt8]) { (self.folder, self.bytes) = (folder, bytes) }

  /// The name without the flags that follow a colon: what stays when a mail moves from `new` to `cur`.
  var base: ArraySlice<UInt8> { bytes.prefix { $0 != UInt8(ascii: ":") } }

  /// The flags behind `:2,`; nil: another program's, or none.
  var flags: ArraySlice<UInt8>? {
    let info = bytes.dropFirst(base.count)
    return info.starts(with: ":2,".utf8) ? info.dropFirst(3) : nil
  }
}

/// Why a file of a Maildir gives no mail.
public enum MaildirFault: Error, Hashable, Sendable {
  /// Another program took it away, or moved it.
  case gone
  /// A folder, a link, a pipe, a device.
  case notAFile
  /// More bytes than are read.
  case tooLarge(Int)
  /// `errno`.
  case unreadable(Int32)
}

// Where mail comes in. Nothing here waits: a pipe, a device or a link that somebody put there is never opened.
extension Maildir {
  /// What is still to be read, in the order of the names: all of `new`, and of `cur` what has no flag `S`. A mail that was read gets it by
  /// ``settle(_:)``, so each is listed until then, also after a crash. What another program marks as seen before us is not listed.
  ///
  /// - Parameter most: how many at most, from 1.
  /// - Returns: the entries, and whether there are more. Names that begin with a dot are none.
  /// - Throws: ``NetError/file(_:_:)`` when the folder cannot be read; one without `cur` has none there.
  public func waiting(most: Int = 1_000) throws(NetError) -> (entries: [MaildirEntry], hasMore: Bool) {
    var entries: [MaildirEntry] = []
    var hasMore = false
    for folder in [MaildirEntry.Folder.new, .cur] {
      guard let listing = try open(folder) else { continue }
      defer { closedir(listing) }
      while let file = readdir(listing) {
        let bytes = withUnsafeBytes(of: file.pointee.d_name) { [UInt8]($0.prefix { $0 != 0 }) }
        let entry = MaildirEntry(folder, bytes)
        if bytes.first == UInt8(ascii: ".") || folder == .cur && entry.flags?.contains(UInt8(ascii: "S")) ?? false { continue }
        entries.append(entry)
        // Of a folder with a million the first ones are kept, not all of them.
        if entries.count >= 4 * max(most, 1) {
          entries = Maildir.first(entries, max(most, 1))
          hasMore = true
        }
      }
    }
    let first = Maildir.first(entries, max(most, 1))
    return (first, hasMore || entries.count > first.count)
  }

  /// - Parameter most: bytes that are read at most.
  /// - Throws: ``MaildirFault``.
  public func read(_ entry: MaildirEntry, most: Int) throws(MaildirFault) -> [UInt8] {
    guard let path = path(of: entry) else { throw .gone }
    var facts = stat()
    guard lstat(path, &facts) == 0 else { throw MaildirFault(errno) }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    // Should it be something else by now: a pipe would not be waited for, a link not be followed.
    let descriptor = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw errno == ELOOP ? .notAFile : MaildirFault(errno) }
    defer { close(descriptor) }
    guard fstat(descriptor, &facts) == 0 else { throw MaildirFault(errno) }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    if facts.st_size > most { throw .tooLarge(Int(facts.st_size)) }
    return try contents(descriptor, size: Int(facts.st_size), most: most)
  }

  /// Marks a mail as read, once it is stored: it moves to `cur` under the same name with the flag `S`, as any mail program would move it. Nothing of
  /// its bytes is changed, and no other file is replaced.
  ///
  /// - Returns: false when it is not there any more.
  /// - Throws: ``NetError/file(_:_:)``; the mail stays where it is, and is listed again.
  @discardableResult
  public func settle(_ entry: MaildirEntry) throws(NetError) -> Bool {
    guard let path = path(of: entry) else { return false }
    guard mkdir("\(self.path)/cur", 0o700) == 0 || errno == EEXIST else { throw .file("mkdir \(self.path)/cur", errno) }
    let flags = Set((entry.flags ?? []) + [UInt8(ascii: "S")]).sorted()
    for number in 0..<10 {
      let name = entry.base + (number == 0 ? [] : Array(".\(number)".utf8)) + ":2,".utf8 + flags
      guard let target = self.path(of: MaildirEntry(.cur, Array(name))) else { return false }
      if link(path, target) == 0 || errno == EEXIST && Maildir.isSame(path, target) { return try remove(path, target) }
      switch errno {
      case ENOENT: return false
      case EEXIST: continue
      // A file system without second names.
      case EPERM, EOPNOTSUPP, EMLINK:
        var facts = stat()
        if lstat(target, &facts) == 0 { continue }
        guard rename(path, target) == 0 else { throw .file("rename \(entry.name)", errno) }
        return true
      default: throw .file("link \(entry.name)", errno)
      }
    }
    throw .file("link \(entry.name)", EEXIST)
  }
}

extension Maildir {
  /// - Returns: nil where there is no `cur`.
  private func open(_ folder: MaildirEntry.Folder) throws(NetError) -> OpaquePointer? {
    let descriptor = Glibc.open("\(path)/\(folder.rawValue)", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      if folder == .cur, errno == ENOENT { return nil }
      throw .file("open \(path)/\(folder.rawValue)", errno)
    }
    guard let listing = fdopendir(descriptor) else {
      defer { close(descriptor) }
      throw .file("open \(path)/\(folder.rawValue)", errno)
    }
    return listing
  }

  /// The order of the names, whatever their folder: they begin with the second in which they came.
  private static func first(_ entries: [MaildirEntry], _ most: Int) -> [MaildirEntry] {
    Array(
      entries.sorted { $0.base.lexicographicallyPrecedes($1.base) || $0.base == $1.base && $0.folder == .cur && $1.folder == .new }.prefix(
        most))
  }

  /// With the zero that ends it; nil for what can be no name of a file here.
  private func path(of entry: MaildirEntry) -> [CChar]? {
    let isName =
      !entry.bytes.isEmpty && entry.bytes.first != UInt8(ascii: ".") && !entry.bytes.contains { $0 == 0 || $0 == UInt8(ascii: "/") }
    guard isName else { return nil }
    return (Array("\(path)/\(entry.folder.rawValue)/".utf8) + entry.bytes + [0]).map { CChar(bitPattern: $0) }
  }

  private func contents(_ descriptor: Int32, size: Int, most: Int) throws(MaildirFault) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(errno) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      // Somebody writes on it, which in a Maildir nobody may.
      if bytes.count > most { throw .tooLarge(bytes.count) }
    }
  }

  private static func isSame(_ left: [CChar], _ right: [CChar]) -> Bool {
    var (one, other) = (stat(), stat())
    guard lstat(left, &one) == 0, lstat(right, &other) == 0 else {
      errno = EEXIST
      return false
    }
    errno = EEXIST
    return one.st_ino == other.st_ino && one.st_dev == other.st_dev
  }

  private func remove(_ path: [CChar], _ target: [CChar]) throws(NetError) -> Bool {
    if path == target { return true }
    guard unlink(path) == 0 || errno == ENOENT else { throw .file("unlink in \(self.path)", errno) }
    return true
  }
}

extension MaildirFault {
  fileprivate init(_ number: Int32) { self = number == ENOENT || number == ENOTDIR ? .gone : .unreadable(number) }
}
