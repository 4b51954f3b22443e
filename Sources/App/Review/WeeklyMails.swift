import Domain
import HTML
import Postgres

/// A weekly mail of the table (RULES 5.24).
enum WeeklyMailRow {}

/// Whose week may have ended, with what decides when it is told.
private struct WeeklyTurn {
  let user: ID<User>
  let isWanted: Bool
  let email: String
  let zone: Zone
  let weekStart: Weekday
  let hour: TimeOfDay
  /// When the first of the habits that are not archived was made; nil: there is none.
  let firstHabit: Day?

  static func due(_ which: SQL, _ zones: Zones) -> Query<WeeklyTurn> {
    Query(
      """
      SELECT w.user_id, u.weekly_mail, u.email, u.timezone, u.zone_rule, u.week_start, u.default_time,
        (SELECT min(h.created_on) FROM habits h WHERE h.user_id = w.user_id AND h.status = 'active') AS first_habit
      FROM weekly_reviews w JOIN users u ON u.id = w.user_id WHERE \(which)
      """
    ) { row throws(PostgresError) in
      WeeklyTurn(
        user: try row("user_id"), isWanted: try row("weekly_mail"), email: try row("email"), zone: try zones.stored(row),
        weekStart: try row("week_start"), hour: TimeOfDay(second: try row("default_time")) ?? .nine, firstHabit: try row("first_habit"))
    }
  }

  /// What is to be told now, if anything is, and when to look again.
  func plan(at now: Instant) -> (mail: WeeklyMail?, next: Instant) {
    let mail = WeeklyMail(at: now, zone: zone, weekStart: weekStart, hour: hour)
    if mail.due > now { return (nil, mail.due) }
    let next = WeeklyMail(at: mail.expires, zone: zone, weekStart: weekStart, hour: hour).due
    let hasHabits = firstHabit.map { $0 <= mail.week.last } ?? false
    return (isWanted && hasHabits ? mail : nil, next)
  }
}

/// Puts the mails about weeks that ended into the outbox: once for each person and week, whoever of the workers comes first.
struct WeeklyWork {
  private static let most = 500

  private let bench: WorkBench
  private let people: RowWork<User>

  private var db: Connection { bench.db }

  init(_ bench: WorkBench) {
    self.bench = bench
    people = RowWork("week", bench)
  }

  var kinds: [WorkKind] {
    let due = DueTime(name: "week") { now in
      "SELECT min(due_at) FROM weekly_reviews WHERE user_id <> ALL (\(people.passed(at: now)))"
    }
    return [
      WorkKind(name: "weeks", due: due) { now, _ in try plan(now) },
      OutboxWork(.weeklyMails, bench).kind("reviews", share: .rest),
    ]
  }

  private func plan(_ now: Instant) throws -> Int {
    func chosen() -> SQL { "w.due_at <= \(now) AND w.user_id <> ALL (\(people.passed(at: now))) ORDER BY w.due_at LIMIT \(Self.most)" }
    return try people.batches(
      of: Self.most, counted: "weeks", at: now, all: { try batch("\(chosen()) FOR UPDATE OF w SKIP LOCKED", now) },
      rows: { try db.rows(Query(column: "SELECT w.user_id FROM weekly_reviews w WHERE \(chosen())")) },
      one: { user in try batch("w.due_at <= \(now) AND w.user_id = \(user) FOR UPDATE OF w SKIP LOCKED", now) })
  }

