@testable import Domain

extension Target {
  /// Files of people: what is read keeps to its bounds, is read the same again, and comes back from a card and a table of ours with the same fields.
  static let people = Target(
    "people", longest: 4_000,
    seeds: bytes([
      "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Souza;Ana;;Dra.;\r\nFN:Ana So\r\n uza\r\nitem1.EMAIL;type=pref:ana@x.example\r\nitem1.X-ABLabel:x\r\n"
        + "TEL;TYPE=CELL:+55 11 98765-4321\r\nORG:Acme\\, Inc.;North\r\nADR;TYPE=home:;;Rua A;;;;\r\nBDAY:--0229\r\nCATEGORIES:a,b\r\n"
        + "NOTE:a\\nb\\;c\r\nUID:u\r\nREV:20270101T000000Z\r\nEND:VCARD\r\n",
      "BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:S=C3=A3o=3B;Jo=C3=\n=A3o\nTEL;WORK;PREF:11 3333-4444\n"
        + "PHOTO;ENCODING=BASE64:\n /9j/4AAQ\nQUJD\n\nNOTE:C:\\new\nBDAY:19850412\nEND:VCARD\nBEGIN:VCARD\nAGENT:\nBEGIN:VCARD\nEND:VCARD\nORG:A\n"
        + "END:VCARD",
      "BEGIN:VCARD\nVERSION:4.0\nFN:Cy\nTEL;VALUE=uri;PREF=1:tel:+55-11-98765-0003;ext=7\nBDAY:1990\nX-HEED-TYPE:friend\nX-HEED-IMPORTANCE:7\n"
        + "X-HEED-STAY-IN-TOUCH:P3W\nX-HEED-PRIVATE:on\nX-HEED-FIELD;NAME=\"odd column\":\"v\"\nEND:VCARD",
      "id,name,email,more_emails,phone,birthday,tags,notes,ADR\r\n1,Ana,ana@x.example,\"b@x.example\nc@x.example\",'+5511987654321,1985,\"a,b\",'=n,x\r\n",
      "First Name,Last Name,E-mail 1 - Value,Phone 1 - Value,Labels,Photo\nAna,Souza,a@x.example ::: b@x.example,190,A ::: * b,p\n",
    ]),
    words: [
      "BEGIN:VCARD\n", "END:VCARD\n", "VERSION:2.1\n", "FN:A\n", "N:;;\n", "EMAIL:a@b\n", "TEL:190\n", "BDAY:--0229\n", "AGENT:\n", "\r\n ",
      "\\n",
      ";ENCODING=QUOTED-PRINTABLE", ";CHARSET=SHIFT_JIS", "=0D=0A=\n", ";TYPE=pref", ";PREF=1", "NOTE:", "ORG:", "TITLE:t\n", "\"", ";",
      ",", ":", "=",
      "name,", "\u{FEFF}",
    ]
  ) { input in
    let file: PersonFile
    do { file = try read(input) } catch { return "\(error)" }
    let again = try read(input)
    try hold(file.entries == again.entries && file.notes == again.notes, "read again it is something else")
    for entry in file.entries {
      let person = entry.person
      try hold((1...PersonFields.longestName).contains(person.name.unicodeScalars.count), "line \(entry.line): a name of another length")
      try hold(person.notes.utf8.count <= PersonFields.longestNotes && person.tags.count <= TagList.most, "line \(entry.line) is too long")
      try hold(max(person.emails.count, person.phones.count) <= PersonFields.mostOthers + 1, "line \(entry.line): too many addresses")
      try hold(!entry.key.isEmpty && entry.line > 0, "line \(entry.line) has no key")
      for version in VCardWriter.Version.allCases {
        let card = VCardWriter(version).card(person, uid: "u", revised: Instant(seconds: 0))
        try hold(card.split(separator: 0x0A).allSatisfy { $0.count <= 76 && $0.last == 0x0D }, "a line that is too long")
        try hold(String(validating: card, as: UTF8.self) != nil, "a character that is cut")
        let back = try read(card).entries
        try hold(back.count == 1 && fields(back[0].person) == fields(person), "from a card \(back.map(\.person)), not \(person)")
      }
    }
    return "\(file.format) \(size(file.entries.count)) \(Set(file.notes.map { "\($0.about)".prefix { $0 != "(" } }).sorted())"
  }

  private static func read(_ bytes: [UInt8]) throws(PersonFile.Refusal) -> PersonFile {
    try PersonFile(bytes, reader: Readers.all[0], country: CallingCode(zone: "America/Sao_Paulo"))
  }

  /// Without what other programs keep beside it.
  private static func fields(_ person: PersonFields) -> String {
    var person = person
    person.metadata = []
    return person.canonical
  }
}
