import Domain
import Postgres

/// Tells whoever is on duty of customers who wait too long, and ends that when they wait no more (RULES 6.14).
///
/// Somebody is told by a reminder of theirs, which rings in the same round and climbs as any does. Conversations are locked before reminders, as by
/// everybody who needs both; weakly enough that their timelines can be written meanwhile.
struct LateWork {
  /// Conversations of one transaction.
  private static let most = 200
  /// So many of one channel within an hour, or more, are told of together.
  static let flood = 50

  private let bench: WorkBench
  private let rows: RowWork<Conversation>

  private var db: Connection { bench.db }

  init(_ bench: WorkBench) {
    self.bench = bench
    rows = RowWork("late", bench)
  }

  var kinds: [WorkKind] {
    let due = DueTime(name: "late") { now in
      """
      SELECT least(
        (SELECT min(late_at) FROM conversations v WHERE \(LateConversation.owed) AND v.id <> ALL (\(rows.passed(at: now)))),
        (SELECT \(now)::timestamptz FROM desk_late WHERE is_over AND ended_at IS NULL LIMIT 1))
      """
    }
    return [
      WorkKind(name: "late", due: due) { now, _ in
        let ended = try end(now)
        let told = try rows.batches(
          of: Self.most, counted: "late", at: now, all: { try tell(chosen(now), now) }, rows: { try db.rows(Query(column: chosen(now))) },
          one: { id in
            try tell("SELECT v.id FROM conversations v WHERE v.id = \(id) AND v.late_at <= \(now) AND \(LateConversation.owed)", now)
          })
        return ended + told
      }
    ]
  }

  private func chosen(_ now: Instant) -> SQL {
    """
    SELECT v.id FROM conversations v WHERE v.late_at <= \(now) AND \(LateConversation.owed) AND v.id <> ALL (\(rows.passed(at: now)))
    ORDER BY v.late_at, v.id LIMIT \(Self.most)
    """
  }

  /// - Returns: how many are told of now.
  private func tell(_ choice: SQL, _ now: Instant) throws -> Int {
    try db.transaction {
      let ids: [ID<Conversation>] = try db.rows(Query(column: "\(choice) FOR NO KEY UPDATE SKIP LOCKED"))
      if ids.isEmpty { return 0 }
      let late = try db.rows(LateConversation.query(ids))
      let telling = try LateTelling(late.filter(\.isChannelThere), bench, now)
      for (channel, some) in Dictionary(grouping: late.filter(\.isChannelThere), by: \.channel).sorted(by: { $0.key.text < $1.key.text }) {
        if telling.isFlood(channel) {
          try telling.tell(together: some)
        } else {
          for one in some { try telling.tell(one) }
        }
      }
      try db.queue(["UPDATE conversations SET late_told_at = \(now) WHERE id = ANY (\(ids))"])
      return ids.count
    }
  }

  /// What rings for customers who wait no more is done.
  private func end(_ now: Instant) throws -> Int {
    try db.transaction {
      let over: [(ID<Conversation>, ID<Account>, ID<Reminder>, ID<User>)] = try db.rows(
        Query(
          tuple: """
            SELECT l.conversation_id, l.account_id, l.reminder_id, l.user_id FROM desk_late l JOIN conversations v ON v.id = l.conversation_id
            WHERE l.is_over AND l.ended_at IS NULL ORDER BY l.conversation_id LIMIT \(Self.most) FOR NO KEY UPDATE OF v SKIP LOCKED
            """))
      if over.isEmpty { return 0 }
      // Of several that one reminder names the last ends it.
      try db.queue([
        "UPDATE desk_late SET ended_at = \(now) WHERE is_over AND ended_at IS NULL AND conversation_id = ANY (\(over.map(\.0)))"
      ])
      try db.queue(over.map { ConversationEvent.adding(.calmed, to: $0.0, of: $0.1, at: now) })
      let reminders = Dictionary(over.map { ($0.2, $0.3) }, uniquingKeysWith: { first, _ in first })
      for (reminder, user) in reminders.sorted(by: { $0.key.text < $1.key.text }) { try complete(reminder, of: user, now) }
      return over.count
    }
  }

  private func complete(_ id: ID<Reminder>, of user: ID<User>, _ now: Instant) throws {
    let isWanted: Bool? = try db.value("SELECT EXISTS (SELECT FROM desk_late WHERE reminder_id = \(id) AND NOT is_over)")
    if isWanted == true { return }
    try DutyReminder.complete(id, of: user, at: now, bench)
  }
}