  private func batch(_ which: SQL, _ now: Instant) throws -> Int {
    try db.transaction { () throws(PostgresError) in
      let turns = try db.rows(WeeklyTurn.due(which, bench.services.zones))
      if turns.isEmpty { return 0 }
      let plans = turns.map { $0.plan(at: now) }
      let mails = zip(turns, plans).compactMap { turn, plan in
        plan.mail.map { (id: ID<WeeklyMailRow>.new(at: now), user: turn.user, email: turn.email, mail: $0) }
      }
      let again: SQL = .update(
        "weekly_reviews", set: [.each("due_at", plans.map(\.next))], by: [.each("user_id", turns.map(\.user))],
        where: "d.user_id = t.user_id")
      if mails.isEmpty {
        try db.run(again)
        return turns.count
      }
      let rows: SQL = .insert(
        into: "weekly_mails", .each("id", mails.map(\.id)), .each("user_id", mails.map(\.user)),
        .each("week", mails.map(\.mail.week.address)), .each("expires_at", mails.map(\.mail.expires)), .all("created_at", "\(now)"))
      let messages: SQL = .insert(
        into: "outbox", .each("id", mails.map { _ in ID<OutboxMessage>.new(at: now) }), .each("user_id", mails.map(\.user)),
        .all("subject", "'week'"), .each("subject_id", mails.map(\.id)), .all("channel", "'email'"), .all("recipient_kind", "'user'"),
        .all("recipient_id", "t.user_id"), .each("address", mails.map(\.email)), .all("state", "'pending'"), .all("due_at", "\(now)"),
        .all("created_at", "\(now)"))
      // A week that was told already has a row, and gets no second message.
      let isNew: SQL = "EXISTS (SELECT FROM weekly_mails m WHERE m.id = t.subject_id)"
      try db.runAll(["\(rows) ON CONFLICT DO NOTHING", "\(messages) WHERE \(isNew)", again])
      return turns.count
    }
  }
}

/// A weekly mail that is claimed.
private struct PendingWeeklyMail {
  let message: OutboxMessage
  let id: ID<WeeklyMailRow>
  let week: String
  let expiresAt: Instant
  let isWanted: Bool
  let email: String
  let name: String
  let isVerified: Bool
  let muted: OutboxReason?
  let language: Language
  let zone: Zone
  let weekStart: Weekday
  let dayStart: Int

  static func query(_ ids: [ID<OutboxMessage>], _ zones: Zones) -> Query<PendingWeeklyMail> {
    Query(
      """
      SELECT \(OutboxMessage.columns), m.id AS mail_id, m.week, m.expires_at, u.weekly_mail, u.email, u.display_name,
        u.verified_at IS NOT NULL AS verified, a.reason AS muted, u.language, u.timezone, u.zone_rule, u.week_start, u.day_start
      FROM outbox d JOIN weekly_mails m ON m.id = d.subject_id AND m.user_id = d.user_id JOIN users u ON u.id = d.user_id
      LEFT JOIN muted_addresses a ON a.user_id = d.user_id AND a.agent = d.channel AND a.address = u.email_key
      WHERE d.id = ANY (\(ids)) ORDER BY d.due_at, d.id
      """
    ) { row throws(PostgresError) in
      PendingWeeklyMail(
        message: try row(from: 0), id: try row("mail_id"), week: try row("week"), expiresAt: try row("expires_at"),
        isWanted: try row("weekly_mail"), email: try row("email"), name: try row("display_name"), isVerified: try row("verified"),
        muted: try row("muted"), language: try row("language"), zone: try zones.stored(row), weekStart: try row("week_start"),
        dayStart: try row("day_start"))
    }
  }

  /// Why it is not sent; nil: it is.
  func refusal(at now: Instant, checksAddresses: Bool) -> OutboxReason? {
    if !isWanted { return .switchedOff }
    if let muted { return muted }
    if checksAddresses, !isVerified { return .unverified }
    return now < expiresAt ? nil : .noUse
  }

  func reader(at now: Instant) -> WeekReader? {
    PersonWeek(week, weekStart: weekStart).map {
      WeekReader(
        user: message.user, calendar: HabitCalendar(zone: zone, dayStart: dayStart, weekStart: weekStart, at: now), week: $0)
    }
  }
}

extension OutboxSubject {
  /// Mails about weeks that ended: what decides is how things are when they leave. All that are claimed together are read together.
  static let weeklyMails = OutboxSubject(name: "'week'", noun: "review", counted: "reviews", decide: decideWeeklyMails, isBulk: true)

