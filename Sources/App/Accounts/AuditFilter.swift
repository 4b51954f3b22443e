import Domain
import HTML
import Postgres
import Web

/// Which entries of the audit log the page shows, as its address says.
struct AuditFilter {
  enum Who: String, CaseIterable { case anyone, me, others, assistant, link, sms, webhook, key, `operator`, system }

  let who: Who
  /// `reminder.made`, or either half of it; empty: whatever was done.
  let what: String
  /// A kind of thing, the id of one, or both as `task:ID`; empty: whatever it was done to.
  let subject: String
  /// The first and the last day, by the person's clocks.
  let from: Day?
  let until: Day?
  /// The number of the entry behind which the page begins.
  let after: Int

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    // Who, what and about what go by these names, too: actor, kind and entity (RULES 9.8).
    func name(_ name: String, _ other: String) -> String { query.first(name) == nil && query.first(other) != nil ? other : name }
    who = read.choice(name("who", "actor"), .anyone)
    what = read.line(name("what", "kind"), 0...200)
    subject = read.line(name("subject", "entity"), 0...200)
    from = read.day("from")
    until = read.day("until")
    after = read.integer("after", .min ... .max, .max)
    if let from, let until, until < from { read.complain("until", words("The last day is before the first.")) }
    try read.finish()
  }

  /// Whether all entries are meant.
  var isOff: Bool { who == .anyone && what.utf8.isEmpty && subject.utf8.isEmpty && from == nil && until == nil }

  var hasDays: Bool { from != nil || until != nil }

  /// The address of the same list from its beginning.
  func path() -> Path {
    func given(_ text: String) -> String? { text.utf8.isEmpty ? nil : text }
    return Paths.audit.adding("who", who == .anyone ? nil : who.rawValue).adding("what", given(what)).adding("subject", given(subject))
      .adding("from", from?.iso).adding("until", until?.iso)
  }

  /// A page of them and what follows, the newest first.
  ///
  /// - Parameter zone: by whose clocks days begin; asked for where ``hasDays``.
  func rows(in zone: Zone?) -> Query<AuditTrailRow> {
    let first = from.flatMap { zone?.start(of: $0) }
    let end = until.flatMap { zone?.start(of: $0.advanced(by: 1)) }
    return Query(
      """
      SELECT a.number, a.at, a.actor, coalesce(a.actor_id = me(), true) AS is_mine, m.display_name AS name, a.action, a.subject, a.subject_id AS about,
        a.payload, a.address, s.id AS thing_id, s.title
      FROM (
        SELECT * FROM audit_log
        WHERE account_id = my_account() AND (user_id = me() OR user_id IS NULL) AND number < \(after) AND \(done) AND \(about)
          AND (\(first == nil) OR at >= \(first)::timestamptz) AND (\(end == nil) OR at < \(end)::timestamptz)
        ORDER BY number DESC LIMIT \(PageSize.read)
      ) a
      LEFT JOIN LATERAL (\(AuditSubject.found)) s ON true LEFT JOIN door.members() m ON m.id = a.actor_id
      ORDER BY a.number DESC
      """, into: AuditTrailRow.init)
  }

  private var done: SQL {
    let by: SQL =
      switch who {
      case .anyone: "true"
      case .me: "(actor = 'user' AND coalesce(actor_id = me(), true))"
      case .others: "(actor = 'user' AND actor_id <> me())"
      case .assistant, .link, .sms, .webhook, .key, .operator, .system: "actor = \(who.rawValue)"
      }
    if what.utf8.isEmpty { return by }
    return "\(by) AND \(what) IN (action, split_part(action, '.', 1), split_part(action, '.', 2))"
  }

  private var about: SQL {
    if subject.utf8.isEmpty { return "true" }
    if let thing = ID<AuditSubject>(subject) { return "subject_id = \(thing)" }
    let parts = subject.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1).map { String(decoding: $0, as: UTF8.self) }
    if parts.count == 2, let thing = ID<AuditSubject>(parts[1]) { return "(subject = \(parts[0]) AND subject_id = \(thing))" }
    return "subject = \(subject)"
  }
}