/// One transaction's telling: who is told of what, and by which reminder.
private final class LateTelling {
  private let bench: WorkBench
  private let now: Instant
  private let members: [DutyMember]
  private var rotas: [ID<DeskChannel>: [DutyLine]] = [:]
  /// How many of each channel were told of within the hour, and are to be now.
  private let counts: [ID<DeskChannel>: Int]
  private var profiles: [String: ID<EscalationProfile>] = [:]

  private var db: Connection { bench.db }

  init(_ late: [LateConversation], _ bench: WorkBench, _ now: Instant) throws {
    (self.bench, self.now) = (bench, now)
    let channels = Array(Set(late.map(\.channel)))
    let counted = Query<(ID<DeskChannel>, Int)>(
      tuple: """
        SELECT x.channel_id, sum(x.count)::integer FROM (
          SELECT channel_id, count(DISTINCT conversation_id) AS count FROM desk_late WHERE channel_id = ANY (\(channels)) AND at > \(now.advanced(hours: -1)) GROUP BY 1
          UNION ALL
          SELECT v.channel_id, count(*) FROM conversations v
          WHERE v.channel_id = ANY (\(channels)) AND v.late_at <= \(now) AND \(LateConversation.owed) GROUP BY 1) x
        GROUP BY 1
        """)
    let (people, found) = try bench.db.read(DutyMember.query(Array(Set(late.map(\.account)))), counted)
    members = people
    counts = Dictionary(found, uniquingKeysWith: { first, _ in first })
    for channel in Set(late.map { ChannelOfAccount(channel: $0.channel, account: $0.account) }) {
      rotas[channel.channel] = try bench.db.rows(DutyLine.of(channel.channel, channel.account))
    }
  }

  private struct ChannelOfAccount: Hashable {
    let channel: ID<DeskChannel>
    let account: ID<Account>
  }

  func isFlood(_ channel: ID<DeskChannel>) -> Bool { (counts[channel] ?? 0) >= LateWork.flood }

  /// A reminder of its own.
  func tell(_ late: LateConversation) throws {
    guard let member = member(for: late, at: late.lateAt, assignee: late.assignee) else { return }
    let text = text(for: member)
    let id = try remind(member, text.title(late), text.description(late), late)
    try tell([late], member, id, isGroup: false)
  }

  /// One for all of a channel: it joins what was told of so within the hour, and takes in what was told of alone ("Decided besides" 50).
  func tell(together all: [LateConversation]) throws {
    guard let first = all.first else { return }
    // Conversations are locked before reminders.
    let alone = try toldAlone(in: first.channel)
    let open: (ID<Reminder>, ID<User>, Bool)? = try db.row(
      Query(
        tuple: """
          SELECT r.id, r.user_id, EXISTS (SELECT FROM escalations e WHERE e.reminder_id = r.id) FROM desk_late l JOIN reminders r ON r.id = l.reminder_id
          WHERE l.channel_id = \(first.channel) AND l.is_group AND l.at > \(now.advanced(hours: -1)) AND NOT l.is_over AND r.status IN ('active', 'snoozed')
          ORDER BY l.at, l.id LIMIT 1 FOR NO KEY UPDATE OF r
          """))
    if let open, let member = members.first(where: { $0.id == open.1 && $0.account == first.account }) {
      try take(alone, into: open.0, of: open.1, first)
      let known: [ID<Conversation>] = try db.rows(
        Query(column: "SELECT conversation_id FROM desk_late WHERE reminder_id = \(open.0) AND NOT is_over ORDER BY at, id"))
      let named = try db.rows(LateConversation.query(known)) + all
      let text = text(for: member)
      let description = text.description(of: named)
      try db.queue(
        [
          """
          UPDATE reminders SET title = \(text.title(of: named.count, in: first.channelName)), description = \(description), version = version + 1,
            updated_at = \(now)
          WHERE id = \(open.0) AND user_id = \(open.1)
          """
        ] + ReminderText.saving(description, of: open.0, open.1))
      return try tell(all, member, open.0, isGroup: true, joins: open.2)
    }
    guard let member = member(for: first, at: now, assignee: nil) else { return }
    let text = text(for: member)
    let named = try db.rows(LateConversation.query(alone.map(\.conversation))) + all
    let id = try remind(member, text.title(of: named.count, in: first.channelName), text.description(of: named), first)
    try take(alone, into: id, of: member.id, first)
    try tell(all, member, id, isGroup: true)
  }

