/// The conversation about one message on a connection that is ready: what to say next, and what the answers mean.
/// Bytes in, bytes out; it knows no socket.
struct SMTPDialogue {
  enum Next {
    case say([UInt8])
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

  /// - Parameter needsReset: the message before this one on the connection was refused, and is still half in the server's mind.
  init(_ mail: MailTransfer, _ abilities: Abilities, needsReset: Bool) {
    self.mail = mail
    self.abilities = abilities
    step = needsReset ? .reset : .sender
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

  func begin() -> Next {
    guard abilities.utf8 || !(mail.recipient.needsUTF8 || mail.sender.needsUTF8) else {
      let text = "the mail server does not take addresses outside ASCII (SMTPUTF8)"
      return .end(.permanent(MailReply(stage: .recipient, code: nil, enhanced: nil, text: text, fault: .ascii)), reusable: true)
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
      return .say(Array("RCPT TO:<\(mail.recipient.wire)>\r\n".utf8))
    case (.recipient, 2):
      step = .data
      return .say(Array("DATA\r\n".utf8))
    case (.data, 3):
      step = .message
      return .say(SMTPDialogue.stuffed(mail.message))
    case (.message, 2): return .end(.delivered(reply.told(at: .message)), reusable: true)
    default: return refusal(reply)
    }
  }

  /// Before the message is complete an answer can only be a refusal; the rest of the message would be read as commands.
  private func early(_ reply: SMTPReply) -> Next {
    let told = reply.told(at: stage)
    return .end(reply.code / 100 == 5 ? .permanent(told) : .temporary(told), reusable: false)
  }

  private func refusal(_ reply: SMTPReply) -> Next {
    let told = reply.told(at: stage)
    // 421 closes; 530 and 535 are about how we sign in, not about this message; 2xx and 3xx are out of place here.
    let isPermanent = reply.code / 100 == 5 && ![530, 535].contains(reply.code) && step != .reset
    let isReusable = reply.code / 100 >= 4 && reply.code != 421 && step != .reset
    return .end(isPermanent ? .permanent(told) : .temporary(told), reusable: isReusable)
  }

  private var senderLine: [UInt8] {
    var line = "MAIL FROM:<\(mail.sender.wire)>"
    if abilities.size { line += " SIZE=\(mail.message.count)" }
    if mail.recipient.needsUTF8 || mail.sender.needsUTF8 { line += " SMTPUTF8" }
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
