import Testing

@testable import Domain

/// People and places out of here and back.
@Suite struct PersonWriterTests {
  private func full() throws -> PersonFields {
    var person = PersonFields("Ana; \"Souza\", \\n")
    person.emails = try ["ana@x.example", "b@x.example"].map { try #require(PersonAddress(email: $0)) }
    person.phones = try ["+5511987654321", "98765-4321", "190"].map {
      try #require(PersonAddress(phone: $0, in: CallingCode(zone: "America/Sao_Paulo")))
    }
    (person.type, person.importance, person.company, person.title) = (.friend, 7, "Acme, Inc.", "=Chief; \\ of")
    person.notes = "Linha um\n\nlinha dois, com “aspas”; e \\ barra\n- " + String(repeating: "ção", count: 60)
    (person.birthday, person.stayInTouch) = (Birthday(stored: "1984-02-29"), StayInTouch(3, .weeks))
    (person.tags, person.isPrivate) = (["a;b", "família", "*x"], true)
    person.metadata = [
      .init("ADR;TYPE=home", .string(";;Rua A\\, 1;São Paulo;SP;;Brasil")), .init("N", .string("Elsewhere;Else;;;")),
      .init("ORG", .string("Acme\\, Inc.;North")), .init("URL", .array([.string("https://a.example"), .string("https://b.example")])),
      .init("odd column", .string("x\r\nEND:VCARD")), .init("X-BAD", .string("x\nEND:VCARD")), .init("FN", .string("Other")),
      .init("X-ONE", .array([.string("1")])), .init("X-NUMBER", .number(3)),
    ]
    return person
  }

  private func sorted(_ person: PersonFields) -> [String] { person.metadata.map { $0.name + "=" + $0.value.text }.sorted() }

  @Test func `a card comes back as it was from both versions, in lines of 75 bytes that end in no character`() throws {
    let revised = try instant("2027-03-01T12:00:00Z")
    for version in VCardWriter.Version.allCases {
      for birthday in ["1984-02-29", "--02-29", "1985", "1604-04-12", ""] {
        var person = try full()
        person.birthday = Birthday(stored: birthday)
        let bytes = VCardWriter(version).card(person, uid: "4fbe8971-0bc3-424c-9c26-36c3e1eff6b1", revised: revised)
        let lines = bytes.split(separator: 0x0A)
        #expect(lines.allSatisfy { $0.count <= 76 && $0.last == 0x0D && String(validating: $0, as: UTF8.self) != nil })
        let file = try CardSamples.read(bytes)
        let entry = try #require(file.entries.first)
        #expect(file.entries.count == 1 && file.notes.isEmpty && entry.uid == "4fbe8971-0bc3-424c-9c26-36c3e1eff6b1")
        #expect(entry.revised == revised && sorted(entry.person) == sorted(person))
        #expect(entry.content == person.canonical, "\(version) \(birthday)")
      }
    }
    let small = String(decoding: VCardWriter(.four).card(PersonFields("Ana Souza"), uid: "1", revised: revised), as: UTF8.self)
    #expect(
      small
        == "BEGIN:VCARD\r\nVERSION:4.0\r\nPRODID:-//Heed//Heed//EN\r\nUID:1\r\nREV:20270301T120000Z\r\nFN:Ana Souza\r\nN:Ana Souza;;;;\r\n"
        + "END:VCARD\r\n")
  }

