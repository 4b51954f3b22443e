import Domain
import HTML
import Postgres
import Web

/// Who is on duty for a channel.
enum DutyRotas {
  /// GET /channels/:channel/rota
  static func show(_ web: Context, _ id: ID<DeskChannel>) throws -> Response {
    let person = try web.person
    let (channels, lines, members) = try web.read(DeskChannel.ours("c.id = \(id)"), DutyLine.of(id, person.account), Member.query)
    guard let channel = channels.first else { throw Failure.notFound }
    return web.page(try DutyRotaPage(channel, lines, members, web))
  }

  /// POST /channels/:channel/rota
  static func save(_ web: Context, _ id: ID<DeskChannel>) throws -> Change {
    let (person, channel) = (try web.person, try DeskChannelCommands.find(id, web).channel)
    let (stored, members) = try web.read(DutyLine.of(id, person.account), Member.query)
    return try web.takeForm(askingAgain: { try DutyRotaPage(channel, stored, members, web, $0) }) {
      let draft = try DutyRotaDraft(web.form, members, web.words)
      guard draft.version == channel.version else { throw StaleForm() }
      let isChanged = draft.lines != stored
      if isChanged { try web.db.queue(draft.replacing(id, of: person.account, at: web.now)) }
      let facts = ["name": channel.name, "lines": "\(stored.count) → \(draft.lines.count)"]
      return Change(
        to: Paths.rota(id), says: web.words("Saved."),
        did: isChanged ? [AuditEntry("rota.changed", DeskChannel.subject, id.text, facts).shared] : [])
    }
  }
}

/// A rota as its form says it: lines without days, hours and a member are passed over.
struct DutyRotaDraft {
  let lines: [DutyLine]
  let version: Int

  /// What a field of a line is called.
  static func field(_ n: Int, _ name: String) -> String { "line_\(n)_\(name)" }

  init(_ form: Form, _ members: [Member], _ words: Words) throws(FormErrors) {
    var read = FormReader(form, words)
    var lines: [DutyLine] = []
    for n in 1...DutyLine.most {
      let names = ["days", "from", "until", "member"].map { DutyRotaDraft.field(n, $0) }
      let isBlank = names.allSatisfy { name in
        form.all(name).allSatisfy { if case .text(let text) = $0 { read.trimmed(text).utf8.isEmpty } else { false } }
      }
      if isBlank { continue }
      if let line = DutyRotaDraft.line(&read, names, n: lines.count + 1, members) { lines.append(line) }
    }
    version = read.version()
    try read.finish()
    self.lines = lines
  }

  /// One that nobody typed.
  init(lines: [DutyLine]) { (self.lines, version) = (lines, 0) }

  /// What stores it, numbered anew.
  func replacing(_ channel: ID<DeskChannel>, of account: ID<Account>, at now: Instant) -> [SQL] {
    [
      "SELECT door.drop_rota(\(channel))",
      .insert(
        into: "rotas", .all("channel_id", "\(channel)"), .all("account_id", "\(account)"), .each("n", lines.map(\.n)),
        .each("days", lines.map { Int($0.days.bits) }), .each("from_minute", lines.map(\.span.from)),
        .each("until_minute", lines.map(\.span.until)), .each("user_id", lines.map(\.member))),
      "UPDATE channels SET version = version + 1, updated_at = \(now) WHERE id = \(channel)",
    ]
  }

  /// - Returns: nil where something was complained about.
  private static func line(_ read: inout FormReader, _ names: [String], n: Int, _ members: [Member]) -> DutyLine? {
    let words = read.words
    let texts = read.form.all(names[0]).map { if case .text(let text) = $0 { text } else { "?" } }
    let days = DayNames.read(texts.joined(separator: ", "))
    if days == nil { read.complain(names[0], words("Name days, such as mon-fri or sat, sun.")) }
    let (from, until) = (time(&read, names[1]), time(&read, names[2]))
    let midnight = TimeOfDay(second: 0)
    let span = (from ?? midnight).flatMap { from in (until ?? midnight).flatMap { OpeningHours.Span(from: from, until: $0) } }
    if span == nil {
      read.complain(names[2], words("The end has to come after the beginning. What goes over midnight is two lines."))
    }
    let member = ID<User>(read.raw(names[3]))
    let isThere = members.contains { $0.id == member && $0.role != .viewer }
    if !isThere { read.complain(names[3], words("Choose somebody of the team who answers customers.")) }
    guard let days, let span, let member, isThere else { return nil }
    return DutyLine(n: n, days: days, span: span, member: member)
  }

  /// 24:00 is midnight, as 00:00 is; nil: none was given.
  private static func time(_ read: inout FormReader, _ name: String) -> TimeOfDay? {
    read.trimmed(read.raw(name)).utf8.elementsEqual("24:00".utf8) ? TimeOfDay(second: 0) : read.time(name)
  }
}
