import Testing

/// What mail programs put above the mail that they quote, as of 2020 to 2026.
struct QuotingProgram: Sendable, CustomTestStringConvertible {
  let name: String
  let head: String
  /// The quoted lines begin with `>`.
  let isMarked: Bool
  /// In the mail's own language: what stands above the quote.
  let answer: String

  var testDescription: String { name }

  init(_ name: String, _ head: String, isMarked: Bool = true, pt: Bool = false) {
    (self.name, self.head, self.isMarked) = (name, head, isMarked)
    answer = pt ? "Bom dia,\n\nAinda não chegou. Podem verificar?" : "Hello,\n\nStill nothing here. Could you check?"
  }

  static let quoted = "Hello Dana, your order left on Monday.\n\nRegards"

  var quote: String {
    let lines = Self.quoted.split(separator: "\n", omittingEmptySubsequences: false).map {
      isMarked ? $0.isEmpty ? ">" : "> \($0)" : String($0)
    }
    return head + "\n" + (isMarked ? "" : "\n") + lines.joined(separator: "\n") + "\n"
  }

  static let all: [QuotingProgram] = english + portuguese + others

  static let english: [QuotingProgram] = [
    .init("Gmail", "On Mon, Jan 4, 2027 at 9:12 AM Support <support@desk.example> wrote:\n"),
    .init("Gmail, British", "On Mon, 4 Jan 2027 at 09:12, Support <support@desk.example> wrote:\n"),
    .init("Gmail, wrapped", "On Mon, Jan 4, 2027 at 9:12 AM Support Desk of the Example Company <\nsupport@desk.example> wrote:\n"),
    .init("Gmail, wrapped before the verb", "On Mon, Jan 4, 2027 at 9:12 AM Support <support@desk.example>\nwrote:\n"),
    .init("Gmail, by number", "2027-01-04 9:12 GMT-03:00 Support <support@desk.example>:\n"),
    .init(
      "Outlook",
      "From: Support <support@desk.example>\nSent: Monday, January 4, 2027 9:12 AM\nTo: Dana Reyes <dana@customers.example>\nSubject: Re: Order 17",
      isMarked: false),
    .init(
      "Outlook, bold",
      "*From:* Support <support@desk.example>\n*Sent:* Monday, January 4, 2027 9:12 AM\n*To:* Dana\n*Subject:* Re: Order 17",
      isMarked: false),
    .init(
      "Outlook 2010",
      "-----Original Message-----\nFrom: Support [mailto:support@desk.example] \nSent: Monday, January 04, 2027 9:12 AM\nTo: Dana Reyes\n"
        + "Subject: Re: Order 17", isMarked: false),
    .init(
      "Outlook on the web",
      "________________________________\nFrom: Support <support@desk.example>\nSent: Monday, January 4, 2027 9:12 AM\nTo: Dana Reyes\n"
        + "Cc: Ann <ann@customers.example>\nSubject: Re: Order 17", isMarked: false),
    .init(
      "Outlook for Mac",
      "From: Support <support@desk.example>\nDate: Monday, 4 January 2027 at 09:12\nTo: Dana Reyes <dana@customers.example>\nSubject: Order 17",
      isMarked: false),
    .init(
      "Outlook, paragraphs apart", "From: Support\n\nSent: Monday, January 4, 2027 9:12 AM\n\nTo: Dana Reyes\n\nSubject: Re: Order 17",
      isMarked: false),
    .init(
      "Outlook, many recipients",
      "From: Support <support@desk.example>\nSent: Monday, January 4, 2027 9:12 AM\nTo: Dana Reyes <dana@customers.example>; Ann\n"
        + "<ann@customers.example>; Ben <ben@customers.example>\nSubject: Re: Order 17", isMarked: false),
    .init(
      "Hotmail", "Date: Mon, 4 Jan 2027 09:12:33 +0000\nSubject: Re: Order 17\nFrom: support@desk.example\nTo: dana@customers.example",
      isMarked: false),
    .init("Windows Mail", "From: Support\nSent: Monday, January 4, 2027 9:12 AM\nTo: Dana Reyes", isMarked: false),
    .init("Apple Mail", "On Jan 4, 2027, at 9:12 AM, Support <support@desk.example> wrote:\n"),
    .init("Apple Mail, British", "On 4 Jan 2027, at 09:12, Support <support@desk.example> wrote:\n"),
    .init("iPhone", "> On Jan 4, 2027, at 9:12 AM, Support <support@desk.example> wrote:\n> "),
    .init("Yahoo", "    On Monday, January 4, 2027 at 09:12:33 AM EST, Support <support@desk.example> wrote:  \n ", isMarked: false),
    .init(
      "Yahoo, old",
      "________________________________\n From: Support <support@desk.example>\nTo: Dana Reyes \nSent: Monday, January 4, 2027 9:12 AM\n"
        + "Subject: Re: Order 17\n ", isMarked: false),
    .init("Proton", "On Monday, January 4th, 2027 at 9:12 AM, Support <support@desk.example> wrote:\n"),
    .init(
      "Proton, 2022", "------- Original Message -------\nOn Monday, January 4th, 2027 at 9:12 AM, Support <support@desk.example> wrote:\n"),
    .init(
      "Proton, 2020", "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Monday, January 4th, 2027 at 9:12 AM, Support <support@desk.example> wrote:\n"),
    .init(
      "Samsung",
      "-------- Original message --------\nFrom: Support <support@desk.example> \nDate: 1/4/27  9:12 AM  (GMT-05:00) \nTo: Dana \n"
        + "Subject: Re: Order 17 ", isMarked: false),
    .init("Thunderbird", "On 04/01/2027 09:12, Support wrote:"),
    .init("Thunderbird, American", "On 1/4/27 9:12 AM, Support wrote:"),
    .init(
      "AOL",
      "-----Original Message-----\nFrom: Support <support@desk.example>\nTo: dana@customers.example\nSent: Mon, Jan 4, 2027 9:12 am\n"
        + "Subject: Re: Order 17", isMarked: false),
    .init("Lotus", "Support <support@desk.example> wrote on 01/04/2027 09:12:33 AM:\n"),
  ]

