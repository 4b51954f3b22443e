import Domain
import HTML
import Postgres

/// The drafts that wait, on Today: late ones first, the first few of them.
struct DraftSection {
  let rows: [QueueItem]

  private static let most = 5

  static func part(_ view: DayView) -> Reading<TodayPart> {
    let now = view.clock.now
    return Reading(rows: DraftFilter.standard.rows(at: now), Query<Bool>(column: DraftSection.hasChannel)).map { found, channels in
      guard channels.first == true else { return TodayPart() }
      let isLate = found.first?.isLate == true
      let count = view.person.counts[.pendingDrafts]
      let figure = TodayFigure(
        target: "drafts", tone: isLate ? "urgent" : found.isEmpty ? "done" : "due", icon: "drafts", label: view.words("drafts to review"),
        value: count, isZero: count == 0)
      let rows = found.prefix(most).enumerated().map { place, row in
        QueueItem(row, mark: "d\(place)", [], view.person, view.clock, view.words, isInSection: true)
      }
      let section = TodaySection(
        rank: isLate ? .late : .today, figure: figure, view: rows.isEmpty ? nil : DraftSection(rows: rows))
      return TodayPart(sections: [section], more: count > most ? Paths.drafts : nil)
    }
  }

  private static let hasChannel: SQL =
    "SELECT EXISTS (SELECT FROM channels WHERE account_id = (SELECT my_account()) AND deleted_at IS NULL)"
}
