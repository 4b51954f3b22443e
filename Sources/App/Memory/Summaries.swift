import Domain
import HTML
import Postgres
import Web

/// What came of sessions, days and weeks: read, corrected, made anew, thrown away.
enum Summaries {
  /// Which of them, as the address says.
  struct Filter {
    enum Kind: String, CaseIterable, Bindable { case all, session, daily, weekly }

    let type: Kind
    /// The first day that they may begin on.
    let from: Day?
    let after: ID<MemorySummary>?

    init(_ query: Form, _ words: Words) throws(FormErrors) {
      var read = FormReader(query, words)
      type = read.choice("type", .all)
      from = read.day("from")
      after = read.after()
      try read.finish()
    }

    func path(_ type: Kind? = nil) -> Path {
      let type = type ?? self.type
      return Paths.summaries.adding("type", type == .all ? nil : type.rawValue).adding("from", from?.iso)
    }

    /// A page of them and what follows, the latest first.
    func rows(_ clock: HabitClock) -> Query<MemorySummary> {
      let begin = from.map { clock.start(of: $0) }
      return MemorySummary.mine(
        """
        (\(type == .all) OR s.type = \(type)) AND (\(begin == nil) OR s.from_at >= \(begin)::timestamptz)
          AND (\(after == nil) OR (s.from_at, s.id) < (SELECT x.from_at, x.id FROM memory_summaries x
            WHERE x.id = \(after)::uuid AND x.user_id = (SELECT me())))
        ORDER BY s.from_at DESC, s.id DESC LIMIT \(PageSize.read)
        """)
    }
  }

  /// GET /summaries
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try Filter(query, words) }
    let person = try web.person
    let clock = HabitClock(zone: person.zone, dayStart: person.dayStart)
    return web.list(try SummaryListPage(PageOf(web.read(filter.rows(clock))), filter, web))
  }

  /// GET /summaries/:summary
  static func show(_ web: Context, _ id: ID<MemorySummary>) throws -> Response {
    guard let summary = try web.read(MemorySummary.mine("s.id = \(id)")).first else { throw Failure.notFound }
    return web.page(try SummaryPage(summary, web))
  }

  /// POST /summaries/:summary
  static func save(_ web: Context, _ id: ID<MemorySummary>) throws -> Change {
    let summary = try find(id, web)
    return try web.takeForm(askingAgain: { try SummaryPage(summary, web, $0) }) {
      var read = FormReader(web.form, web.words)
      let text = read.text("text", bytes: 16_384)
      let version = read.version()
      try read.finish()
      guard version == summary.version else { throw StaleForm() }
      let written = text.utf8.isEmpty ? MemorySummary.Written.rules : .person
      // What stands there already is no correction.
      if text.utf8.elementsEqual(summary.words(web.words).utf8) || written == .rules && summary.written == .rules {
        return Change(to: Paths.summary(id), says: web.words("It was so already."), did: [])
      }
      try web.db.queue([
        """
        UPDATE memory_summaries SET text = \(text), written = \(written), version = version + 1, updated_at = \(web.now)
        WHERE id = \(id) AND user_id = (SELECT me())
        """
      ])
      let says = written == .rules ? web.words("The words are Heed's again.") : web.words("Your words are kept.")
      return Change(to: Paths.summary(id), says: says, did: [entry("summary.corrected", summary)])
    }
  }

  /// POST /summaries/:summary/rebuild
  static func rebuild(_ web: Context, _ id: ID<MemorySummary>) throws -> Change {
    let summary = try find(id, web)
    if summary.fromAt < web.now.advanced(days: -30) {
      let says = web.words("What happened then is not in the log any more: the facts stay as they are.")
      return Change(to: Paths.summary(id), says: says, did: [])
    }
    let builder = MemoryBuilder(person: try web.person, now: web.now, db: web.db)
    try builder.rebuild(summary.stretch)
    return Change(
      to: Paths.summary(id), says: web.words("The facts are what happened as it is known now."), did: [entry("summary.rebuilt", summary)])
  }

  /// POST /summaries/:summary/deletion
  static func delete(_ web: Context, _ id: ID<MemorySummary>) throws -> Change {
    let summary = try find(id, web)
    try web.db.queue([
      """
      UPDATE memory_summaries SET text = '', facts = '[]', sources = '{}', written = 'rules', deleted_at = \(web.now), version = version + 1,
        updated_at = \(web.now) WHERE id = \(id) AND user_id = (SELECT me())
      """
    ])
    return Change(
      to: Paths.summaries, says: web.words("The summary is gone, and is not made again."), did: [entry("summary.deleted", summary)])
  }

  /// Held until the transaction ends.
  private static func find(_ id: ID<MemorySummary>, _ web: Context) throws -> MemorySummary {
    guard let summary = try web.db.row(MemorySummary.mine("s.id = \(id) FOR NO KEY UPDATE")) else { throw Failure.notFound }
    return summary
  }

  private static func entry(_ action: String, _ summary: MemorySummary) -> AuditEntry {
    AuditEntry(action, MemorySummary.subject, summary.id.text, ["type": summary.type.rawValue, "period": summary.period])
  }
}

extension MemorySummary {
  /// The stretch of time that it is about, as it was cut when it was made.
  var stretch: MemoryBuilder.Period {
    let days: ClosedRange<Day>? =
      switch type {
      case .session: nil
      case .daily: Day(iso: period).map { $0...$0 }
      case .weekly: PersonWeek(period, weekStart: weekStart)?.days
      }
    return MemoryBuilder.Period(
      type: type, chat: chat, key: period, session: type == .session ? ID<MemorySession>(period) : nil, span: fromAt..<max(fromAt, untilAt),
      days: days)
  }
}
