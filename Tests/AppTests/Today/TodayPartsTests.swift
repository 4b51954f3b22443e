import HTML
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// What features put on Today, without any that the page knows.
@Suite struct TodayPartsTests {
  private struct Bell: Template {
    let name: StaticString

    func render(into html: inout HTMLWriter) { html.literal(name) }
  }

  private let site: Site
  private let web: Context
  private let view: DayView

  init() throws {
    site = try Site()
    let ana = try site.person("ana@x.test")
    let cookies = ana.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    web = Context(site.services, Request(method: .get, target: [47], headers: ["cookie": Array(cookies.utf8)]), now: site.now, site.web)
    let person = try web.person
    view = DayView(person: person, words: web.words, clock: web.clock, secret: CSRFField("", on: web), zones: web.services.zones)
  }

  private func page(_ parts: [TodayPart]) throws -> TodayPage { try TodayPage(parts, view, web) }
  private func text(_ page: TodayPage) -> String { String(decoding: page.rendered(web.words), as: UTF8.self) }

  private func section(_ rank: TodaySection.Rank, _ name: StaticString?, _ number: Int? = nil) -> TodaySection {
    let figure = number.map { TodayFigure(target: "bells", tone: "due", icon: "clock", label: "bells", value: $0, isZero: $0 == 0) }
    return TodaySection(rank: rank, figure: figure, view: name.map { Bell(name: $0) })
  }

  @Test func `sections stand by how much they press, and then in the order of the features`() throws {
    let found = try page([
      TodayPart(form: Bell(name: "<i>form</i>"), sections: [section(.today, "<i>d</i>", 3), section(.inHand, "<i>e</i>")]),
      TodayPart(sections: [section(.ringing, "<i>a</i>", 1), section(.today, nil, 0), section(.late, "<i>c</i>")]),
      TodayPart(sections: [section(.ringing, "<i>b</i>", 2)]),
    ])
    #expect(found.figures.map(\.value) == [1, 2, 3, 0] && !found.isEmpty)
    #expect(text(found).contains("<i>a</i><i>b</i><i>c</i><i>d</i><i>e</i></div>"))
    #expect(text(found).contains("</div></div><i>form</i><div id=\"today\""))
  }

  @Test func `a day on which nothing is to be done tells what comes first`() throws {
    func part(_ line: String, _ minutes: Int) -> TodayPart {
      TodayPart(next: TodayPart.Next(at: site.now.advanced(minutes: minutes), line: line, path: Paths.reminders))
    }
    let found = try page([part("later", 9), TodayPart(sections: [section(.late, nil, 0)]), part("soon", 2)])
    #expect(found.isEmpty && found.next?.line == "soon")
    #expect(text(found).contains("<p><a href=\"/reminders\">soon</a></p>"))
  }

  @Test func `what does not fit stands where the first of them says`() throws {
    let found = try page([TodayPart(), TodayPart(more: Paths.reminders), TodayPart(more: Paths.escalations)])
    #expect(found.more?.text == "/reminders")
    #expect(try page([TodayPart()]).more == nil)
  }
}

/// The numbers of a person.
@Suite struct NumbersTests {
  @Test func `each number of all features has a name of its own`() {
    let names = features.compactMap(\.numbers).flatMap(\.names)
    #expect(names.count > 4 && Set(names).count == names.count)
  }

  @Test func `what features count comes along with the person, and nothing counted is nothing`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let names: [Count] = [.active, .snoozed, .completed, .archived, .ringing]
    func counts() throws -> [Int] {
      let found: Counts = try site.web.transaction {
        _ = try site.web.rows(Query<Void>.setting(user: ana.user, account: ana.account, role: .owner))
        return try site.web.row(Person.mine(site.services.zones)).unwrapped.counts
      }
      #expect(found[Count("nobody's")] == 0)
      return names.map { found[$0] }
    }
    #expect(try counts() == [0, 0, 0, 0, 0])
    for (deed, number) in [(nil, 1), ("snoozes", 2), ("completion", 3), ("archival", 4)] as [(String?, Int)] {
      for _ in 0..<number {
        let id = try ana.remind(["title": "A"])
        if let deed { #expect(ana.post("/reminders/\(id)/\(deed)", deed == "snoozes" ? ["until": "2 days"] : [:]).status == 303) }
      }
    }
    let ringing = try ana.remind(["title": "B"])
    #expect(ana.post("/reminders/\(ringing)/run").status == 303)
    #expect(try counts() == [2, 2, 3, 4, 1])
  }
}
