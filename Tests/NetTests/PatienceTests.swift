import Testing

@testable import Net

/// How long an answer may take, and what an operator can and cannot open.
@Suite struct PatienceTests {
  @Test(arguments: [
    (false, 1, false, 30_000), (false, 9, false, 30_000), (false, 1, true, 10_000), (true, 1, false, 120_000), (true, 2, false, 600_000),
    (true, 1, true, 60_000), (true, 2, true, 60_000),
  ])
  func aMessageThatIsRepeatedGetsMoreTimeAndACrowdLess(isMessage: Bool, attempt: Int, isCrowded: Bool, milliseconds: Int) {
    #expect(SMTPPatience().limit(isMessage: isMessage, attempt: attempt, isCrowded: isCrowded) == milliseconds)
  }

  @Test func aCrowdNeverGetsMoreTimeThanAQuietHour() {
    var patience = SMTPPatience()
    (patience.command, patience.message) = (200, 300)
    #expect(patience.limit(isMessage: false, attempt: 1, isCrowded: true) == 200)
    #expect(patience.limit(isMessage: true, attempt: 5, isCrowded: true) == 300)
  }

  @Test func eachLimitIsWithinThoseOfTheStandardAndAMessageHasTimeBeforeItsLeaseIsRenewed() {
    let patience = SMTPPatience()
    // RFC 5321, 4.5.3.2: five minutes for a command, ten for the end of a message.
    #expect(patience.command <= 300_000 && patience.message <= 600_000 && patience.repeated <= 600_000)
    #expect(patience.slow < patience.crowdedCommand && patience.crowdedCommand < patience.command)
    #expect(patience.connection <= patience.command)
  }

  @Test(arguments: [
    ("169.254.0.0/16", true), ("169.254.169.254", true), ("169.254.169.0/24", true), ("169.254.0.0/15", false), ("168.63.129.16", true),
    ("168.63.129.0/24", false), ("fe80::/10", true), ("fe80::/64", true), ("fe80::/9", false), ("fd00:ec2::254", true),
    ("10.0.0.0/8", false),
    ("127.0.0.1", false), ("0.0.0.0/0", false), ("::/0", false),
  ])
  func whatIsAllLinkLocalOrMetadataIsOpenedInVain(text: String, isShut: Bool) throws {
    let range = try #require(AddressRange(text))
    #expect(AddressGuard.staysShut(range) == isShut)
    // And so it is: where opening has no effect, its first address is refused all the same.
    let first = try #require(IPAddress(bytes: range.base.bytes))
    if isShut { #expect(AddressGuard(opening: [range]).refusal(of: first) == .metadata) }
  }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("0.0.0.0", "0.0.0.0"), ("2001:db8::1", "2001:db8:0:0:0:0:0:1"), ("::", "0:0:0:0:0:0:0:0"),
    ("::ffff:1.2.3.4", "0:0:0:0:0:ffff:102:304"),
  ])
  func anAddressIsWrittenSoThatItIsReadAgain(text: String, written: String) throws {
    let address = try #require(IPAddress(text))
    #expect(address.description == written)
    #expect(IPAddress(address.description) == address)
  }

  @Test(arguments: [0, 1, 3, 5, 15, 17]) func nothingElseIsAsLongAsAnAddress(count: Int) {
    #expect(IPAddress(bytes: [UInt8](repeating: 1, count: count)) == nil)
  }

  @Test(arguments: [(-5, 1), (0, 1), (1, 1), (16, 16), (100, 100), (101, 100), (.max, 100)])
  func aServerGetsOneToAHundredConnections(asked: Int, given: Int) throws {
    #expect(try SMTPServer(url: "smtp://mail.x.test", connections: asked).connections == given)
  }

  @Test(arguments: [
    ("a\r\nBcc: x@y.test", "a Bcc: x@y.test"), ("\r\n a", " a"), ("a\u{2028}b\u{2029}c", "a b c"), ("a\0\0\0b", "a b"), ("\n\n", ""),
    ("", ""),
    ("a\u{85}b", "a b"), ("é ü", "é ü"), ("a  b", "a  b"), ("\u{200B}", "\u{200B}"),
  ])
  func aHeaderIsOneLineWhateverItsValueHolds(value: String, line: String) {
    #expect(Mail.oneLine(value).unicodeScalars.elementsEqual(line.unicodeScalars))
  }
}
