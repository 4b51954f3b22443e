import Domain
import Testing

@testable import Net

/// A mail that somebody passes on, as a program puts it below their words.
struct ForwardingProgram: Sendable, CustomTestStringConvertible {
  let name: String
  let head: String
  /// As the reader gives it: name and address.
  let sender: (String, String)

  var testDescription: String { name }

  init(_ name: String, _ head: String, _ sender: (String, String) = ("Ana Souza", "ana@customer.example")) {
    (self.name, self.head, self.sender) = (name, head, sender)
  }

  static let all: [ForwardingProgram] = [
    .init(
      "Gmail",
      "---------- Forwarded message ---------\nFrom: Ana Souza <ana@customer.example>\nDate: Mon, Jan 4, 2027 at 8:00 AM\nSubject: Delivery\n"
        + "To: Mia <mia@x.test>\n"),
    .init(
      "Gmail, pt-BR",
      "---------- Forwarded message ---------\nDe: Ana Souza <ana@customer.example>\nDate: seg., 4 de jan. de 2027 às 08:00\nSubject: Entrega\n"
        + "To: Mia <mia@x.test>\n"),
    .init(
      "Gmail, bold",
      "---------- Mensagem encaminhada ---------\nDe: *Ana Souza* <ana@customer.example>\nData: seg., 4 de jan. de 2027 às 08:00\nAssunto: Entrega\n"
    ),
    .init(
      "Gmail, a name too long for the line",
      "---------- Forwarded message ---------\nFrom: Ana Maria de Souza e Silva of the Example Company\n<ana@customer.example>\nDate: Mon, Jan 4, 2027 at "
        + "8:00 AM\nSubject: Delivery\n", ("Ana Maria de Souza e Silva of the Example Company", "ana@customer.example")),
    .init(
      "Outlook",
      "From: Ana Souza <ana@customer.example>\nSent: Monday, January 4, 2027 8:00 AM\nTo: Mia <mia@x.test>\nSubject: Delivery\n"),
    .init(
      "Outlook, address twice",
      "From: Ana Souza <ana@customer.example<mailto:ana@customer.example>>\nSent: Monday, January 4, 2027 8:00 AM\nTo: Mia\nSubject: Delivery\n"
    ),
    .init(
      "Outlook 2010",
      "-----Original Message-----\nFrom: Ana Souza [mailto:ana@customer.example] \nSent: Monday, January 04, 2027 8:00 AM\nTo: Mia\nSubject: Delivery\n"
    ),
    .init(
      "Outlook, bold",
      "*From:* Ana Souza <ana@customer.example>\n*Sent:* Monday, January 4, 2027 8:00 AM\n*To:* Mia\n*Subject:* Delivery\n"),
    .init(
      "Outlook on the web",
      "________________________________\nFrom: ana@customer.example <ana@customer.example>\nSent: Monday, January 4, 2027 8:00 AM\nTo: Mia\n"
        + "Subject: Delivery\n", ("", "ana@customer.example")),
    .init(
      "Outlook, pt-BR",
      "De: Ana Souza <ana@customer.example>\nEnviada em: segunda-feira, 4 de janeiro de 2027 08:00\nPara: Mia <mia@x.test>\nAssunto: Entrega\n"
    ),
    .init(
      "Outlook on the web, pt-BR",
      "________________________________\nDe: Ana Souza <ana@customer.example>\nEnviado: segunda-feira, 4 de janeiro de 2027 08:00\nPara: Mia\n"
        + "Assunto: Entrega\n"),
    .init(
      "Apple Mail",
      "Begin forwarded message:\n\nFrom: Ana Souza <ana@customer.example>\nSubject: Delivery\nDate: January 4, 2027 at 8:00:00 AM EST\n"
        + "To: mia@x.test\n"),
    .init(
      "iPhone",
      "Begin forwarded message:\n\n> From: Ana Souza <ana@customer.example>\n> Date: January 4, 2027 at 8:00:00 AM EST\n> To: mia@x.test\n"
        + "> Subject: Delivery\n> \n> "),
    .init(
      "Apple Mail, pt-BR",
      "Início da mensagem encaminhada:\n\nDe: Ana Souza <ana@customer.example>\nAssunto: Entrega\nData: 4 de janeiro de 2027 08:00:00 BRT\n"
        + "Para: mia@x.test\n"),
    .init(
      "iPhone, pt-PT",
      "Início da mensagem reencaminhada:\n\n> De: Ana Souza <ana@customer.example>\n> Data: 4 de janeiro de 2027, 08:00:00 WET\n> Para: mia@x.test\n"
        + "> Assunto: Entrega\n> \n> "),
    .init(
      "Thunderbird",
      "-------- Forwarded Message --------\nSubject: Delivery\nDate: Mon, 4 Jan 2027 08:00:00 +0000\nFrom: Ana Souza <ana@customer.example>\n"
        + "To: mia@x.test\n"),
    .init(
      "a bare address",
      "---------- Forwarded message ---------\nFrom: ana@customer.example\nDate: Mon, Jan 4, 2027 at 8:00 AM\nSubject: Delivery\n",
      ("", "ana@customer.example")),
    .init(
      "a name that is another address",
      "---------- Forwarded message ---------\nFrom: Boss <boss@desk.example> <eve@evil.example>\nDate: Mon, Jan 4, 2027 at 8:00 AM\nSubject: Pay\n",
      ("Boss", "eve@evil.example")),
  ]
}

