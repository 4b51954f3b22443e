import Testing

@testable import Domain

/// RULES 6.5.
@Suite struct ReviewedTextTests {
  @Test(arguments: [
    ("Hello\r\n\r\nAna\r\n", "Hello\n\nAna\n"), ("Hello\rAna", "Hello\nAna"), ("Hello", "Hello\n"), ("Hello  \nAna\t", "Hello\nAna"),
    ("Hello\n\n \n", "Hello"), ("", ""), ("\n", ""), ("Hello\nAna", "Hello\r\nAna"), ("a\n   \nb", "a\n\nb"),
  ])
  func `Hard case 17: line ends and blanks at an end change nothing`(typed: String, draft: String) {
    let reviewed = ReviewedText(typed: typed, draft: draft)
    #expect(!reviewed.isEdit)
    #expect(reviewed.text.utf8.elementsEqual(ReviewedText.lines(draft).utf8) && !reviewed.text.utf8.contains(0x0D))
  }

  @Test(arguments: [
    ("cafe\u{301}", "caf\u{E9}"), ("ok \u{1F44D}\u{1F3FD}", "ok \u{1F44D}\u{1F3FB}"), ("abc\u{200F}", "abc"), ("\u{202B}abc", "abc"),
    (" Hello", "Hello"), ("\nHello", "Hello"), ("Hello  Ana", "Hello Ana"), ("Hello\nAna", "Hello\n\nAna"), ("", "Hello"),
    ("hello", "Hello"),
    ("Hello\u{A0}", "Hello"), ("Hello\r\r\nAna", "Hello\nAna"),
  ])
  func `Hard case 17: any other byte is an edit`(typed: String, draft: String) {
    let reviewed = ReviewedText(typed: typed, draft: draft)
    #expect(reviewed.isEdit)
    #expect(reviewed.text.utf8.elementsEqual(ReviewedText.lines(typed).utf8))
  }
}
