import Domain
import Testing

@testable import Net

/// What stands open and what is folded (RULES 6.10).
@Suite struct QuoteTests {
  @Test(arguments: QuotingProgram.all)
  func `Hard case 11: an answer above a quote stands open, the quote is folded whole`(_ program: QuotingProgram) throws {
    let mail = try incoming("\(program.answer)\n\n\(program.quote)", subject: "Re: Order 17")
    #expect(mail.own == program.answer)
    #expect(mail.quoted.contains("your order left on Monday.") && mail.quoted.contains("Regards"))
    #expect(plain(mail.quoted).hasPrefix(plain(program.head)))
    #expect(mail.signature == "" && mail.forwarded == "")
  }

  @Test(arguments: QuotingProgram.all.filter(\.isMarked))
  func `Hard case 11: an answer below a quote stands open`(_ program: QuotingProgram) throws {
    let mail = try incoming("\(program.quote)\n\(program.answer)\n", subject: "Re: Order 17")
    #expect(mail.own == program.answer)
    #expect(mail.quoted.contains("your order left on Monday."))
  }

  @Test(arguments: QuotingProgram.all.filter(\.isMarked))
  func `Hard case 11: answers between quotes stand open with what they answer`(_ program: QuotingProgram) throws {
    let body = "\(program.head)\n> Which size do you need?\n\nForty-two.\n\n> And which colour?\n\nThe blue one.\n"
    let mail = try incoming(body, subject: "Re: Order 17")
    for words in ["Which size", "Forty-two.", "which colour", "The blue one."] { #expect(mail.own.contains(words), "\(words)") }
    #expect(mail.quoted == "")
  }

  @Test(arguments: QuotingProgram.all)
  func `Hard case 11: nothing but a quote stands open`(_ program: QuotingProgram) throws {
    let mail = try incoming(program.quote, subject: "Re: Order 17")
    #expect(mail.own.contains("your order left on Monday."))
    #expect(mail.quoted == "")
  }

  @Test(arguments: QuotingProgram.all)
  func `Hard case 11: what follows a forward's head stands open`(_ program: QuotingProgram) throws {
    let mail = try incoming("\(program.answer)\n\n\(program.quote)", subject: "ENC: Order 17")
    #expect(mail.own.hasPrefix(program.answer))
    // A quote with marks is one, whatever the subject says.
    if !program.isMarked, !program.name.contains("Yahoo") || program.name == "Yahoo, old" {
      #expect(mail.forwarded.contains("your order left on Monday.") && mail.quoted == "")
    }
  }

  @Test(arguments: [
    "On Monday your driver wrote: pay me in cash.\nIs that right?",
    "He wrote: pay me",
    "On 4 January 2027 your driver wrote:\npay me in cash, now.",
    "From: the depot I heard nothing.\nSent: two boxes, I got one.",
    "From: Lisbon\nTo: Porto\nDate: 10/01/2027\nPassengers: 2",
    "To: whom it may concern\nSubject: broken lamp",
    "Hi Keith,\n\nHere they are:-\n\n4111 1111 1111 1111\n\n06/29\n\nHope all is locked in now.",
    "Em 4 de janeiro o entregador escreveu: pague em dinheiro.\nEstá certo?",
    "De: ontem para hoje nada mudou.\nPara: mim isso não serve.",
    "These arrived at 09:12 on 4 Jan 2027:\n- a lamp\n- a cable",
    "On your remote host you can run:\ntelnet 127.0.0.1 52698\nThis should connect.",
    "My order 2027 is not here:\nplease look.",
    "Date: 10/01/2027\nTime: 10:00\nPlace: Rua A 5",
    "a > b and\n3 > 2",
    "-----\nThat is all.\n-----",
    "Please write to me:\ndana@customers.example",
  ])
  func `Hard case 11: what only looks like a head is none`(_ body: String) throws {
    let mail = try incoming("Hello,\n\n\(body)")
    #expect(mail.own == "Hello,\n\n\(body)")
    #expect(mail.quoted == "")
  }

  @Test(arguments: [
    "---------- Forwarded message ---------\nFrom: Bank <boleto@bank.example>\nDate: Mon, Jan 4, 2027 at 8:00 AM\nSubject: Boleto\nTo: <d@x.example>\n",
    "---------- Mensagem encaminhada ---------\nDe: Cobrança <boleto@bank.example>\nData: seg., 4 de jan. de 2027 às 08:00\nAssunto: Boleto\n",
    "Begin forwarded message:\n\nFrom: Bank <boleto@bank.example>\nSubject: Boleto\nDate: January 4, 2027 at 8:00:00 AM EST\n",
    "Início da mensagem encaminhada:\n\nDe: Cobrança <boleto@bank.example>\nAssunto: Boleto\nData: 4 de janeiro de 2027 08:00:00 BRT\n",
    "-------- Forwarded Message --------\nSubject: Boleto\nDate: Mon, 4 Jan 2027 08:00:00 +0000\nFrom: Bank <boleto@bank.example>\n",
    "-------- Mensagem encaminhada --------\nAssunto: Boleto\nData: Mon, 4 Jan 2027 08:00:00 -0300\nDe: Cobrança <boleto@bank.example>\n",
    "------- Forwarded Message -------\nFrom: Bank <boleto@bank.example>\nDate: On Monday, January 4th, 2027 at 8:00 AM\nSubject: Boleto\n",
    "----- Forwarded Message -----\n From: Bank <boleto@bank.example>\n To: Dana\n Sent: Monday, January 4, 2027 8:00 AM\n Subject: Boleto\n",
    "----- Mensagem encaminhada -----\n De: Cobrança <boleto@bank.example>\n Para: Dana\n Enviado: segunda-feira, 4 de janeiro de 2027 08:00\n",
  ])
  func `Hard case 11: a forward stands open whatever its subject`(_ head: String) throws {
    let mail = try incoming("Is this right?\n\n\(head)\nValor: R$ 129,90\n> an older line\nVencimento: 10/01/2027", subject: "Question")
    #expect(mail.own == "Is this right?")
    #expect(mail.forwarded.hasSuffix("Vencimento: 10/01/2027") && mail.forwarded.contains("older line"))
    #expect(mail.quoted == "")
  }

  @Test(arguments: [
    "Sent from my iPhone", "Enviado do meu iPhone", "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "Obter o Outlook para Android<https://aka.ms/x>",
    "Sent with Proton Mail secure email.", "Enviado com o Proton Mail.", "Enviado do meu Galaxy", "Sent from my Galaxy",
    "Sent from Yahoo Mail on Android", "Enviado do Yahoo Mail no Android",
    "[Sent from my phone]".replacing("phone", with: "Samsung Galaxy"),
    "Enviado do Email para Windows", "Sent from Mail for Windows", "-- \nDana Reyes\n+1 555 0100", "--\nDana Reyes\nExample Ltd",
  ])
  func `what a program puts below a message is its signature`(_ signature: String) throws {
    for quote in ["", "\n\n\(QuotingProgram.english[0].quote)", "\n\n\(QuotingProgram.english[5].quote)"] {
      let mail = try incoming("Thanks, it works now.\n\n\(signature)\(quote)")
      #expect(mail.own == "Thanks, it works now.")
      #expect(mail.signature == signature)
    }
    // Nothing else was written: then it stands open.
    #expect(try incoming(signature).own == signature)
  }

  @Test func `two rows of dashes are a list, and dashes in a line are words`() throws {
    let list = "Two problems:\n\n--\nthe lamp is broken\n--\nthe cable is missing"
    #expect(try incoming(list).own == list)
    let words = "And here is a fix -- this is not a signature.\n\nkthxbai"
    #expect(try incoming(words).own == words)
  }

  @Test func `Hard case 11: nothing of a text is lost, in whatever part it lands`() throws {
    for program in QuotingProgram.all {
      let body = "\(program.answer)\n\n\(program.quote)\nOne more thing.\n\n-- \nDana\n"
      let mail = try incoming(body)
      #expect(plain(mail.sections.map(\.text).joined(separator: "\n")) == plain(body), "\(program.name)")
    }
  }

  @Test func `quotes in HTML are told by their element`() throws {
    let html =
      "<div>Still nothing.</div><br><div class=\"gmail_quote\"><div class=\"gmail_attr\">On Mon, Jan 4, 2027 at 9:12 AM Support "
      + "&lt;<a href=\"mailto:support@desk.example\">support@desk.example</a>&gt; wrote:<br></div><blockquote>Hello Dana,<br>"
      + "<p>your order left.</p></blockquote></div><p>And thanks.</p>"
    let mail = try incoming(html, type: "text/html; charset=utf-8")
    #expect(mail.own == "Still nothing.\n\nAnd thanks.")
    #expect(plain(mail.quoted) == "On Mon, Jan 4, 2027 at 9:12 AM Support <support@desk.example> wrote: Hello Dana, your order left.")
  }

  @Test func `flowed lines are whole again`() throws {
    let body =
      ">> Hello, where is \n>> my order?\n> It left.\n\nThis is one paragraph \nof two lines.\n Indented by one.\n-- \nDana \nReyes\n"
    let mail = try incoming(body, type: "text/plain; charset=utf-8; format=flowed")
    #expect(mail.own == "This is one paragraph of two lines.\nIndented by one.")
    #expect(mail.quoted == ">> Hello, where is my order?\n> It left.")
    #expect(mail.signature == "-- \nDana Reyes")
  }
}
