import Domain
import HTML
import Net
import Web

/// The mail about one escalation, or a digest of several: what it is, since when, and the links that answer it. The text and the page are the
/// same content twice. A digest holds titles and links, and notes only where they are few and short.
struct ReminderMail {
  let mail: MailPage
  private let parcel: Parcel
  private let mailer: Mailer
  private let services: Services
  private let now: Instant
  private let subject: String

  /// - Parameter others: what a digest tells besides.
  init(_ parcel: Parcel, _ others: [Parcel], _ services: Services, _ mailer: Mailer, at now: Instant) {
    let words = services.words(parcel.language)
    (self.parcel, self.mailer, self.services, self.now) = (parcel, mailer, services, now)
    let parcels = [parcel] + others
    let texts = ReminderMail.texts(parcels)
    let items = zip(parcels, texts).map { MailPage.Item($0, $1, services, words, now) }
    let isShort = zip(parcels, texts).contains { $0.hasNotes && $1 == nil }
    subject =
      others.isEmpty
      ? ReminderMail.subject(parcel, words) : words.count("{n} reminder waited for you", "{n} reminders waited for you", items.count)
    mail = MailPage(
      language: parcel.language.rawValue, title: subject, items: items,
      elsewhere: isShort ? words("The notes are on the page of each reminder.") : nil,
      stopText: words("You get this mail because you asked Heed to remind you."), stopLabel: words("No more mails to this address"),
      stop: SafeURL(services.origin + Paths.unsubscribe(UnsubscribeLink(parcel.user, parcel.email).token(services.keys)).text))
  }

  /// The longest notes that a digest holds, in bytes of HTML: some mail programs cut what is longer than 100 kB in all.
  private static let longestTexts = 65_536

  /// The notes of each: those of one alone always, those of a digest all or none.
  private static func texts(_ parcels: [Parcel]) -> [RenderedText?] {
    let none = [RenderedText?](repeating: nil, count: parcels.count)
    if parcels.count > Parcel.mostTexts { return none }
    let texts = parcels.map { ReminderText.of($0.notes, stored: $0.text) }
    let length = texts.reduce(0) { $0 + ($1?.html.bytes.count ?? 0) }
    return parcels.count == 1 || length <= longestTexts ? texts : none
  }

  private static func subject(_ parcel: Parcel, _ words: Words) -> String {
    let title = parcel.title
    if parcel.round > 0 { return words("Still waiting: {title}", ["title": title]) }
    if parcel.tier == 1 { return title }
    return words("Tier {tier} of {tiers}: {title}", ["tier": String(parcel.tier), "tiers": String(parcel.tiers), "title": title])
  }

  /// The mail with its headers: one thread for each reminder, a Message-ID that is the same each time this message is sent.
  ///
  /// - Returns: nil for a person whose address is none.
  var composed: Mail? {
    guard let id = mailer.messageID("delivery", parcel.id.text, services.keys), let to = MailAddress(parcel.email) else { return nil }
    let words = services.words(parcel.language)
    let thread = mailer.messageID("reminder", parcel.reminder.text, services.keys)
    var mail = Mail(
      from: mailer.from, to: [Mail.Mailbox(parcel.name, to)], subject: subject, text: self.mail.text(words),
      html: String(decoding: self.mail.rendered(words), as: UTF8.self), messageID: id, date: now)
    mail.references = thread.map { [$0] } ?? []
    mail.inReplyTo = thread
    mail.unsubscribe = self.mail.stop?.text
    return mail
  }
}

/// A mail as people read it.
struct MailPage {
  /// One thing to heed.
  struct Item {
    let title: String
    let facts: String
    let text: RenderedText?
    let body: SafeHTML?
    let link: SafeURL?
    let linkLabel: String

    init(_ parcel: Parcel, _ text: RenderedText?, _ services: Services, _ words: Words, _ now: Instant) {
      title = parcel.title
      let time = TimeWords.dateTime(parcel.occurrenceAt, parcel.zone, parcel.language)
      facts = words("Due {time}. Tier {tier} of {tiers}.", ["time": time, "tier": String(parcel.tier), "tiers": String(parcel.tiers)])
      self.text = text
      body = text?.html
      let token = ActionLink(parcel.escalation, sentAt: now).token(services.keys)
      link = SafeURL(services.origin + Paths.action(token).text)
      linkLabel = words("Answer: I am on it, it is done, or snooze")
    }
  }

  let language: String
  let title: String
  let items: [Item]
  /// Says where the notes are that the mail does not hold.
  let elsewhere: String?
  let stopText: String
  let stopLabel: String
  let stop: SafeURL?

  /// The same without markup.
  func text(_ words: Words) -> String {
    var parts: [String] = []
    for item in items {
      parts.append(item.title + "\n" + item.facts)
      if let plain = item.text?.plain, !plain.utf8.isEmpty { parts.append(plain) }
      if let link = item.link { parts.append(item.linkLabel + ":\n" + link.text) }
    }
    if let elsewhere { parts.append(elsewhere) }
    parts.append("-- \n" + stopText)
    if let stop { parts.append(stopLabel + ":\n" + stop.text) }
    return parts.joined(separator: "\n\n") + "\n"
  }
}
