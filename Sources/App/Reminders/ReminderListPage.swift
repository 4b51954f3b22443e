import Domain
import HTML
import Postgres
import Web

/// The list of reminders.
struct ReminderListPage {
  let layout: Layout
  let chips: Chips
  let filters: Filters
  let rows: [ReminderItem]
  let next: Path?
  /// Its own address.
  let here: Path
  let empty: EmptyState
  let summary: ErrorSummary?
  let bulk: BulkBar
  let quick: QuickReminder
  let new = Paths.newReminder
  let importing = Paths.importing

  /// The search form.
  struct Filters {
    let action = Paths.reminders
    let status: HiddenField
    let search: String
    let importance: Select
    let sort: Select
  }

  /// - Parameters:
  ///   - page: its rows.
  ///   - state: of the bulk form.
  ///   - ticked: the rows that it named.
  init(
    _ page: PageOf<ReminderRow>, _ filter: ReminderFilter, _ web: Context, _ state: FormState = .fresh,
    ticked: Set<ID<Reminder>> = []
  ) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Reminders"), .reminders, web, countsRinging: true)
    quick = QuickReminder(layout.secret, person, words)
    var bar = FieldBuilder(state)
    bulk = BulkBar(filter, &bar, layout.secret, words)
    summary = bar.summary
    let view = ReminderItem.View(person, web.clock, words, ticked: ticked)
    rows = page.rows.map { ReminderItem($0, view) }
    here = filter.path()
    next = page.last.map { filter.path(after: $0.cursor(filter.sort).text) }
    chips = ReminderListPage.chips(filter, person.counts, words)
    var make = FieldBuilder()
    filters = Filters(
      status: HiddenField(name: "status", value: filter.status.rawValue), search: filter.search,
      importance: make.choice(
        "importance", words("Importance"), filter.importance?.rawValue ?? "", [("", words("Any"))] + ReminderOptions.importance(words)),
      sort: make.choice(
        "sort", words("Sort by"), filter.sort.rawValue,
        [("due", words("Due first")), ("title", words("Title")), ("importance", words("Importance"))]))
    let isFiltered = filter.status != .open || filter.importance != nil || !filter.search.utf8.isEmpty
    empty = EmptyState(
      icon: isFiltered ? "search" : "reminders",
      title: page.last != nil ? words("Nothing found so far") : isFiltered ? words("Nothing matches") : words("No reminders yet"),
      text: page.last != nil
        ? words("You have many reminders with these words, and none of them among the first of this list. The next page looks further.")
        : isFiltered
          ? words("No reminder fits these filters.") : words("A reminder asks again, and louder, until you heed it. Write the first one."),
      way: isFiltered ? (words("Clear search and filters"), Paths.reminders) : nil)
  }

  private static func chips(_ filter: ReminderFilter, _ counts: Counts, _ words: Words) -> Chips {
    let open = counts[.active] + counts[.snoozed]
    let all: [(ReminderFilter.Status, String, Int)] = [
      (.open, words("Open", context: "list"), open), (.active, words("Active", context: "list"), counts[.active]),
      (.snoozed, words("Snoozed", context: "list"), counts[.snoozed]),
      (.completed, words("Completed", context: "list"), counts[.completed]),
      (.archived, words("Archived", context: "list"), counts[.archived]),
      (.all, words("All", context: "list"), open + counts[.completed] + counts[.archived]),
    ]
    return Chips(all.map { Chip(path: filter.path(status: $0.0), label: $0.1, count: String($0.2), isCurrent: $0.0 == filter.status) })
  }
}

/// Lists that the reminders' forms offer.
enum ReminderOptions {
  static func importance(_ words: Words) -> [(value: String, label: String)] {
    [
      ("low", words("Low", context: "importance")), ("medium", words("Medium", context: "importance")),
      ("high", words("High", context: "importance")), ("critical", words("Critical", context: "importance")),
    ]
  }
}
