import Domain
import HTML
import Postgres

/// Whether a chat goes on.
enum ChatStatus: String, CaseIterable, Bindable, FromColumn { case active, archived }

/// With whom.
enum ChatKind: String, CaseIterable, Bindable { case coach, assistant }

/// A conversation with the coach, or with the assistant.
struct Chat {
  let id: ID<Chat>
  let title: String
  let status: ChatStatus
  let saidAt: Instant

  /// What it is about, for the audit log.
  static let subject = "chat"

  private static let columns: Columns = "c.id, c.title, c.status, c.said_at"

  /// Those of the person with the coach, the last one talked in first.
  static func all(limit: Int) -> Query<Chat> {
    Query(
      """
      SELECT \(columns) FROM chats c WHERE c.user_id = (SELECT me()) AND c.kind = 'coach' AND c.deleted_at IS NULL
      ORDER BY c.said_at DESC, c.id DESC LIMIT \(limit)
      """, into: Chat.init)
  }

  /// A page of them and one more, in the order in which they were begun, newest first.
  static func made(after: ID<CoachMessageRow>?) -> Query<Chat> {
    let behind: SQL = after.map { "AND c.id < \($0)" } ?? ""
    return Query(
      """
      SELECT \(columns) FROM chats c WHERE c.user_id = (SELECT me()) AND c.kind = 'coach' AND c.deleted_at IS NULL \(behind)
      ORDER BY c.id DESC LIMIT \(PageSize.read)
      """, into: Chat.init)
  }

  /// Those with the assistant that are of a status, the last one talked in first.
  ///
  /// - Parameter after: the one that the page begins behind.
  static func talks(_ status: ChatStatus, after: ID<Chat>?, limit: Int) -> Query<Chat> {
    let behind: SQL =
      after.map {
        "AND (c.said_at, c.id) < (SELECT x.said_at, x.id FROM chats x WHERE x.id = \($0) AND x.user_id = (SELECT me()))"
      } ?? ""
    return Query(
      """
      SELECT \(columns) FROM chats c WHERE c.user_id = (SELECT me()) AND c.kind = 'assistant' AND c.deleted_at IS NULL AND c.status = \(status) \(behind)
      ORDER BY c.said_at DESC, c.id DESC LIMIT \(limit)
      """, into: Chat.init)
  }

  static func mine(_ id: ID<Chat>, _ kind: ChatKind = .coach) -> Query<Chat> {
    Query(
      "SELECT \(columns) FROM chats c WHERE c.id = \(id) AND c.user_id = (SELECT me()) AND c.kind = \(kind) AND c.deleted_at IS NULL",
      into: Chat.init)
  }

  /// One of the person's, its row locked: whoever says something in it waits here for the other, and for an answer that is being stored.
  ///
  /// - Throws: ``Failure/notFound`` when it is missing, deleted or somebody else's.
  static func find(_ id: ID<Chat>, _ web: Context, _ kind: ChatKind = .coach) throws -> Chat {
    _ = try web.person
    let found = Query<Chat>(
      """
      SELECT \(columns) FROM chats c WHERE c.id = \(id) AND c.user_id = (SELECT me()) AND c.kind = \(kind) AND c.deleted_at IS NULL FOR UPDATE
      """, into: Chat.init)
    guard let chat = try web.db.read(found).first else { throw Failure.notFound }
    return chat
  }

  /// What stores something that a person says.
  ///
  /// - Parameter isNew: whether a conversation begins with it; else it is one of theirs, its row locked.
  /// - Returns: also whether it is answered by that: words of harm wait for nobody.
  static func saying(_ said: String, in id: ID<Chat>, isNew: Bool, _ person: Person, _ services: Services, at now: Instant)
    -> (statements: [SQL], isAnswered: Bool)
  {
    let human = services.coach.humanText(for: said, person.language)
    let words = services.words(person.language)
    let title = human == nil ? Chat.title(said) : words("A conversation")
    let place: SQL =
      isNew
      ? """
      INSERT INTO chats (id, user_id, title, status, said_at, created_at) VALUES (\(id), \(person.id), \(title), 'active', \(now), \(now))
      """ : "UPDATE chats SET said_at = \(now) WHERE id = \(id) AND user_id = \(person.id)"
    let next = human == nil ? [ChatWork.asking(for: id, of: person, at: now)] : []
    let noted = EventLog.noting(.chatMessage, ["new": isNew ? "yes" : "no"], of: person, at: now)
    return ([place, message(said, human, in: id, person, now)] + next + noted, human != nil)
  }

