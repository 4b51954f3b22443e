import CZip

/// The files of a ZIP that somebody sent, unpacked in memory by libzip. Nothing is ever written: a name with folders, `..` or a slash in front is only
/// a name. It is read by its central directory: sizes are right there, and an archive that was cut off has none.
public enum Archive {
  public struct Entry: Hashable, Sendable {
    /// UTF-8, whatever it was written in (what does not say so is taken for code page 437); may come twice.
    public let name: String
    public let bytes: [UInt8]
  }

  public struct Limits: Hashable, Sendable {
    public var entries: Int
    /// Of all entries together, unpacked.
    public var bytes: Int

    public init(entries: Int, bytes: Int) { (self.entries, self.bytes) = (entries, bytes) }
  }

  public enum Failure: Error, Hashable, Sendable {
    /// No ZIP, or one that was cut off.
    case notArchive
    /// An entry that does not unpack to what the directory says of it, or is packed in a way that libzip does not know.
    case damaged
    case encrypted
    case tooManyEntries
    case tooLarge
  }

  /// All files in their order, without folders.
  ///
  /// Takes no more memory than the limits: an archive that says that it is larger is refused before anything is unpacked, one that says less than it
  /// holds as soon as it is more.
  public static func entries(of bytes: [UInt8], within limits: Limits) throws(Failure) -> [Entry] {
    // libzip takes nothing at all for an archive that is still to be made.
    if bytes.isEmpty { throw .notArchive }
    if directoryCount(bytes, upTo: limits.entries) > limits.entries { throw .tooManyEntries }
    return try bytes.withUnsafeBufferPointer { buffer throws(Failure) in
      let archive = try OpenArchive(buffer)
      return try archive.entries(limits)
    }
  }

  /// How often the mark of a directory's entry stands in the bytes, at most one more than `limit`: libzip keeps some 300 bytes of each entry, which
  /// would be 150 MB for what fits into 25.
  private static func directoryCount(_ bytes: [UInt8], upTo limit: Int) -> Int {
    var count = 0
    var place = 0
    while place + 3 < bytes.count, count <= limit {
      if bytes[place] == 0x50, bytes[place + 1] == 0x4B, bytes[place + 2] == 1, bytes[place + 3] == 2 { count += 1 }
      place += 1
    }
    return count
  }
}

/// libzip's own, closed when it goes.
private struct OpenArchive: ~Copyable {
  private let zip: OpaquePointer

  /// - Parameter bytes: has to live longer.
  init(_ bytes: UnsafeBufferPointer<UInt8>) throws(Archive.Failure) {
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let source = zip_source_buffer_create(bytes.baseAddress, zip_uint64_t(bytes.count), 0, &error) else { throw .notArchive }
    guard let zip = zip_open_from_source(source, ZIP_RDONLY, &error) else {
      zip_source_free(source)
      throw .notArchive
    }
    self.zip = zip
  }

  deinit { zip_discard(zip) }

  func entries(_ limits: Archive.Limits) throws(Archive.Failure) -> [Archive.Entry] {
    let count = zip_get_num_entries(zip, 0)
    if count > limits.entries { throw .tooManyEntries }
    var told: UInt64 = 0
    for index in 0..<UInt64(max(count, 0)) {
      let stat = try stat(index)
      if stat.encryption_method != ZIP_EM_NONE { throw .encrypted }
      told = told.addingReportingOverflow(stat.size).overflow ? .max : told + stat.size
    }
    if told > UInt64(limits.bytes) { throw .tooLarge }
    var room = limits.bytes
    var entries: [Archive.Entry] = []
    for index in 0..<UInt64(max(count, 0)) {
      let name = try stat(index).name.map { String(cString: $0) } ?? ""
      if name.utf8.last == 0x2F { continue }
      let bytes = try unpack(index, room)
      room -= bytes.count
      entries.append(.init(name: name, bytes: bytes))
    }
    return entries
  }

  private func stat(_ index: UInt64) throws(Archive.Failure) -> zip_stat_t {
    var stat = zip_stat_t()
    zip_stat_init(&stat)
    let needed = zip_uint64_t(ZIP_STAT_SIZE | ZIP_STAT_ENCRYPTION_METHOD)
    guard zip_stat_index(zip, index, 0, &stat) == 0, stat.valid & needed == needed else { throw .damaged }
    return stat
  }

  private func unpack(_ index: UInt64, _ room: Int) throws(Archive.Failure) -> [UInt8] {
    guard let file = zip_fopen_index(zip, index, 0) else { throw .damaged }
    defer { zip_fclose(file) }
    var bytes: [UInt8] = []
    while true {
      let start = bytes.count
      var length: zip_int64_t = 0
      bytes.append(
        contentsOf: [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
          length = zip_fread(file, buffer.baseAddress, 65_536)
          count = Int(max(length, 0))
        })
      if length < 0 { throw .damaged }
      if length == 0 { return bytes }
      if start + Int(length) > room { throw .tooLarge }
    }
  }
}
