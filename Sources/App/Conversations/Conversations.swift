import Domain
import HTML
import Postgres
import Web

/// The pages of conversations and what can be done on them.
enum Conversations {
  /// GET /conversations/:conversation
  static func show(_ web: Context, _ id: ID<Conversation>) throws -> Response {
    guard let details = try web.read(ThreadDetails.reading("\(id)::uuid")) else { throw Failure.notFound }
    // Whoever kept the old address is led on.
    if let target = details.conversation.mergedInto { return .seeOther(Paths.conversation(target).text) }
    return web.list(try ConversationPage(details, web)).framing()
  }

  /// POST /conversations/:conversation/preview: what is typed as it would leave, with a saved reply behind it.
  static func preview(_ web: Context, _ id: ID<Conversation>) throws -> Response {
    guard let details = try web.read(ThreadDetails.reading("\(id)::uuid")) else { throw Failure.notFound }
    var read = FormReader(web.form, web.words)
    let text = details.inserting(into: read.text("text", bytes: Draft.longest), &read, by: try web.person)
    if text.utf8.count > Draft.longest {
      read.complain("text", web.words("This is too long: at most {n} bytes fit.", ["n": String(Draft.longest)]))
    }
    let typed = web.form.with("text", text, without: "saved", keeping: AnswerForm.fields)
    let state: FormState = read.errors.isEmpty ? .shown(typed) : .refused(web.form, read.errors)
    let page = try ConversationPage(details, web, state, preview: read.errors.isEmpty ? text : nil)
    return web.page(page, status: state.status).framing()
  }

  /// POST /conversations/:conversation/reply
  static func reply(_ web: Context, _ id: ID<Conversation>) throws -> Change {
    let commands = try ConversationCommands.find(id, web)
    try AnswerAgain.check(in: id, web)
    do {
      let form = try AnswerForm(web.form, web.reader, of: commands.details.answering, isDraft: false)
      let (message, entries) = try commands.reply(form)
      let seconds = commands.details.settings.undoSeconds
      let words = web.words
      return Change(
        to: Paths.conversation(id),
        says: seconds == 0
          ? words("The answer is on its way.")
          : words.count("The answer leaves in {n} second.", "The answer leaves in {n} seconds.", seconds),
        undo: seconds > 0 ? Paths.undo(id, message) : nil, did: entries, wakes: web.now.advanced(seconds: Int64(seconds)))
    } catch let errors as FormErrors {
      return .refused(web.page(try ConversationPage(commands.details, web, .refused(web.form, errors)), status: 422).framing())
    } catch let conflict as DraftConflict {
      return try refused(web, commands, conflict)
    } catch let refusal as ConversationRefusal {
      return try refused(web, commands, .decided, refusal)
    }
  }

  /// An answer that cannot be taken now: nothing that was typed is lost.
  private static func refused(
    _ web: Context, _ commands: ConversationCommands, _ conflict: DraftConflict, _ refusal: ConversationRefusal? = nil
  ) throws -> Change {
    let page = try ConversationPage(commands.details, web, .shown(web.form), conflict: conflict, refusal: refusal)
    return .refused(web.page(page, status: 409).framing())
  }

  /// A press about an answer of ours that comes too late.
  private static func late(_ web: Context, _ commands: ConversationCommands, _ conflict: DraftConflict, _ why: String) throws -> Change {
    .refused(web.page(try ConversationPage(commands.details, web, conflict: conflict, why: why), status: 409).framing())
  }

  /// The same, of one that stands otherwise than its press takes it to: what it says holds when that left, if it did.
  private static func late(
    _ web: Context, _ commands: ConversationCommands, _ answer: DeskMessage, _ refusal: ConversationRefusal
  ) throws -> Change {
    let time = answer.sentAt.map { TimeText($0, commands.person, web.clock).when.text }
    var why =
      refusal == .alreadySent
      ? web.words("The time to take it back is over, and it is being handed over. It cannot be taken back.") : refusal.sentence(web.words)
    if let time, refusal == .alreadySent { why = web.words("It was sent {time} and cannot be taken back.", ["time": time]) }
    if let time, refusal != .alreadySent { why += " " + web.words("It was sent {time}.", ["time": time]) }
    let hasLeft = refusal == .alreadySent || answer.sending == .sent || answer.sending == .bounced
    return try late(web, commands, hasLeft ? .sent : .decided, why)
  }

