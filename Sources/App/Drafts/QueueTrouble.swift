import Domain
import HTML

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
