import Domain
import HTML

/// A draft in the list.
struct QueueItem {
  let id: String
  let mark: String
  let isTicked: Bool
  let path: Path
  let subject: String
  let customer: String
  let beginning: String
  let badge: StatusBadge
  let confidence: String
  let level: String
  /// How many sources it quotes.
  let grounds: String
  let facts: String
  /// When the oldest passage that it quotes was read; nil: it quotes none.
  let sources: TimeText?
  let tags: [Tag]
  let waiting: TimeText
  let late: String
  let claimedBy: String

  /// Leads to the others that have it.
  struct Tag {
    let name: String
    let path: Path
  }

  init(
    _ row: QueueRow, mark: String, isTicked: Bool, _ members: [Member], _ filter: DraftFilter, _ person: Person, _ clock: PageClock,
    _ words: Words
  ) {
    id = row.id.text
    (self.mark, self.isTicked) = (mark, isTicked)
    path = Paths.draft(row.id)
    subject = row.subject.utf8.isEmpty ? words("Without a subject") : row.subject
    customer = Customer.title(row.customerName, row.customerAddress)
    beginning = QueueItem.beginning(Markdown.words(row.text))
    // One that is decided is late no more, whatever its customer has waited.
    let isLate = row.state == .pending && row.lateAt.map { clock.hasCome($0) } ?? false
    badge =
      isLate
      ? StatusBadge(tone: "urgent", icon: "late", label: words("Late")) : DraftText.badge(row.state, row.sending, words)
    let hundredths = DraftConfidence(hundredths: Int((row.confidence * 100).rounded()))
    confidence = hundredths.text
    let name =
      switch hundredths.level {
      case .high: words("high confidence")
      case .medium: words("medium confidence")
      case .low: words("low confidence")
      }
    level = "\(name) \(hundredths.text)"
    let holder = row.claimant(at: clock.now).flatMap { id in members.first { $0.id == id }?.displayName }
    claimedBy = holder ?? ""
    grounds = row.sources == 0 ? words("no source") : words.count("{n} source", "{n} sources", row.sources)
    var facts = [row.channelName]
    if row.staleSources > 0 { facts.insert(words("stale"), at: 0) }
    if row.isEdited { facts.append(words("edited")) }
    if row.isToCheck { facts.append(words("to be checked")) }
    if let holder {
      let since = row.claimedAt.map { TimeText($0, person, clock).when.text } ?? ""
      facts.append(words("{name} has it since {time}", ["name": holder, "time": since]))
    }
    self.facts = facts.joined(separator: " · ")
    sources = row.sourcesAt.map { TimeText($0, person, clock) }
    tags = row.tags.map { Tag(name: $0, path: filter.path(tagged: $0)) }
    waiting = TimeText(row.waitingSince ?? row.askedAt, person, clock)
    late = isLate ? "yes" : "no"
  }

  /// In one line.
  private static func beginning(_ text: String) -> String {
    var line: [UInt8] = []
    var (scalars, isGap) = (0, false)
    for byte in text.utf8 {
      if byte == 32 || (9...13).contains(byte) {
        isGap = !line.isEmpty
        continue
      }
      if byte & 0xC0 != 0x80 {
        if scalars + (isGap ? 1 : 0) >= 140 {
          line += "…".utf8
          break
        }
        if isGap { line.append(32) }
        scalars += isGap ? 2 : 1
        isGap = false
      }
      line.append(byte)
    }
    return String(decoding: line, as: UTF8.self)
  }
}
