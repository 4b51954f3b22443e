import Domain
import HTML
import Web

/// The list of habits: one miss first, then what is due, what is done, and what is not asked for today.
struct HabitListPage {
  let layout: Layout
  let summary: ErrorSummary?
  let chips: Chips
  let filters: Filters
  let dates: [DateName]
  let sections: [Section]
  /// "2 paused, the next comes back on Monday 6 April."
  let paused: PausedLine?
  let empty: EmptyState?
  let examples: [Example]
  /// Of the form of all rows' buttons.
  let back: HiddenField
  let bulk: HabitBulkBar?
  let next: Path?
  let pauseAll: HabitPauseAll?
  let new = Paths.newHabit
  let sheet = Paths.habitSheet
  let importing = Paths.importingHabits
  let export = Paths.habitExport

  /// How many habits a page shows: with the buttons of eight days a row weighs as much as two of reminders.
  static let rows = 20

  struct DateName {
    let index: Int
    let name: String
  }

  struct Section {
    let id: String
    let title: String
    let note: String?
    let rows: [HabitItem]
    /// Does all of a group that is still open.
    let allDone: AllDone?
  }

  struct AllDone {
    let action = Paths.bulkHabits
    let name: String
    let ids: [HiddenField]
  }

  struct PausedLine {
    let text: String
    let path: Path
  }

  struct Filters {
    let action = Paths.habits
    let hidden: [HiddenField]
    let search: String
    let sort: Select
    let arrangement: Select
  }

  /// A first habit: fills the form.
  struct Example {
    let path: Path
    let name: String
  }

  /// The list that a refused form stood on.
  static func again(_ web: Context, _ state: FormState, ticked: Set<ID<Habit>>? = nil) throws -> HabitListPage {
    let query = Form(urlEncoded: web.back(or: Paths.habits).text.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst().map(\.self))
    // A complaint about a hidden field would help nobody.
    let filter = try (try? HabitFilter(query, web.words)) ?? HabitFilter(Form(), web.words)
    return try HabitListPage(HabitShelf.read(filter, web), filter, web, state, ticked: ticked)
  }

