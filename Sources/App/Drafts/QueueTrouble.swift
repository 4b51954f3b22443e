import Domain
import HTML
import Postgres

/// What wants somebody and is no draft: a channel that fails, mails that cannot be read. Each says what to do.
struct QueueTrouble {
  let title: String
  let path: Path
  let text: String
  let badge: StatusBadge
  let isChannel: Bool

  static func all(_ channels: [DeskChannel], _ person: Person, _ clock: PageClock, _ words: Words) -> [QueueTrouble] {
    let failing = channels.map { DeskChannelText($0, person, clock, words) }.filter { $0.state == .failing }
    var troubles = failing.map { text in
      QueueTrouble(
        title: text.channel.name, path: Paths.channel(text.channel.id),
        text: [text.why, text.advice].compactMap(\.self).joined(separator: " "), badge: text.badge, isChannel: true)
    }
    let quarantined = person.counts[.quarantined]
    if quarantined > 0 {
      troubles.append(
        QueueTrouble(
          title: words.count("{n} mail could not be read", "{n} mails could not be read", quarantined), path: Paths.quarantine,
          text: words("They are kept with their bytes. Look at why, and try again or delete them."),
          badge: StatusBadge(tone: "due", icon: "held", label: words("Quarantine")), isChannel: false))
    }
    return troubles
  }
}

extension QueueTrouble {
  /// What is to be done about an answer by hand.
  init(_ answer: TroubledAnswer, _ words: Words) {
    let text =
      switch answer.sending {
      case .held: words("Look at what the customer wrote, then send the answer all the same, or take it back and write another.")
      case .bounced: words("Write to another address of the customer.")
      case .queued, .sending: words("Look at what the server said. It is tried again by itself, for a day.")
      default: words("Look at what the server said, then send it again, to another address if need be, or take it back.")
      }
    self.init(
      title: answer.subject.utf8.isEmpty ? words("Without a subject") : answer.subject, path: Paths.conversation(answer.conversation),
      text: text, badge: answer.badge(words), isChannel: false)
  }
}

/// An answer by hand that did not arrive, waits for somebody to look, or is put off by its server.
struct TroubledAnswer {
  let conversation: ID<Conversation>
  let subject: String
  let sending: DeskMessage.Sending

  fileprivate func badge(_ words: Words) -> StatusBadge {
    sending == .queued || sending == .sending
      ? StatusBadge(tone: "due", icon: "clock", label: words("Put off by its server")) : SendingText.badge(sending, words)
  }

  /// Of the account that the transaction is for, the newest first.
  static var ours: Query<TroubledAnswer> {
    Query(
      """
      SELECT m.conversation_id AS conversation, v.subject, m.sending FROM messages m JOIN conversations v ON v.id = m.conversation_id
      WHERE m.account_id = (SELECT my_account()) AND \(DeskMessage.wantsAttention) AND m.draft_id IS NULL
      ORDER BY m.number DESC LIMIT 50
      """, into: TroubledAnswer.init)
  }
}
