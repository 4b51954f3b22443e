import Domain
import HTML
import Postgres
import Web

/// Everything of a conversation, oldest first, a hundred a page. The page of a conversation shows the newest of it; what can be
/// done with one message can be done here with each.
enum ConversationTimeline {
  static let most = 100

  /// GET /conversations/:conversation/timeline: `after`, the number of what it follows.
  static func page(_ web: Context, _ id: ID<Conversation>) throws -> Response {
    guard let conversation = try web.read(Conversation.ours("v.id = \(id)")).first else { throw Failure.notFound }
    if let target = conversation.mergedInto { return .seeOther(Paths.timeline(target).text) }
    let after = try web.query { query, words throws(FormErrors) -> Int in
      var read = FormReader(query, words)
      let after = read.integer("after", .min ... .max, .min)
      try read.finish()
      return after
    }
    let numbers = try web.read(numbers(of: id, after: after))
    let end = numbers.prefix(most).last ?? Int64(after)
    let which: SQL = "number > \(after) AND number <= \(end)"
    let ofMessages: SQL = "m.number > \(after) AND m.number <= \(end)"
    let (messages, files, revisions, notes, events, decisions) = try web.read(
      DeskMessage.ours("m.conversation_id = \(id) AND \(ofMessages) ORDER BY m.number"), DeskFile.of("\(id)", ofMessages),
      MessageRevision.of("\(id)", ofMessages), NoteRow.of("\(id)", which), ConversationEvent.of("\(id)", which),
      DecisionRow.of("\(id)", which))
    let (person, words) = (try web.person, web.words)
    let (secret, mine) = (web.csrfField(), person.answersCustomers)
    let items = messages.map { message in
      let item = MessageItem(
        message, in: conversation, files.filter { $0.message == message.id }, revisions.filter { $0.message == message.id }, person,
        web.clock,
        words)
      let answer = mine ? AnswerButtons(message, in: conversation, secret, words) : nil
      return (message.number, ConversationTimelinePage.Entry(message: item, line: nil, answer: answer))
    }
    let lines = TimelineLine.beside(notes, events, decisions, saysNotes: true, person, web.clock, words).map { number, line in
      (number, ConversationTimelinePage.Entry(message: nil, line: line, answer: nil))
    }
    let next = numbers.count > most ? Paths.timeline(id).adding("after", String(end)) : nil
    let entries = (items + lines).sorted { $0.0 < $1.0 }.map { $0.1 }
    // From the very first message on there is nothing to split off.
    let later = after == .min ? messages.dropFirst() : messages[...]
    let split = mine && !later.isEmpty ? SplitPart(conversation, from: later, .fresh, secret, person, web.clock, words) : nil
    return web.list(try ConversationTimelinePage(conversation, entries, next, split, web)).framing()
  }

  /// In the order of the desk, one more than a page shows.
  private static func numbers(of id: ID<Conversation>, after: Int) -> Query<Int64> {
    let which: SQL = "conversation_id = \(id) AND account_id = (SELECT my_account()) AND number > \(after)"
    return Query(
      column: """
        SELECT number FROM (
          SELECT number FROM messages WHERE \(which) UNION ALL SELECT number FROM conversation_notes WHERE \(which)
          UNION ALL SELECT number FROM conversation_events WHERE \(which) UNION ALL SELECT number FROM decisions WHERE \(which)) x
        ORDER BY number LIMIT \(most + 1)
        """)
  }
}

/// Its page.
struct ConversationTimelinePage {
  let layout: Layout
  let back: Path
  let entries: [Entry]
  let next: Path?
  /// nil: there is nothing to split, or whoever reads this may not.
  let split: SplitPart?

  /// A message with its text, or a line about something else.
  struct Entry {
    let message: MessageItem?
    let line: TimelineLine?
    /// Below a message; nil: nothing can be done with it.
    let answer: AnswerButtons?
  }

  init(_ conversation: Conversation, _ entries: [Entry], _ next: Path?, _ split: SplitPart?, _ web: Context) throws {
    let words = web.words
    let subject = conversation.subject.utf8.isEmpty ? words("Without a subject") : conversation.subject
    layout = try Layout(words("Timeline: {subject}", ["subject": subject]), .conversations, web)
    back = Paths.conversation(conversation.id)
    (self.entries, self.next, self.split) = (entries, next, split)
  }
}