  @Test func `cards of others come back out with their structured names, departments and addresses`() throws {
    for text in [CardSamples.iOS, CardSamples.google, CardSamples.outlook, CardSamples.nextcloud] {
      let entry = try CardSamples.read(text).entries[0]
      for version in VCardWriter.Version.allCases {
        let bytes = VCardWriter(version).card(entry.person, uid: entry.uid, revised: try instant("2027-03-01T12:00:00Z"))
        #expect(try CardSamples.read(bytes).entries[0].content == entry.content, "\(entry.person.name)")
      }
    }
    let bytes = VCardWriter(.three).card(try CardSamples.read(CardSamples.iOS).entries[0].person, uid: "", revised: .distantPast)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("\r\nN:Souza;Ana;Maria;Dra.;\r\n") && text.contains("\r\nORG:Acme\\, Inc.;Research;\r\n"))
    #expect(text.contains("\r\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29\r\n"))
  }

  @Test func `a table of people comes back as it was, and no cell of it is a formula`() throws {
    let person = try full()
    var writer = PersonTableWriter(metadata: person.metadata.map(\.name))
    writer.write(person, id: "1")
    writer.write(PersonFields("-2+3"), id: "2")
    let bytes = writer.take()
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains(",'-2+3,") && text.contains("'+5511987654321") && !text.contains(",=Chief"))
    let file = try CardSamples.read(bytes)
    #expect(file.format == .csv && file.entries.map(\.key) == ["1", "2"] && file.notes.isEmpty)
    var (back, expected) = (file.entries[0].person, person)
    #expect(file.entries[1].person.name == "-2+3")
    // What is no text in metadata comes back as text, and ends of lines as ours.
    (back.metadata, expected.metadata) = ([], [])
    #expect(back == expected)
    let kept = file.entries[0].person.metadata
    #expect(kept.first { $0.name == "URL" }?.value == person.metadata.first { $0.name == "URL" }?.value)
    #expect(kept.first { $0.name == "odd column" }?.texts == ["x\nEND:VCARD"])
  }

  @Test func `tables of Google Contacts and Outlook are read by their own columns`() throws {
    let google =
      "First Name,Middle Name,Last Name,Nickname,Organization Name,Organization Title,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,"
      + "Phone 1 - Label,Phone 1 - Value\nAna,Maria,Souza,Nana,Acme,Chief, --04-12,\"a\nb\",https://x.example/p.jpg,Friends ::: * myContacts,* Home,"
      + "ana@x.example ::: b@x.example,Mobile,+55 11 98765-4321 ::: 11 3333-4444\n"
    let file = try CardSamples.read(google)
    let person = try #require(file.entries.first?.person)
    #expect(person.name == "Ana Maria Souza" && person.company == "Acme" && person.title == "Chief" && person.birthday?.text == "--04-12")
    #expect(person.emails.map(\.value) == ["ana@x.example", "b@x.example"] && person.tags == ["Friends"] && person.notes == "a\nb")
    #expect(person.phones.map(\.value) == ["+5511987654321", "+551133334444"])
    #expect(person.metadata.map(\.name) == ["Nickname", "E-mail 1 - Label", "Phone 1 - Label"] && file.pictures == 1)
    let outlook =
      "Title,First Name,Last Name,Suffix,Company,Job Title,Business Phone,Mobile Phone,E-mail Address,E-mail 2 Address,Birthday,Categories,Private\r\n"
      + "Dr.,Bruno,Lima,Jr.,Acme,Buyer,(11) 3333-0000,11 98765-0002,bruno@x.example,b@y.example,12/4/1985,Friends;Work,False\r\n"
      + ",,,,Only Company,,,,,,0/0/00,,True\r\n,,,,,,,,,,,,True\r\nx\"y,A,B\r\n"
    let second = try CardSamples.read(outlook)
    let people = second.entries.map(\.person)
    #expect(people.map(\.name) == ["Dr. Bruno Lima Jr.", "Only Company"] && people[0].title == "Buyer")
    #expect(people[0].birthday?.text == "1985-04-12" && people[0].tags == ["Friends", "Work"] && people.map(\.isPrivate) == [false, true])
    #expect(people[0].phones.map(\.value) == ["+5511987650002", "+551133330000"] && people[0].emails.count == 2)
    #expect(CardSamples.notes(second) == ["3: nameOf(\"company\")", "4: noName", "5: cells"])
    let ours = try CardSamples.read(
      "nome,telefone,importance,birthday,stay_in_touch\nAna,12,11,2028-01-01,never\nBia,11 98765-0002,3,,a cada 3 semanas\n")
    #expect(CardSamples.notes(ours).count == 4 && ours.entries.map(\.person.stayInTouch?.stored) == [nil, "P3W"])
  }

  @Test func `a table of places comes back as it was, and names what it cannot read`() throws {
    var place = PlaceFields("@Home")
    (place.type, place.address, place.city, place.state, place.country) = (.home, "Rua A, 1", "São Paulo", "SP", "Brasil")
    (place.coordinates, place.zone) = (Coordinates(latitude: -2_355_050_000, longitude: -4_663_330_001), "America/Sao_Paulo")
    (place.notes, place.tags, place.isPrivate, place.metadata) = ("- um\n- dois", ["a", "b"], true, [.init("floor", .string("3"))])
    var writer = PlaceTableWriter(metadata: ["floor"])
    writer.write(place, id: "1")
    let file = try PlaceFile(writer.take(), language: .english)
    #expect(file.entries.map(\.place) == [place] && file.entries[0].key == "1" && file.notes.isEmpty)
    #expect(place.addressLine == "Rua A, 1, São Paulo, SP, Brasil")
    let odd = "nome;tipo;lat;lon\nA;bar;1,5;2\nB;;91;0\nC;;5;\n;home;;\nA;home;;\nA;home;;\n"
    let second = try PlaceFile(Array(odd.utf8), language: .portuguese)
    #expect(second.entries.map(\.place.name) == ["A", "B", "C", "A", "A"] && second.entries[0].place.coordinates?.geo == "geo:1.5,2")
    #expect(
      second.notes.map { "\($0.line): \($0.about)" } == [
        "2: value(\"type\", \"bar\")", "3: value(\"latitude\", \"91\")", "4: value(\"longitude\", \"\")", "5: noName",
      ])
    #expect(Set(second.entries.map(\.key)).count == 5)
    #expect(throws: PersonFile.Refusal.unknown) { try PlaceFile(Array("a,b\n1,2\n".utf8), language: .english) }
  }
}