  static let portuguese: [QuotingProgram] = [
    .init("Gmail, pt-BR", "Em seg., 4 de jan. de 2027 às 09:12, Suporte <support@desk.example> escreveu:\n", pt: true),
    .init("Gmail, pt-BR, wrapped", "Em seg., 4 de jan. de 2027 às 09:12, Suporte <support@desk.example>\nescreveu:\n", pt: true),
    .init("Gmail, pt-BR, 2015", "Em 4 de janeiro de 2027 09:12, Suporte <support@desk.example> escreveu:\n", pt: true),
    .init("Gmail, pt-PT", "Suporte <support@desk.example> escreveu no dia segunda, 4/01/2027 à(s) 09:12:\n", pt: true),
    .init(
      "Outlook, pt-BR",
      "De: Suporte <support@desk.example>\nEnviada em: segunda-feira, 4 de janeiro de 2027 09:12\nPara: Dana Reyes <dana@customers.example>\n"
        + "Assunto: Re: Order 17", isMarked: false, pt: true),
    .init(
      "Outlook 2010, pt-BR",
      "-----Mensagem original-----\nDe: Suporte [mailto:support@desk.example] \nEnviada em: segunda-feira, 4 de janeiro de 2027 09:12\n"
        + "Para: Dana Reyes\nAssunto: Re: Order 17", isMarked: false, pt: true),
    .init(
      "Outlook on the web, pt-BR",
      "________________________________\nDe: Suporte <support@desk.example>\nEnviado: segunda-feira, 4 de janeiro de 2027 09:12\n"
        + "Para: Dana Reyes <dana@customers.example>\nAssunto: Re: Order 17", isMarked: false, pt: true),
    .init(
      "Outlook for Mac, pt-BR",
      "De: Suporte <support@desk.example>\nData: segunda-feira, 4 de janeiro de 2027 às 09:12\nPara: Dana Reyes\nAssunto: Re: Order 17",
      isMarked: false, pt: true),
    .init(
      "Outlook, pt-PT", "De: Suporte <support@desk.example>\nEnviada: 4 de janeiro de 2027 09:12\nPara: Dana Reyes\nAssunto: Re: Order 17",
      isMarked: false, pt: true),
    .init(
      "Hotmail, pt-BR",
      "Date: Mon, 4 Jan 2027 09:12:33 +0000\nSubject: Re: Order 17\nFrom: support@desk.example\nTo: dana@customers.example",
      isMarked: false, pt: true),
    .init("Apple Mail, pt-BR", "Em 4 de jan. de 2027, à(s) 09:12, Suporte <support@desk.example> escreveu:\n", pt: true),
    .init("Apple Mail, pt-BR, 2014", "Em 04/01/2027, às 09:12, Suporte <support@desk.example> escreveu:\n", pt: true),
    .init("iPhone, pt-BR", "> Em 4 de jan. de 2027, à(s) 09:12, Suporte <support@desk.example> escreveu:\n> ", pt: true),
    .init(
      "Yahoo, pt-BR", "    Em segunda-feira, 4 de janeiro de 2027 09:12:33 BRT, Suporte <support@desk.example> escreveu:  \n ",
      isMarked: false,
      pt: true),
    .init("Proton, pt-BR", "Em segunda-feira, 4 de janeiro de 2027 às 09:12, Suporte <support@desk.example> escreveu:\n", pt: true),
    .init(
      "Proton, pt-BR, 2022",
      "------- Mensagem Original -------\nEm segunda-feira, 4 de janeiro de 2027 às 09:12, Suporte <support@desk.example> escreveu:\n",
      pt: true),
    .init(
      "Samsung, pt-BR",
      "-------- Mensagem original --------\nDe: Suporte <support@desk.example> \nData: 04/01/2027 09:12 (GMT-03:00) \nPara: Dana \n"
        + "Assunto: Re: Order 17 ", isMarked: false, pt: true),
    .init("Thunderbird, pt-BR", "Em 04/01/2027 09:12, Suporte escreveu:", pt: true),
  ]

