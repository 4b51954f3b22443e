import Domain

@testable import Net

extension Target {
  /// Mails of strangers: whatever comes, each is read or has a reason, the same way twice; nothing of its text is lost, no name of a file leads
  /// anywhere, nobody is answered who has no address.
  static let mails = Target(
    "mails", longest: 6_000,
    seeds: bytes([
      "From: Dana <dana@x.example>\r\nTo: support@desk.example\r\nSubject: =?utf-8?B?UmVjbGFtYcM=?=\r\n =?utf-8?B?p8Ojbw==?=\r\nMessage-ID: <1@x.example>\r\n"
        + "References: <2@x.example>\r\n <3@x.example>\r\n\r\nHello\r\n\r\nOn Mon, Jan 4, 2027 at 9:12 AM A <a@b.example> wrote:\r\n> one\r\n>> two\r\n\r\n-- \r\nD\r\n",
      "Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\nplain\n--c\nContent-Type: text/html; "
        + "charset=gb2312\n\n<p style=\"display:none\">x</p><blockquote>&amp;<br>y</blockquote><table><tr><td>z\n--c--\n--b\nContent-Type: application/pdf; "
        + "name*0*=utf-8''a%C3%A7; name*1=\"../b.pdf\"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\nContent-ID: <i@x>\n\naGVsbG8=\n"
        + "--b\nContent-Type: message/rfc822\n\nSubject: inner\n\nx\n--b--\n",
      "From: MAILER-DAEMON@x.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\n\n--r\n\nfailed\n--r\nContent-Type: "
        + "message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; d@y.example\nAction: failed\nStatus: 5.1.1\n\n--r\nContent-Type: "
        + "text/rfc822-headers\n\nMessage-ID: <17@desk.example>\n--r--\n",
      "Subject: ENC: x\nContent-Type: text/plain; format=flowed; delsp=yes; charset=iso-2022-jp\nContent-Transfer-Encoding: quoted-printable\n\n"
        + "De: A <a@b.example>\nEnviada em: 4 de janeiro de 2027 09:12\nAssunto: y\n\n=1B$B$\"=1B(B \n> z =\n\nEnviado do meu iPhone\n",
      "Content-Type: text/calendar\n\nBEGIN:VEVENT\nSUMMARY:a\\,\n b\nDTSTART;TZID=X:20270105T100000\nEND:VEVENT\n",
      "Content-Type: application/pkcs7-mime; smime-type=signed-data\nContent-Transfer-Encoding: base64\n\nMCYGCSqGSIb3DQEHAqAZMBcCAQExADAQBgkqhkiG9w0BBwGgAwQBeA==\n",
      "From x\rSubject: y\r\rz\r", "no head", "",
    ]),
    words: [
      "\n--b\n", "--b--\n", "\n\n", "\r\n", "\r", "\0", "Content-Type: multipart/mixed; boundary=b\n\n", "Content-Type: text/html\n",
      "=?utf-8?Q?", "?=",
      "=?iso-2022-jp?B?", "<", ">", "\"", "(", ",", ";", ":", "@", "> ", "wrote:\n", "On 4/1/2027 9:12 a@b.example wrote:\n",
      "From: a@b.example\nSubject: x\n",
      "-----Original Message-----\n", "---------- Forwarded message ---------\n", "-- \n", "Sent from my iPhone\n", "<div hidden>",
      "</div>", "<!--", "-->",
      "<script>", "&#x202e;", "*0*=", "%E2%80%AE", "Auto-Submitted: auto-replied\n", "List-Id: <a.b>\n", "charset=utf-16", "charset=big5",
      "\u{202E}", "\u{E9}",
    ]
  ) { input in
    let channel = MailChannel(addresses: ["support@desk.example"]) { $0 == "<17@desk.example>" }
    let mail: IncomingMail
    do {
      mail = try MailReader.read(input, channel: channel)
    } catch {
      let fault = error as? IncomingMail.Fault
      try hold(fault == (input.allSatisfy { $0 <= 32 } ? .empty : .unreadable), "refused as \(error)")
      return "\(error)"
    }
    try hold(mail == (try? MailReader.read(input, channel: channel)), "read again it is something else")
    try hold(mail.text.isEmpty == (mail.notice != nil), "shown empty")
    // Blank lines at the ends of a section go, and with them spaces of any width and marks that nobody sees.
    let words = { (text: String) in
      String.UnicodeScalarView(
        text.unicodeScalars.filter { $0.value > 32 && !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint })
    }
    try hold(words(mail.sections.map(\.text).joined()).elementsEqual(words(mail.text)), "words are lost or made")
    try hold(!mail.text.utf8.contains(0) && !mail.subject.text.utf8.contains { $0 < 32 }, "a control in the text")
    try hold(mail.customer?.isUsable ?? true, "a customer without an address")
    let senders = mail.sections.map { ForwardedSender.read($0.text) } + [ForwardedSender.read(mail: input, channel: channel)]
    try hold(senders.allSatisfy { $0?.isUsable ?? true }, "a sender who is passed on without an address")
    try hold(
      ([mail.messageID].compactMap { $0 } + mail.references).allSatisfy { $0.hasPrefix("<") && $0.contains("@") && $0.hasSuffix(">") },
      "no id")
    for file in mail.attachments {
      try hold(
        (1...120).contains(file.name.unicodeScalars.count) && !file.name.utf8.contains { $0 < 32 || $0 == 47 || $0 == 92 },
        "a name: \(file.name)")
      try hold(file.sha256.count == (file.isKept ? 32 : 0), "no digest")
    }
    return "\(mail.kind) \(mail.sections.map { $0.kind.rawValue }.prefix(4)) \(mail.attachments.count) \(mail.language?.rawValue ?? "")"
  }
}