  /// A conversation that was told of by a reminder of its own.
  private struct ToldAlone {
    let conversation: ID<Conversation>
    let reminder: ID<Reminder>
    let user: ID<User>
  }

  /// Those of a channel that were so within the hour and wait still; what somebody changes at this moment stays as it is.
  private func toldAlone(in channel: ID<DeskChannel>) throws -> [ToldAlone] {
    try db.rows(
      Query(
        """
        SELECT l.conversation_id AS conversation, l.reminder_id AS reminder, l.user_id AS user FROM desk_late l
        JOIN conversations v ON v.id = l.conversation_id
        WHERE l.channel_id = \(channel) AND NOT l.is_group AND NOT l.is_over AND l.at > \(now.advanced(hours: -1))
        ORDER BY l.conversation_id FOR NO KEY UPDATE OF v SKIP LOCKED
        """, into: ToldAlone.init))
  }

  /// The reminder of all tells of them from now on; their own are done, and still known, so that who is erased is erased there too.
  private func take(_ alone: [ToldAlone], into reminder: ID<Reminder>, of user: ID<User>, _ channel: LateConversation) throws {
    if alone.isEmpty { return }
    let conversations = alone.map(\.conversation)
    try db.queue([
      "UPDATE desk_late SET is_over = true, ended_at = \(now) WHERE conversation_id = ANY (\(conversations)) AND NOT is_over",
      .insert(
        into: "desk_late", .all("id", "new_id(\(now))"), .all("account_id", "\(channel.account)"), .all("channel_id", "\(channel.channel)"),
        .each("conversation_id", conversations), .all("user_id", "\(user)"), .all("reminder_id", "\(reminder)"), .all("is_group", "true"),
        .all("at", "\(now)")),
    ])
    for one in alone.sorted(by: { $0.reminder.text < $1.reminder.text }) {
      try DutyReminder.complete(one.reminder, of: one.user, at: now, bench)
    }
  }

  /// Who is on duty; in a hole the assignee, else the owner.
  private func member(for late: LateConversation, at instant: Instant, assignee: ID<User>?) -> DutyMember? {
    let team = members.filter { $0.account == late.account }
    guard let owner = team.first(where: { $0.role == .owner }) else { return nil }
    let known = Dictionary(team.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let rota = DutyLine.rota(rotas[late.channel] ?? [], in: bench.services.zones.zone(late.timezone) ?? .utc)
    let told = rota.told(at: instant, assignee: assignee, owner: owner.id) { known[$0]?.presence ?? .gone }
    return known[told]
  }

  private func text(for member: DutyMember) -> LateText {
    LateText(bench.services.words(member.language), origin: bench.services.origin)
  }

  private func remind(_ member: DutyMember, _ title: String, _ description: String, _ late: LateConversation) throws -> ID<Reminder> {
    let profile = try profile(of: member.id, late.profile)
    return try DutyReminder.make(title, description, for: member, by: profile, at: now, bench)
  }

  /// Asked once for each.
  private func profile(of user: ID<User>, _ wanted: ID<EscalationProfile>?) throws -> ID<EscalationProfile> {
    let key = "\(user.text) \(wanted?.text ?? "")"
    if let known = profiles[key] { return known }
    let found = try DutyReminder.profile(of: user, like: wanted, db)
    profiles[key] = found
    return found
  }

  private func tell(_ all: [LateConversation], _ member: DutyMember, _ reminder: ID<Reminder>, isGroup: Bool, joins: Bool = false) throws {
    try db.queue([
      .insert(
        into: "desk_late", .all("id", "new_id(\(now))"), .each("account_id", all.map(\.account)), .each("channel_id", all.map(\.channel)),
        .each("conversation_id", all.map(\.id)), .all("user_id", "\(member.id)"), .all("reminder_id", "\(reminder)"),
        .all("is_group", "\(isGroup)"), .all("at", "\(now)"))
    ])
    try db.queue(all.map { Notice.adding(.late, to: [member.id], of: $0.account, about: $0.id, at: now) })
    // Whoever joins what rings already hears of no step of its own.
    if joins {
      let name: String? = try db.value("SELECT display_name FROM users WHERE id = \(member.id)")
      try db.queue(all.map { ConversationEvent.adding(.told, to: $0.id, of: $0.account, name ?? "", at: now) })
    }
  }
}
