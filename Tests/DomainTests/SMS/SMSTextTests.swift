import Testing

@testable import Domain

@Suite struct SMSTextTests {
  @Test(arguments: [
    ("", SMSText.Alphabet.gsm7, 0, 0), ("Pay the rent", .gsm7, 12, 1), ("Ça va à Évora? ñ", .gsm7, 16, 1), ("10 €", .gsm7, 5, 1),
    ("[{}]~|^\\", .gsm7, 16, 1), ("não", .ucs2, 3, 1), ("ação", .ucs2, 4, 1), ("“quoted”", .ucs2, 8, 1), ("`", .ucs2, 1, 1),
    ("ok 👍", .ucs2, 5, 1), ("e\u{301}", .ucs2, 2, 1), ("a\nb\r", .gsm7, 4, 1),
  ])
  func `letters decide the alphabet, and what each takes`(text: String, alphabet: SMSText.Alphabet, units: Int, parts: Int) {
    let sms = SMSText(text)
    #expect(sms.alphabet == alphabet && sms.units == units && sms.parts == parts)
  }

  @Test(arguments: [
    ("a", 160, 1), ("a", 161, 2), ("a", 306, 2), ("a", 307, 3), ("a", 459, 3), ("a", 460, 4), ("ã", 70, 1), ("ã", 71, 2), ("ã", 134, 2),
    ("ã", 135, 3), ("👍", 35, 1), ("👍", 36, 2), ("€", 80, 1), ("€", 81, 2),
    // 153 is odd: of two-septet characters 76 fit, and one septet stays empty.
    ("€", 152, 2), ("€", 153, 3),
    // 67 is odd, too.
    ("👍", 66, 2), ("👍", 67, 3),
  ])
  func `parts are filled, and no character is torn`(letter: String, count: Int, parts: Int) {
    #expect(SMSText(String(repeating: letter, count: count)).parts == parts)
  }

  @Test(arguments: [
    ("short", " tail", 1, "short tail"),
    (String(repeating: "a", count: 200), "\nhttps://x.test", 1, String(repeating: "a", count: 142) + "...\nhttps://x.test"),
    (String(repeating: "ã", count: 100), "!", 1, String(repeating: "ã", count: 66) + "...!"),
    ("", String(repeating: "b", count: 200), 1, String(repeating: "b", count: 157) + "..."),
    ("lead", String(repeating: "b", count: 160), 1, String(repeating: "b", count: 160)),
  ])
  func `what is too long is cut at its beginning, and its end stands whole`(lead: String, tail: String, parts: Int, becomes: String) {
    #expect(SMSText.fitting(lead, tail, parts: parts).text == becomes)
  }

  @Test func `letters that are one are not torn`() {
    let family = "👩‍👩‍👧‍👦"
    let cut = SMSText.fitting(String(repeating: family, count: 20), parts: 1)
    #expect(cut.parts == 1 && cut.text == String(repeating: family, count: 6) + "...")
  }

  @Test func `however long and whatever it is, no more parts than asked for`() {
    for letter in ["a", "ã", "€", "👍", "👩‍👩‍👧‍👦"] {
      for parts in 1...4 {
        for count in [0, 1, 66, 153, 700, 20_000] {
          let text = SMSText.fitting(String(repeating: letter, count: count), "\nhttps://x.test/a/b", parts: parts)
          #expect(text.parts <= parts && text.text.hasSuffix("\nhttps://x.test/a/b"))
        }
      }
    }
  }
}
