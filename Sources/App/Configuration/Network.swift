import Glibc

/// A range of addresses in CIDR form, as `HEED_ALLOW_LAN` lists them.
struct NetworkRange {
  /// As written: `10.0.0.0/8`.
  let text: String

  /// - Throws: a ``Mistake`` whose words name the wrong part.
  init(_ text: String) throws(Mistake) {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { String(Substring($0)) }
    let address = parts.first ?? ""
    var four = in_addr()
    var six = in6_addr()
    let bits =
      if inet_pton(AF_INET, address, &four) == 1 { 32 } else if inet_pton(AF_INET6, address, &six) == 1 { 128 } else { 0 }
    guard parts.count == 2, bits > 0, let length = Int(parts[1]), (1...bits).contains(length) else {
      throw Mistake(Setting.allowLAN.name, "“\(text)” is no network; write it like 10.0.0.0/8 or fd00::/8, several with commas between.")
    }
    self.text = text
  }
}
