import Testing

@testable import Domain

/// Names and subjects of mails in one line, and folded for comparing.
@Suite struct MailLineTests {
  @Test(arguments: [
    ("a\u{2028}b\u{2029}c", "a b c"), ("a \u{2028} b", "a b"), ("\u{2029}a\u{2028}", "a"), ("a\r\n\tb\u{85}c\u{7F}d", "a b c d"),
    ("a\u{202E}b\u{2066}c\u{200F}", "abc"), ("Água – é", "Água – é"),
  ])
  func `ends of lines are a blank, what turns letters around goes`(text: String, line: String) {
    #expect(mailLine(Array(text.utf8)).utf8.elementsEqual(line.utf8))
  }

  @Test(arguments: [("On\u{2028}Monday", "on monday"), ("RE\u{202F}–\u{2029}X", "re - x"), ("Ação\u{202E}\u{2066}", "acao")])
  func `folded, they are a blank too`(text: String, folded: String) {
    #expect(mailFolded(Array(text.utf8)[...]).elementsEqual(folded.utf8))
  }
}
