import Domain
import Testing

@Suite struct PhoneNumberTests {
  @Test(arguments: [
    ("+351912345678", "+351912345678"), ("00351 912 345 678", "+351912345678"), ("+55 (11) 98765-4321", "+5511987654321"),
    ("+1.202.555.0143", "+12025550143"),
    ("\u{202A}+44\u{A0}20\u{2011}7946\u{202F}0958\u{202C}", "+442079460958"),
    (" +49/30/1234567 ", "+49301234567"), ("+49 (0) 30 / 123 45 67", "+49301234567"), ("0044 (0)20 7946 0958", "+442079460958"),
    ("+1 (202) 555-0143", "+12025550143"),
    ("+12345678", "+12345678"), ("+123456789012345", "+123456789012345"),
  ])
  func `what people type and address books paste becomes one number`(typed: String, number: String) {
    #expect(PhoneNumber(typed)?.text == number)
    #expect(PhoneNumber(number)?.text == number)
  }

  @Test(arguments: [
    "", "+", "00", "912345678", "0912345678", "+0912345678", "000351912345678", "+1234567", "+1234567890123456", "+351 912 345 678 x9",
    "++351912345678",
    "+351+912345678", "+٣٥١٩١٢٣٤٥٦٧٨", "＋351912345678", "+351912345678\n", "tel:+351912345678", String(repeating: "9", count: 10_000),
    "+" + String(repeating: " ", count: 10_000), "1e30", "-351912345678",
  ])
  func `what is no number that could be called from anywhere is none`(typed: String) { #expect(PhoneNumber(typed) == nil) }
}