  /// - Parameters:
  ///   - state: of the form below the list, or of the one that pauses everything.
  ///   - ticked: the rows that were ticked in the form below the list; nil when it was not sent.
  init(_ shelf: HabitShelf, _ filter: HabitFilter, _ web: Context, _ state: FormState = .fresh, ticked: Set<ID<Habit>>? = nil) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Habits"), .habits, web)
    let parts = HabitListPage.parts(shelf, filter, words)
    let ids = parts.flatMap { $0.habits.map(\.id) }
    let shown = HabitListPage.page(of: ids, after: filter.after)
    let path = filter.path(after: shown.lowerBound == 0 ? nil : ids[shown.lowerBound - 1])
    back = HiddenField(name: "next", value: path.text)
    let view = HabitItem.View(shelf.calendar, person, layout.secret, back: back, ticked: ticked ?? [])
    dates = view.dates.map {
      DateName(index: $0.index, name: HabitWords.date($0.day, today: shelf.calendar.today, person.language))
    }
    var number = 0
    next = shown.upperBound < ids.count ? filter.path(after: ids[shown.upperBound - 1]) : nil
    sections = parts.compactMap { part in
      let rows = part.habits.compactMap { habit -> HabitItem? in
        number += 1
        return shown.contains(number - 1) ? HabitItem(habit, number: number, view) : nil
      }
      if rows.isEmpty { return nil }
      let open = filter.arrangement == .group ? part.habits.filter { $0.status == .active && $0.figures.today.isDue } : []
      let allDone = AllDone(name: part.title, ids: open.map { HiddenField(name: "id", value: $0.id.text) })
      return Section(id: part.id, title: part.title, note: part.note, rows: rows, allDone: open.isEmpty ? nil : allDone)
    }
    chips = HabitListPage.chips(shelf, filter, words)
    paused = HabitListPage.paused(shelf, filter, person.language)
    filters = HabitListPage.filters(filter, words)
    empty = sections.isEmpty ? HabitListPage.empty(shelf, filter, words) : nil
    let names = empty == nil ? [] : [words("Read 10 pages"), words("Walk for 20 minutes"), words("Go to bed before 11")]
    examples = names.map { Example(path: Paths.newHabit.adding("name", $0), name: $0) }
    // Both forms have a reason: the complaint stands in the one that was sent.
    let isBulk = ticked != nil
    var (make, all) = (FieldBuilder(isBulk ? state : .fresh), FieldBuilder(isBulk ? .fresh : state))
    make.add("habits", words("Habits"))
    make.add("bulk", words("Ticked habits"))
    bulk =
      sections.isEmpty ? nil : HabitBulkBar(back, shelf.calendar, groups: shelf.groups, &make, layout.secret, person, words)
    pauseAll =
      shelf.counts[.all] == 0
      ? nil : HabitPauseAll(isPaused: shelf.isPausedTogether, &all, layout.secret, person.language, words)
    summary = isBulk ? make.summary : all.summary
  }

  /// Which habits of a list stand on the page behind one. Behind one that is not there any more it is the first page, behind the last the last.
  static func page(of ids: [ID<Habit>], after: ID<Habit>?) -> Range<Int> {
    var start = after.flatMap { ids.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    if start == ids.count { start = max(0, ids.count - 1) / rows * rows }
    return start..<min(ids.count, start + rows)
  }

  private typealias Part = (id: String, title: String, note: String?, habits: [HabitLine])

  private static func parts(_ shelf: HabitShelf, _ filter: HabitFilter, _ words: Words) -> [Part] {
    if filter.arrangement == .group { return groups(shelf, words) }
    let isOfToday = filter.status == .active || filter.status == .due || filter.status == .rescue
    guard isOfToday else { return shelf.habits.isEmpty ? [] : [("all", words("All", context: "list"), nil, shelf.habits)] }
    let rescue = shelf.habits.filter(\.figures.isRescue)
    let rest = shelf.habits.filter { !$0.figures.isRescue }
    let due = rest.filter { $0.figures.today.isDue && !$0.figures.today.isDone }
    let done = rest.filter(\.figures.today.isDone)
    let idle = rest.filter { !$0.figures.today.isDue && !$0.figures.today.isDone }
    let allDone = due.isEmpty && rescue.isEmpty && !done.isEmpty ? words("All done for today.") : nil
    let parts: [Part] = [
      ("rescue", words("One miss so far"), nil, rescue), ("due", words("Due today"), nil, due),
      ("done", words("Done today"), allDone, done),
      ("idle", words("Not asked today"), nil, idle),
    ]
    return parts.filter { !$0.habits.isEmpty }
  }

  private static func groups(_ shelf: HabitShelf, _ words: Words) -> [Part] {
    var names: [String] = []
    for habit in shelf.habits where !names.contains(habit.group) { names.append(habit.group) }
    return names.enumerated().map { index, name in
      let habits = shelf.habits.filter { $0.group == name }
      let isDone = habits.contains { $0.figures.today.isDone } && !habits.contains { $0.figures.today.isDue }
      return ("g" + String(index), name.utf8.isEmpty ? words("Without a group") : name, isDone ? words("All done for today.") : nil, habits)
    }
  }

  private static func chips(_ shelf: HabitShelf, _ filter: HabitFilter, _ words: Words) -> Chips {
    let labels: [(HabitFilter.Status, String)] = [
      (.active, words("Active", context: "list")), (.due, words("Due", context: "list")), (.rescue, words("One miss", context: "list")),
      (.paused, words("Paused", context: "list")), (.archived, words("Archived", context: "list")), (.all, words("All", context: "list")),
    ]
    return Chips(
      labels.map { status, label in
        Chip(path: filter.path(status), label: label, count: String(shelf.counts[status] ?? 0), isCurrent: status == filter.status)
      })
  }

  private static func paused(_ shelf: HabitShelf, _ filter: HabitFilter, _ language: Language) -> PausedLine? {
    if shelf.paused.isEmpty { return nil }
    let today = shelf.calendar.today
    let next = shelf.paused.compactMap(\.pauseEnd).min()
    return PausedLine(
      text: HabitWords.paused(shelf.paused.count, next: next, today: today, language), path: filter.path(HabitFilter.Status.paused))
  }

  private static func filters(_ filter: HabitFilter, _ words: Words) -> Filters {
    var make = FieldBuilder()
    let hidden = [("status", filter.status == .active ? nil : filter.status.rawValue), ("group", filter.group)]
    return Filters(
      hidden: hidden.compactMap { name, value in value.map { HiddenField(name: name, value: $0) } }, search: filter.search,
      sort: make.choice(
        "sort", words("Sort by"), filter.sort.rawValue,
        [
          ("position", words("Your order")), ("name", words("Name")), ("time", words("Preferred time")), ("score", words("Score")),
          ("streak", words("Streak")),
        ]),
      arrangement: make.choice(
        "by", words("Arranged by"), filter.arrangement.rawValue, [("due", words("What is due")), ("group", words("Group"))]))
  }

  private static func empty(_ shelf: HabitShelf, _ filter: HabitFilter, _ words: Words) -> EmptyState {
    let clear = (words("Clear search and filters"), Paths.habits)
    if shelf.counts[.all] == 0, filter.search.utf8.isEmpty, filter.group == nil {
      return EmptyState(
        icon: "habits", title: words("No habits yet"),
        text: words("A habit is something you want to keep doing. Name it, and tick the days on which you did."))
    }
    if filter.status == .active, !shelf.paused.isEmpty {
      return EmptyState(
        icon: "pause", title: words("Everything is paused"), text: words("Nothing is asked until a pause ends or you resume it."),
        way: clear)
    }
    return EmptyState(icon: "search", title: words("Nothing matches"), text: words("No habit fits these filters."), way: clear)
  }
}
