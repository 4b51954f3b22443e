/// Printable ASCII that may stand in a URL (RFC 3986), the percent sign included: not `" < > \ ^ ` { | }`.
func isURLByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x22, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B, 0x7C, 0x7D: false
  default: byte > 0x20 && byte < 0x7F
  }
}

/// Upper case, as RFC 3986 wants it behind a percent sign.
func hexDigit(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 + nibble : 0x37 + nibble }

/// Everything but the unreserved characters of RFC 3986 becomes `%XX`.
func appendEncoded(_ value: some StringProtocol, to bytes: inout [UInt8]) {
  for byte in value.utf8 {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
    default: bytes += [0x25, hexDigit(byte >> 4), hexDigit(byte & 15)]
    }
  }
}

/// Whether `bytes` are a path that stays on this site: one slash first, then as ``isSafeRest(_:)`` says.
func isSafePath(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  bytes.count >= 1 && bytes[0] == 0x2F && (bytes.count == 1 || bytes[1] != 0x2F) && isSafeRest(bytes)
}

/// Whether a path may go on with `bytes`: only what may stand in a URL, which leaves out the backslash, and no segment that a
/// browser resolves. What stands before the first slash is the end of a segment that began elsewhere.
func isSafeRest(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  var start: Int?
  var isPath = true
  for (index, byte) in bytes.enumerated() {
    if !isURLByte(byte) { return false }
    guard isPath, byte == 0x2F || byte == 0x3F || byte == 0x23 else { continue }
    if let start, isDotSegment(bytes[start..<index]) { return false }
    start = index + 1
    isPath = byte == 0x2F
  }
  if isPath, let start { return !isDotSegment(bytes[start...]) }
  return true
}

/// `.` or `..`, in which browsers read `%2e` as a dot (WHATWG URL, "double-dot path segment").
private func isDotSegment(_ segment: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
  guard segment.count <= 6, segment.first == 0x2E || segment.first == 0x25 else { return false }
  let text = String(decoding: segment, as: UTF8.self).lowercased()
  return [".", "..", "%2e", "%2e.", ".%2e", "%2e%2e"].contains(text)
}
