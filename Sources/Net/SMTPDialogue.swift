/// The conversation about one message on a connection that is ready: what to say next, and what the answers mean.
/// Bytes in, bytes out; it knows no socket.
struct SMTPDialogue {
  enum Next {
    case say([UInt8])
    /// Somebody takes it: whoever had it sent is asked once more, see ``proceed()`` and ``withhold()``.
    case ask
    /// `reusable`: the connection is fit for another message, after a RSET when this one was refused.
    case end(MailOutcome, reusable: Bool)
  }

  /// What the server announced in answer to EHLO.
  struct Abilities: Hashable {
    var utf8 = false
    var size = false
  }

  private enum Step { case reset, sender, recipient, data, message }

  private let mail: MailTransfer
  private let abilities: Abilities
  private var step: Step
  /// Whom the server is still to be told of; the first of them is the one it has been told of, or will be next.
  private var waiting: [MailAddress]
  private var refusals: [MailRefusal] = []

  /// - Parameter needsReset: the message before this one on the connection was refused, and is still half in the server's mind.
  init(_ mail: MailTransfer, _ abilities: Abilities, needsReset: Bool) {
    self.mail = mail
    self.abilities = abilities
    step = needsReset ? .reset : .sender
    waiting = mail.recipients
  }

  /// What is being done now.
  var stage: MailReply.Stage {
    switch step {
    case .reset, .sender: .sender
    case .recipient: .recipient
    case .data, .message: .message
    }
  }

  /// The message itself is on its way or has been sent.
  var isSendingMessage: Bool { step == .message }

  mutating func begin() -> Next {
    if !abilities.utf8 {
      let text = "the mail server does not take addresses outside ASCII (SMTPUTF8)"
      let reply = MailReply(stage: .recipient, code: nil, enhanced: nil, text: text, fault: .ascii)
      waiting = mail.recipients.filter { !$0.needsUTF8 }
      refusals = mail.recipients.filter(\.needsUTF8).map { MailRefusal(recipient: $0, reply: reply, isPermanent: true) }
      // Who is left gets the message only if it does not name the others in letters that this server does not take.
      let isReadable = refusals.isEmpty || mail.message.allSatisfy { $0 < 0x80 }
      if mail.sender.needsUTF8 || waiting.isEmpty || !isReadable { return .end(.permanent(told(reply)), reusable: true) }
    }
    return .say(step == .reset ? Array("RSET\r\n".utf8) : senderLine)
  }

  /// - Parameter isComplete: all we had to say has been handed to the network.
  mutating func hear(_ reply: SMTPReply, isComplete: Bool) -> Next {
    guard isComplete else { return early(reply) }
    switch (step, reply.code / 100) {
    case (.reset, 2):
      step = .sender
      return .say(senderLine)
    case (.sender, 2):
      step = .recipient
      return nextRecipient()
    case (.recipient, 2):
      if !waiting.isEmpty { waiting.removeFirst() }
      return nextRecipient()
    case (.recipient, 4), (.recipient, 5): return refused(reply)
    case (.data, 3):
      step = .message
      return .say(SMTPDialogue.stuffed(mail.message))
    case (.message, 2): return .end(.delivered(told(reply.told(at: .message))), reusable: true)
    default: return refusal(reply)
    }
  }

  /// After ``Next/ask``: yes.
  mutating func proceed() -> Next {
    step = .data
    return .say(Array("DATA\r\n".utf8))
  }

  /// After ``Next/ask``: no. The server has heard of nothing but names.
  mutating func withhold() -> Next {
    let text = "withheld before anything of it was said"
    let reply = MailReply(stage: .recipient, code: nil, enhanced: nil, text: text, fault: .withheld)
    return .end(.temporary(told(reply)), reusable: true)
  }

  /// The reply, and for whom it does not count.
  func told(_ reply: MailReply) -> MailReply {
    var reply = reply
    reply.refusals = refusals
    return reply
  }

  private func nextRecipient() -> Next {
    if let next = waiting.first { return .say(Array("RCPT TO:<\(next.wire)>\r\n".utf8)) }
    if refusals.count < mail.recipients.count { return .ask }
    // Nobody is left: told in the words about one of those who may be taken later, else about the first.
    guard let deciding = refusals.first(where: { !$0.isPermanent }) ?? refusals.first else { return .ask }
    return .end(deciding.isPermanent ? .permanent(told(deciding.reply)) : .temporary(told(deciding.reply)), reusable: true)
  }

  /// This recipient is refused; the others may still be taken. 421 is about all of them.
  private mutating func refused(_ reply: SMTPReply) -> Next {
    guard reply.code != 421, !waiting.isEmpty else { return refusal(reply) }
    let isPermanent = reply.code / 100 == 5 && ![530, 535].contains(reply.code)
    refusals.append(MailRefusal(recipient: waiting.removeFirst(), reply: reply.told(at: .recipient), isPermanent: isPermanent))
    return nextRecipient()
  }

  /// Before the message is complete an answer can only be a refusal; the rest of the message would be read as commands.
  private func early(_ reply: SMTPReply) -> Next {
    let told = told(reply.told(at: stage))
    return .end(reply.code / 100 == 5 ? .permanent(told) : .temporary(told), reusable: false)
  }

  private func refusal(_ reply: SMTPReply) -> Next {
    let told = told(reply.told(at: stage))
    // 421 closes; 530 and 535 are about how we sign in, not about this message; 2xx and 3xx are out of place here.
    let isPermanent = reply.code / 100 == 5 && ![530, 535].contains(reply.code) && step != .reset
    let isReusable = reply.code / 100 >= 4 && reply.code != 421 && step != .reset
    return .end(isPermanent ? .permanent(told) : .temporary(told), reusable: isReusable)
  }

  private var senderLine: [UInt8] {
    var line = "MAIL FROM:<\(mail.sender.wire)>"
    if abilities.size { line += " SIZE=\(mail.message.count)" }
    if abilities.utf8, mail.sender.needsUTF8 || mail.recipients.contains(where: \.needsUTF8) { line += " SMTPUTF8" }
    return Array((line + "\r\n").utf8)
  }

  /// RFC 5321, 4.5.2: a dot at the beginning of a line is doubled, and a line with one dot alone ends the message. Line ends are CRLF
  /// whatever came: a bare CR or LF could end the message early for a careless server ("SMTP smuggling", CVE-2023-51764).
  static func stuffed(_ message: [UInt8]) -> [UInt8] {
    var wire: [UInt8] = []
    wire.reserveCapacity(message.count + 64)
    var before: UInt8 = 10
    for byte in message {
      if byte == 10, before == 13 {
        before = 10
        continue
      }
      if byte == UInt8(ascii: "."), before == 10 || before == 13 { wire.append(byte) }
      if byte == 10 || byte == 13 { wire += [13, 10] } else { wire.append(byte) }
      before = byte
    }
    if before != 10, before != 13 { wire += [13, 10] }
    return wire + ".\r\n".utf8
  }
}
