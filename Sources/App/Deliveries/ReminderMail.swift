import Domain
import HTML
import Web

/// The mail about one escalation, or a digest of several: what it is, since when, and the links that answer it. The text and the page are the
/// same content twice. A digest holds titles and links, and notes only where they are few and short.
struct ReminderMail {
  let mail: MailPage
  /// The first, and what a digest tells besides.
  private let deliveries: [ClaimedDelivery]
  private let delivery: ClaimedDelivery
  private let services: Services
  private let now: Instant
  private let subject: String

  /// - Parameter others: what a digest tells besides.
  init(_ delivery: ClaimedDelivery, _ others: [ClaimedDelivery], _ services: Services, at now: Instant) {
    let words = services.words(delivery.language)
    (self.delivery, self.services, self.now) = (delivery, services, now)
    let deliveries = [delivery] + others
    self.deliveries = deliveries
    let texts = ReminderMail.texts(deliveries)
    let items = zip(deliveries, texts).map { MailPage.Item($0, $1, isAlone: others.isEmpty, services, words, now) }
    let isShort = zip(deliveries, texts).contains { $0.hasNotes && $1 == nil }
    subject = others.isEmpty ? ReminderMail.subject(delivery, words) : ReminderMail.subject(of: deliveries, words)
    mail = MailPage(
      frame: ReminderMail.frame(delivery, subject, summary: others.isEmpty ? items[0].facts : nil, services),
      heading: others.isEmpty ? nil : subject, items: items,
      elsewhere: isShort ? words("The notes are on the page of each reminder.") : nil)
  }

  /// Why it came, and how to stop it.
  private static func frame(_ delivery: ClaimedDelivery, _ title: String, summary: String?, _ services: Services) -> MailFrame {
    let words = services.words(delivery.language)
    var frame = MailFrame(
      language: delivery.language, title: title, summary: summary, footer: words("You get this mail because you asked Heed to remind you."),
      stopLabel: words("No more mails to this address"))
    var stop = UnsubscribeLink(delivery.message.user, delivery.email)
    if let contact = delivery.contact {
      let values: KeyValuePairs = ["name": contact.ownerName, "email": contact.ownerEmail]
      frame = MailFrame(
        language: delivery.language, title: title, summary: summary,
        footer: words("You get this mail because {name} ({email}) asked you to be a trusted contact, and you agreed.", values),
        stopLabel: words("No more mails about {name}’s reminders", ["name": contact.ownerName]))
      stop = UnsubscribeLink(contactOf: delivery.message.user, delivery.email)
    }
    frame.stop = SafeURL(services.origin + Paths.unsubscribe(stop.token(services.keys)).text)
    return frame
  }

  /// The longest notes that a digest holds, in bytes of HTML: some mail programs cut what is longer than 100 kB in all.
  private static let longestTexts = 65_536

  /// The notes of each: those of one alone always, those of a digest all or none.
  private static func texts(_ deliveries: [ClaimedDelivery]) -> [RenderedText?] {
    let none = [RenderedText?](repeating: nil, count: deliveries.count)
    if deliveries.count > ClaimedDelivery.mostTexts { return none }
    let texts = deliveries.map { ReminderText.of($0.notes, stored: $0.text) }
    let length = texts.reduce(0) { $0 + ($1?.html.bytes.count ?? 0) }
    return deliveries.count == 1 || length <= longestTexts ? texts : none
  }

  private static func subject(_ delivery: ClaimedDelivery, _ words: Words) -> String {
    let title = delivery.title
    if let contact = delivery.contact { return words("Reminder of {name}: {title}", ["name": contact.ownerName, "title": title]) }
    if delivery.round > 0 { return words("Still waiting: {title}", ["title": title]) }
    if delivery.tier == 1 { return title }
    return words("Tier {tier} of {tiers}: {title}", ["tier": String(delivery.tier), "tiers": String(delivery.tiers), "title": title])
  }

  private static func subject(of deliveries: [ClaimedDelivery], _ words: Words) -> String {
    if let contact = deliveries.first?.contact {
      return words.count("{n} reminder of {name}", "{n} reminders of {name}", deliveries.count, ["name": contact.ownerName])
    }
    guard deliveries.allSatisfy({ $0.minute != nil }) else {
      return words.count("{n} reminder waited for you", "{n} reminders waited for you", deliveries.count)
    }
    let names = deliveries.prefix(3).map(\.title).joined(separator: ", ") + (deliveries.count > 3 ? ", …" : "")
    return words("{n} habits: {names}", ["n": String(deliveries.count), "names": names])
  }

