import Domain
import HTML
import Postgres

/// What Today shows of the plan: what was taken in, what was left before, the first suggestions.
struct PlanSection {
  let taken: [PlanItem]
  /// "3 tasks were left from days before."; nil: none were.
  let slipped: String?
  let suggested: [PlanItem]
  let all = Paths.plan

  var hasTaken: Bool { !taken.isEmpty }
  var hasSuggested: Bool { !suggested.isEmpty }

  /// How many suggestions stand there, and how many of what was taken.
  private static let most = (suggested: 3, taken: 10)

  static func today(_ day: DayView) -> Reading<TodayPart> {
    let whole = PlanMoment(day.person, at: day.clock.now)
    // In one round trip with the rest of the page: which tasks are looked at is asked as if nothing were on, their order is by what is free.
    return Reading(rows: PlanRow.query(whole)).beside(whole.taken(of: day.person)).map { rows, taken in
      let moment = whole.busy(taken)
      // Where there is nothing to do, none comes by the clock alone.
      if !rows.isEmpty { moment.keep(day.clock) }
      let details = PlanDetails(rows, moment)
      var part = TodayPart()
      part.sections = [TodaySection(rank: .today, figure: nil, view: PlanSection(details, day))]
      return part
    }
  }

  /// nil: nothing presses.
  private init?(_ details: PlanDetails, _ day: DayView) {
    let (person, words, moment) = (day.person, day.words, details.moment)
    let left = details.slipped.reduce(0) { $0 + $1.rows.count }
    if details.taken.isEmpty, left == 0, details.suggested.isEmpty { return nil }
    taken = details.taken.prefix(PlanSection.most.taken).enumerated().map { number, row in
      PlanItem(row, mark: "plan\(number)", moment, person, words)
    }
    slipped = left == 0 ? nil : words.count("{n} task was left from days before.", "{n} tasks were left from days before.", left)
    suggested = details.suggested.prefix(PlanSection.most.suggested).enumerated().map { number, it in
      PlanItem(it, mark: "idea\(number)", words)
    }
  }
}