  /// POST /conversations/:conversation/notes: to the conversation that it was merged into meanwhile (RULES 6.31).
  static func note(_ web: Context, _ asked: ID<Conversation>) throws -> Change {
    let id = try web.db.row(Conversation.standing(asked)) ?? asked
    let commands = try ConversationCommands.find(id, web)
    do {
      var read = FormReader(web.form, web.words)
      let text = read.text("text", bytes: 16_384)
      if !text.utf8.contains(where: { $0 > 32 }) { read.complain("text", web.words("Write the note.")) }
      try read.finish()
      return Change(to: Paths.conversation(id), says: web.words("Noted. Only the team can read it."), did: try commands.note(text))
    } catch let errors as FormErrors {
      return .refused(web.page(try ConversationPage(commands.details, web, noting: .refused(web.form, errors)), status: 422))
    }
  }

  /// POST /conversations/:conversation/closure
  static func close(_ web: Context, _ id: ID<Conversation>) throws -> Change {
    let entries = try ConversationCommands.find(id, web).close()
    return Change(to: Paths.conversation(id), says: web.words("The conversation is closed."), undo: Paths.reopening(id), did: entries)
  }

  /// POST /conversations/:conversation/reopening
  static func reopen(_ web: Context, _ id: ID<Conversation>) throws -> Change {
    let entries = try ConversationCommands.find(id, web).reopen()
    return Change(to: Paths.conversation(id), says: web.words("The conversation is open."), did: entries)
  }

  /// POST /conversations/:conversation/spam
  static func markSpam(_ web: Context, _ id: ID<Conversation>) throws -> Change {
    let entries = try ConversationCommands.find(id, web).markSpam()
    return Change(
      to: Paths.conversation(id), says: web.words("It is spam. What this customer writes next goes there too."), undo: Paths.unspam(id),
      did: entries)
  }

  /// POST /conversations/:conversation/spam/deletion
  static func unmarkSpam(_ web: Context, _ id: ID<Conversation>) throws -> Change {
    let entries = try ConversationCommands.find(id, web).unmarkSpam()
    return Change(to: Paths.conversation(id), says: web.words("It is no spam."), did: entries, wakes: web.now)
  }

  /// POST /conversations/:conversation/assignment: `member`, empty: nobody.
  static func assign(_ web: Context, _ id: ID<Conversation>) throws -> Change {
    let commands = try ConversationCommands.find(id, web)
    var read = FormReader(web.form, web.words)
    let text = read.trimmed(read.raw("member"))
    var member: Member?
    // What cannot be read names nobody, and takes it from nobody.
    if !text.utf8.isEmpty || !read.errors.isEmpty {
      member = ID<User>(text).flatMap { id in commands.details.members.first { $0.id == id } }
      guard member != nil else { throw Failure.misread(web.words("Choose somebody of the team.")) }
      if member?.role == .viewer {
        throw Failure.conflict(web.words("{name} only reads, and answers nobody.", ["name": member?.displayName ?? ""]))
      }
    }
    let entries = try commands.assign(member)
    return Change(
      to: web.back(or: Paths.conversation(id)),
      says: member.map { web.words("{name} has it now.", ["name": $0.displayName]) } ?? web.words("Nobody has it now."), did: entries)
  }

  /// POST /conversations/:conversation/tags
  static func tag(_ web: Context, _ id: ID<Conversation>) throws -> Change {
    let commands = try ConversationCommands.find(id, web)
    do {
      let tags = try TagsForm.read(web.form, web.words)
      return Change(to: Paths.conversation(id), says: web.words("The tags are saved."), did: try commands.tag(tags))
    } catch let errors as FormErrors {
      return .refused(web.page(try ConversationPage(commands.details, web, tagging: .refused(web.form, errors)), status: 422))
    }
  }

  /// POST /conversations/:conversation/claim
  static func claim(_ web: Context, _ id: ID<Conversation>) throws -> Change {
    let entries = try ConversationCommands.find(id, web).claim()
    return Change(to: Paths.conversation(id), says: web.words("It is yours for ten minutes."), did: entries)
  }

  /// POST /conversations/:conversation/release
  static func release(_ web: Context, _ id: ID<Conversation>) throws -> Change {
    let entries = try ConversationCommands.find(id, web).release()
    return Change(to: Paths.conversation(id), says: web.words("Anybody may take it now."), did: entries)
  }

  /// POST /conversations/:conversation/seen
  static func takeIn(_ web: Context, _ id: ID<Conversation>) throws -> Change {
    let entries = try ConversationCommands.find(id, web).takeIn()
    return Change(to: Paths.conversation(id), says: web.words("They have part in it now."), did: entries)
  }

