import Domain
import HTML
import Web

/// The review of a week.
struct ReviewPage {
  let layout: Layout
  let address: String
  let first: String
  /// "So far", of the week that goes on.
  let isCurrent: Bool
  let summary: ReviewSummary?
  /// The coach's words.
  let said: Said?
  let table: HabitWeekTable?
  let glance: ReviewGlance?
  let empty: EmptyState?
  let previous: Path?
  let next: Path?

  struct Said {
    let text: String
    let written: String
    let writtenWords: String
  }

  init(_ review: WeekReview, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    let (week, today) = (review.week, review.today)
    layout = try Layout(ReviewPage.dates(week, today: today, words, person.language), .review, web)
    (address, first, isCurrent) = (week.address, week.first.iso, review.isCurrent)
    summary = review.lines.isEmpty ? nil : ReviewSummary(review, words, person.language)
    said = review.said.map { Said(text: $0.text, written: $0.written.rawValue, writtenWords: $0.written.sentence(words)) }
    table = review.lines.isEmpty ? nil : ReviewPage.table(review, words, person.language)
    glance = week.next.last >= today && review.start != nil ? ReviewGlance(review, words, person.language) : nil
    empty = review.lines.isEmpty ? ReviewPage.empty(review, words, person.language) : nil
    previous = review.start.map { $0 < week.first } ?? false ? Paths.review(week.previous) : nil
    next = review.isCurrent ? nil : Paths.review(week.next)
  }

  /// "Monday 11 January to Sunday 17 January".
  private static func dates(_ week: PersonWeek, today: Day, _ words: Words, _ language: Language) -> String {
    func date(_ day: Day) -> String { HabitWords.date(day, today: today, language) }
    return HabitWords.capitalized(words("{first} to {last}", ["first": date(week.first), "last": date(week.last)]))
  }

  static func table(_ review: WeekReview, _ words: Words, _ language: Language) -> HabitWeekTable {
    let groups = review.groups
    let isNamed = groups.contains { !$0.name.utf8.isEmpty }
    let parts = groups.map { name, lines in
      (
        title: isNamed ? name.utf8.isEmpty ? words("Without a group") : name : nil,
        habits: lines.map(\.shown)
      )
    }
    return HabitWeekTable(review.week, parts, today: review.today, language)
  }

  private static func empty(_ review: WeekReview, _ words: Words, _ language: Language) -> EmptyState {
    guard let start = review.start else {
      return EmptyState(
        icon: "review", title: words("No habits yet"),
        text: words("The review tells how a week of habits went. It begins with the first habit."),
        way: (words("New habit"), Paths.newHabit))
    }
    if start > review.week.last {
      let began = PersonWeek(holding: start, weekStart: review.calendar.weekStart)
      return EmptyState(
        icon: "review", title: words("This was before your first habit"),
        text: words("Your first habit began on {date}.", ["date": HabitWords.date(start, today: review.today, language)]),
        way: (words("Its first week"), Paths.review(began)))
    }
    return EmptyState(
      icon: "review", title: words("No habit was asked in this week"), text: words("All that you have was in the archive."),
      way: (words("Habits"), Paths.habits))
  }
}

/// What a week comes to: for the page and for the mail.
struct ReviewSummary {
  /// 0 to 1, six decimals; nil: nothing was asked.
  let rate: String?
  let rateWords: String?
  /// In points with one decimal: "12.5", "-3.0"; nil: without a week before.
  let change: String?
  let changeWords: String?
  /// Why there is no rate.
  let note: String?
  let facts: [String]
  /// "2 skipped: sick 1, without a reason 1".
  let skips: String?
  let goals: [GoalLine]

  var hasFacts: Bool { !facts.isEmpty }
  var hasGoals: Bool { !goals.isEmpty }

  struct GoalLine {
    let title: String
    let path: Path
    let text: String
  }

  init(_ review: WeekReview, _ words: Words, _ language: Language) {
    rate = review.rate?.fact
    rateWords = review.rate?.percentText(language)
    change = review.change.map(ReviewSummary.points)
    changeWords = review.change.map { HabitWords.change($0, language) }
    note =
      review.isPaused
      ? words("Everything was paused. Nothing was asked, and nothing is missing.")
      : review.rate == nil ? words("Nothing was asked of you that can be counted yet.") : nil
    facts = ReviewFacts(review, words, language).sentences
    skips = ReviewSummary.skips(review, words, language)
    goals = review.moved.map { goal in
      let steps = words.count("{n} step done", "{n} steps done", goal.steps)
      let text =
        goal.isCompleted ? goal.steps == 0 ? words("completed", context: "goal") : words("completed, {steps}", ["steps": steps]) : steps
      return GoalLine(title: goal.title, path: Paths.goal(goal.id), text: text)
    }
  }

  private static func points(_ tenths: Int) -> String {
    (tenths < 0 ? "-" : "") + "\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
  }

  private static func skips(_ review: WeekReview, _ words: Words, _ language: Language) -> String? {
    let skips = review.skips
    if skips.isEmpty { return nil }
    let reasons = skips.map { reason, count in
      "\(reason.map { HabitWords.reason($0, language) } ?? words("without a reason")) \(count)"
    }
    let all = skips.reduce(0) { $0 + $1.count }
    return words.count("{n} skipped: {reasons}", "{n} skipped: {reasons}", all, ["reasons": reasons.joined(separator: ", ")])
  }
}

/// The next week at a glance: what each day asks, what ends a pause, which goals are due.
struct ReviewGlance {
  let days: [DayLine]
  /// Habits that ask for any days of the week or month.
  let anyDays: [String]

  var hasAnyDays: Bool { !anyDays.isEmpty }

  struct DayLine {
    let name: String
    let text: String
  }

  init(_ review: WeekReview, _ words: Words, _ language: Language) {
    let active = review.lines.filter { $0.status == .active }
    days = review.week.next.days.enumerated().map { index, day in
      let asked = active.count { $0.next.asked[index] }
      let back = active.filter { $0.next.back[index] }.map { words("“{habit}” comes back", ["habit": $0.name]) }
      let due = review.due.filter { $0.deadline == day }.map { words("deadline of “{title}”", ["title": $0.title]) }
      let count = asked == 0 ? [words("nothing planned")] : [words.count("{n} habit", "{n} habits", asked)]
      return DayLine(name: HabitWords.date(day, today: review.today, language), text: (count + back + due).joined(separator: " · "))
    }
    anyDays = active.compactMap { line in
      guard let rule = line.next.anyDays else { return nil }
      return "\(line.name): \(HabitWords.sentence(rule, unit: line.shown.unit, weekStart: review.calendar.weekStart, language))"
    }
  }
}
