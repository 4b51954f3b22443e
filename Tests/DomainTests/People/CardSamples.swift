import Testing

@testable import Domain

/// Cards as programs write them, and how the tests read them: on Monday 1 March 2027, by somebody in São Paulo.
enum CardSamples {
  static func read(_ text: String, _ format: PersonFile.Format? = nil) throws -> PersonFile { try read(Array(text.utf8), format) }

  static func read(_ bytes: [UInt8], _ format: PersonFile.Format? = nil) throws -> PersonFile {
    try PersonFile(
      bytes, format: format, reader: plannerReader("2027-03-01T10:00", "America/Sao_Paulo", .portuguese),
      country: CallingCode(zone: "America/Sao_Paulo"))
  }

  /// "line: what" of each note.
  static func notes(_ file: PersonFile) -> [String] { file.notes.map { "\($0.line): \($0.about)" } }

  /// A card of version 3.0 with these lines.
  static func card(_ lines: String...) -> String {
    (["BEGIN:VCARD", "VERSION:3.0"] + lines + ["END:VCARD", ""]).joined(separator: "\r\n")
  }

  static let iOS = [
    "BEGIN:VCARD", "VERSION:3.0", "PRODID:-//Apple Inc.//iPhone OS 17.4//EN", "N:Souza;Ana;Maria;Dra.;", "FN:Dra. Ana Maria Souza",
    "NICKNAME:Aninha", "ORG:Acme\\, Inc.;Research;", "TITLE:Engineer", "item1.EMAIL;type=INTERNET;type=pref:ana@x.example",
    "item1.X-ABLabel:_$!<Other>!$_", "EMAIL;type=INTERNET;type=WORK:Ana@Work.example",
    "TEL;type=CELL;type=VOICE;type=pref:+55 (11) 98765-4321",
    "TEL;type=HOME;type=VOICE:(11) 3333-4444", "item2.ADR;type=HOME;type=pref:;;Rua A\\, 1;São Paulo;SP;01000-000;Brasil",
    "NOTE:Gosta de chá.\\nSem açúcar\\; nunca.", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29",
    "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQAB",
    " AAD/2wBDAAoHBwgHBgoICAgLCgoLDhgQDg0NDh0VFhEYIx8lJCIfIiEmKzcvJik0KSEiMEEx", "END:VCARD", "",
  ].joined(separator: "\r\n")

  static let google = [
    "BEGIN:VCARD", "VERSION:3.0", "FN:Bruno Lima", "N:Lima;Bruno;;;", "EMAIL;TYPE=INTERNET;TYPE=HOME:bruno@x.example",
    "TEL;TYPE=CELL:11987650001",
    "BDAY:--0412", "item1.URL:https\\://bruno.example", "item1.X-ABLabel:PROFILE", "CATEGORIES:myContacts,Friends", "END:VCARD", "",
  ].joined(separator: "\n")

  static let outlook = [
    "BEGIN:VCARD", "VERSION:2.1", "N;LANGUAGE=pt-br;CHARSET=UTF-8:Conceição;João", "FN;CHARSET=UTF-8:João Conceição",
    "ORG:Móveis \\; Cia;Vendas", "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Primeira linha=0D=0A=", "Segunda linha =3D 2=3B n=C3=A3o=",
    " acaba",
    "TEL;WORK;VOICE:(11) 3333-0000", "TEL;CELL;VOICE;PREF:+55 11 98765-0002", "ADR;WORK;PREF:;;Rua B 2;Campinas;SP;13000-000;Brasil",
    "EMAIL;PREF;INTERNET:joao@x.example", "BDAY:19850412", "X-MS-OL-DESIGN;CHARSET=utf-8:<card/>", "PHOTO;TYPE=JPEG;ENCODING=BASE64:",
    " /9j/4AAQSkZJRgABAQEAYABgAAD", " 2wBDAAgGBgcGBQgHBwcJCQgKDBQ=", "", "REV:20270210T101500Z", "END:VCARD", "",
  ].joined(separator: "\r\n")

  static let nextcloud = [
    "BEGIN:VCARD", "VERSION:4.0", "UID:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1", "FN:Cy Rocha", "EMAIL;TYPE=WORK;PREF=2:cy@work.example",
    "EMAIL;TYPE=HOME;PREF=1:cy@x.example", "TEL;VALUE=uri;TYPE=cell:tel:+55-11-98765-0003;ext=7", "BDAY;VALUE=date:1990",
    "CATEGORIES:Família,Vizinhos",
    "REV;VALUE=DATE-AND-OR-TIME:20270220T080000Z", "X-SOCIALPROFILE;TYPE=mastodon:@cy", "RELATED;TYPE=spouse;VALUE=text:Di", "END:VCARD",
    "",
  ].joined(separator: "\r\n")

  /// 2.1 of old phones, in Latin-1 as bytes.
  static let oldPhone: [UInt8] =
    Array("BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1:Concei".utf8) + [0xE7, 0xE3]
    + Array("o;Jo".utf8) + [0xE3] + Array("o\r\nTEL;CELL:11987650004\r\nEND:VCARD\r\n".utf8)
}
