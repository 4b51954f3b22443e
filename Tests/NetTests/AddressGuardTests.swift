import Testing

@testable import Net

@Suite struct AddressGuardTests {
  @Test(arguments: [
    ("127.0.0.1", AddressGuard.Refusal.local), ("127.255.255.255", .local), ("0.0.0.0", .local), ("0.255.255.255", .local),
    ("::", .local), ("::1", .local),
    ("10.0.0.0", .privateNetwork), ("10.255.255.255", .privateNetwork), ("172.16.0.0", .privateNetwork),
    ("172.31.255.255", .privateNetwork), ("192.168.0.1", .privateNetwork), ("100.64.0.0", .privateNetwork),
    ("100.127.255.255", .privateNetwork), ("fc00::1", .privateNetwork), ("fdff:ffff::1", .privateNetwork), ("fec0::1", .privateNetwork),
    ("169.254.0.0", .metadata), ("169.254.169.254", .metadata), ("169.254.255.255", .metadata), ("fe80::1", .metadata),
    ("febf:ffff::1", .metadata), ("fd00:ec2::254", .metadata), ("fd20:ce::254", .metadata), ("168.63.129.16", .metadata),
    ("100.100.100.200", .metadata),
    ("192.0.0.1", .special), ("192.0.2.1", .special), ("198.51.100.7", .special), ("203.0.113.255", .special), ("198.18.0.0", .special),
    ("198.19.255.255", .special), ("192.88.99.1", .special), ("224.0.0.1", .special), ("239.255.255.255", .special),
    ("240.0.0.1", .special), ("255.255.255.255", .special), ("2001:db8::1", .special), ("3fff::1", .special), ("3fff:fff::1", .special),
    ("2001:2::1", .special), ("2001:20::1", .special), ("ff02::1", .special), ("100::1", .special), ("5f00::1", .special),
    ("4000::1", .special), ("8000::1", .special), ("200::1", .special),
  ])
  func refusesWhatIsNotPublic(text: String, refusal: AddressGuard.Refusal) throws {
    let address = try #require(IPAddress(text))
    #expect(AddressGuard().refusal(of: address) == refusal)
  }

  @Test(arguments: [
    "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::8.8.8.8", "64:ff9b::10.0.0.1", "64:ff9b::8.8.8.8",
    "64:ff9b:1::10.0.0.1", "64:ff9b:1:ffff:ffff:ffff:a00:1", "2002:0a00:0001::1", "2002:7f00:1::", "2002:0808:0808::1",
    "2001:0:4136:e378:8000:63bf:f5ff:fffe", "2001::1", "::ffff:0:10.0.0.1",
  ])
  func refusesEveryDisguiseOfIPv4(text: String) throws {
    #expect(AddressGuard().refusal(of: try #require(IPAddress(text))) == .translated)
  }

