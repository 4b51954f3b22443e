import Domain
import HTML
import Postgres
import Web

/// How programs fetch what is laid out for them (RULES 4.8), each with a key of its owner's. Two that ask at the same time get each a part.
enum PullAPI {
  /// Messages in an answer, unless it says how many.
  private static let (few, most) = (50, 100)
  /// Seconds until a program asks again, where it has all there is.
  private static let pause = 30

  /// GET /api/v1/notifications/pending: what it gives out it notes, so that it is no page; HEAD gives out nothing.
  static func pending(_ web: Context) throws -> Response {
    try web.db.transaction {
      let holder = try KeyHolder.find(for: .pull, web)
      let limit = try limit(web)
      if web.request.method == .head { return answer([], limit, web) }
      let reader = try PullReader.mine(web)
      let given = try web.db.rows(
        PendingNotification.giveOut(limit, isQuiet: reader.isQuiet, holdsCritical: reader.holdsCritical, at: web.now))
      return answer(given.map { json($0, of: holder, reader, web) }, limit, web)
    }
  }

  /// POST /api/v1/notifications/:pulled/receipt: it has arrived, and comes no more. Once its time is over, or somebody has answered, that changes nothing.
  static func receipt(_ web: Context, _ id: ID<OutboxMessage>) throws -> Response {
    _ = try KeyHolder.find(for: .pull, web)
    guard let message = try PendingNotification.isGiven(id, web.db) else { throw Failure.notFound }
    guard message.isGiven else { throw APIRefusal(status: 409, error: "it has not been fetched") }
    if message.waits { try PendingNotification.receive(id, at: web.now, web.db) }
    return Response(status: 204)
  }

  /// What is asked for.
  private static func limit(_ web: Context) throws -> Int {
    var read = FormReader(web.request.query, web.services.words(.english))
    let agent = read.raw("agent")
    let isPull = agent.utf8.isEmpty || agent.utf8.elementsEqual(AgentType.pull.rawValue.utf8)
    if !isPull { read.complain("agent", "Only pull can be asked for.") }
    let limit = read.integer("limit", 1...most, few)
    if let wrong = read.errors.complaints.first { throw APIRefusal(status: 422, error: "\(wrong.field): \(wrong.text)") }
    return limit
  }

  private static func answer(_ given: [JSONText], _ limit: Int, _ web: Context) -> Response {
    let members: [(name: String, value: JSONText)] = [
      ("data", .array(given)), ("poll_after", .number(given.count < limit ? pause : 1)),
    ]
    return APIAnswer.json(.object(members))
  }

  private static func json(_ message: PendingNotification, of holder: KeyHolder, _ reader: PullReader, _ web: Context) -> JSONText {
    let path =
      message.escalation.map { Paths.action(ActionLink($0, to: .user(holder.user), sentAt: web.now).token(web.services.keys)) }
      ?? Paths.agent(.pull)
    let words = web.services.words(reader.language)
    let members: [(name: String, value: JSONText)] = [
      ("id", .string(message.id.text)), ("attempt", .number(message.attempt)), ("expires_at", .string(message.expiresAt.iso)),
      ("title", .string(message.title ?? words("A test message from Heed"))), ("tier", message.tier.map { JSONText.number($0) } ?? .null),
      ("url", .string(web.services.origin + path.text)),
    ]
    return .object(members)
  }
}

/// The person whose key it is, as far as it matters here.
private struct PullReader {
  let language: Language
  let isQuiet: Bool
  /// Whether it is quiet for what is critical, too.
  let holdsCritical: Bool

  /// Whoever owns the transaction.
  static func mine(_ web: Context) throws -> PullReader {
    let (now, zones) = (web.now, web.services.zones)
    let query = Query<PullReader>(
      "SELECT u.language, u.timezone, u.zone_rule, \(QuietHours.ofUser) FROM users u WHERE u.id = (SELECT me())"
    ) { row throws(PostgresError) in
      let (quiet, zone) = (try QuietHours(row), try zones.stored(row))
      return PullReader(
        language: try row("language"), isQuiet: quiet.end(zone, at: now) != nil,
        holdsCritical: quiet.end(zone, at: now, critical: true) != nil)
    }
    guard let reader = try web.db.row(query) else { throw Failure.notFound }
    return reader
  }
}
