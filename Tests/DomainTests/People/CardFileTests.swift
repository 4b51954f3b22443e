import Testing

@testable import Domain

/// vCards of all versions, and what is wrong with them.
@Suite struct CardFileTests {
  private func metadata(_ person: PersonFields, _ name: String) -> String? {
    person.metadata.first { $0.name == name }.flatMap { $0.texts?.joined(separator: "|") }
  }

  @Test func `cards of iOS, Google, Outlook, Nextcloud and old phones are read with all they have`() throws {
    let file = try CardSamples.read(
      Array((CardSamples.iOS + CardSamples.google + CardSamples.outlook + CardSamples.nextcloud).utf8) + CardSamples.oldPhone)
    let people = file.entries.map(\.person)
    #expect(people.map(\.name) == ["Dra. Ana Maria Souza", "Bruno Lima", "João Conceição", "Cy Rocha", "João Conceição"])
    #expect(people[0].emails.map(\.value) == ["ana@x.example", "Ana@Work.example"])
    #expect(people[0].phones.map(\.value) == ["+5511987654321", "+551133334444"])
    #expect(people[0].company == "Acme, Inc." && people[0].title == "Engineer" && people[0].birthday?.text == "--02-29")
    #expect(people[0].notes == "Gosta de chá.\nSem açúcar; nunca.")
    #expect(metadata(people[0], "item2.ADR;TYPE=HOME;TYPE=pref") == ";;Rua A\\, 1;São Paulo;SP;01000-000;Brasil")
    #expect(metadata(people[0], "ORG") == "Acme\\, Inc.;Research;" && metadata(people[0], "NICKNAME") == "Aninha")
    #expect(people[1].birthday?.text == "--04-12" && people[1].tags == ["myContacts", "Friends"])
    #expect(people[1].phones.map(\.value) == ["+5511987650001"])
    #expect(people[2].notes == "Primeira linha\nSegunda linha = 2; não acaba" && people[2].company == "Móveis ; Cia")
    #expect(people[2].phones.map(\.value) == ["+5511987650002", "+551133330000"] && people[2].birthday?.text == "1985-04-12")
    #expect(metadata(people[2], "ADR;TYPE=work;TYPE=pref") != nil && file.entries[2].revised?.iso == "2027-02-10T10:15:00Z")
    #expect(people[3].emails.map(\.value) == ["cy@x.example", "cy@work.example"] && people[3].birthday?.text == "1990")
    #expect(people[3].phones.map(\.value) == ["+55-11-98765-0003 ext. 7"] && people[3].tags == ["Família", "Vizinhos"])
    #expect(file.entries[3].uid == "4fbe8971-0bc3-424c-9c26-36c3e1eff6b1")
    #expect(people[4].phones.map(\.value) == ["+5511987650004"])
    #expect(file.pictures == 2 && CardSamples.notes(file) == ["1: pictures(1)", "31: pictures(1)"])
  }

  @Test func `Hard case 3: names, folded lines, quoted-printable and birthdays that are rare`() throws {
    let folded = CardSamples.card("FN:Ana So", " uza", "NOTE:a", "\t b", "BDAY:--0229")
    for text in [folded, folded.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")] {
      let person = try #require(try CardSamples.read(text).entries.first?.person)
      #expect(person.name == "Ana Souza" && person.notes == "a b" && person.birthday?.text == "--02-29")
    }
    let rows: [(String, String, [String])] = [
      (CardSamples.card("N:Souza;Ana;;;", "N:Lima;Bia;;;"), "Ana Souza", ["1: secondName"]),
      (CardSamples.card("N:Souza;Ana;Maria;Dra.;Jr."), "Dra. Ana Maria Souza Jr.", []),
      (CardSamples.card("FN:Ana"), "Ana", []), (CardSamples.card("N:;;;;", "FN:Ana"), "Ana", []),
      (CardSamples.card("ORG:Acme;North"), "Acme", ["1: nameOf(\"ORG\")"]),
      (CardSamples.card("EMAIL:ana@x.example"), "ana@x.example", ["1: nameOf(\"EMAIL\")"]),
      (CardSamples.card("TEL:190"), "-", ["1: noName"]),
      (CardSamples.card("FN:" + String(repeating: "e\u{301}", count: 101)), "-", ["1: longName"]),
      (
        CardSamples.card("FN:A", "BDAY:2028-01-01", "EMAIL:nobody", "TEL:none"), "A",
        ["1: value(\"EMAIL\", \"nobody\")", "1: value(\"TEL\", \"none\")", "1: value(\"BDAY\", \"2028-01-01\")"]
      ),
      ("BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE:S=C3=A3o=3B;Jo=C3=\r\n=A3o\r\nEND:VCARD\r\n", "João São;", []),
      ("BEGIN:VCARD\r\nVERSION:2.1\r\nFN:A\r\nNOTE:C:\\new\r\nEND:VCARD\r\n", "A", []), ("begin:vcard\nfn:low\nend:vcard", "low", []),
    ]
    for (text, name, notes) in rows {
      let file = try CardSamples.read(text)
      #expect((file.entries.first?.person.name ?? "-") == name && CardSamples.notes(file) == notes, "\(text.prefix(80))")
    }
  }

