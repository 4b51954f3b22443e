import Domain
import HTML
import Postgres

/// A channel whose mailbox nobody could look into for a quarter of an hour, and what was done about it.
struct ChannelFailure {
  let channel: ID<DeskChannel>
  let account: ID<Account>
  let name: String
  let error: String
  let lastGoodAt: Instant?
  let isFailing: Bool
  /// Members were told.
  let isTold: Bool
  /// Somebody's reminder was made.
  let isRung: Bool
  /// Whose reminder that is; nil: it is gone.
  let user: ID<User>?
  let reminder: ID<Reminder>?

  /// Seconds without a good look after which somebody's reminder rings (RULES 6.23).
  static let alarm: Int64 = 3_600

  static let tables: SQL =
    "channels c JOIN channel_states s ON s.channel_id = c.id LEFT JOIN channel_failures f ON f.channel_id = c.id"

  /// As the lists show it.
  static func isFailing(at now: Instant) -> SQL { "(c.deleted_at IS NULL AND \(DeskChannelFilter.isFailing(at: now)))" }

  /// Something is to be done about it.
  static func isDue(at now: Instant) -> SQL {
    """
    (\(isFailing(at: now)) AND (f.channel_id IS NULL OR f.rung_at IS NULL AND s.last_good_at <= \(now.advanced(seconds: -alarm)))
      OR f.channel_id IS NOT NULL AND \(isFailing(at: now)) IS NOT TRUE)
    """
  }

  /// Its state locked, so that of two workers one sees to it.
  static func locking(_ id: ID<DeskChannel>, at now: Instant) -> Query<ChannelFailure> {
    Query(
      """
      SELECT c.id AS channel, c.account_id AS account, c.name, s.error, s.last_good_at, \(isFailing(at: now)) IS TRUE AS is_failing,
        f.channel_id IS NOT NULL AS is_told, f.rung_at IS NOT NULL AS is_rung, f.user_id AS user, f.reminder_id AS reminder
      FROM \(tables) WHERE c.id = \(id) AND \(isDue(at: now)) FOR UPDATE OF s SKIP LOCKED
      """, into: ChannelFailure.init)
  }

  func wantsAlarm(at now: Instant) -> Bool {
    guard !isRung, let lastGoodAt else { return false }
    return lastGoodAt.advanced(seconds: ChannelFailure.alarm) <= now
  }

  /// What the reminder says: of the server's own words nothing, which stand on the channel's page.
  func text(_ words: Words, origin: String) -> (title: String, description: String) {
    let reason = MailboxTrouble.sentence(MailboxTrouble.read(error).trouble?.rawValue ?? "", words)
    return (
      LateText.short(words("Mail of {channel} does not come in any more", ["channel": name])),
      "\(reason)\n\n[\(words("Open the channel"))](\(origin)\(Paths.channel(channel).text))"
    )
  }
}

/// Tells members of a channel that fails, rings for the owner when that goes on for an hour, and ends both when the mailbox is back (RULES 6.23).
struct ChannelFailureWork {
  private static let most = 100

  private let bench: WorkBench
  private let rows: RowWork<DeskChannel>

  private var db: Connection { bench.db }

  init(_ bench: WorkBench) {
    self.bench = bench
    rows = RowWork("channel", bench)
  }

  var kind: WorkKind {
    let due = DueTime(name: "channel_failures") { now in
      """
      SELECT least(
        (SELECT min(s.last_good_at + CASE WHEN f.channel_id IS NULL THEN interval '15 minutes' ELSE interval '1 hour' END)
         FROM \(ChannelFailure.tables)
         WHERE c.inbound <> 'webhook' AND c.enabled AND c.deleted_at IS NULL AND s.failing_since IS NOT NULL AND f.rung_at IS NULL
           AND c.id <> ALL (\(rows.passed(at: now)))),
        (SELECT \(now)::timestamptz FROM \(ChannelFailure.tables)
         WHERE f.channel_id IS NOT NULL AND \(ChannelFailure.isFailing(at: now)) IS NOT TRUE AND c.id <> ALL (\(rows.passed(at: now))) LIMIT 1))
      """
    }
    return WorkKind(name: "channel_failures", due: due, follows: true) { now, _ in
      try rows.batches(
        of: Self.most, counted: "failing", at: now, all: { try chosen(now).reduce(0) { try $0 + see(to: $1, now) } },
        rows: { try chosen(now) }, one: { try see(to: $0, now) })
    }
  }

  private func chosen(_ now: Instant) throws -> [ID<DeskChannel>] {
    try db.rows(
      Query(
        column: """
          SELECT c.id FROM \(ChannelFailure.tables) WHERE \(ChannelFailure.isDue(at: now)) AND c.id <> ALL (\(rows.passed(at: now)))
          ORDER BY c.id LIMIT \(Self.most)
          """))
  }

  private func see(to id: ID<DeskChannel>, _ now: Instant) throws -> Int {
    try db.transaction {
      guard let failure = try db.row(ChannelFailure.locking(id, at: now)) else { return 0 }
      if failure.isFailing {
        try tell(failure, now)
      } else {
        try end(failure, now)
      }
      return 1
    }
  }

  private func tell(_ failure: ChannelFailure, _ now: Instant) throws {
    let members = try db.rows(DutyMember.query([failure.account]))
    if !failure.isTold {
      try db.queue([
        """
        INSERT INTO channel_failures (channel_id, account_id, told_at) VALUES (\(failure.channel), \(failure.account), \(now))
        """,
        Notice.adding(.channelFailing, to: members.map(\.id), of: failure.account, channel: failure.channel, at: now),
      ])
    }
    guard failure.wantsAlarm(at: now) else { return }
    var reminder: ID<Reminder>?
    let owner = members.first { $0.role == .owner }
    if let owner {
      let (title, description) = failure.text(bench.services.words(owner.language), origin: bench.services.origin)
      let profile = try DutyReminder.profile(of: owner.id, db)
      reminder = try DutyReminder.make(title, description, for: owner, by: profile, at: now, bench)
    }
    try db.queue([
      """
      UPDATE channel_failures SET rung_at = \(now), user_id = \(owner?.id), reminder_id = \(reminder) WHERE channel_id = \(failure.channel)
      """
    ])
  }

  private func end(_ failure: ChannelFailure, _ now: Instant) throws {
    if let reminder = failure.reminder, let user = failure.user { try DutyReminder.complete(reminder, of: user, at: now, bench) }
    try db.queue(["DELETE FROM channel_failures WHERE channel_id = \(failure.channel)"])
  }
}
