/// A block of addresses in CIDR notation: `10.0.0.0/8`, `fd12:3456::/32`. A bare address is a block of one.
public struct AddressRange: Hashable, Sendable {
  /// The first address; the bits after the prefix are zero.
  public let base: IPAddress
  /// How many leading bits are shared, 0 to 32 or 0 to 128.
  public let prefix: Int

  /// - Returns: nil when the address or the prefix is not one. Bits set after the prefix are ignored.
  public init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count <= 2, let address = IPAddress(String(Substring(first))) else { return nil }
    let width = address.bytes.count * 8
    var bits = width
    if parts.count == 2 {
      guard (1...3).contains(parts[1].count), parts[1].allSatisfy({ (48...57).contains($0) }),
        let read = Int(Substring(parts[1])), read <= width
      else { return nil }
      bits = read
    }
    guard let base = IPAddress(bytes: AddressRange.masked(address.bytes, bits)) else { return nil }
    self.base = base
    prefix = bits
  }

  public func contains(_ address: IPAddress) -> Bool {
    address.bytes.count == base.bytes.count && AddressRange.masked(address.bytes, prefix) == base.bytes
  }

  private static func masked(_ bytes: [UInt8], _ prefix: Int) -> [UInt8] {
    bytes.enumerated().map { index, byte in
      let kept = min(max(prefix - index * 8, 0), 8)
      return kept == 8 ? byte : byte & ~(0xFF >> UInt8(kept))
    }
  }
}

extension AddressRange {
  /// IPv6 blocks whose last four bytes are an IPv4 address: compatible, mapped, translated (RFC 4291, 2765), NAT64 (RFC 6052, 8215).
  static let unpacked = ["::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48"].compactMap { AddressRange($0) }
}
