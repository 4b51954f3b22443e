import Domain
import Net

extension Channel {
  /// Mail, through the operator's server or into a folder of this machine.
  static let email = Channel(
    type: .email, toggle: { words in words("Send reminders by e-mail") }, usesAddress: true,
    about: ChannelAbout(description: { words in words("Mails to your own address, with a link that answers without signing in.") }),
    compose: { content, composing in
      let (mailer, keys) = (composing.mailer, composing.keys)
      guard let recipient = MailAddress(content.address) else { throw NetError.badHeader("To") }
      guard let id = mailer.messageID(content.key.kind, content.key.id, keys) else { throw NetError.badHeader("Message-ID") }
      var mail = Mail(
        from: mailer.from, to: [Mail.Mailbox(content.name, recipient)], subject: content.subject, text: content.text, html: content.html,
        messageID: id, date: composing.now)
      if let thread = content.thread {
        mail.inReplyTo = mailer.messageID(thread.kind, thread.id, keys)
        mail.references = mail.inReplyTo.map { [$0] } ?? []
      }
      mail.unsubscribe = content.stop
      return .mail(mail, to: recipient)
    })
}