/// Who wrote what somebody passes on (RULES 6.18).
@Suite struct ForwardedSenderTests {
  @Test(arguments: ForwardingProgram.all)
  func `the sender of a mail that is passed on is read from its head`(_ program: ForwardingProgram) throws {
    let body = "Could you answer her?\n\n\(program.head)\nHow long does delivery take?\n\nFrom: Somebody Else <else@customer.example>\n"
    let forwarded = try incoming(body, subject: "Fwd: Delivery").forwarded
    let sender = try #require(ForwardedSender.read(forwarded))
    #expect(sender == MailPerson(name: program.sender.0, address: program.sender.1))
  }

  @Test(arguments: [
    "", "---------- Forwarded message ---------\n",
    "---------- Forwarded message ---------\nFrom: Ana Souza\nDate: Mon, Jan 4, 2027 at 8:00 AM\nSubject: Delivery\n",
    "---------- Forwarded message ---------\nDate: Mon, Jan 4, 2027 at 8:00 AM\nSubject: Delivery\n\n\nFrom: ana@customer.example\n",
    "---------- Forwarded message ---------\nSubject: Delivery\n\nAs she says:\nFrom: ana@customer.example\n",
    "---------- Forwarded message ---------\nFrom: ana@customer.example, bob@customer.example\nSubject: Delivery\n",
    "---------- Forwarded message ---------\nFrom: Ana <ana@customer.example, bob@customer.example>\nSubject: Delivery\n",
    "---------- Forwarded message ---------\nFrom: Ana <@>\nSubject: Delivery\n",
  ])
  func `a head that does not say who wrote names nobody`(_ section: String) {
    #expect(ForwardedSender.read(section) == nil)
  }

  @Test(
    arguments: [
      ("From: Ana Souza <ana@customer.example>\nTo: mia@x.test\n", "ana@customer.example"),
      ("\r\nFrom: =?utf-8?q?Ana_Souza?=\r\n <ana@customer.example>\r\n", "ana@customer.example"),
      ("From: shop@forms.example\nReply-To: ana@customer.example\n", "ana@customer.example"),
      ("From: support@desk.example\nTo: ana@customer.example\n", nil), ("Subject: Delivery\n", nil), ("", nil),
    ] as [(String, String?)])
  func `the sender of a mail that came as a file is whom an answer to it would go to`(_ head: String, _ address: String?) {
    let sender = ForwardedSender.read(mail: Array((head + "\nHello!\n").utf8), channel: deskChannel)
    #expect(sender?.address == address)
  }
}
