import Domain
import HTML
import Postgres
import Web

/// What the ticked conversations of a list are to become ("Decided besides" 47).
enum ConversationBulk {
  enum Action: String, CaseIterable { case assignment, closure, spam, snoozes }

  /// As many as one form may hold.
  static let most = 200

  /// POST /conversations/bulk: `id` (many) `action`, `member` `until`. What is missing or another account's is counted as not there.
  static func run(_ web: Context) throws -> Change {
    let reader = try web.reader
    let ids = try web.form.all("id").map { value in
      guard case .text(let text) = value, let id = ID<Conversation>(text) else { throw Failure.notFound }
      return id
    }
    return try web.takeForm(askingAgain: { try page(web, $0) }) {
      var read = FormReader(web.form, web.words)
      if ids.isEmpty { read.complain("id", web.words("Choose at least one.")) }
      if ids.count > most { read.complain("id", web.words("Choose at most {n}.", ["n": String(most)])) }
      let action = Action(rawValue: read.raw("action"))
      if action == nil { read.complain("action", web.words("Choose what to do with them.")) }
      let phrase = action == .snoozes ? read.phrase("until", reader) : nil
      let chosen = action == .assignment ? Member.chosen(&read, among: try web.db.rows(Member.query)) : nil
      try read.finish()
      // All of them before the first is changed: what is theirs comes behind.
      _ = try web.db.rows(Conversation.locking(ours: "v.id = ANY (\(ids))"))
      var (entries, done, refused, missing): ([AuditEntry], Int, Int, Int) = ([], 0, 0, 0)
      for id in Set(ids).sorted(by: { $0.text < $1.text }) {
        do {
          let commands = try ConversationCommands.find(id, web)
          do {
            switch action {
            case .assignment: entries += try commands.assign(chosen)
            case .closure: entries += try commands.close()
            case .spam: entries += try commands.markSpam()
            case .snoozes: if let phrase { entries += try DeskSnoozes.put(off: commands, until: phrase, web) }
            case nil: break
            }
            done += 1
          } catch is any Refusal { refused += 1 }
        } catch Failure.notFound { missing += 1 }
      }
      return Change(
        to: Paths.conversations, says: sentence(done, refused, missing, web.words), did: entries, wakes: phrase?.instant)
    }
  }

  private static func page(_ web: Context, _ state: FormState) throws -> ConversationListPage {
    let filter = try ConversationFilter(Form(), web.words)
    let (rows, channels, members) = try web.db.read(filter.rows(at: web.now), DeskChannel.ours("true ORDER BY c.id"), Member.query)
    return try ConversationListPage(PageOf(rows), channels, members, filter, web, state)
  }

  private static func sentence(_ done: Int, _ refused: Int, _ missing: Int, _ words: Words) -> String {
    var parts = [words.count("{n} conversation done.", "{n} conversations done.", done)]
    if refused > 0 { parts.append(words.count("{n} allows it no more.", "{n} allow it no more.", refused)) }
    if missing > 0 { parts.append(words.count("{n} was not there.", "{n} were not there.", missing)) }
    return parts.joined(separator: " ")
  }
}
