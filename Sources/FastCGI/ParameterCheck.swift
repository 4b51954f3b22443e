/// What must hold for the parameters of a request before libfcgi turns them into C strings.
///
/// libfcgi joins name and value with `=` and ends them with NUL, so either byte in the wrong place would make one thing look
/// like another; and of two parameters with one name it shows the first, where others (PHP, CGI) take the last.
struct ParameterCheck {
  /// The value of CONTENT_LENGTH: 0 when absent or empty, nil when it isn't a number.
  private(set) var contentLength: Int? = 0
  /// Why the request is to be refused, if it is.
  private(set) var refusal: Refusal?

  /// Headers that decide who somebody is or what a request may do. Two of them in one request is an attempt, not an accident;
  /// of the others (Accept, Via …) RFC 9110 allows several. Parameters that are no headers come from the web server, once each.
  private static let once = [
    "HOST", "COOKIE", "ORIGIN", "AUTHORIZATION", "REFERER", "PROXY", "FORWARDED", "X_REAL_IP", "CONTENT_LENGTH", "CONTENT_TYPE",
    "IDEMPOTENCY_KEY", "TRANSFER_ENCODING",
  ].map { Array("HTTP_\($0)".utf8) }

  private static let header = Array("HTTP_".utf8)
  private static let oncePrefixes = ["HTTP_SEC_", "HTTP_X_FORWARDED_", "HTTP_X_CSRF"].map { Array($0.utf8) }
  private static let lengthName = Array("CONTENT_LENGTH".utf8)

  /// - Throws: ``ProtocolFault/parameters`` when a declared length goes past the end.
  /// - Complexity: Compares each name with each before it: for the usual 30 a tenth of what a set of them costs (measured).
  init(_ bytes: [UInt8], limit: Int) throws(ProtocolFault) {
    var position = 0
    var names: [Range<Int>] = []
    names.reserveCapacity(48)
    while position < bytes.count {
      let nameLength = try Self.length(bytes, &position)
      let valueLength = try Self.length(bytes, &position)
      guard nameLength <= bytes.count - position, valueLength <= bytes.count - position - nameLength else { throw .parameters }
      let range = position..<position + nameLength
      let name = bytes[range]
      let value = bytes[range.upperBound..<range.upperBound + valueLength]
      position = value.endIndex
      if name.isEmpty || name.contains(0x3D) || name.contains(0) || value.contains(0) { refusal = refusal ?? .malformed }
      if names.count >= limit { refusal = .tooMany }
      guard refusal == nil else { continue }
      if names.contains(where: { Self.same(bytes, $0, range) }), Self.isOnce(name) { refusal = .duplicate }
      if name.elementsEqual(Self.lengthName) { contentLength = Self.number(value) }
      names.append(range)
    }
  }

  /// Names differ mostly in length or in their last bytes.
  private static func same(_ bytes: [UInt8], _ one: Range<Int>, _ other: Range<Int>) -> Bool {
    guard one.count == other.count, bytes[one.upperBound - 1] == bytes[other.upperBound - 1] else { return false }
    return bytes[one].elementsEqual(bytes[other])
  }

  /// One byte below 128, or four with the top bit set (FastCGI 3.4).
  private static func length(_ bytes: [UInt8], _ position: inout Int) throws(ProtocolFault) -> Int {
    guard position < bytes.count else { throw .parameters }
    if bytes[position] < 0x80 {
      position += 1
      return Int(bytes[position - 1])
    }
    guard bytes.count - position >= 4 else { throw .parameters }
    let four = bytes[position..<position + 4]
    position += 4
    return four.reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
  }

  private static func isOnce(_ name: ArraySlice<UInt8>) -> Bool {
    guard name.starts(with: header) else { return true }
    return once.contains { name.elementsEqual($0) } || oncePrefixes.contains { name.starts(with: $0) }
  }

  /// Digits only, at most 18 of them.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.count <= 18 else { return nil }
    var number = 0
    for digit in digits {
      guard digit >= 0x30, digit <= 0x39 else { return nil }
      number = number * 10 + Int(digit - 0x30)
    }
    return number
  }
}
