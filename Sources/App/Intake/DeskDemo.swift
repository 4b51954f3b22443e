import Domain
import Net
import Postgres
import Web

/// The conversations of the demo account: customers of a shop in both languages, answered, waiting, late, held back, rejected, spam, merged, put off,
/// an answer that came back, an invitation, a mail that nobody can read, a job that failed.
struct DeskDemo {
  let stage: DemoStage

  init(_ stage: DemoStage) { self.stage = stage }

  /// What a customer writes.
  struct Letter {
    let name: String
    let address: String
    let subject: String
    let text: String
    var kind = MailKind.person
  }

  var db: Connection { stage.db }

  /// Lets it all happen, each at its time.
  func tell() throws {
    guard let support = try channel("email"), let chat = try channel("chat") else { return }
    try answered(support)
    try learnt(support)
    try closed(support)
    try merged(support)
    let undelivered = try sent(support)
    try rejected(support)
    try held(support)
    try waiting(support, chat)
    try others(support)
    try putOff(support)
    try invited(support)
    try returned(undelivered, support)
    try troubled(support)
  }

  private func channel(_ type: String) throws -> DeskChannel? {
    let account: ID<Account>? = try db.value("SELECT account_id FROM users WHERE id = \(stage.user)")
    return try db.row(DeskChannel.query("c.account_id = \(account) AND c.type = \(type) ORDER BY c.id LIMIT 1"))
  }

  private func answered(_ support: DeskChannel) throws {
    let days: [(Int64, Letter)] = [
      (
        41,
        .init(
          name: "Helena Prado", address: "helena@mail.example", subject: "How long does delivery take?",
          text: "Hi,\n\nI ordered a jacket on Monday. How long does delivery take?\n\nThanks, Helena")
      ),
      (
        27,
        .init(
          name: "Marco Ferri", address: "marco@ferri.example", subject: "Returning shoes",
          text: "Hello, the shoes are too small. How do I return them, and who pays?")
      ),
      (
        13,
        .init(
          name: "Luísa Campos", address: "luisa@campos.example", subject: "Troca de tamanho",
          text: "Olá, comprei um vestido e ficou grande. Como faço a troca? Obrigada, Luísa")
      ),
    ]
    for (ago, letter) in days {
      let at = stage.now.advanced(days: -ago)
      let conversation = try arrive(letter, support, at: at)
      try decide(conversation, at: at.advanced(minutes: 26)) { try $0.approveAsIs() }
      _ = try stage.worker.runOnce { at.advanced(minutes: 28) }
    }
  }

  private func closed(_ support: DeskChannel) throws {
    let at = stage.now.advanced(days: -8)
    let conversation = try arrive(
      .init(name: "Tom Baker", address: "tom@baker.example", subject: "Gift wrapping", text: "Do you wrap gifts? It is for my mother."),
      support, at: at)
    try decide(conversation, at: at.advanced(minutes: 40)) { commands in
      try commands.approveAsIs("Dear Tom,\n\nyes, we wrap gifts for free: choose it in the basket.\n\nKind regards")
    }
    _ = try stage.worker.runOnce { at.advanced(minutes: 42) }
    try act(conversation, at: at.advanced(hours: 20)) { _ = try $0.close() }
  }

  private func rejected(_ support: DeskChannel) throws {
    let at = stage.now.advanced(days: -5)
    let conversation = try arrive(
      .init(
        name: "Ines Moreau", address: "ines@moreau.example", subject: "Invoice for order 20418",
        text: "Please send me the invoice of order 20418 to this address."),
      support, at: at)
    try decide(conversation, at: at.advanced(minutes: 15)) { commands in
      _ = try commands.reject(version: commands.draft.version, .incorrect, note: "Invoices come from the accounting.", openedAt: nil)
    }
    try act(conversation, at: at.advanced(minutes: 17)) { _ = try $0.note("Asked the accounting for the invoice.") }
    try act(conversation, at: at.advanced(minutes: 18)) { _ = try $0.tag(["invoice"]) }
  }

  /// Approved, and the customer wrote before it left.
  private func held(_ support: DeskChannel) throws {
    let at = stage.now.advanced(hours: -3)
    let letter = Letter(
      name: "Paula Reis", address: "paula@reis.example", subject: "Endereço de entrega",
      text: "Oi, posso mudar o endereço de entrega do meu pedido?")
    let conversation = try arrive(letter, support, at: at)
    try decide(conversation, at: at.advanced(minutes: 9)) { try $0.approveAsIs() }
    _ = try arrive(
      .init(
        name: letter.name, address: letter.address, subject: "Re: " + letter.subject,
        text: "Esqueçam, já resolvi com a transportadora. Obrigada!"), support,
      at: at.advanced(minutes: 9).advanced(seconds: 12))
  }