  @Test func `Hard case 3: a photo of three megabytes is left out and counted, whichever way it is written`() throws {
    let line = String(repeating: "QUJD", count: 18)
    let indented = String(repeating: "\r\n " + line, count: 42_000)
    let bare = String(repeating: "\r\n" + line, count: 300)
    let text =
      CardSamples.card("FN:A", "PHOTO;ENCODING=b;TYPE=JPEG:" + line + indented, "NOTE:n")
      + "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:B\r\nPHOTO;ENCODING=BASE64:" + bare + "\r\n\r\nNOTE:m\r\nEND:VCARD\r\n"
      + CardSamples.card("FN:C", "PHOTO;VALUE=uri:https://x.example/c.jpg", "LOGO:x", "NOTE:o")
    let file = try CardSamples.read(text)
    #expect(file.entries.map { $0.person.name + $0.person.notes } == ["An", "Bm", "Co"] && file.pictures == 4)
    #expect(file.entries.allSatisfy { $0.person.metadata.isEmpty })
  }

  @Test func `broken and nested cards are named, and the rest goes on`() throws {
    let text = [
      "BEGIN:VCARD", "FN:Cut", "BEGIN:VCARD", "FN:A", "AGENT:", "BEGIN:VCARD", "FN:Inner", "END:VCARD", "NOTE:outer", "END:VCARD",
      "END:VCARD", "",
      "nothing", "BEGIN:VCARD", "FN:B", "no colon", ";;;:", ":", "X;=:1", "END:VCARD", "BEGIN:VCARD", "FN:End",
    ].joined(separator: "\n")
    let file = try CardSamples.read(text)
    #expect(file.entries.map { $0.person.name + $0.person.notes } == ["Aouter", "B"])
    #expect(CardSamples.notes(file) == ["1: broken", "6: nested", "21: broken"])
    let deep = try CardSamples.read(
      String(repeating: "BEGIN:VCARD\nAGENT:\n", count: 1_000) + String(repeating: "END:VCARD\n", count: 1_000))
    #expect(deep.entries.isEmpty && deep.notes.count == 1_000)
    #expect(throws: PersonFile.Refusal.tooMany) {
      try CardSamples.read(String(repeating: "BEGIN:VCARD\n", count: 2 * PersonFile.mostPeople + 1))
    }
    #expect(throws: PersonFile.Refusal.empty) { try CardSamples.read(" \n") }
    #expect(throws: PersonFile.Refusal.unknown) { try CardSamples.read("<html>", .vcard) }
    #expect(throws: PersonFile.Refusal.unknown) { try CardSamples.read("<html>") }
    #expect(throws: PersonFile.Refusal.notText) { try CardSamples.read("BEGIN:VCARD\n\u{0}\nEND:VCARD") }
    #expect(throws: PersonFile.Refusal.tooLong) {
      try PersonFile(Array((CardSamples.iOS + String(repeating: "X:1\n", count: 300)).utf8), reader: plannerReader(), country: nil) {
        false
      }
    }
  }

  @Test func `Hard case 3: the same card is the same whenever it comes, and of two of one id the later revision stands`() throws {
    let first = try CardSamples.read(CardSamples.google).entries[0]
    let other = CardSamples.google.split(separator: "\n").map(String.init)
    let middle: [String] = other[2..<10].reversed()
    let turned = (Array(other[..<2]) + ["PRODID:other"] + middle + ["REV:20270228T000000Z", other[10], ""]).joined(separator: "\r\n")
    let second = try CardSamples.read(turned).entries[0]
    #expect(first.content == second.content && first.key == second.key && first.line == 1)
    let twice = try CardSamples.read(CardSamples.google + CardSamples.google)
    #expect(twice.entries.count == 2 && Set(twice.entries.map(\.key)).count == 2 && twice.entries[0].key == first.key)
    func card(_ name: String, _ revision: String) -> String { CardSamples.card("UID:urn:uuid:1", "FN:" + name, revision) }
    let rows: [(String, String, String)] = [
      (card("Old", "REV:20270101T000000Z") + card("New", "REV:2027-02-01"), "New", "1: repeated(line: 7)"),
      (card("New", "REV:2027-02-01T00:00:00Z") + card("Old", "REV:20270101T000000Z"), "New", "7: repeated(line: 1)"),
      (card("A", "X-A:1") + card("B", "REV:20270101T000000Z"), "B", "1: repeated(line: 7)"),
      (card("A", "X-A:1") + card("B", "X-A:1"), "B", "1: repeated(line: 7)"),
    ]
    for (text, name, note) in rows {
      let file = try CardSamples.read(text)
      #expect(file.entries.map(\.person.name) == [name] && file.entries[0].key == "1" && CardSamples.notes(file) == [note], "\(note)")
    }
  }

  @Test func `what goes beyond a limit is named`() throws {
    let many = (0..<25).map { "EMAIL:a\($0)@x.example" }.joined(separator: "\r\n")
    let tags = (0..<25).map { "t\($0)" }.joined(separator: ",")
    let file = try CardSamples.read(
      CardSamples.card(
        "FN:A", many, "CATEGORIES:" + tags, "NOTE:" + String(repeating: "x", count: 20_000), "X-A:" + String(repeating: "y", count: 70_000))
        + CardSamples.card("FN:B", "NOTE:" + String(repeating: "x", count: 300_000)))
    let person = file.entries[0].person
    #expect(person.emails.count == 21 && person.tags.count == 20 && person.notes.utf8.count == 16_384 && person.metadata.isEmpty)
    #expect(
      CardSamples.notes(file).map { $0.split(separator: " ", maxSplits: 1)[1] } == [
        "longNotes", "addresses", "tags", "longMetadata", "value(\"NOTE\", \"…\")",
      ])
  }
}
