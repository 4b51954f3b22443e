import Domain
import HTML
import Postgres
import Web

/// What the ticked drafts of the queue are to become; nobody approves what they did not see.
enum DraftBulk {
  enum Action: String, CaseIterable { case claim, release, assignment, rejection, regeneration }

  /// As many as one form may hold.
  private static let most = 200

  /// POST /drafts/bulk: `id` (many) `action`, `member` `reason`. What is missing or another account's is counted as not there.
  static func run(_ web: Context) throws -> Change {
    var read = FormReader(web.form, web.words)
    let action = read.choice("action", Action.claim)
    let reason = read.choice("reason", Draft.Reason.other)
    let ids = web.form.all("id").compactMap { value in if case .text(let text) = value { ID<Draft>(text) } else { nil } }
    guard ids.count == web.form.all("id").count else { throw Failure.notFound }
    if ids.isEmpty { read.complain("id", web.words("Choose at least one.")) }
    if ids.count > most { read.complain("id", web.words("Choose at most {n}.", ["n": String(most)])) }
    let member = action == .assignment ? try member(&read, web) : nil
    guard read.errors.isEmpty else {
      throw Failure.misread(read.errors.complaints.first?.text ?? "")
    }
    var entries: [AuditEntry] = []
    var (done, decided, missing) = (0, [String](), 0)
    for id in Set(ids).sorted(by: { $0.text < $1.text }) {
      do {
        let commands = try DraftCommands.find(id, web)
        do {
          entries += try act(action, commands, reason, member)
          done += 1
        } catch is DraftConflict { decided.append(commands.conversation.subject) }
      } catch Failure.notFound { missing += 1 }
    }
    return Change(
      to: Paths.drafts, says: sentence(done, decided, missing, web.words), did: entries, wakes: action == .regeneration ? web.now : nil)
  }

  /// Who is to have them; nil: nobody.
  private static func member(_ read: inout FormReader, _ web: Context) throws -> Member? {
    let text = read.trimmed(read.raw("member"))
    if text.utf8.isEmpty { return nil }
    let members = try web.db.rows(Member.query)
    let member = ID<User>(text).flatMap { id in members.first { $0.id == id } }
    if member == nil || member?.role == .viewer { read.complain("member", web.words("Choose somebody of the team.")) }
    return member
  }

  private static func act(_ action: Action, _ commands: DraftCommands, _ reason: Draft.Reason, _ member: Member?) throws -> [AuditEntry] {
    guard commands.draft.state == .pending else { throw DraftConflict.decided }
    switch action {
    case .claim: return try commands.claim()
    case .release: return try commands.release()
    case .assignment: return try commands.assign(member)
    case .rejection: return try commands.reject(version: commands.draft.version, reason, note: "", openedAt: nil)
    case .regeneration: return try commands.regenerate(version: commands.draft.version, "").1
    }
  }

  /// How many were done, which others had decided, and how many were not there ("Decided besides" 41).
  private static func sentence(_ done: Int, _ decided: [String], _ missing: Int, _ words: Words) -> String {
    var parts = [words.count("{n} draft done.", "{n} drafts done.", done)]
    if !decided.isEmpty {
      parts.append(
        words("Decided by others meanwhile: {subjects}.", ["subjects": decided.prefix(10).map { "“\($0)”" }.joined(separator: ", ")]))
    }
    if missing > 0 { parts.append(words.count("{n} was not there.", "{n} were not there.", missing)) }
    return parts.joined(separator: " ")
  }
}
