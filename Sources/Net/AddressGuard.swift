/// Decides which addresses a request on a person's behalf may dial: the public Internet, and nothing that only we can reach.
///
/// Without it, a webhook to `http://169.254.169.254/` or `http://localhost:5432/` would let anybody who has an account talk to
/// our own machines. The check is on the address that is really dialled (``Transfers`` asks for each socket it opens), so neither
/// a name that resolves differently the second time nor an unusual spelling of an address gets past it.
///
/// IPv6 is an allow list: only 2000::/3 has been given out (IANA IPv6 address space), so whatever lies outside is refused.
public struct AddressGuard: Sendable {
  /// Why an address is refused.
  public enum Refusal: String, Sendable {
    case metadata = "link-local or cloud metadata"
    case local = "loopback or unspecified"
    case privateNetwork = "private network"
    case special = "reserved, multicast or documentation"
    case translated = "an IPv4 address in disguise"
  }

  private let opened: [AddressRange]

  /// - Parameter opened: blocks of the operator's own network that may be dialled; link-local and metadata addresses stay shut.
  public init(opening opened: [AddressRange] = []) {
    self.opened = opened
  }

  /// Reads a list such as `HEED_ALLOW_LAN`: blocks separated by commas, blanks ignored, empty means none.
  ///
  /// - Throws: ``NetError/badRange(_:)`` with the entry that cannot be read.
  public init(opening list: String) throws(NetError) {
    var ranges: [AddressRange] = []
    for part in list.utf8.split(separator: UInt8(ascii: ",")) {
      let entry = String(decoding: part.filter { $0 != 32 && $0 != 9 }, as: UTF8.self)
      if entry.isEmpty { continue }
      guard let range = AddressRange(entry) else { throw .badRange(entry) }
      ranges.append(range)
    }
    self.init(opening: ranges)
  }

  /// For addresses that the operator has set up, and nobody else: loopback and private networks too. Link-local and metadata addresses stay shut.
  public static let operators = AddressGuard(opening: ["0.0.0.0/0", "::/0"].compactMap { AddressRange($0) })

  /// - Returns: nil when the address may be dialled.
  public func refusal(of address: IPAddress) -> Refusal? {
    let carried = [address, address.embedded].compactMap { $0 }
    if carried.contains(where: { Self.metadata.contains($0) }) { return .metadata }
    if opened.contains(where: { $0.contains(address) }) { return nil }
    // What is carried inside is where a gateway would take it: refused as if it were dialled itself, whatever the prefix around it.
    return carried.lazy.compactMap { address in Self.blocks.first { $0.ranges.contains(address) }?.refusal }.first
  }

  /// Whether opening a block would have no effect, because all of it is link-local or metadata.
  public static func staysShut(_ range: AddressRange) -> Bool {
    metadata.ranges.contains { $0.contains(range.base) && range.prefix >= $0.prefix }
  }

  public func allows(_ address: IPAddress) -> Bool { refusal(of: address) == nil }
}

extension AddressGuard {
  private struct Ranges {
    let ranges: [AddressRange]
    init(_ texts: String...) { ranges = texts.compactMap { AddressRange($0) } }
    func contains(_ address: IPAddress) -> Bool { ranges.contains { $0.contains(address) } }
  }

  /// Never opened: link-local, and the addresses where clouds hand out credentials (AWS, GCP, Azure, Alibaba, Oracle).
  private static let metadata = Ranges(
    "169.254.0.0/16", "168.63.129.16/32", "100.100.100.200/32", "192.0.0.192/32",
    "fe80::/10", "fd00:ec2::/32", "fd20:ce::254/128")

  /// The IANA special-purpose registries for IPv4 and IPv6 (RFC 6890 and later), in the order in which they are asked.
  private static let blocks: [(ranges: Ranges, refusal: Refusal)] = [
    (Ranges("0.0.0.0/8", "127.0.0.0/8", "::/128", "::1/128"), .local),
    (Ranges("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fec0::/10"), .privateNetwork),
    (Ranges("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"), .translated),
    (
      Ranges(
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.175.48.0/24", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"), .special
    ),
    (Ranges("2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20"), .special),
    (Ranges("::/3", "4000::/2", "8000::/1"), .special),
  ]
}
