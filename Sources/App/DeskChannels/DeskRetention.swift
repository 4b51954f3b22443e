import Domain
import Postgres

/// What of conversations is kept no longer (RULES 6.17). What has been emptied is marked, so a pass that was broken off goes on with the rest; an open
/// conversation is never looked at, and samples keep what they count.
enum DeskRetention {
  /// Mails as they came are kept for so many days.
  static let rawDays: Int64 = 90

  /// An account that has something to empty.
  private struct Due {
    let account: ID<Account>
    let days: Int

    /// The first behind another.
    static func next(after account: ID<Account>, at now: Instant) -> Query<Due> {
      Query(
        """
        SELECT s.account_id AS account, s.retention_days AS days FROM desk_settings s
        WHERE s.account_id > \(account) AND s.retention_days IS NOT NULL AND EXISTS (
          SELECT FROM conversations v WHERE v.account_id = s.account_id AND v.state = 'closed' AND v.emptied_at IS NULL
            AND v.closed_at < \(now)::timestamptz - s.retention_days * interval '24 hours')
        ORDER BY s.account_id LIMIT 1
        """, into: Due.init)
    }
  }

  /// Texts and files of conversations that were closed as long ago as their accounts say: account by account, those closed first.
  static let conversations = JobKind("retention.conversations", .nightly(), kept: "as each account has chosen") { run, bench, now in
    guard let due = try bench.db.row(Due.next(after: ID(run.place) ?? ID(high: 0, low: 0), at: now)) else { return .done }
    let emptied: (Int, Int)? = try bench.db.row(
      Query(
        tuple: """
          SELECT conversations, messages
          FROM door.empty_conversations(\(due.account), \(now.advanced(days: -due.days)), \(Chore.slice), \(now))
          """))
    let (conversations, messages) = emptied ?? (0, 0)
    // Somebody holds those that are left: they are the next night's.
    if conversations == 0 && messages == 0 { run.place = due.account.text }
    run.done += conversations
    run.count("messages", messages)
    if conversations > 0 {
      let entry = AuditEntry("desk.emptied", DeskSettings.subject, nil, ["conversations": String(conversations)]).shared
      try Audit.append([AuditRecord(user: nil, account: due.account, entry: entry)], by: .system, at: now, bench.services.keys, bench.db)
    }
    return .again
  }

  /// Mails as they came: what was read of them stays with the conversation.
  static let rawMails = JobKind("retention.raw_mails", .nightly(), kept: "\(rawDays) days") { run, bench, now in
    let before = ID<Due>.first(from: now.advanced(days: -rawDays))
    let count: Int = try bench.db.value("SELECT door.empty_raw_mails(\(before), \(Chore.slice))") ?? 0
    run.done += count
    return count == Chore.slice ? .again : .done
  }

  /// How many conversations of an account the next night empties.
  static func due(_ settings: DeskSettings, _ web: Context) throws -> Int {
    guard let days = settings.retentionDays else { return 0 }
    let count = Query<Int>(
      column: """
        SELECT count(*) FROM conversations v WHERE v.account_id = (SELECT my_account()) AND v.state = 'closed' AND v.emptied_at IS NULL
          AND v.closed_at < \(web.now.advanced(days: -days))
        """)
    return try web.read(count).first ?? 0
  }
}
