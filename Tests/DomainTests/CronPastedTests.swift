import Testing

@testable import Domain

/// Patterns as they are copied from crontabs, from Quartz and from other programs.
@Suite struct CronPastedTests {
  @Test(arguments: [
    ("@hourly", "0 * * * *"), ("@daily", "0 0 * * *"), ("@midnight", "0 0 * * *"), ("@weekly", "0 0 * * 0"), ("@monthly", "0 0 1 * *"),
    ("@yearly", "0 0 1 1 *"), ("@annually", "0 0 1 1 *"), ("@Daily", "0 0 * * *"), (" @weekly ", "0 0 * * SUN"),
    ("0\t9\t*\t*\t1-5", "0 9 * * 1-5"), ("0 9 ? * MON", "0 9 * * MON"), ("0 9 15 * ?", "0 9 15 * *"), ("0 9 ? * ?", "0 9 * * *"),
    ("0 9 * * MONDAY", "0 9 * * 1"), ("0 9 * * monday-Friday", "0 9 * * 1-5"), ("0 9 * * Saturday,SUNDAY", "0 9 * * 6,0"),
    ("0 9 * * FRIDAY#2", "0 9 * * FRI#2"), ("0 9 * * fridayL", "0 9 * * FRIL"), ("0 9 1 JANUARY *", "0 9 1 1 *"),
    ("0 9 1 march-May,September *", "0 9 1 3-5,9 *"), ("0 9 1 may *", "0 9 1 5 *"), ("0 9 * * Tuesday,WEDNESDAY,Thursday", "0 9 * * 2-4"),
  ])
  func `it means what it meant there, in its times and in words`(pasted: String, plain: String) throws {
    let (here, there) = (try Cron(pasted), try Cron(plain))
    #expect(here.text == pasted)
    let zone = phraseZone("America/New_York")
    var moment = Instant(seconds: 1_795_231_800)
    for _ in 0..<40 {
      let next = here.next(after: moment, in: zone)
      #expect(next != nil && next == there.next(after: moment, in: zone))
      moment = next ?? moment
    }
    for language in [Language.english, .portuguese] {
      #expect(try Schedule(.recurring(here), zone: zone).words(language) == Schedule(.recurring(there), zone: zone).words(language))
    }
  }

  @Test func `the names of cron read as sentences`() throws {
    func words(_ text: String, _ language: Language) throws -> String { try Schedule(.recurring(Cron(text)), zone: .utc).words(language) }
    #expect(try words("@daily", .english).hasPrefix("Every day at 00:00"))
    #expect(try words("@weekly", .portuguese).hasPrefix("Todo domingo às 00:00"))
  }
}
