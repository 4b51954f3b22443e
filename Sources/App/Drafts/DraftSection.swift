import Domain
import HTML
import Postgres

/// How many drafts wait, on Today. Only the number, which comes with the person: the page is told apart by it.
struct DraftSection {
  let text: String
  let path = Paths.drafts

  /// nil: none waits.
  static func part(_ view: DayView) -> Reading<TodayPart>? {
    let count = view.person.counts[.pendingDrafts]
    if count == 0 { return nil }
    let words = view.words
    let figure = TodayFigure(
      target: "drafts", tone: "due", icon: "drafts", label: words("drafts to review"), value: count, isZero: false)
    let section = DraftSection(text: words.count("{n} draft waits for you.", "{n} drafts wait for you.", count))
    let part = TodayPart(sections: [TodaySection(rank: .today, figure: figure, view: section)])
    return Reading(all: [Reading<Void>]()).map { _ in part }
  }
}
