import Domain
import Testing

@testable import Net

/// Files, and messages that are nothing but files (RULES 6.20, 6.21).
@Suite struct MailFilesTests {
  private func files(_ parts: String...) throws -> IncomingMail {
    let all = (["Content-Type: text/plain\n\nSee the files."] + parts).map { "--b\n\($0)\n" }.joined() + "--b--\n"
    return try incoming(all, type: "multipart/mixed; boundary=b")
  }

  /// The field as sent → the name that is shown.
  @Test(arguments: [
    ("filename=\"../../etc/passwd\"", "passwd"), ("filename=\"C:\\windows\\x.txt\"", "x.txt"),
    ("filename=\"C:\\\\windows\\\\x.txt\"", "x.txt"),
    ("filename=\"..\"", "file-1.pdf"), ("filename=\"\"", "file-1.pdf"), ("filename=\"   \"", "file-1.pdf"),
    ("filename=\".htaccess\"", "htaccess"),
    ("filename=report.pdf", "report.pdf"), ("filename=\"a:b*c?d<e>f|g.pdf\"", "abcdefg.pdf"), ("filename=\"a/\"", "a"),
    ("filename=\"/\"", "file-1.pdf"),
    ("filename*=utf-8''gpj.%E2%80%AEfdp.exe", "gpj.fdp.exe"), ("filename*=utf-8''a%0D%0ASet-Cookie%3A%20x%3D1.txt", "a Set-Cookie x=1.txt"),
    ("filename*=utf-8''a%00b.txt", "ab.txt"), ("filename*0*=utf-8''Rela%C3%A7; filename*1*=%C3%A3o%20final.pdf", "Relação final.pdf"),
    ("filename*1*=%C3%A3o.pdf; filename*0*=utf-8''Rela%C3%A7", "Relação.pdf"), ("filename*0=long; filename*1=er.pdf", "longer.pdf"),
    ("filename=\"=?utf-8?Q?Relat=C3=B3rio.pdf?=\"", "Relatório.pdf"), ("filename*=us-ascii''W%F6lbung.pdf", "Wölbung.pdf"),
    ("filename=\"Orçamento.pdf\"", "Orçamento.pdf"), ("filename=\"a\u{200B}b.pdf\"", "ab.pdf"), ("FILENAME=\"x.pdf\"; size=3", "x.pdf"),
    ("filename=\"a\\\"b.pdf\"", "ab.pdf"), ("filename=\"семья.pdf\"", "семья.pdf"),
  ])
  func `Hard case 27: a name leads nowhere and pretends nothing`(_ field: String, _ name: String) throws {
    let mail = try files("Content-Type: application/pdf\nContent-Disposition: attachment; \(field)\n\nx")
    #expect(mail.attachments.map(\.name) == [name])
  }

