import Domain
import Postgres

/// What the coach has to say of a week.
struct CoachWeek {
  private let review: WeekReview

  init(_ review: WeekReview) { self.review = review }

  /// Of the person whom the transaction acts for.
  static func read(_ week: PersonWeek, _ person: Person, _ calendar: HabitCalendar, _ db: Connection) throws -> CoachWeek {
    let reader = WeekReader(user: person.id, calendar: calendar, week: week)
    let rows = try ReviewRows(try db.read(together: ReviewRows.reading([reader])), of: [reader]) { try db.rows($0) }
    return CoachWeek(rows.review(of: reader))
  }

  /// - Returns: nil where it asked nothing of any habit.
  var saying: CoachSaying? {
    if review.lines.isEmpty { return nil }
    let first = review.week.first
    guard let rate = review.rate, !review.isPaused else { return .quietWeek(first: first) }
    return .week(first: first, kept: kept, rate: rate.percent, changeTenths: review.change, best: best)
  }

  /// What a chat says of the week that goes on.
  ///
  /// - Returns: nil where nothing can be judged yet.
  var soFar: CoachSaying? {
    guard let rate = review.rate, !review.isPaused else { return nil }
    return .thisWeek(kept, rate: rate.percent)
  }

  private var judged: [WeekLine] { review.lines.filter { $0.week.rate != nil } }

  private var kept: CoachShare {
    CoachShare(judged.reduce(0) { $0 + $1.week.done }, of: judged.reduce(0) { $0 + ($1.week.required ?? 0) })
  }

  /// The habit whose rate is above that of all others.
  private var best: String? {
    let lines = judged.compactMap { line in line.week.rate.map { (name: line.name, rate: $0) } }
    guard lines.count > 1, let best = lines.max(by: { $0.rate < $1.rate }), best.rate > Proportion(0),
      lines.count(where: { $0.rate == best.rate }) == 1
    else { return nil }
    return best.name
  }

  /// What a model is told of it: the figures of the page.
  func add(to table: inout CoachFactTable) {
    table.add("first day of the week", .date(review.week.first))
    table.add("last day of the week", .date(review.week.last))
    guard let rate = review.rate, !review.isPaused else { return table.add("habits that were asked in it", .count(0)) }
    table.add("kept in it", .share(kept))
    table.add("mean of the habits' rates", .percent(thousandths: rate.percent * 1000))
    if let change = review.change { table.add("change against the week before, in points", .percent(thousandths: change * 100)) }
    for line in judged {
      table.add("habit", .name(line.name))
      table.add("kept of it in the week", .share(CoachShare(line.week.done, of: line.week.required ?? line.week.done)))
    }
    if let best { table.add("went best", .name(best)) }
  }
}

/// What was said of a week, for its page and its mail.
struct WeekSaid {
  let user: ID<User>
  /// The first of the week.
  let date: Day
  let text: String
  let written: CoachWritten

  /// Deleted words are not there.
  static func query(_ span: WeekSpan) -> Query<WeekSaid> {
    Query(
      """
      SELECT m.user_id, m.date, m.text, m.written FROM \(span.rows)
      JOIN coach_messages m ON m.user_id = t.user_id AND m.date BETWEEN t.first AND t.latest
      WHERE m.event = 'weekly_analysis' AND m.habit_id IS NULL AND m.goal_id IS NULL AND m.deleted_at IS NULL
      """, into: WeekSaid.init)
  }
}
