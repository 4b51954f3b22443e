/// Somebody in a head: a name to show and an address.
public struct MailPerson: Hashable, Sendable {
  /// Decoded, in one line; empty when there is none.
  public let name: String
  /// As it was written: Punycode stays Punycode, letter case stays. May be no address at all (`mailer-daemon`).
  public let address: String

  public init(name: String, address: String) {
    self.name = name
    self.address = address
  }

  /// Whether mail could be sent there: `local@domain` without blanks and controls, at most 320 bytes.
  public var isUsable: Bool {
    let sides = address.utf8.split(separator: 0x40, omittingEmptySubsequences: false)
    return sides.count >= 2 && sides.allSatisfy { !$0.isEmpty } && address.utf8.count <= 320
      && address.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != 0x2C && $0 != 0x3B && $0 != 0x3C && $0 != 0x3E }
  }

  /// What two addresses of one mailbox have in common (RULES 6.18): lower case, without `+tag`.
  public var key: String {
    let lower = address.lowercased()
    guard let at = lower.utf8.lastIndex(of: 0x40) else { return lower }
    let local = lower[..<at]
    guard let plus = local.utf8.firstIndex(of: 0x2B), plus > local.startIndex else { return lower }
    return String(local[..<plus] + lower[at...])
  }

  /// What stands behind the `+`; empty without one.
  public var tag: String {
    guard let at = address.utf8.lastIndex(of: 0x40), let plus = address[..<at].utf8.firstIndex(of: 0x2B) else { return "" }
    return String(address[address.utf8.index(after: plus)..<at])
  }

  /// What stands before the last `@`, in lower case.
  var local: ArraySlice<UInt8> {
    let bytes = Array(address.utf8)
    return bytes[..<(bytes.lastIndex(of: 0x40) ?? bytes.endIndex)].lowercase[...]
  }

  /// What stands behind the last `@`, in lower case; nil: no mail could be sent there.
  public var domain: String? {
    guard isUsable else { return nil }
    let lower = address.lowercased()
    return lower.utf8.lastIndex(of: 0x40).map { String(lower[lower.utf8.index(after: $0)...]) }
  }

  /// A program that reads no answers (RULES 6.18).
  public var isNoReply: Bool {
    let letters = local.filter { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }[...]
    let words: [StaticString] = ["noreply", "donotreply", "dontreply", "naoresponda", "naoresponder", "noresponder", "norespond"]
    return words.contains { letters.place(of: $0) != nil }
  }

  /// The shown name looks like another address (RULES 6.18): the page puts the address beside it.
  public var isDisguised: Bool {
    guard let at = name.utf8.firstIndex(of: 0x40), at > name.startIndex, name[at...].utf8.contains(0x2E) else { return false }
    return name.lowercased() != address.lowercased()
  }
}
