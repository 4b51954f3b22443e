import Testing

@testable import Net

/// Every way to carry an IPv4 address in one of version 6, for every kind of address that may be inside.
@Suite struct DisguiseTests {
  static let inside: [(bytes: [UInt8], isMetadata: Bool)] = [
    ([10, 0, 0, 1], false), ([127, 0, 0, 1], false), ([192, 168, 255, 255], false), ([8, 8, 8, 8], false), ([255, 255, 255, 255], false),
    ([169, 254, 169, 254], true), ([169, 254, 0, 0], true), ([168, 63, 129, 16], true), ([100, 100, 100, 200], true),
    ([192, 0, 0, 192], true),
    ([169, 253, 255, 255], false), ([100, 100, 100, 201], false),
  ]

  /// Name, and the sixteen bytes.
  private func disguises(_ v4: [UInt8]) -> [(String, [UInt8])] {
    func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
    let nat64: [UInt8] = [0, 0x64, 0xFF, 0x9B]
    let teredo: [UInt8] = [0x20, 0x01, 0, 0, 65, 54, 227, 120, 0x80, 0, 0x63, 0xBF]
    let sixToFour: [UInt8] = [0x20, 0x02]
    let ones: [UInt8] = [0xFF, 0xFF]
    return [
      ("compatible", zeros(12) + v4),
      ("mapped", zeros(10) + ones + v4),
      ("translated", zeros(8) + ones + zeros(2) + v4),
      ("NAT64", nat64 + zeros(8) + v4),
      ("local NAT64", nat64 + [0, 1] + zeros(6) + v4),
      ("6to4", sixToFour + v4 + zeros(10)),
      ("Teredo", teredo + v4.map { $0 ^ 0xFF }),
    ]
  }

  @Test(arguments: inside) func `No disguise is dialled, and none of metadata is opened`(bytes: [UInt8], isMetadata: Bool) throws {
    let everything = try AddressGuard(opening: "0.0.0.0/0,::/0")
    let ownNetwork = try AddressGuard(opening: bytes.map { String($0) }.joined(separator: "."))
    for (name, disguise) in disguises(bytes) {
      let address = try #require(IPAddress(bytes: disguise))
      #expect(AddressGuard().refusal(of: address) == (isMetadata ? .metadata : .translated), "\(name)")
      #expect(everything.refusal(of: address) == (isMetadata ? .metadata : nil), "\(name)")
      // Opening an address opens it as it is, not what unpacks to it.
      #expect(!ownNetwork.allows(address), "\(name)")
    }
  }

  /// What a resolver of the C library would read loosely, ours does not read: nobody is asked about an address that is not dialled.
  @Test(arguments: [
    "01.2.3.4", "1.2.3.04", "0177.0.0.1", "127.0.0.0x1", "1..2.3", "1.2.3.4.", ".1.2.3.4", "+1.2.3.4", "1.2.3.-4", "1.2.3.4%eth0",
    "１.2.3.4",
    "fe80::1%1", "::ffff:010.0.0.1", "::ffff:1.2.3", "1::2::3", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "::g", "::1 ",
    "::1/128",
  ])
  func `A spelling that is not the strict one is no address`(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test(arguments: [
    ("169.254.0.0/16", true), ("169.254.169.254", true), ("169.254.0.0/15", false), ("168.63.129.16", true), ("168.63.129.0/24", false),
    ("fe80::/10", true), ("fe80::/9", false), ("fd00:ec2::254", true), ("fd00::/8", false), ("10.0.0.0/8", false), ("0.0.0.0/0", false),
  ])
  func `An opening that opens nothing is told from one that does`(text: String, shut: Bool) throws {
    #expect(AddressGuard.staysShut(try #require(AddressRange(text))) == shut)
  }
}

@Suite struct HeaderFieldTests {
  @Test(arguments: [
    ("Content-Type", "content-type", true), ("X-A", "X-A", true), ("a", "A", true), ("@", "`", false), ("[", "{", false),
    ("_", "\u{7F}", false),
    ("Subject", "Subjec", false), ("", "a", false), ("-", "\r", false), ("1", "\u{11}", false), ("\u{212A}", "k", false),
  ])
  func `Names are the same in either case of a letter, of nothing else`(one: String, other: String, same: Bool) {
    #expect(HeaderField(one, "").isNamed(other) == same)
    #expect(HeaderField(other, "").isNamed(one) == same)
  }

  @Test func `Each byte is judged where it would end a header or begin another`() {
    let token = Set("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    for byte in UInt8(0)..<128 {
      let text = String(decoding: [0x61, byte, 0x62], as: UTF8.self)
      #expect(HeaderField(text, "").hasSafeName == token.contains(byte), "\(byte)")
      #expect(HeaderField("a", text).hasSafeValue == (byte == 9 || byte >= 32 && byte != 127), "\(byte)")
    }
    #expect(!HeaderField("é", "").hasSafeName && HeaderField("a", "é").hasSafeValue)
    #expect(!HeaderField("", "").hasSafeName)
    #expect(HeaderField(String(repeating: "a", count: 100), "").hasSafeName)
    #expect(!HeaderField(String(repeating: "a", count: 101), "").hasSafeName)
  }
}
