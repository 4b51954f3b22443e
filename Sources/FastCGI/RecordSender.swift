import Glibc

/// Sends parts of an answer as `FCGI_STDOUT` records, each behind its header, from where the bytes lie.
///
/// libfcgi copies what it is given into records of 8 kB and sends each by itself: a page of 96 kB woke the web server a dozen times.
struct RecordSender {
  /// A connection on which a write waits; a limit on that is the connection's own.
  let connection: Int32
  let request: UInt16

  /// The most that one record holds, 65,535, rounded down to a multiple of eight. The last is as long as it is: padding is optional.
  private static let limit = 65_528
  /// Records in one call: two entries each, far below the system's 1,024.
  private static let batch = 16

  /// - Returns: false when the peer has gone or does not read; the connection is of no use then.
  func send(_ head: [UInt8], _ body: [UInt8]) -> Bool {
    head.withUnsafeBytes { head in
      body.withUnsafeBytes { body in
        var rest = (parts(of: head) + parts(of: body))[...]
        while !rest.isEmpty {
          if !send(rest.prefix(Self.batch)) { return false }
          rest = rest.dropFirst(Self.batch)
        }
        return true
      }
    }
  }

  private func parts(of bytes: UnsafeRawBufferPointer) -> [UnsafeRawBufferPointer] {
    stride(from: 0, to: bytes.count, by: Self.limit).map { .init(rebasing: bytes[$0..<min($0 + Self.limit, bytes.count)]) }
  }

  private func send(_ parts: ArraySlice<UnsafeRawBufferPointer>) -> Bool {
    var headers = parts.flatMap { header($0.count) }
    return headers.withUnsafeMutableBytes { headers in
      var vectors: [iovec] = []
      for (index, part) in parts.enumerated() {
        vectors.append(iovec(iov_base: headers.baseAddress?.advanced(by: index * 8), iov_len: 8))
        vectors.append(iovec(iov_base: UnsafeMutableRawPointer(mutating: part.baseAddress), iov_len: part.count))
      }
      return send(all: vectors)
    }
  }

  /// Version, type, request, length, padding, a byte that means nothing (FastCGI specification, 3.3).
  private func header(_ length: Int) -> [UInt8] {
    [1, 6, UInt8(request >> 8), UInt8(request & 0xFF), UInt8(length >> 8), UInt8(length & 0xFF), 0, 0]
  }

  private func send(all vectors: [iovec]) -> Bool {
    var rest = vectors[...]
    while !rest.isEmpty {
      var sent = rest.withUnsafeBufferPointer { writev(connection, $0.baseAddress, Int32($0.count)) }
      if sent < 0, errno == EINTR { continue }
      guard sent > 0 else { return false }
      while let first = rest.first, sent >= first.iov_len {
        sent -= first.iov_len
        rest.removeFirst()
      }
      if sent > 0, let base = rest[rest.startIndex].iov_base {
        rest[rest.startIndex].iov_base = base + sent
        rest[rest.startIndex].iov_len -= sent
      }
    }
    return true
  }
}
