import CFastCGI
import Glibc

/// libfcgi, held so that it never waits, never accepts and never closes anything of ours.
///
/// The library reads and writes through one descriptor, the field `ipcFd`. While it reads, that is a file in memory which
/// holds a request we have already checked; while it writes, it is the connection. `keepConnection` and
/// `detached` keep it from closing and from lingering for up to two seconds. All three fields are marked "don't use", so the
/// version is pinned: Debian's 2.4.2, and the tests speak to the real library.
final class Gateway {
  /// The streams keep this address, so it must not move.
  private let request: UnsafeMutablePointer<FCGX_Request>
  private var memory: Int32 = -1
  private var memoryLength = 0
  /// A write has failed: nothing more can be sent on this connection.
  private var isBroken = false

  /// What the library sends as one record.
  private static let small = 8_000

  init() throws(SystemError) {
    guard FCGX_Init() == 0 else { throw SystemError("FCGX_Init") }
    request = .allocate(capacity: 1)
    // No listening socket: a request that libfcgi refuses ends with an error and not with an accept.
    FCGX_InitRequest(request, -1, 0)
  }

  deinit {
    request.deallocate()
    if memory >= 0 { close(memory) }
  }

  /// Parses one whole request.
  ///
  /// - Returns: nil when the library refuses it or does not find the whole body.
  func read(_ bytes: [UInt8], bodyLength: Int) throws(SystemError) -> RawRequest? {
    try fill(bytes)
    request.pointee.ipcFd = memory
    request.pointee.keepConnection = 1
    request.pointee.detached = 1
    guard FCGX_Accept_r(request) == 0 else {
      memory = -1  // the library has closed it
      return nil
    }
    let body = self.body(bodyLength)
    let (text, fields) = parameters()
    guard body.count == bodyLength, FCGX_GetError(request.pointee.in) == 0 else { return nil }
    return RawRequest(bytes: text, fields: fields, body: body)
  }

  /// From here on the library writes to this connection, which becomes its own to close.
  func attach(_ connection: Int32) {
    request.pointee.ipcFd = connection
    isBroken = false
  }

  /// Small answers go into the library's buffer, from which they leave together with the closing records; large ones go by themselves.
  ///
  /// - Returns: false when the peer has gone or does not read.
  func write(_ head: [UInt8], _ body: [UInt8]) -> Bool {
    if isBroken { return false }
    if head.count + body.count <= Self.small {
      isBroken = !(put(head) && put(body))
    } else {
      let sender = RecordSender(connection: request.pointee.ipcFd, request: UInt16(truncatingIfNeeded: request.pointee.requestId))
      isBroken = !(FCGX_FFlush(request.pointee.out) == 0 && sender.send(head, body))
    }
    return !isBroken
  }

  /// At most ``small`` bytes; the library's lengths are `int`.
  private func put(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { all in
      all.withMemoryRebound(to: CChar.self) {
        FCGX_PutStr($0.baseAddress, Int32(truncatingIfNeeded: $0.count), request.pointee.out) == Int32(truncatingIfNeeded: $0.count)
      }
    }
  }

  /// Sends what is buffered and the closing records, and closes the connection.
  ///
  /// - Returns: false when the answer did not get through as a whole.
  func finish(_ connection: Int32) -> Bool {
    if isBroken {
      discard()
      close(connection)
      return false
    }
    request.pointee.ipcFd = connection
    request.pointee.keepConnection = 1
    request.pointee.detached = 1
    FCGX_Finish_r(request)
    // After a failed write the library has closed the connection, keepConnection or not.
    guard request.pointee.ipcFd >= 0 else { return false }
    request.pointee.ipcFd = -1
    close(connection)
    return true
  }

  /// Forgets a request that gets no answer.
  func discard() {
    request.pointee.keepConnection = 1
    request.pointee.ipcFd = -1
    FCGX_Free(request, 0)
  }

  private func fill(_ bytes: [UInt8]) throws(SystemError) {
    if memory < 0 {
      memory = fastcgi_memory_file()
      guard memory >= 0 else { throw SystemError("memfd_create") }
      memoryLength = 0
    }
    // Nothing of an earlier request may stay behind the end of this one.
    if bytes.count < memoryLength { ftruncate(memory, bytes.count) }
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes { pwrite(memory, $0.baseAddress?.advanced(by: done), bytes.count - done, done) }
      guard written > 0 else { throw SystemError("pwrite") }
      done += written
    }
    memoryLength = bytes.count
    lseek(memory, 0, SEEK_SET)
  }

  private func body(_ length: Int) -> [UInt8] {
    let stream = request.pointee.in
    // One more than expected: the read that finds the end also takes the closing record.
    var body = [UInt8](unsafeUninitializedCapacity: length + 1) { buffer, count in
      buffer.withMemoryRebound(to: CChar.self) { count = Int(FCGX_GetStr($0.baseAddress, Int32(length + 1), stream)) }
    }
    if body.count > length { body = [] }
    return body
  }

  private func parameters() -> ([UInt8], [RawRequest.Field]) {
    var bytes: [UInt8] = []
    var fields: [RawRequest.Field] = []
    bytes.reserveCapacity(2048)
    fields.reserveCapacity(48)
    // The first is the library's own FCGI_ROLE.
    var next = request.pointee.envp?.advanced(by: 1)
    while let field = next?.pointee {
      let text = UnsafeRawBufferPointer(start: field, count: strlen(field))
      let start = bytes.count
      bytes.append(contentsOf: text)
      let equals = start + (text.firstIndex(of: 0x3D) ?? text.count)
      fields.append(.init(name: start..<equals, value: min(equals + 1, bytes.count)..<bytes.count))
      next = next?.advanced(by: 1)
    }
    return (bytes, fields)
  }
}
