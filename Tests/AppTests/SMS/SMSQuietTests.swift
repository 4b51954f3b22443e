import Postgres
import Testing

@testable import App
@testable import Domain

/// What quiet holds of SMS.
@Suite struct SMSQuietTests {
  @Test func `Hard case 6: a pause holds SMS but for a critical one, and taken back lets all that waited go as one`() throws {
    let texting = try Texting()
    let (site, ana) = (texting.site, texting.ana)
    site.pass(minutes: 2)
    #expect(ana.post("/settings/quiet/pause", ["until": "5 hours"]).status == 303)
    for title in ["Rent", "Milk"] { _ = try ana.remind(nil, .low, title: title) }
    let pills = try ana.remind(nil, .critical, title: "Pills")
    site.pass(hours: 1)
    try site.work()
    // The first was the code.
    let texts = try texting.texts()
    #expect(texts.count == 2 && texts.last?.contains("Pills") == true)
    #expect(ana.get("/settings/quiet").text.contains("2 messages wait for the quiet to end."))
    #expect(ana.post("/reminders/\(pills.text)/completion").status == 303)
    site.pass(minutes: 2)
    #expect(ana.post("/settings/quiet/pause/deletion").status == 303)
    try site.work()
    #expect(try texting.texts().count == 3)
  }
}