  private static func message(_ said: String, _ human: String?, in chat: ID<Chat>, _ person: Person, _ now: Instant) -> SQL {
    let isKept = human != nil
    return """
      INSERT INTO chat_messages (id, chat_id, user_id, number, said, kept_back, created_at, answer, answered_at, personality, language, prompt, written)
      SELECT \(ID<ChatExchange>.new(at: now)), \(chat), \(person.id), 1 + coalesce(max(number), 0), \(said), \(isKept), \(now), \(human),
        \(isKept ? now : nil), \(isKept ? person.personality : nil), \(isKept ? person.language : nil), \(isKept ? "human" : nil),
        \(isKept ? CoachWritten.template : nil)
      FROM chat_messages WHERE chat_id = \(chat) AND user_id = \(person.id)
      """
  }

  /// A chat's name from the first message: its first line, at most sixty scalars.
  static func title(_ said: String) -> String {
    let scalars = String.UnicodeScalarView(said.unicodeScalars.drop { $0.properties.isWhitespace }.prefix { $0 != "\n" })
    let line = String(String.UnicodeScalarView(scalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    return line.unicodeScalars.count <= 60 ? line : String(String.UnicodeScalarView(line.unicodeScalars.prefix(59))) + "…"
  }
}

/// What the person said, with the coach's answer.
struct ChatExchange {
  let number: Int
  let said: String
  let keptBack: Bool
  let createdAt: Instant
  /// Nil: the worker is at it.
  let answer: String?
  let written: CoachWritten?
  /// What the answer was made with.
  let prompt: String?
  let page: ChatPageKind?
  let habit: ID<Habit>?

  private static let columns: Columns = "number, said, kept_back, created_at, answer, written, prompt, page, habit_id AS habit"

  /// The newest of a chat and one more, newest first.
  static func newest(of chat: ID<Chat>, before: Int?, limit: Int) -> Query<ChatExchange> {
    let which: SQL = before.map { "AND number < \($0)" } ?? ""
    return Query(
      """
      SELECT \(columns) FROM chat_messages WHERE chat_id = \(chat) AND user_id = (SELECT me()) AND kind = 'coach' \(which)
      ORDER BY number DESC LIMIT \(limit)
      """, into: ChatExchange.init)
  }

  /// The oldest that waits.
  static func waiting(in chat: ID<Chat>) -> Query<ChatExchange> {
    Query(
      """
      SELECT \(columns) FROM chat_messages WHERE chat_id = \(chat) AND answer IS NULL ORDER BY number LIMIT 1
      """, into: ChatExchange.init)
  }
}

/// The page that an answer leads to.
enum ChatPageKind: String, CaseIterable, Bindable, FromColumn { case habits, review, habit, edit, pause }

/// What the coach answers, and where that leads.
struct ChatAnswer {
  let text: CoachText
  let page: ChatPageKind?
  let habit: ID<Habit>?

  /// What stores it, once: a message that has an answer keeps it.
  func storing(_ number: Int, in chat: ID<Chat>, _ written: CoachWritten, for person: Person, at now: Instant) -> SQL {
    """
    UPDATE chat_messages SET answer = \(text.text), answered_at = \(now), personality = \(person.personality), language = \(person.language),
      prompt = \(text.source), written = \(written), page = \(page), habit_id = \(habit)
    WHERE chat_id = \(chat) AND user_id = \(person.id) AND number = \(number) AND answer IS NULL
    """
  }
}

/// Why nothing can be said in a chat.
enum ChatRefusal: Refusal, Equatable {
  case archived

  func sentence(_ words: Words) -> String { words("This conversation is archived. Bring it back first, or begin a new one.") }
}
