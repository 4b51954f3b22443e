import Domain
import HTML
import Net
import Postgres
import Web

/// A conversation that we begin, as its form says it.
struct BegunConversation {
  let channel: DeskChannel
  let to: [String]
  let cc: [String]
  let subject: String
  let text: String
  let files: [AnswerFile]

  /// - Parameter channels: by which one can begin.
  init(_ form: Form, _ channels: [DeskChannel], _ words: Words) throws(FormErrors) {
    var read = FormReader(form, words)
    let typed = read.raw("channel")
    let channel =
      ID<DeskChannel>(typed).flatMap { id in channels.first { $0.id == id } }
      ?? (typed.utf8.isEmpty && channels.count == 1 ? channels[0] : nil)
    let choice = words("Choose one of the values offered.")
    let none = words("There is no channel to write by. Your text stands below until there is one.")
    if channel == nil { read.complain("channel", channels.isEmpty ? none : choice) }
    to = AnswerForm.addresses("to", &read) ?? []
    cc = AnswerForm.addresses("cc", &read) ?? []
    if to.isEmpty { read.complain("to", words("Say who gets it: an address, or several with commas.")) }
    if to.count + cc.count > AnswerRecipients.most {
      read.complain("cc", words("At most {n} addresses get an answer.", ["n": String(AnswerRecipients.most)]))
    }
    subject = read.line("subject", 1...200)
    text = read.text("text", bytes: Draft.longest)
    if !text.utf8.contains(where: { $0 > 32 }) { read.complain("text", words("Write the message.")) }
    files = AnswerFile.read(&read)
    self.channel = try read.finish(channel)
  }

  /// Makes it, with its first message, which may be undone as any answer.
  func begin(by person: Person, _ settings: DeskSettings, at now: Instant, _ services: Services, _ db: Connection) throws -> (
    ID<Conversation>, ID<DeskMessage>
  ) {
    let id = ID<Conversation>.new(at: now)
    let customer = try CustomerFinding.customer(MailPerson(name: "", address: to.first ?? ""), of: channel.account, at: now, db)
    let heading = MailSubject(text: subject)
    let language = MessageLanguage.language(of: text, conversation: nil, channel: channel.language)
    try db.queue([
      """
      INSERT INTO conversations (id, account_id, channel_id, subject, subject_key, customer_id, state, assignee_id, language, is_answerable, last_at,
        created_at)
      VALUES (\(id), \(channel.account), \(channel.id), \(heading.text), \(heading.threadKey), \(customer), 'open', \(person.id), \(language), true, \(now),
        \(now))
      """,
      ConversationEvent.adding(.began, to: id, of: channel.account, by: person, at: now),
    ])
    guard let made = try db.row(Conversation.ours("v.id = \(id)")) else { throw Failure.notFound }
    let message = ID<DeskMessage>.new(at: now)
    let answer = DeskAnswer(
      id: message, conversation: made, channel: channel, author: person, draft: nil, recipients: to, copies: cc,
      source: ReviewedText.lines(text),
      seen: nil, closes: false, undoSeconds: settings.undoSeconds, now: now, files: files, isFirst: true)
    try db.queue(answer.queue(services.keys))
    return (id, message)
  }
}

/// The customer who has an address.
enum CustomerFinding {
  /// Whoever has it, or somebody new.
  static func customer(_ person: MailPerson, of account: ID<Account>, at now: Instant, _ db: Connection) throws -> ID<Customer> {
    // As whoever takes a mail in: of two at once the second finds what the first has made.
    _ = try db.run("SELECT pg_advisory_xact_lock(hashtextextended(\(account.text + " " + person.key), 1))")
    let known: ID<Customer>? = try db.value(
      "SELECT customer_id FROM customer_addresses WHERE account_id = \(account) AND address_key = \(person.key)")
    if let known { return known }
    let id = ID<Customer>.new(at: now)
    try db.queue([
      "INSERT INTO customers (id, account_id, name, first_seen_at, updated_at) VALUES (\(id), \(account), \(person.name), \(now), \(now))",
      """
      INSERT INTO customer_addresses (account_id, address_key, address, customer_id) VALUES (\(account), \(person.key), \(person.address), \(id))
      """,
    ])
    return id
  }
}

/// The form of a conversation that we begin.
enum NewConversation {
  private static var channels: Query<DeskChannel> { DeskChannel.ours("c.enabled AND c.type = 'email' ORDER BY c.id") }

  /// GET /conversations/new
  static func form(_ web: Context) throws -> Response {
    let channels = try web.read(channels)
    return web.page(try NewConversationPage(channels, web))
  }

  /// POST /conversations
  static func begin(_ web: Context) throws -> Change {
    try AnswerAgain.check(first: web.ledBefore, web)
    let person = try web.person
    let (channels, settings) = try web.db.read(channels, DeskSettings.ours)
    return try web.takeForm(askingAgain: { try NewConversationPage(channels, web, $0) }) {
      let form = try BegunConversation(web.form, channels, web.words)
      guard let settings = settings.first else { throw Failure.notFound }
      let (id, message) = try form.begin(by: person, settings, at: web.now, web.services, web.db)
      let seconds = settings.undoSeconds
      return Change(
        to: Paths.conversation(id),
        says: seconds == 0
          ? web.words("The message is on its way.")
          : web.words.count("The message leaves in {n} second.", "The message leaves in {n} seconds.", seconds),
        undo: seconds > 0 ? Paths.undo(id, message) : nil,
        did: [AuditEntry("conversation.begun", Conversation.subject, id.text, ["subject": form.subject]).shared],
        wakes: web.now.advanced(seconds: Int64(seconds)))
    }
  }
}

/// Its page.
struct NewConversationPage {
  let layout: Layout
  let back = Paths.conversations
  let channels = Paths.channels
  /// nil: there is no channel by which one could write.
  let form: Fields?

  struct Fields {
    let secret: CSRFField
    let summary: ErrorSummary?
    let action = Paths.conversations
    let cancel = Paths.conversations
    let nonce: HiddenField
    let channel: Select
    let to: TextField
    let cc: TextField
    let subject: TextField
    let text: TextArea
    let fileError: String?
  }

  init(_ channels: [DeskChannel], _ web: Context, _ state: FormState = .fresh) throws {
    let words = web.words
    layout = try Layout(words("New conversation"), .conversations, web, takesFlash: state.typed == nil)
    // What was typed all the same is not lost.
    if channels.isEmpty, state.typed == nil {
      form = nil
      return
    }
    var make = FieldBuilder(state)
    let channel = make.choice(
      "channel", words("Channel"), channels.first?.id.text ?? "", channels.map { ($0.id.text, "\($0.name) (\($0.address ?? ""))") })
    let to = make.text("to", words("To"), autocomplete: "off", required: true)
    let cc = make.text("cc", words("Copy to"), autocomplete: "off", optional: true)
    let subject = make.text("subject", words("Subject"), required: true, maxLength: 200)
    let text = make.area("text", words("Message"), help: words("Markdown. The channel’s signature is added."), rows: 10)
    make.add("file", words("Files"))
    form = Fields(
      secret: layout.secret, summary: make.summary, nonce: state.nonce, channel: channel, to: to, cc: cc, subject: subject, text: text,
      fileError: state.errors["file"])
  }
}
