import Postgres
import Testing

@testable import App
@testable import Domain

/// Places by request, with issue 13's hard case 9. Monday 1 March 2027, noon in New York.
@Suite struct PlaceTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-03-01T17:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/New_York")
  }

  @Test func `Hard case 9: a point has both halves in their range, to eight decimals, with a comma in Portuguese`() throws {
    let over = ana.post("/places", ["name": "", "latitude": "91", "longitude": "0"])
    #expect(over.status == 422 && over.complaints == ["name", "latitude"] && over.text.contains("value=\"91\""))
    #expect(ana.post("/places", ["name": "A", "longitude": "-46.6333"]).complaints == ["latitude"])
    #expect(ana.post("/places", ["name": "A", "latitude": "1", "longitude": "180.00000001"]).complaints == ["longitude"])
    #expect(ana.post("/places", ["name": "A", "latitude": "north", "longitude": "1,5"]).complaints == ["latitude", "longitude"])
    #expect(try site.count("SELECT count(*) FROM places") == 0)

    func point(_ latitude: String, _ longitude: String) throws -> [String?] {
      let page = ana.get("/places/" + (try ana.placed(["name": "P", "latitude": latitude, "longitude": longitude])))
      return [page.fact("latitude"), page.fact("longitude")]
    }
    #expect(try point("-0.0", "-0") == ["0", "0"])
    #expect(try point("1.123456785", "-2.123456789") == ["1.12345679", "-2.12345679"])
    #expect(try point("90", "-180") == ["90", "-180"])
    let bia = try site.person("bia@x.test", zone: "America/Sao_Paulo", language: .portuguese)
    let page = bia.get("/places/" + (try bia.placed(["name": "P", "latitude": "-23,5505", "longitude": "-46,6333"])))
    #expect(page.fact("latitude") == "-23.5505" && page.text.contains("href=\"geo:-23.5505,-46.6333\""))
    #expect(page.text.contains("https://www.openstreetmap.org/?mlat=-23.5505&amp;mlon=-46.6333#map=17/-23.5505/-46.6333"))
    #expect(!page.text.contains("<img") && !page.text.contains("<iframe"))
  }

  @Test func `a place is kept, found, edited, taken along, thrown away and brought back, and tells who and what is there`() throws {
    #expect(ana.get("/places").text.contains("No places yet"))
    let clinic = try ana.placed([
      "name": "Clinic", "type": "office", "address": "Rua Augusta 100", "city": "São Paulo", "country": "Brazil",
      "timezone": "america/sao_paulo", "notes": "Ring *twice*", "tags": "health",
    ])
    try ana.placed(["name": "=Bistro", "type": "restaurant"])
    let refused = ana.post("/places", ["name": "A", "type": "moon", "timezone": "Mars/Phobos", "city": String(repeating: "c", count: 101)])
    #expect(refused.status == 422 && refused.complaints == ["type", "city", "timezone"])

    let list = ana.get("/places")
    #expect(list.text.contains("Office · Rua Augusta 100, São Paulo, Brazil · #health"))
    #expect(ana.get("/places?type=office").text.contains("Clinic") && !ana.get("/places?type=office").text.contains("Bistro"))
    #expect(ana.get("/places?q=sao%20paulo").text.contains("Clinic") && ana.get("/places?q=walrus").text.contains("Nothing matches"))
    #expect(ana.get("/places?type=moon").status == 422)
    #expect(ana.get("/search?q=augusta").text.contains("/places/\(clinic)"))

    let person = try ana.known(["name": "Dr. Lima"])
    try ana.relate("person:" + person, "works_at", "place:" + clinic)
    let made = ana.post(
      "/events",
      ["title": "Check-up", "starts": "2027-03-08 09:00", "ends": "2027-03-08 10:00", "timezone": "America/New_York", "place": clinic])
    #expect(made.status == 303, "\(made.complaints)")
    let page = ana.get("/places/\(clinic)")
    #expect(page.fact("timezone") == "America/Sao_Paulo" && page.fact("type") == "office" && page.text.contains("<em>twice</em>"))
    #expect(page.text.contains(">Check-up</a>") && page.text.contains("09:00–10:00") && page.text.contains(">Dr. Lima</a>"))

    // The same row twice: by version.
    let fields: KeyValuePairs = ["name": "Clinic", "type": "venue", "version": "1"]
    #expect(ana.post("/places/\(clinic)", fields).status == 303 && ana.post("/places/\(clinic)", fields).status == 409)
    #expect(ana.post("/places/\(clinic)", ["name": "Clinic"]).status == 422)
    let table = ana.get("/places/export.csv?type=restaurant")
    #expect(table.header("Content-Disposition") == "attachment; filename=\"heed-places.csv\"")
    #expect(table.text.contains("'=Bistro") && !table.text.contains("Clinic") && table.text.hasPrefix("id,name,type,address"))

    #expect(ana.post("/places/\(clinic)/deletion").location == "/places")
    #expect(ana.get("/places").text.contains("action=\"/trash/place/\(clinic)/restoration\""))
    #expect(ana.get("/places/\(clinic)").status == 404 && ana.get("/trash?kind=place").text.contains("Clinic"))
    #expect(ana.post("/trash/place/\(clinic)/restoration").status == 303)
    #expect(ana.get("/places/\(clinic)").text.contains(">Dr. Lima</a>"))
    #expect(ana.post("/trash/place/\(clinic)/restoration").status == 303)
    #expect(ana.get("/places/\(clinic)").text.contains("It was so already."))
    let actions = try site.text(
      "SELECT string_agg(action, ' ' ORDER BY number) FROM audit_log WHERE subject = 'place' AND subject_id = \(clinic)::uuid")
    #expect(actions == "place.made place.changed place.deleted place.restored")
    #expect(ana.get("/settings/audit").text.contains("Brought back the place “Clinic”."))
  }
}
