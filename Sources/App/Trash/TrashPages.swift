import Domain
import HTML
import Web

/// The trash, by the days on which things were deleted.
struct TrashPage {
  let layout: Layout
  let chips: Chips
  let action = Paths.trash
  let hidden: [HiddenField]
  let search: String
  let rows: [TrashRow]
  let secret: CSRFField
  let back: String
  let next: Path?
  let empty: EmptyState?
  /// nil: there is nothing to throw away.
  let purge: Path?
  var hasRows: Bool { !rows.isEmpty }

  init(_ page: PageOf<TrashedThing>, _ below: [TrashedBelow], _ filter: TrashFilter, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Trash"), .tasks, web)
    secret = layout.secret
    back = filter.path.text
    let all = Chip(path: filter.path(nil), label: words("All", context: "trash"), count: nil, isCurrent: filter.kind == nil)
    chips = Chips(
      [all]
        + TrashKind.allCases.map {
          Chip(path: filter.path($0), label: $0.name(words), count: nil, isCurrent: filter.kind == $0)
        })
    hidden = filter.kind.map { [HiddenField(name: "kind", value: $0.rawValue)] } ?? []
    search = filter.search
    let today = web.clock.habitDate(of: person)
    let days = page.rows.map { person.zone.local($0.at).day }
    rows = page.rows.enumerated().map { number, thing in
      let isFirst = number == 0 || days[number - 1] != days[number]
      let day = isFirst ? HabitWords.date(days[number], today: today, person.language) : nil
      return TrashRow(thing, below.filter { $0.root == thing.id }, at: number, day: day, person, today: today, words)
    }
    next = page.last.map { filter.path.adding("after", $0.id.text) }
    purge = rows.isEmpty ? nil : Paths.trashPurge
    let isNarrowed = filter.kind != nil || !filter.search.utf8.isEmpty
    empty =
      !rows.isEmpty
      ? nil
      : isNarrowed
        ? EmptyState(
          icon: "search", title: words("Nothing matches"), text: words("Nothing in the trash is like that."),
          way: (words("Clear search and filters"), Paths.trash))
        : EmptyState(
          icon: "done", title: words("Nothing deleted in 30 days"),
          text: words("What you delete lies here for a while and can be brought back: habits for a day, all else for 30."))
  }
}

/// One deletion.
struct TrashRow {
  /// A heading above it; nil: as above the one before.
  let day: String?
  /// The id of its title.
  let mark: String
  let title: String
  let kind: String
  let thing: String
  /// "Task · with 3 subtasks · goes for good on 31 March".
  let facts: String
  let purgeOn: String
  let restoration: Path
  let purge: Path
  let below: [Below]
  /// How many more went with it.
  let more: String?

  var hasBelow: Bool { !below.isEmpty }

  /// What went with it, and can come back alone.
  struct Below {
    let mark: String
    let title: String
    let restoration: Path
  }

  init(
    _ thing: TrashedThing, _ below: [TrashedBelow], at number: Int, day: String?, _ person: Person, today: Day, _ words: Words
  ) {
    (self.day, mark, title, kind) = (day, "r\(number)", thing.title, thing.kind.rawValue)
    self.thing = "\(thing.kind.rawValue):\(thing.id.text)"
    let goes = person.zone.local(thing.goesAt).day
    purgeOn = goes.iso
    let with =
      thing.below == 0
      ? nil
      : thing.kind == .goal
        ? words.count("with {n} step", "with {n} steps", thing.below) : words.count("with {n} subtask", "with {n} subtasks", thing.below)
    let date = words("goes for good on {date}", ["date": HabitWords.date(goes, today: today, person.language)])
    facts = [thing.kind.name(words), with, date].compactMap(\.self).joined(separator: " · ")
    (restoration, purge) = (thing.kind.restoration(thing.id), thing.kind.purge(thing.id))
    self.below = below.enumerated().map { place, one in
      Below(mark: "r\(number)b\(place)", title: one.title, restoration: TrashKind.task.restoration(one.id))
    }
    let rest = thing.kind == .task ? thing.below - below.count : 0
    more = rest > 0 ? words("And {n} more.", ["n": String(rest)]) : nil
  }
}

/// Asks before all of the trash goes for good.
struct TrashPurgePage {
  let layout: Layout
  let text: String
  let action = Paths.trashPurge
  let back = Paths.trash
  let summary: ErrorSummary? = nil
  /// Whether there is anything.
  let isFull: Bool

  init(_ count: Int, _ web: Context) throws {
    let words = web.words
    layout = try Layout(words("Empty the trash?"), .tasks, web)
    isFull = count > 0
    text =
      count == 0
      ? words("The trash is empty already.")
      : words.count(
        "{n} deletion goes for good, with all that went with it. Nothing brings it back.",
        "{n} deletions go for good, with all that went with them. Nothing brings them back.", count)
  }
}
