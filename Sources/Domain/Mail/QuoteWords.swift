/// The words by which mail programs head what they quote, folded: lower case, no accents (RULES 6.10).
enum QuoteWords {
  /// What a line of a block of heads is about.
  enum Field: Hashable {
    case from, date, to, subject, other
  }

  static let fields: [String: Field] = {
    let groups: [(Field, [String])] = [
      (.from, ["from", "de", "von", "da", "van", "fran", "fra", "od", "от", "发件人", "寄件者", "差出人"]),
      (
        .date,
        [
          "sent", "date", "data", "enviado", "enviada", "enviada em", "enviado em", "enviado el", "fecha", "envoye", "envoye le",
          "gesendet",
          "datum", "inviato", "verzonden", "skickat", "sendt", "wyslano", "отправлено", "дата", "发送时间", "日期", "送信日時",
        ]
      ),
      (.to, ["to", "para", "a", "an", "aan", "till", "til", "do", "кому", "收件人", "宛先"]),
      (
        .subject, ["subject", "assunto", "asunto", "objet", "betreff", "oggetto", "onderwerp", "amne", "emne", "temat", "тема", "主题", "件名"]
      ),
      (
        .other,
        [
          "cc", "cco", "bcc", "reply-to", "responder a", "importance", "importancia", "priority", "attachments", "anexos", "copia", "kopie",
          "копия", "in-reply-to", "organization", "organizacao",
        ]
      ),
    ]
    var fields: [String: Field] = [:]
    for (field, words) in groups {
      for word in words { fields[word] = field }
    }
    return fields
  }()

  /// Between dashes, above a quoted mail.
  static let originals: [StaticString] = [
    "original message", "mensagem original", "mensaje original", "message d'origine", "message original", "ursprungliche nachricht",
    "originalnachricht", "messaggio originale", "oorspronkelijk bericht", "original appointment", "reply message", "mensagem de resposta",
  ]

  /// Above a mail that is passed on.
  static let forwards: [StaticString] = [
    "forwarded message", "begin forwarded message", "mensagem encaminhada", "mensagem reencaminhada", "inicio da mensagem encaminhada",
    "inicio da mensagem reencaminhada", "mensaje reenviado", "inicio del mensaje reenviado", "message transfere",
    "debut du message transfere", "debut du message reexpedie", "weitergeleitete nachricht", "anfang der weitergeleiteten nachricht",
    "messaggio inoltrato", "inizio messaggio inoltrato", "doorgestuurd bericht", "forwarded by",
  ]

  /// "wrote", with which a head ends or which stands in it.
  static let verbs: [StaticString] = [
    "wrote", "writes", "escreveu", "escreveram", "escribio", "a ecrit", "schrieb", "ha scritto", "skrev", "schreef", "napisal", "пишет",
    "написал", "пишеш", "said", "yazdi",
  ]

  /// With which a head may begin.
  static let openings: [StaticString] = [
    "on ", "em ", "no dia ", "at ", "el ", "le ", "am ", "il ", "il giorno ", "op ", "den ", "pa ", "w dniu ", "a ", "dia ", "nas ", "na ",
  ]

  /// What phones and programs put below a message.
  static let endings: [StaticString] = [
    "sent from my ", "sent from mail for windows", "sent from outlook", "sent from yahoo mail", "sent from proton mail", "sent with proton",
    "sent from protonmail", "sent with protonmail", "sent from gmail", "sent from samsung", "sent via ", "get outlook for",
    "sent from a ", "enviado do meu ", "enviado pelo meu ", "enviado a partir d", "enviado do yahoo", "enviado desde ", "enviado via ",
    "enviado com o proton", "enviado com proton", "enviado do outlook", "enviado do email para windows", "enviado do correio para windows",
    "enviado do gmail", "enviado da minha ", "enviado de meu ", "enviado de mi ", "obter o outlook para", "obtenha o outlook para",
    "baixe o outlook para", "envoye de mon ", "envoye depuis ", "von meinem ", "gesendet von ", "inviato da ", "verzonden vanaf ",
    "yahoo mail: search, organize, conquer", "отправлено с ", "отправлено из ",
  ]
}
