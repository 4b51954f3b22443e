import Domain
import HTML
import Web

/// The page of a day.
struct PlanPage {
  let layout: Layout
  let secret: CSRFField
  let summary: ErrorSummary?
  let back = Paths.plan.text
  let date: String
  /// Says that it is night, and of which day the hours are; nil: they are today's.
  let later: String?
  let figures: Figures
  /// nil: nothing was left.
  let slipped: CarryForm?
  let taken: [PlanItem]
  let suggested: [PlanItem]
  /// What came of the day, once its hours are over.
  let evening: Evening?
  let empty: EmptyState?
  let tasks = Paths.tasks
  let summaries = Paths.summaries
  let activity = Paths.activity

  var hasTaken: Bool { !taken.isEmpty }

  /// Minutes, and the same in words.
  struct Figures {
    let planned: Int
    let busy: Int
    let free: Int
    let plannedText: String
    let busyText: String
    let freeText: String
    /// How much more is planned than is free; nil: it fits.
    let over: String?
  }

  struct Evening {
    let done: [PlanItem]
    let left: [PlanItem]
    let tomorrow: [PlanItem]
    let isNothingDone: Bool
  }

  init(_ details: PlanDetails, _ web: Context, _ state: FormState = .fresh) throws {
    let (person, words, moment) = (try web.person, web.words, details.moment)
    layout = try Layout(words("Plan of the day"), .plan, web)
    secret = layout.secret
    date = HabitWords.date(moment.today, today: moment.today, person.language)
    later =
      moment.left.isLater
      ? words(
        "Working hours are over: the free time is that of {date}.",
        ["date": HabitWords.date(moment.left.day, today: moment.today, person.language)]) : nil
    figures = Figures(details)
    var fields = FieldBuilder(state)
    fields.add("id", words("Tasks"))
    fields.add("to", words("To", context: "day"))
    summary = fields.summary
    slipped = details.slipped.isEmpty ? nil : CarryForm(details, person, words)
    func items(_ rows: [PlanRow], _ place: String) -> [PlanItem] {
      rows.enumerated().map { number, row in PlanItem(row, mark: "\(place)\(number)", moment, person, words) }
    }
    taken = items(details.taken, "t")
    suggested = details.suggested.enumerated().map { number, it in PlanItem(it, mark: "s\(number)", words) }
    evening =
      moment.isEvening && !details.isNothing
      ? Evening(
        done: items(details.done, "d"), left: items(details.taken, "l"), tomorrow: items(details.tomorrow, "n"),
        isNothingDone: details.done.isEmpty) : nil
    let isEmpty = taken.isEmpty && suggested.isEmpty && details.slipped.isEmpty
    empty = isEmpty ? PlanPage.empty(details, words) : nil
  }

  private static func empty(_ details: PlanDetails, _ words: Words) -> EmptyState {
    let text =
      details.bareGoals > 0
      ? words.count("{n} goal has no task.", "{n} goals have no task.", details.bareGoals)
      : words("What is due, begun or in the way of others is suggested here.")
    let way: (label: String, path: Path) =
      details.bareGoals > 0 ? (label: words("Goals"), path: Paths.goals) : (label: words("Tasks"), path: Paths.tasks)
    return EmptyState(icon: "done", title: words("Nothing presses"), text: text, way: way)
  }
}

extension PlanPage.Figures {
  init(_ details: PlanDetails) {
    let left = details.moment.left
    (planned, busy, free) = (details.planned, left.busy, left.free)
    (plannedText, busyText, freeText) = (WorkMinutes.text(planned), WorkMinutes.text(busy), WorkMinutes.text(free))
    over = planned > free ? WorkMinutes.text(planned - free) : nil
  }
}

/// What was left of days before, in one form.
struct CarryForm {
  let action = Paths.planCarry
  let days: [Slipped]

  struct Slipped {
    let heading: String
    let rows: [PlanItem]
  }

  init(_ details: PlanDetails, _ person: Person, _ words: Words) {
    var number = 0
    days = details.slipped.map { day, rows in
      let heading = words(
        "Left from {date}", ["date": HabitWords.date(day, today: details.moment.today, person.language)])
      let items = rows.map { row in
        number += 1
        return PlanItem(row, mark: "c\(number)", details.moment, person, words)
      }
      return Slipped(heading: heading, rows: items)
    }
  }
}

/// A task of a day.
struct PlanItem {
  let id: String
  /// The id of its title.
  let mark: String
  let path: Path
  let title: String
  /// Why, with the sum; or what it is.
  let facts: String?
  /// nil: no sum is shown.
  let score: Int?
  let completion: Path
  let take: Path
  let dismissal: Path

  init(_ row: PlanRow, mark: String, facts: String?, score: Int?) {
    (id, self.mark, title, self.facts, self.score) = (row.id.text, mark, row.title, facts, score)
    (path, completion) = (Paths.task(row.id), Paths.completion(row.id))
    (take, dismissal) = (Paths.planTake(row.id), Paths.planDismissal(row.id))
  }

  init(_ row: PlanRow, mark: String, _ moment: PlanMoment, _ person: Person, _ words: Words) {
    self.init(row, mark: mark, facts: PlanText.facts(row, moment, person, words), score: nil)
  }

  init(_ suggestion: PlanDetails.Suggestion, mark: String, _ words: Words) {
    let line = suggestion.line
    self.init(suggestion.row, mark: mark, facts: PlanText.sum(line.reasons, words), score: line.sum)
  }
}