  static let others: [QuotingProgram] = [
    .init("Gmail, Spanish", "El lun, 4 ene 2027 a las 9:12, Soporte (<support@desk.example>) escribió:\n"),
    .init("Gmail, French", "Le lun. 4 janv. 2027 à 09:12, Support <support@desk.example> a écrit :\n"),
    .init("Gmail, German", "Am Mo., 4. Jan. 2027 um 09:12 Uhr schrieb Support <support@desk.example>:\n"),
    .init("Gmail, Italian", "Il giorno lun 4 gen 2027 alle ore 09:12 Support <support@desk.example> ha scritto:\n"),
    .init(
      "Outlook, German", "Von: Support <support@desk.example>\nGesendet: Montag, 4. Januar 2027 09:12\nAn: Dana\nBetreff: AW: Order 17",
      isMarked: false),
    .init(
      "Outlook, French", "De : Support <support@desk.example>\nEnvoyé : lundi 4 janvier 2027 09:12\nÀ : Dana\nObjet : RE: Order 17",
      isMarked: false),
    .init(
      "Outlook, Spanish",
      "De: Soporte <support@desk.example>\nEnviado el: lunes, 4 de enero de 2027 9:12\nPara: Dana\nAsunto: RE: Order 17",
      isMarked: false),
    .init(
      "Outlook, Italian", "Da: Support <support@desk.example>\nInviato: lunedì 4 gennaio 2027 09:12\nA: Dana\nOggetto: R: Order 17",
      isMarked: false),
  ]
}
