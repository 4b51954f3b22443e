import Testing

@testable import App
@testable import Domain

/// What becomes of letters about an account.
@Suite struct LetterFateTests {
  @Test func `a letter goes thirty days after it was over, and its message with it`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    try AccountMail.ask(.verification, for: ana.user, to: "ana@x.test", at: site.now, site.owner)
    try site.work()
    #expect(try site.mails().count == 1)
    // It is good for seven days.
    for (days, kept) in [(36, 1), (2, 0)] {
      site.pass(hours: 24 * days)
      try site.work()
      #expect(try site.count("SELECT count(*) FROM account_mails") == kept, "\(days)")
      #expect(try site.count("SELECT count(*) FROM outbox WHERE subject = 'account'") == kept, "\(days)")
    }
  }
}
