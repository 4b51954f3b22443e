import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Who may be the same, and people taken along. Monday 1 March 2027, noon in New York.
@Suite struct PeopleFilesTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-03-01T17:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/New_York")
  }

  @Test func `people with one number or one name are suggested, the surest first, and nobody else's`() throws {
    #expect(ana.get("/people/duplicates").text.contains("Nobody is here twice"))
    var people: [String] = []
    for fields: KeyValuePairs<String, String> in [
      ["name": "Bea Lima", "phone": "(212) 555-0100"], ["name": "José Dias", "company": "Acme"],
      ["name": "B. Lima", "phone": "+1 212 555 0100"], ["name": "josé  dias"], ["name": "JOSÉ DIAS", "company": "Acme"],
      ["name": "Jose Dias"],
    ] {
      people.append(try ana.known(fields))
      site.pass(seconds: 1)
    }
    try site.person("eve@x.test").known(["name": "José Dias", "phone": "+1 212 555 0100"])
    let page = ana.get("/people/duplicates")
    let merges = page.links.filter { $0.contains("/merge?with=") }
    // Of the three of one name those of one company stand together, before the one of none.
    #expect(merges.first == "/people/\(people[0])/merge?with=\(people[2])" && merges.count == 3, "\(merges)")
    #expect(merges[1] == "/people/\(people[1])/merge?with=\(people[4])")
    #expect(page.text.contains("one name · one company") && !page.text.contains(people[5]))
    #expect(page.text.components(separatedBy: "data-fact=\"duplicate\" value=\"name\"").count == 3)
    let picker = ana.get("/people/\(people[2])/merge")
    #expect(picker.links.contains("/people/\(people[2])/merge?with=\(people[0])") && !picker.text.contains("José"))
    #expect(ana.get("/people/\(people[2])/merge?q=acme").links.contains("/people/\(people[2])/merge?with=\(people[1])"))
    #expect(ana.post("/people/\(people[0])/merge", ["other": people[2]]).status == 303)
    #expect(!ana.get("/people/duplicates").text.contains("one number"))
    #expect(site.logged.isEmpty, "\(site.logged)")
  }

  @Test func `people are taken along as cards and as a table, those of the list alone, and come back as they were`() throws {
    try ana.known([
      "name": "=SUM(A1)", "email": "a@x.example", "more_emails": "b@x.example", "phone": "+1 212 555 0100", "type": "friend",
      "tags": "choir", "company": "Acme; Sons, Ltd", "notes": "One\nTwo", "birthday": "--02-29", "stay_in_touch": "every 3 weeks",
      "private": "on",
    ])
    try ana.known(["name": "Zoë", "type": "family"])
    let gone = try ana.known(["name": "Gone", "type": "friend"])
    #expect(ana.post("/people/\(gone)/deletion").status == 303)
    try site.person("eve@x.test").known(["name": "Theirs"])

    let cards = ana.get("/people/export.vcf")
    #expect(cards.header("Content-Type") == "text/vcard; charset=utf-8" && cards.header("Cache-Control") == "no-store")
    #expect(cards.header("Content-Disposition") == "attachment; filename=\"heed-people.vcf\"")
    #expect(cards.text.contains("VERSION:3.0\r\n") && ana.get("/people/export.vcf?version=4").text.contains("VERSION:4.0\r\n"))
    #expect(ana.get("/people/export.vcf?version=2").status == 422)
    let friends = ana.get("/people/export.csv?type=friend")
    #expect(friends.text.contains("'=SUM(A1)") && !friends.text.contains("Zoë") && !friends.text.contains("Gone"))
    #expect(ana.get("/people/export.csv?q=zo").text.contains("Zoë") && !ana.get("/people/export.csv?q=zo").text.contains("SUM"))

    let reader = PhraseReader(zone: .utc, language: .english, defaultHour: .noon, now: site.now)
    for file in ["export.vcf", "export.vcf?version=4", "export.csv"] {
      let read = try PersonFile(Array(ana.get("/people/\(file)").text.utf8), reader: reader, country: nil)
      #expect(read.entries.map(\.person.name) == ["=SUM(A1)", "Zoë"] && read.notes.isEmpty, "\(file) \(read.notes)")
      let one = try read.entries.first.unwrapped.person
      #expect(one.emails.map(\.key) == ["a@x.example", "b@x.example"] && one.phones.map(\.key) == ["+12125550100"], "\(file)")
      #expect(one.type == .friend && one.company == "Acme; Sons, Ltd" && one.notes == "One\nTwo" && one.tags == ["choir"], "\(file)")
      #expect(one.birthday == .yearless(month: 2, day: 29) && one.stayInTouch == StayInTouch(3, .weeks) && one.isPrivate, "\(file)")
    }
  }
}
