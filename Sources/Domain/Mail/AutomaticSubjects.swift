/// How subjects of automatic mails begin, folded (RULES 6.15). A question about an absence ("My out of office reply does not work") does not
/// begin so, nor does an answer to such a mail ("Re: …").
enum AutomaticSubjects {
  static let answers: [StaticString] = [
    "automatic reply", "auto reply", "autoreply", "auto-reply", "automated reply", "automatic response", "auto response", "autoresponse",
    "auto-response", "out of office:", "out of office autoreply", "out of the office:", "out-of-office:", "out of office reply",
    "ooo:", "vacation reply", "vacation response", "away from my mail", "i am away", "i'm away", "on vacation:", "on leave:",
    "resposta automatica", "resposta automatizada", "mensagem automatica", "ausencia temporaria", "ausencia:", "fora do escritorio",
    "ausente do escritorio", "aviso de ausencia", "aviso de ferias", "estou de ferias", "respuesta automatica", "fuera de la oficina",
    "reponse automatique", "absence du bureau", "message d'absence", "automatische antwort", "abwesenheit", "abwesend:",
    "risposta automatica",
    "automatisch antwoord",
  ]

  /// Those of reports on a delivery, where a daemon is the sender.
  static let bounces: [StaticString] = [
    "undeliver", "undelivered mail returned", "delivery status notification", "delivery status", "returned mail", "failure notice",
    "mail delivery failed", "mail delivery failure", "mail delivery status", "mail delivery problem", "mail failure", "delivery failure",
    "delivery failed", "delivery report", "delivery notification", "delivery delayed", "delayed mail", "mail system error",
    "message delivery", "message not delivered", "message could not be delivered", "message undeliverable", "notice: mail delivery status",
    "warning: could not send message", "warning: message", "could not send message", "sorry, your message", "non delivery",
    "nondeliverable", "non-deliverable", "postmaster notify", "error sending mail", "there was an error sending your mail",
    "your message couldn't be delivered", "mensagem nao entregue", "nao entregue", "nao foi possivel entregar", "falha na entrega",
    "falha no envio", "mensagem devolvida", "notificacao de status de entrega", "notificacao do estado de entrega",
    "notificacao de falha na entrega", "no se puede entregar", "no entregado", "unzustellbar", "non remis", "echec de la remise",
    "mancato recapito", "onbestelbaar", "недоставленное сообщение", "ваше сообщение не доставлено", "メールエラー通知", "メッセージを配信できません",
    "[postmaster]", "**message you sent blocked",
  ]

  /// Those that say it plainly enough without a daemon as the sender: no customer begins so.
  static let plainBounces: [StaticString] = [
    "undelivered mail returned", "undeliverable:", "undeliverable message", "undeliverable mail", "delivery status notification",
    "returned mail:", "failure notice", "mail delivery failed", "mail delivery failure", "mensagem nao entregue", "nao entregue:",
    "メールエラー通知", "メッセージを配信できません",
  ]
}
