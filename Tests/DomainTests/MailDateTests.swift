import Testing

@testable import Domain

@Suite struct MailDateTests {
  @Test(arguments: [
    ("Mon, 04 Jan 2027 10:05:00 -0300", "2027-01-04T13:05:00Z"), ("4 Jan 2027 10:05 +0530 (IST)", "2027-01-04T04:35:00Z"),
    ("Mon, 4 Jan 27 10:05:59 GMT", "2027-01-04T10:05:59Z"), ("Thu, 1 Jan 99 00:00:00 EST", "1999-01-01T05:00:00Z"),
    ("Sun,  4 January 2093 10:05:00 Z", "2093-01-04T10:05:00Z"), ("4 Jan 2027 10:05:00", "2027-01-04T10:05:00Z"),
  ])
  func `A date is read in all forms that mails have`(text: String, iso: String) {
    #expect(MailDate.instant(text)?.iso == iso)
  }

  @Test(arguments: [
    "", "yesterday", "Mon,", "30 Feb 2027 10:00 +0000", "4 Jan 2027", "4 Jan 2027 25:00 +0000", "4 Jan 2027 10 +0000",
    "4 Foo 2027 10:00 +0000",
    "99999999999999999999 Jan 2027 10:00", "4 Jan 99999 10:00",
  ])
  func `What is none is none`(text: String) {
    #expect(MailDate.instant(text) == nil)
  }
}
