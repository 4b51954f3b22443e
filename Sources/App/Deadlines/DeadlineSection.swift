import Domain
import HTML
import Postgres

/// What Today shows of deadlines: first those that were missed, until their owner has seen it; then what is due today.
struct DeadlineSection {
  let id: String
  let heading: String
  let rows: [DeadlineItem]
  let all = Paths.deadlines
  let secret: CSRFField

  /// How many rows stand there.
  private static let most = 20

  static func today(_ day: DayView) -> Reading<TodayPart> {
    let due = Deadline.mine(
      """
      NOT d.put_away AND d.status <> 'completed' AND (d.status <> 'missed' OR d.looked_at IS NULL) AND d.due_at < \(day.midnight)
      ORDER BY d.status <> 'missed', d.due_at, d.id LIMIT \(most)
      """)
    return Reading(due) { deadlines in
      let words = day.words
      let texts = deadlines.map { DeadlineText($0, day.person, day.clock, words) }
      let (missed, ahead) = (texts.filter { $0.status == .missed }, texts.filter { $0.status != .missed })
      var part = TodayPart()
      part.sections = [
        section("missed-deadlines", words("Missed deadlines"), missed, .missed, "urgent", words("missed", context: "deadlines"), day),
        section("deadlines", words("Due today"), ahead, .today, "due", words("due today", context: "deadlines"), day),
      ].compactMap(\.self)
      return part
    }
  }

  private static func section(
    _ id: String, _ heading: String, _ texts: [DeadlineText], _ rank: TodaySection.Rank, _ tone: String, _ label: String, _ day: DayView
  ) -> TodaySection? {
    if texts.isEmpty { return nil }
    let isMissed = rank == .missed
    let rows = texts.enumerated().map { DeadlineItem($1, mark: "\(id)-\($0)", day.words) }
    let view = DeadlineSection(id: id, heading: heading, rows: rows, secret: day.secret)
    let icon = isMissed ? "late" : "clock"
    let figure = TodayFigure(target: id, tone: tone, icon: icon, label: label, value: texts.count, isZero: false)
    return TodaySection(rank: rank, figure: figure, view: view)
  }
}