  private func waiting(_ support: DeskChannel, _ chat: DeskChannel) throws {
    let letters: [(Int64, DeskChannel, Letter)] = [
      (
        3_900, support,
        .init(
          name: "Georg Lindner", address: "georg@lindner.example", subject: "Parcel damaged",
          text: "My parcel arrived damaged: the box is torn and one cup is broken. What can I do?")
      ),
      (
        95, support,
        .init(
          name: "Ana Torres", address: "ana@torres.example", subject: "Formas de pagamento",
          text: "Boa tarde! Quais formas de pagamento vocês aceitam? Dá para parcelar?")
      ),
      (
        22, chat,
        .init(name: "Rafael", address: "rafael@correio.example", subject: "Chat", text: "oi, qual o prazo de entrega para Recife?")
      ),
      (
        6, support,
        .init(
          name: "Mei Chen", address: "mei@chen.example", subject: "Warranty",
          text: "Hello, how long is the warranty of your lamps, and do you repair them?")
      ),
    ]
    for (ago, channel, letter) in letters {
      let at = stage.now.advanced(minutes: -ago)
      let conversation = try arrive(letter, channel, at: at)
      try write(conversation, at: at.advanced(seconds: 5))
    }
  }

  private func others(_ support: DeskChannel) throws {
    let at = stage.now.advanced(days: -2)
    let spam = try arrive(
      .init(
        name: "Best SEO", address: "sales@best-seo.example", subject: "Your site on page one",
        text: "We bring your site to page one of every search engine."),
      support, at: at)
    try act(spam, at: at.advanced(minutes: 30)) { _ = try $0.markSpam() }
    _ = try arrive(
      .init(
        name: "Marco Ferri", address: "marco@ferri.example", subject: "Automatic reply: Returning shoes",
        text: "I am out of the office until Monday.", kind: .automatic),
      support, at: at.advanced(hours: 3))
  }

  /// A customer's message comes.
  func arrive(_ letter: Letter, _ channel: DeskChannel, at: Instant) throws -> ID<Conversation> {
    let person = MailPerson(name: letter.name, address: letter.address)
    let subject = MailSubject(text: letter.subject)
    let text = ArrivedText(plain: letter.text, html: nil)
    let id = "<demo.\(letter.address).\(at.microseconds)>"
    let message = ArrivedMessage(
      thread: channel.type == .email ? .mail(ids: []) : .external(letter.address), kind: letter.kind, key: Keys.sha256(Array(id.utf8)),
      bodyKey: Keys.sha256(Array(letter.text.utf8)), from: person, customer: person,
      addresses: [.init(role: "from", person: person)]
        + [channel.address].compactMap(\.self).map {
          .init(role: "to", person: MailPerson(name: channel.name, address: $0))
        }, subject: subject, own: text.text(of: [.own, .forwarded]), sections: text.sections, language: text.language)
    return try db.transaction { try Intake(channel: channel, services: stage.services, db: db, now: at).take(message).conversation }
  }

  /// What a worker does with the draft that was asked for.
  func write(_ conversation: ID<Conversation>, at: Instant) throws {
    let asked: ID<Draft>? = try db.value("SELECT id FROM drafts WHERE conversation_id = \(conversation) AND state = 'asked'")
    guard let asked else { return }
    try db.transaction { try DraftWork.write(asked, stage.worker.bench, at) }
    try db.run("DELETE FROM jobs WHERE kind = \(DraftWork.name) AND place = \(asked.text)")
  }

  func decide(_ conversation: ID<Conversation>, at: Instant, _ deed: (DraftCommands) throws -> Void) throws {
    try write(conversation, at: at.advanced(minutes: -5))
    let draft: ID<Draft>? = try db.value("SELECT id FROM drafts WHERE conversation_id = \(conversation) AND state = 'pending'")
    guard let draft else { return }
    try stage.act { person in try deed(DraftCommands.find(draft, as: person, at: at, stage.services, db)) }
  }

  func act(_ conversation: ID<Conversation>, at: Instant, _ deed: (ConversationCommands) throws -> Void) throws {
    try stage.act { person in try deed(ConversationCommands.find(conversation, as: person, at: at, stage.services, db)) }
  }
}

extension DraftCommands {
  /// Approves it as it stands, or with other words.
  func approveAsIs(_ text: String? = nil) throws {
    _ = try approve(
      AnswerForm(
        seen: conversation.newestInbound, text: text ?? draft.text, to: details.recipients.to, cc: [], closes: false,
        version: draft.version,
        openedAt: now.advanced(minutes: -2)))
  }
}
