import Domain
import HTML
import Postgres

/// What of the desk wants somebody, on Today: how much of it, and where it stands.
struct DeskSection {
  let id: String
  let heading: String
  let text: String
  let path: Path

  /// How many drafts wait, and what else wants attention (RULES 6.39). Only numbers, which come with the person: the page is told apart by them.
  ///
  /// - Returns: nil: nothing does.
  static func part(_ view: DayView) -> Reading<TodayPart>? {
    let (counts, words) = (view.person.counts, view.words)
    let (pending, attention) = (counts[.pendingDrafts], counts[.deskAttention] + counts[.quarantined])
    if pending == 0, attention == 0 { return nil }
    var sections: [TodaySection] = []
    if attention > 0 {
      let section = DeskSection(
        id: "attention", heading: words("Answers and mails that want attention"),
        text: words.count("{n} did not go as it should.", "{n} did not go as they should.", attention),
        path: Paths.drafts.adding("state", "attention"))
      sections.append(section.ranked(.late, "urgent", "error", words("want attention"), attention))
    }
    if pending > 0 {
      let section = DeskSection(
        id: "drafts", heading: words("Drafts to review"),
        text: words.count("{n} draft waits for you.", "{n} drafts wait for you.", pending), path: Paths.drafts)
      sections.append(section.ranked(.today, "due", "drafts", words("drafts to review"), pending))
    }
    return Reading(all: [Reading<Void>]()).map { _ in TodayPart(sections: sections) }
  }

  /// With its large number.
  func ranked(_ rank: TodaySection.Rank, _ tone: String, _ icon: String, _ label: String, _ value: Int) -> TodaySection {
    let figure = TodayFigure(target: id, tone: tone, icon: icon, label: label, value: value, isZero: false)
    return TodaySection(rank: rank, figure: figure, view: self)
  }
}
