import Glibc

/// An address of the Internet Protocol, version 4 or 6, as the bytes that go over the wire.
public struct IPAddress: Hashable, Sendable {
  /// 4 or 16 bytes, most significant first.
  public let bytes: [UInt8]

  /// - Returns: nil unless there are 4 or 16 bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// Reads dotted or colon notation, strictly: no octal, no short forms, no zone, no brackets.
  public init?(_ text: String) {
    guard !text.utf8.contains(0) else { return nil }
    var read = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &read) == 1 {
      bytes = Array(read[0..<4])
    } else if inet_pton(AF_INET6, text, &read) == 1 {
      bytes = read
    } else {
      return nil
    }
  }

  /// The IPv4 address that this IPv6 one carries inside (mapped, compatible, NAT64, 6to4, Teredo, ISATAP), if any:
  /// a gateway on the way would unpack it and reach that address.
  var embedded: IPAddress? {
    guard bytes.count == 16 else { return nil }
    if AddressRange.unpacked.contains(where: { $0.contains(self) }) { return IPAddress(bytes: Array(bytes[12...])) }
    if bytes[0] == 0x20, bytes[1] == 0x02 { return IPAddress(bytes: Array(bytes[2..<6])) }
    if bytes[0..<4].elementsEqual([0x20, 0x01, 0, 0]) { return IPAddress(bytes: bytes[12...].map { ~$0 }) }
    if bytes[10] == 0x5E, bytes[11] == 0xFE, bytes[9] == 0 { return IPAddress(bytes: Array(bytes[12...])) }
    return nil
  }
}

extension IPAddress: CustomStringConvertible {
  public var description: String {
    if bytes.count == 4 { return bytes.map { String($0) }.joined(separator: ".") }
    return stride(from: 0, to: 16, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }.joined(separator: ":")
  }
}
