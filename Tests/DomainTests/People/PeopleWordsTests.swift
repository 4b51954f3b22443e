import Testing

@testable import Domain

/// People in one line, their addresses, birthdays and paces.
@Suite struct PeopleWordsTests {
  private let brazil = CallingCode(zone: "America/Sao_Paulo")

  @Test func `of a line addresses and numbers are read, and the rest is the name`() {
    let rows: [(String, String, String, String)] = [
      ("Ana Souza ana@x.example +55 11 98765-4321", "Ana Souza", "ana@x.example", "+5511987654321"),
      ("Ana Souza, <Ana@X.example>, (11) 98765-4321", "Ana Souza", "Ana@X.example", "+5511987654321"),
      ("ana@x.example", "", "ana@x.example", ""), ("mailto:ana@x.example Ana", "Ana", "ana@x.example", ""),
      ("Ana ana@x.example ANA@x.example b@x.example", "Ana", "ana@x.example b@x.example", ""),
      ("Ana 2", "Ana 2", "", ""), ("Agent 007", "Agent 007", "", ""), ("Ana 1985-04-12", "Ana 1985-04-12", "", ""),
      ("Ana 12/04/1985", "Ana 12/04/1985", "", ""), ("Ana - +1 212 555 0100 +44 20 7946 0958", "Ana", "", "+12125550100 +442079460958"),
      ("11 98765-4321 Ana", "Ana", "", "+5511987654321"), ("Ana 11 98765-4321 21 99876-5432", "Ana", "", "+5511987654321 +5521998765432"),
      ("Ana a@b@c @ana", "Ana a@b@c @ana", "", ""), ("José da Silva 5511987654321", "José da Silva", "", "+5511987654321"),
      ("Ana (11) 98765\u{2013}4321", "Ana", "", "+5511987654321"), ("", "", "", ""), ("  \t ", "", "", ""),
      ("Ana tel:+55-11-98765-4321", "Ana", "", "+5511987654321"),
    ]
    for (text, name, emails, phones) in rows {
      let line = PersonLine(text, in: brazil)
      #expect(line.name == name, "\(text)")
      #expect(line.emails.map(\.value).joined(separator: " ") == emails, "\(text)")
      #expect(line.phones.map(\.value).joined(separator: " ") == phones, "\(text)")
    }
    // Without a country a number stays as it was typed.
    #expect(PersonLine("Ana 98765-4321", in: nil).phones.map(\.value) == ["98765-4321"])
  }

  @Test func `Hard case 1: addresses are the same by their lower case alone, numbers by country and digits`() throws {
    let key = AddressKey.email(" Ana@X.example ")
    #expect(key == "ana@x.example" && AddressKey.email("a.na@x.example") != key && AddressKey.email("ana+x@x.example") != key)
    // Only ASCII letters have a lower case there.
    #expect(AddressKey.email("É@x.example") == "É@x.example")
    #expect(PersonAddress(email: "ana") == nil && PersonAddress(email: "ana@x..example") == nil)
    let rows: [(String, String?, String?)] = [
      ("+55 (11) 98765-4321", nil, "+5511987654321"), ("0055 11 98765 4321", nil, "+5511987654321"),
      ("11 98765-4321", "America/Sao_Paulo", "+5511987654321"), ("011 98765-4321", "America/Recife", "+5511987654321"),
      ("98765-4321", "America/Sao_Paulo", "987654321"), ("55 99876-5432", "Brazil/East", "+5555998765432"),
      ("(212) 555-0100", "America/New_York", "+12125550100"), ("1-212-555-0100", "US/Eastern", "+12125550100"),
      ("912 345 678", "Europe/Lisbon", "+351912345678"), ("030 1234567", "Europe/Berlin", "+49301234567"),
      ("301234567", "Europe/Berlin", "301234567"), ("49301234567", "Europe/Berlin", "+49301234567"),
      ("06 1234 5678", "Europe/Rome", "+390612345678"), ("020 7946 0958", "Europe/London", "+442079460958"),
      ("8 800 555-35-35", "Europe/Moscow", "+78005553535"), ("11 98765-4321", "UTC", "11987654321"),
      ("212 555 0100 ext. 12", "America/New_York", "212555010012"), ("190", "America/Sao_Paulo", "190"), ("12", nil, nil), ("", nil, nil),
      ("tel:+1-201-555-0123", nil, "+12015550123"), (String(repeating: "9", count: 33), nil, nil), ("ana", nil, nil),
    ]
    for (typed, zone, key) in rows {
      #expect(AddressKey.phone(typed, in: zone.flatMap { CallingCode(zone: $0) }) == key, "\(typed) \(zone ?? "")")
    }
    let own = try #require(PhoneNumber("+351912345678"))
    #expect(CallingCode(of: own)?.code == "351" && CallingCode(zone: "Mars/Phobos") == nil)
    let typed = try #require(PersonAddress(phone: " 98765-4321 ", in: brazil))
    #expect(typed.value == "98765-4321" && typed.key == "987654321")
  }