  @Test func `Hard case 27: a long name keeps its ending`() throws {
    let name = try #require(
      try files("Content-Disposition: attachment; filename=\"\(String(repeating: "ñ", count: 300)).pdf\"\n\nx").attachments.first?.name)
    #expect(name.unicodeScalars.count == 120 && name.hasSuffix("ñ.pdf"))
    let plain = try #require(
      try files("Content-Disposition: attachment; filename=\"\(String(repeating: "n", count: 300))\"\n\nx").attachments.first?.name)
    #expect(plain.unicodeScalars.count == 120)
  }

  @Test func `Hard case 27: a file is its decoded bytes`() throws {
    let mail = try files(
      "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\naGVsbG8=",
      "Content-Type: IMAGE/PNG\nContent-ID: <logo@x>\n\nhello", "Content-Type: text/csv\n\n")
    #expect(mail.attachments.map(\.size) == [5, 5, 0] && mail.text == "See the files.")
    let digest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    #expect(mail.attachments[0].sha256 == mail.attachments[1].sha256)
    #expect(mail.attachments[0].sha256.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == digest)
    #expect(mail.attachments[1].contentID == "logo@x" && mail.attachments[1].isInline && !mail.attachments[0].isInline)
    #expect(mail.attachments.map(\.type) == ["application/pdf", "image/png", "text/csv"])
  }

  @Test func `a mail in a mail is one file, its words are not ours`() throws {
    let inner = "From: Eve <eve@other.example>\nSubject: Inner\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nInner text.\n--c--"
    let mail = try files("Content-Type: message/rfc822\n\n\(inner)", "Content-Type: text/plain; name=\"notes.txt\"\n\nnotes")
    #expect(mail.attachments.map(\.name) == ["file-1.eml", "notes.txt"] && mail.text == "See the files.")
    #expect(mail.attachments[0].size == inner.utf8.count)
    #expect(mail.subject.text == "Order 17" && mail.people.from.first?.address == "dana@customers.example")
  }

  @Test func `beyond 100 files the rest is named and not kept`() throws {
    let many = (1...120).map { "--b\nContent-Type: application/pdf; name=\($0).pdf\n\nx\n" }.joined() + "--b--\n"
    let mail = try incoming(many, type: "multipart/mixed; boundary=b")
    #expect(mail.attachments.count == 120 && mail.attachments.filter(\.isKept).count == 100)
    #expect(mail.attachments.last?.name == "120.pdf" && mail.attachments.last?.size == 1 && mail.attachments.last?.sha256 == [])
  }

  @Test func `Hard case 27: beyond 25 MB a file is named with its size and not kept`() throws {
    let large = String(repeating: "x", count: 13 * 1_048_576)
    let part = "Content-Type: application/pdf; name=a.pdf\n\n\(large)"
    let mail = try files(part, part, "Content-Type: application/pdf; name=small.pdf\n\nx")
    #expect(mail.attachments.map(\.isKept) == [true, false, true] && mail.attachments[1].size == large.utf8.count)
  }

  @Test func `Hard case 10: a message without text says what it is`() throws {
    #expect(try incoming("").notice == .nothing)
    #expect(try incoming(" \n\u{A0}").notice == .nothing)
    #expect(try incoming("x").notice == nil)
    #expect(try incoming("x", type: "application/pdf; name=a.pdf").notice == .onlyFiles)
    #expect(try incoming("x", type: "application/ms-tnef; name=winmail.dat").notice == .wrapped)
    #expect(try incoming("x", type: "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m").notice == .encrypted)
    let pgp = parts(
      "Content-Type: application/pgp-encrypted\n\nVersion: 1", "Content-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----")
    let encrypted = try incoming(pgp, type: "multipart/encrypted; boundary=b")
    #expect(encrypted.notice == .encrypted && encrypted.isEncrypted && encrypted.attachments.count == 2)
  }

  @Test func `Hard case 10: an invitation is said in its own words`() throws {
    let calendar =
      "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nDTSTART:19700101T000000\nEND:VTIMEZONE\nBEGIN:VEVENT\nSUMMARY;LANGUAGE=en:Visit\\, insta\n llation\n"
      + "DTSTART;TZID=America/Sao_Paulo:20270105T100000\nLOCATION:Rua A\\n5\nEND:VEVENT\nEND:VCALENDAR\n"
    let mail = try incoming(calendar, type: "text/calendar; method=REQUEST; charset=utf-8")
    guard case .invitation(let invitation)? = mail.notice else {
      Issue.record("\(String(describing: mail.notice))")
      return
    }
    #expect(invitation.title == "Visit, installation" && invitation.location == "Rua A 5")
    #expect(invitation.start == "20270105T100000" && invitation.zone == "America/Sao_Paulo")
    #expect(mail.attachments.count == 1)
    // With words of a person it is a file beside them.
    #expect(try files("Content-Type: text/calendar\n\n\(calendar)").notice == nil)
  }

  @Test func `a signature beside the text is a file, the text is shown`() throws {
    let mail = try incoming(
      parts("Content-Type: text/plain\n\nI am who I am.", "Content-Type: application/pgp-signature\n\n-----BEGIN"),
      type: "multipart/signed; boundary=b")
    #expect(mail.text == "I am who I am." && mail.isSigned && mail.attachments.map(\.name) == ["file-1.asc"])
  }
}