  private static let decideWeeklyMails: @Sendable ([ID<OutboxMessage>], OutboxRound, inout OutboxClaim) throws -> [OutboxSending] = {
    ids, round, claim in
    let (services, db) = (round.bench.services, round.bench.db)
    var open: [(mail: PendingWeeklyMail, reader: WeekReader)] = []
    for mail in try db.rows(PendingWeeklyMail.query(ids, services.zones)) {
      if let refusal = mail.refusal(at: round.now, checksAddresses: services.checksAddresses) {
        claim.set(mail.message, .cancelled, refusal)
      } else if mail.message.isGivenUp {
        claim.giveUp(mail.message)
      } else if let reader = mail.reader(at: round.now) {
        claim.set(mail.message, .sending)
        open.append((mail, reader))
      } else {
        claim.set(mail.message, .cancelled, .noUse)
      }
    }
    if open.isEmpty { return [] }
    let readers = open.map(\.reader)
    let rows = try ReviewRows(try db.read(together: ReviewRows.reading(readers)), of: readers) { try db.rows($0) }
    return open.map { mail, reader in
      OutboxSending(message: mail.message) {
        WeeklyMailPage(rows.review(of: reader), mail.language, mail.message.user, mail.email, services).content(
          key: mail.id.text, name: mail.name, to: mail.email)
      }
    }
  }
}

/// The mail about a week as people read it.
struct WeeklyMailPage {
  let frame: MailFrame
  let title: String
  let summary: ReviewSummary
  let rows: [Row]
  /// The coach's words, and how they were written.
  let said: (text: String, written: String)?
  let link: SafeURL?

  private let words: Words

  struct Row {
    let name: String
    /// The seven days in signs.
    let days: String
    /// "3 / 5".
    let done: String
  }

  init(_ review: WeekReview, _ language: Language, _ user: ID<User>, _ email: String, _ services: Services) {
    let words = services.words(language)
    self.words = words
    let dates: KeyValuePairs = [
      "first": HabitWords.date(review.week.first, today: review.today, language),
      "last": HabitWords.date(review.week.last, today: review.today, language),
    ]
    title = words("Your week, {first} to {last}", dates)
    summary = ReviewSummary(review, words, language)
    // Everything paused is told in a line.
    let table = review.isPaused ? nil : ReviewPage.table(review, words, language)
    rows = (table?.parts ?? []).flatMap(\.rows).map { row in
      Row(
        name: row.name, days: row.blocks.map { $0.mark == .nothing ? "·" : HabitMap.sign($0.mark) }.joined(separator: " "),
        done: row.required.map { row.done + " / " + $0 } ?? row.done)
    }
    said = review.said.map { ($0.text, $0.written.sentence(words)) }
    link = SafeURL(services.origin + Paths.review(review.week).text)
    let stop = UnsubscribeLink(user, email, weekly: true).token(services.keys)
    frame = MailFrame(
      language: language, title: title, summary: summary.rateWords ?? summary.note,
      footer: words("You get this mail once a week because you keep habits in Heed."), stopLabel: words("No more weekly mails"),
      stop: SafeURL(services.origin + Paths.unsubscribe(stop).text))
  }

  /// "75%, the mean of your habits' rates; +12.5 points against the week before".
  var rate: String? {
    guard let rate = summary.rateWords else { return nil }
    let mean = words("{rate}, the mean of your habits' rates", ["rate": rate])
    return summary.changeWords.map { words("{mean}; {change} against the week before", ["mean": mean, "change": $0]) } ?? mean
  }

  /// The same without markup.
  var text: String {
    let habits = rows.map { "\($0.days)  \($0.done)  \($0.name)" }.joined(separator: "\n")
    let goals = summary.goals.map { "\($0.title): \($0.text)" }.joined(separator: "\n")
    let coach = said.map { "\($0.text)\n(\(words("Coach")), \($0.written))" }
    let parts: [String?] = [title, rate, summary.note, summary.facts.joined(separator: "\n"), coach, habits, summary.skips, goals]
    let open = link.map { words("Open the review") + ":\n" + $0.text }
    return frame.text(around: (parts + [open]).compactMap(\.self).filter { !$0.utf8.isEmpty })
  }

  func content(key: String, name: String, to address: String) -> MessageContent {
    MessageContent(
      key: ("week", key), name: name, address: address, subject: title, text: text, html: String(decoding: rendered(words), as: UTF8.self),
      stop: frame.stop?.text)
  }
}