  /// What it says: one thread for each reminder.
  var content: MessageContent {
    let words = services.words(delivery.language)
    return MessageContent(
      key: ("delivery", delivery.message.id.text), name: delivery.name, address: delivery.device?.label ?? delivery.email,
      subject: subject, text: mail.text(words), html: String(decoding: mail.rendered(words), as: UTF8.self),
      thread: ("reminder", delivery.reminder.text),
      stop: mail.frame.stop?.text, brief: ReminderBrief(deliveries, subject, mail.items.first?.link?.text, services).parts,
      items: zip(deliveries, mail.items).map { AnswerableItem($0, $1) }, words: words)
  }
}

extension AnswerableItem {
  fileprivate init(_ delivery: ClaimedDelivery, _ item: MailPage.Item) {
    self.init(
      escalation: delivery.escalation.text, reminder: delivery.reminder.text, title: item.title, facts: item.facts,
      notes: item.text?.plain ?? "", importance: delivery.importance, tier: delivery.tier, tiers: delivery.tiers, round: delivery.round,
      dueAt: delivery.occurrenceAt, link: item.link?.text, canComplete: !delivery.isAmount)
  }
}

/// A mail as people read it.
struct MailPage {
  /// One thing to heed.
  struct Item {
    let title: String
    let facts: String
    /// Above the title, where it matters more than usual.
    let urgency: Urgency?
    /// Its title is the mail's.
    let isAlone: Bool
    let text: RenderedText?
    let link: SafeURL?
    /// What the link offers.
    let hint: String
    /// The same before a bare link.
    let offer: String

    var body: SafeHTML? { text?.html }

    init(_ delivery: ClaimedDelivery, _ text: RenderedText?, isAlone: Bool, _ services: Services, _ words: Words, _ now: Instant) {
      title = delivery.title
      urgency = Urgency(delivery.importance, words)
      let time = TimeWords.dateTime(delivery.occurrenceAt, delivery.zone, delivery.language)
      let due =
        delivery.contact.map {
          words("{name} asked to be reminded of this, and nobody has answered. Due {time}.", ["name": $0.ownerName, "time": time])
        }
        ?? words("Due {time}. Tier {tier} of {tiers}.", ["time": time, "tier": String(delivery.tier), "tiers": String(delivery.tiers)])
      let missed = MissedText.sentence(delivery.missed, from: delivery.missedFrom, words) {
        TimeWords.dateTime($0, delivery.zone, delivery.language)
      }
      facts = missed.map { due + " " + $0 } ?? due
      (self.text, self.isAlone) = (text, isAlone)
      let token = ActionLink(delivery.escalation, to: delivery.recipient, sentAt: now).token(services.keys)
      link = SafeURL(services.origin + Paths.action(token).text)
      let isOfContact = delivery.contact != nil
      hint = isOfContact ? words("I have it, or I cannot.") : words("I am on it, it is done, or later.")
      offer = isOfContact ? words("Answer (I have it, or I cannot):") : words("Answer (I am on it, it is done, or later):")
    }
  }

  /// An importance that is said, and has a colour.
  struct Urgency {
    let word: String
    let isCritical: Bool

    /// The class of its colour.
    var name: String { isCritical ? "urgent" : "due" }

    init?(_ importance: Importance, _ words: Words) {
      switch importance {
      case .low, .medium: return nil
      case .high: word = words("High importance")
      case .critical: word = words("Critical importance")
      }
      isCritical = importance == .critical
    }
  }

  let frame: MailFrame
  /// Over several; one has its title there.
  let heading: String?
  let items: [Item]
  /// So many that a title is the link, in place of a button below it: what is too long, mail programs cut.
  var isLong: Bool { items.count > 10 }
  /// Says where the notes are that the mail does not hold.
  let elsewhere: String?

  /// The same without markup.
  func text(_ words: Words) -> String {
    var parts: [String] = []
    for item in items {
      parts.append([item.urgency?.word, item.title, item.facts].compactMap { $0 }.joined(separator: "\n"))
      if let plain = item.text?.plain, !plain.utf8.isEmpty { parts.append(plain) }
      if let link = item.link { parts.append(item.offer + "\n" + link.text) }
    }
    if let elsewhere { parts.append(elsewhere) }
    return frame.text(around: parts)
  }
}