  @Test func `Hard case 7: a birthday is whole, without its year or the year alone, and never ahead`() throws {
    let today = try day("2027-03-01")
    for text in ["1985-04-12", "--04-12", "--02-29", "1985", "1850-01-01", "2027-03-01", "2027", "0985"] {
      #expect(try Birthday(" \(text) ", today: today).text == text)
      #expect(Birthday(stored: text)?.text == text)
    }
    let refused: [(String, Birthday.Problem)] = [
      ("2027-03-02", .future), ("2028", .future), ("2027-02-29", .noSuchDay), ("--02-30", .noSuchDay), ("0000", .noSuchDay), ("", .form),
      ("12/04/1985", .form), ("1985-04", .form), ("-04-12", .form), ("19850412", .form), ("--0412", .form), ("1985-04-12x", .form),
    ]
    for (text, problem) in refused { #expect(throws: problem, "\(text)") { try Birthday(text, today: today) } }
    let cards = [
      "--0229": "--02-29", "19850412": "1985-04-12", "1985-04-12T00:00:00Z": "1985-04-12", "19850412T103000": "1985-04-12",
      "--04-12": "--04-12",
      "1604-04-12": "--04-12", "1985": "1985", "1850-06-05": "1850-06-05",
    ]
    for (text, stored) in cards { #expect(Birthday(card: text)?.text == stored, "\(text)") }
    for text in ["---12", "1985-04", "circa 1800", "", "20270230"] { #expect(Birthday(card: text) == nil, "\(text)") }
    #expect(Birthday(card: "1904-04-12", yearLeftOut: "1904")?.text == "--04-12")
  }

  @Test func `Hard case 7: a leap day is kept on 28 February in other years, which is said, and an age needs the year and the day`() throws
  {
    let leap = try #require(Birthday(stored: "1984-02-29"))
    let (moved, whole) = (try #require(leap.on(2027)), try #require(leap.on(2028)))
    #expect(moved.day.iso == "2027-02-28" && moved.isMoved && moved.age == 43)
    #expect(whole.day.iso == "2028-02-29" && !whole.isMoved && whole.age == 44)
    let (moveday, eve, march) = (try day("2027-02-28"), try day("2028-02-28"), try day("2027-03-01"))
    #expect(leap.age(on: moveday) == 43 && leap.age(on: eve) == nil && leap.on(1983) == nil)
    let yearless = try #require(Birthday(stored: "--02-29"))
    #expect(yearless.on(2027)?.day.iso == "2027-02-28" && yearless.on(2027)?.age == nil)
    let year = try #require(Birthday(stored: "1985"))
    #expect(year.on(2027) == nil && year.age(on: march) == nil && year.next(notBefore: march) == nil)
    #expect(leap.next(notBefore: try day("2027-02-28"))?.day.iso == "2027-02-28")
    #expect(leap.next(notBefore: try day("2027-03-01"))?.day.iso == "2028-02-29")
    #expect(leap.next(notBefore: try day("1900-01-01"))?.day.iso == "1984-02-29")
    #expect(Birthday(stored: "--01-01")?.next(notBefore: Day.last) == nil)
  }

  @Test func `staying in touch is an interval in words of both languages`() throws {
    let reader = try plannerReader()
    let rows = [
      "every 3 weeks": "P3W", "a cada 3 semanas": "P3W", "3 weeks": "P3W", "every week": "P1W", "toda semana": "P1W", "weekly": "P1W",
      "every other month": "P2M", "quarterly": "P3M", "todo mês": "P1M", "a cada 15 dias": "P15D", "every 10 days": "P10D",
      "Every 2 Years": "P2Y", "14 days": "P2W", "todo dia": "P1D",
    ]
    for (words, stored) in rows { #expect(try StayInTouch(words, reader: reader).stored == stored, "\(words)") }
    let refused: [(String, StayInTouch.Problem)] = [
      ("", .empty), ("every 0 weeks", .notPositive), ("every 3 hours", .tooShort), ("every 11 years", .tooFar),
      ("every monday", .onlyEverySoMany), ("every 3 weeks until june 30", .onlyEverySoMany),
      (String(repeating: "a ", count: 200), .tooLong),
    ]
    for (words, problem) in refused { #expect(throws: problem, "\(words)") { try StayInTouch(words, reader: reader) } }
    #expect(throws: StayInTouch.Problem.self) { try StayInTouch("every blue moon", reader: reader) }
    for unit in StayInTouch.Unit.allCases {
      for count in [1, 3, 10] {
        let pace = try #require(StayInTouch(count, unit))
        #expect(StayInTouch(stored: pace.stored) == pace)
        for language in Language.allCases {
          #expect(try StayInTouch(pace.words(language), reader: reader) == pace, "\(pace.words(language))")
        }
      }
    }
    for text in ["P0W", "P999W", "3W", "P3", "P3Wx", "P-3W"] { #expect(StayInTouch(stored: text) == nil, "\(text)") }
  }

  @Test func `Hard case 8: it is time so long after the last contact, which one of last week moves, or after it was set`() throws {
    let pace = try #require(StayInTouch(3, .weeks))
    let set = try day("2027-03-01")
    #expect(pace.due(lastContact: nil, set: set).iso == "2027-03-22")
    #expect(pace.due(lastContact: try day("2027-02-22"), set: set).iso == "2027-03-15")
    let monthly = try #require(StayInTouch(1, .months))
    #expect(monthly.due(lastContact: try day("2027-01-31"), set: set).iso == "2027-02-28")
    #expect(try #require(StayInTouch(1, .years)).due(lastContact: try day("2028-02-29"), set: set).iso == "2029-02-28")
  }

  @Test func `Hard case 9: a point has both of its numbers within their ranges, to eight decimals`() throws {
    let rows: [(String, String, Language, String)] = [
      ("-23.5505", "-46.6333", .english, "geo:-23.5505,-46.6333"), ("-0.0", "0", .english, "geo:0,0"),
      ("1.123456785", "-1.123456784", .english, "geo:1.12345679,-1.12345678"), ("1,5", "2", .portuguese, "geo:1.5,2"),
      ("1.5", "+2", .portuguese, "geo:1.5,2"), ("90", "-180", .english, "geo:90,-180"),
      ("\u{2212}33.8", "151.2", .english, "geo:-33.8,151.2"),
      ("-0.000000001", "0.000000005", .english, "geo:0,0.00000001"),
    ]
    for (latitude, longitude, language, geo) in rows {
      let found = try #require(try Coordinates.read(latitude: latitude, longitude: longitude, language))
      #expect(found.geo == geo, "\(latitude)")
      #expect(Coordinates(latitude: found.latitudeText, longitude: found.longitudeText) == found)
    }
    let refused: [(String, String, Coordinates.Problem?, Coordinates.Problem?)] = [
      ("91", "0", .outOfRange, nil), ("", "5", .missing, nil), ("5", " ", nil, .missing),
      ("90.00000001", "180.00000001", .outOfRange, .outOfRange),
      ("1,5", "x", .unreadable, .unreadable), ("1.", "1e3", .unreadable, .unreadable), ("9999999", "--1", .unreadable, .unreadable),
      ("1.5.5", "1°", .unreadable, .unreadable),
    ]
    for (latitude, longitude, north, east) in refused {
      let error = #expect(throws: Coordinates.Problems.self, "\(latitude)") {
        try Coordinates.read(latitude: latitude, longitude: longitude, .english)
      }
      #expect(error?.latitude == north && error?.longitude == east, "\(latitude)")
    }
    #expect(try Coordinates.read(latitude: " ", longitude: "", .english) == nil)
    #expect(
      Coordinates(latitude: 150_000_000, longitude: 0)?.openStreetMap == "https://www.openstreetmap.org/?mlat=1.5&mlon=0#map=17/1.5/0")
    #expect(Coordinates(latitude: 9_000_000_001, longitude: 0) == nil && Coordinates(latitude: .min, longitude: .min) == nil)
  }
}