  /// What an address carries inside is refused like the address itself, whatever the prefix around it (ISATAP, RFC 5214).
  @Test(arguments: [
    ("10.0.0.1", AddressGuard.Refusal.privateNetwork), ("172.16.3.4", .privateNetwork), ("192.168.1.1", .privateNetwork),
    ("100.64.0.1", .privateNetwork), ("127.0.0.1", .local), ("0.0.0.0", .local), ("169.254.169.254", .metadata), ("224.0.0.1", .special),
    ("192.0.2.1", .special),
  ])
  func refusesWhatAnyPrefixCarries(inside: String, refusal: AddressGuard.Refusal) throws {
    let opened = try AddressGuard(opening: "10.0.0.0/8, 127.0.0.0/8")
    for prefix in ["2600::", "2600:1:2:3:", "2a00:1450:4001:800:"] {
      for form in ["0:5efe:", "200:5efe:"] {
        let text = prefix.hasSuffix("::") ? prefix + form.drop { $0 == "0" || $0 == ":" } : prefix + form
        let address = try #require(IPAddress(text + inside))
        #expect(AddressGuard().refusal(of: address) == refusal, "\(text)\(inside)")
        // Opened are the operator's own addresses, not what a gateway elsewhere makes of them.
        #expect(!opened.allows(address), "\(text)\(inside)")
        #expect(AddressGuard().allows(try #require(IPAddress(text + "8.8.8.8"))), "\(text)")
      }
    }
    let bytes = try #require(IPAddress(inside)).bytes
    let hex = [0, 2].map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }.joined(separator: ":")
    let flipped = [0, 2].map { String(Int(~bytes[$0]) << 8 | Int(~bytes[$0 + 1]), radix: 16) }.joined(separator: ":")
    for text in [
      "::\(inside)", "::ffff:\(inside)", "::ffff:0:\(inside)", "64:ff9b::\(inside)", "64:ff9b:1::\(inside)", "2002:\(hex)::1",
      "2001:0:808:808:0:0:\(flipped)",
    ] {
      #expect(!opened.allows(try #require(IPAddress(text))), "\(text)")
    }
  }

  @Test(arguments: [
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
    "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
    "192.0.1.0", "192.0.3.0", "203.0.114.0", "223.255.255.255", "2606:4700:4700::1111", "2a00:1450::1", "2000::1", "2001:200::1",
    "2001:4860:4860::8888", "2003::1", "3ffe::1", "3fff:1000::1",
  ])
  func allowsThePublicInternetUpToItsEdges(text: String) throws {
    #expect(AddressGuard().allows(try #require(IPAddress(text))))
  }

  @Test func opensWhatTheOperatorNames() throws {
    let addresses = try AddressGuard(opening: " 10.0.0.0/8, 127.0.0.1,fd12::/16 ,,")
    for text in ["10.1.2.3", "127.0.0.1", "fd12:1::9"] { #expect(addresses.allows(try #require(IPAddress(text)))) }
    for text in ["192.168.0.1", "127.0.0.2", "fd13::9", "::ffff:10.1.2.3"] { #expect(!addresses.allows(try #require(IPAddress(text)))) }
  }

  @Test(arguments: [
    "169.254.169.254", "fe80::1", "fd00:ec2::254", "::ffff:169.254.169.254", "::169.254.169.254", "64:ff9b::169.254.169.254",
    "64:ff9b:1::169.254.169.254", "2002:a9fe:a9fe::1", "2001::5601:5601", "2600::5efe:a9fe:a9fe", "168.63.129.16",
  ])
  func neverOpensMetadata(text: String) throws {
    let all = try AddressGuard(opening: "0.0.0.0/0,::/0")
    #expect(all.refusal(of: try #require(IPAddress(text))) == .metadata)
    #expect(all.allows(try #require(IPAddress("10.0.0.1"))))
  }

  @Test(arguments: [
    "10.0.0.0/33", "10.0.0/8", "nonsense", "10.0.0.0/", "/8", "10.0.0.0/8/9", "::/129", "010.0.0.1", "10.0.0.0/-1", "10.0.0.0/+8",
  ])
  func namesTheRangeItCannotRead(text: String) {
    #expect(throws: NetError.badRange(text)) { try AddressGuard(opening: "192.168.0.0/16,\(text)") }
  }

  @Test func rangesIgnoreBitsAfterThePrefix() throws {
    #expect(AddressRange("10.9.8.7/8") == AddressRange("10.0.0.0/8"))
    let odd = try #require(AddressRange("172.16.0.0/12"))
    #expect(odd.contains(try #require(IPAddress("172.31.0.1"))))
    #expect(!odd.contains(try #require(IPAddress("172.32.0.1"))))
    #expect(try #require(AddressRange("0.0.0.0/0")).contains(try #require(IPAddress("255.1.2.3"))))
    #expect(!(try #require(AddressRange("0.0.0.0/0")).contains(try #require(IPAddress("::1")))))
  }

  @Test(arguments: ["", "1.2.3", "1.2.3.4.5", "0x7f.0.0.1", "127.1", "2130706433", "::1%lo", "[::1]", "1.2.3.4\0", " 1.2.3.4", "1.2.3.256"])
  func readsNoSloppyAddress(text: String) {
    #expect(IPAddress(text) == nil)
  }
}