  /// POST /conversations/:conversation/draft
  static func askForDraft(_ web: Context, _ id: ID<Conversation>) throws -> Change {
    let entries = try ConversationCommands.find(id, web).askForDraft()
    return Change(to: Paths.conversation(id), says: web.words("A draft is being written."), did: entries, wakes: web.now)
  }

  /// POST /conversations/:conversation/messages/:message/undo
  static func undo(_ web: Context, _ id: ID<Conversation>, _ message: ID<DeskMessage>) throws -> Change {
    let commands = try ConversationCommands.find(id, web)
    let answer = try find(message, commands)
    let isByHand = answer.direction == .outbound && answer.draft == nil
    do {
      // Who presses twice has what they want.
      let entries = isByHand && answer.sending == .cancelled ? [] : try commands.undo(answer)
      // The box of the conversation holds the text of its last answer alone, and spam has none.
      let isLast = commands.details.messages.last { $0.direction == .outbound && $0.kind == .person }?.id == answer.id
      let says =
        isLast && commands.conversation.state != .spam
        ? web.words("Nothing was sent. Your text stands below as you left it.") : web.words("This answer was taken back.")
      return Change(to: Paths.conversation(id), says: says, did: entries)
    } catch ConversationRefusal.alreadySent {
      guard isByHand else { throw ConversationRefusal.alreadySent }
      return try late(web, commands, answer, .alreadySent)
    }
  }

  /// POST /conversations/:conversation/messages/:message/confirmation: `seen`, the newest message that was looked at.
  static func confirm(_ web: Context, _ id: ID<Conversation>, _ message: ID<DeskMessage>) throws -> Change {
    let commands = try ConversationCommands.find(id, web)
    let answer = try find(message, commands)
    var read = FormReader(web.form, web.words)
    let seen = ID<DeskMessage>(read.raw("seen"))
    guard read.errors.isEmpty else { throw Failure.misread(read.errors.complaints.first?.text ?? "") }
    do {
      let entries = try commands.confirm(answer, seen: seen)
      return Change(to: Paths.conversation(id), says: web.words("The answer is on its way."), did: entries, wakes: web.now)
    } catch DraftConflict.newer {
      let why = web.words(
        "The customer has written again. Look at the new message, then confirm the answer or take it back. Nothing was sent.")
      return try late(web, commands, .newer, why)
    } catch ConversationRefusal.notHeld {
      return try late(web, commands, answer, .notHeld)
    }
  }

  /// POST /conversations/:conversation/messages/:message/retry
  static func retry(_ web: Context, _ id: ID<Conversation>, _ message: ID<DeskMessage>) throws -> Change {
    let commands = try ConversationCommands.find(id, web)
    let answer = try find(message, commands)
    var read = FormReader(web.form, web.words)
    let to = AnswerForm.others(&read)
    guard read.errors.isEmpty else {
      let isShown = commands.details.messages.contains { $0.id == message } && AnswerButtons.canRetry(answer)
      guard isShown else { throw Failure.misread(read.errors.complaints.first?.text ?? "") }
      let page = try ConversationPage(commands.details, web, retrying: (answer: message, form: .refused(web.form, read.errors)))
      return .refused(web.page(page, status: 422).framing())
    }
    do {
      let entries = try commands.retry(answer, to: to)
      return Change(to: Paths.conversation(id), says: web.words("It is sent again."), did: entries, wakes: web.now)
    } catch ConversationRefusal.notFailed {
      return try late(web, commands, answer, .notFailed)
    }
  }

  private static func find(_ id: ID<DeskMessage>, _ commands: ConversationCommands) throws -> DeskMessage {
    guard let message = try commands.details.answering.message(id, commands.db) else { throw Failure.notFound }
    return message
  }
}

/// Tags as they are typed, with commas.
enum TagsForm {
  /// As many as a conversation may have.
  static let most = 10

  static func read(_ form: Form, _ words: Words) throws(FormErrors) -> [String] {
    var read = FormReader(form, words)
    var (tags, keys): ([String], Set<[UInt8]>) = ([], [])
    for part in read.raw("tags").split(separator: ",") {
      let tag = read.trimmed(String(part))
      if tag.utf8.isEmpty { continue }
      if tag.unicodeScalars.count > 30 || tag.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
        read.complain("tags", words("A tag has at most {n} characters, in one line.", ["n": "30"]))
      }
      if keys.insert(Bytes.lowercased(Array(tag.utf8))).inserted { tags.append(tag) }
    }
    if tags.count > most { read.complain("tags", words("At most {n} tags.", ["n": String(most)])) }
    try read.finish()
    return tags
  }
}
