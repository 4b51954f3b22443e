import Domain
import HTML
import Postgres
import Web

/// The page of one habit.
struct HabitPage {
  let layout: Layout
  let summary: ErrorSummary?
  let back = Paths.habits
  let status: String
  let badge: StatusBadge
  let sentence: String
  let description: SafeHTML?
  let facts: HabitItem.Facts
  let longestWords: String
  let total: String
  let totalWords: String
  let sum: String?
  let sumWords: String?
  let since: String
  let sinceWords: String
  let rate: String?
  let rateWords: String?
  let missesWords: String?
  let skips: [String]
  let target: String?
  let entered: String?
  let isOpen: Bool
  let days: HabitDaysCard?
  let map: HabitMap
  let charts: HabitCharts
  /// "24 kept, 4 missed, 2 skipped of the last 30".
  let tally: String
  /// From when streaks count, where it is not from the start.
  let sinceNote: String?
  let weekdays: [Bar]
  let best: [Best]
  let notes: [Note]
  let history: [RuleLine]
  let pauses: [PauseLine]
  let reminder: HabitReminderLine?
  let pauseForm: HabitPauseCard?
  let goals: HabitGoals?
  let coach: [CoachMessageItem]
  let position: TextField
  /// The places before and behind its own; nil: it is the first.
  let up: Int?
  let down: Int
  let secret: CSRFField
  let edit: Path
  let resumption: Path?
  let archival: Path
  let restoration: Path
  let deletion: Path
  let moving: Path
  let sheet: Path

  var hasSkips: Bool { !skips.isEmpty }
  var hasBest: Bool { !best.isEmpty }
  var hasHistory: Bool { !history.isEmpty }
  var hasPauses: Bool { !pauses.isEmpty }
  var hasWords: Bool { !coach.isEmpty }

  /// How often it was kept on a weekday.
  struct Bar {
    let name: String
    let count: String
    /// Of 100.
    let width: Int
  }

  struct Best {
    let length: String
    let dates: String
  }

  struct Note {
    let date: String
    let name: String
    let text: SafeHTML
  }

  /// What was asked, from when on.
  struct RuleLine {
    let from: String
    /// nil for the first one, which stays.
    let deletion: Path?
    let sentence: String
  }

  struct PauseLine {
    let text: String
    let deletion: Path
  }

  /// - Parameter state: of the form on it that was refused.
  init(_ id: ID<Habit>, _ web: Context, _ state: FormState = .fresh) throws {
    // Whose habit it is comes before what is wrong with the address.
    let (found, said, reminders, served) = try web.read(
      PagedHabit.query(id), CoachMessageRow.about(id, limit: 5), HabitReminderRow.query(id), HabitGoals.query(id))
    let (person, words) = (try web.person, web.words)
    let calendar = HabitCalendar(person, at: web.now)
    guard let paged = found.first else { throw Failure.notFound }
    let year = try web.query { query, words throws(FormErrors) in try HabitPage.year(query, calendar, words) }
    guard let it = try paged.shown(year, calendar, web) else { throw Failure.notFound }
    let (habit, figures, language) = (it.habit, it.figures, person.language)
    var make = FieldBuilder(state)
    layout = try Layout(habit.name, .habits, web)
    secret = layout.secret
    isOpen = habit.status == .active
    status = habit.status == .archived ? "archived" : it.isPaused ? "paused" : "active"
    badge = HabitPage.badge(it, words)
    sentence = HabitWords.sentence(figures.today.rule, unit: habit.unit, weekStart: person.weekStart, language)
    description = habit.description.utf8.isEmpty ? nil : Markdown.rendered(habit.description).html
    facts = HabitItem.Facts(HabitBrief(figures), unit: habit.unit, language)
    longestWords = HabitWords.streak(figures.longest, figures.unit, language)
    (total, totalWords) = (String(figures.total), words.count("{n} day", "{n} days", figures.total))
    let isAmount = habit.kind == .amount
    let suffix = habit.unit.utf8.isEmpty ? "" : " " + habit.unit
    sum = isAmount ? figures.sum.decimal : nil
    sumWords = isAmount ? figures.sum.text(language) + suffix : nil
    (since, sinceWords) = (figures.since.iso, TimeWords.date(figures.since, language))
    rate = figures.rate?.fact
    rateWords = figures.rate.map { HabitCharts.percent($0, language) }
    missesWords = figures.misses == 0 ? nil : words.count("{n} miss in a row", "{n} misses in a row", figures.misses)
    skips = HabitPage.skips(figures, language, words)
    target = figures.today.rule.target?.amount.decimal
    entered = isAmount ? (figures.today.entered ?? .zero).decimal : nil
    days = isOpen ? HabitDaysCard(habit, figures.today.rule, calendar, &make, layout.secret, person, web) : nil
    charts = HabitCharts(it.year, unit: isAmount ? habit.unit : nil, calendar, language, words)
    tally = HabitWords.tally(it.year.month, language)
    sinceNote = figures.since == figures.start ? nil : HabitWords.since(figures, language)
    let subject = HabitMap.Subject(id: habit.id, name: habit.name, kind: habit.kind, start: figures.start)
    map = HabitMap(subject, it.dates, year: year, today: calendar.today, language, words)
    weekdays = HabitPage.bars(figures, person)
    best = figures.best.map { streak in
      let dates = words(
        "{first} to {last}", ["first": TimeWords.date(streak.first, language), "last": TimeWords.date(streak.last, language)])
      return Best(length: HabitWords.streak(streak.length, figures.unit, language), dates: dates)
    }
    notes = it.notes.notes.map { Note(date: $0.date.iso, name: TimeWords.date($0.date, language), text: $0.text) }
    let first = habit.changes.first?.from
    history =
      habit.changes.count < 2
      ? []
      : habit.changes.reversed().map {
        RuleLine(
          from: HabitWords.date($0.from, today: calendar.today, language),
          deletion: $0.from == first ? nil : Paths.ruleDeletion(habit.id, $0.from),
          sentence: HabitWords.sentence($0.rule, unit: habit.unit, weekStart: person.weekStart, language))
      }
    pauses = habit.pauses.filter { !$0.isArchive }.reversed().map { HabitPage.line($0, habit.id, language, words) }
    reminder = isOpen ? reminders.first.map { HabitReminderLine($0, habit, person, web) } : nil
    pauseForm =
      isOpen ? HabitPauseCard(habit.id, until: HabitOffer.pausedUntil(calendar.today, web), &make, layout.secret, language, words) : nil
    goals = HabitGoals(served, person, today: calendar.today, words)
    coach = said.map { CoachMessageItem($0, person, web) }
    position = make.text("position", words("Place in your list"), "", type: "number")
    (up, down) = (habit.position > 1 ? habit.position - 1 : nil, habit.position + 1)
    summary = make.summary
    edit = Paths.editHabit(habit.id)
    resumption = it.isPaused && isOpen ? Paths.resumption(habit.id) : nil
    archival = Paths.archival(habit.id)
    restoration = Paths.restoration(habit.id)
    deletion = Paths.deletion(habit.id)
    moving = Paths.position(habit.id)
    sheet = Paths.habitSheet(habit.id)
  }

  private static func year(_ query: Form, _ calendar: HabitCalendar, _ words: Words) throws(FormErrors) -> Int {
    var read = FormReader(query, words)
    let year = read.integer("year", 1900...calendar.today.year, calendar.today.year)
    try read.finish()
    return year
  }

  private static func badge(_ it: HabitOfYear, _ words: Words) -> StatusBadge {
    if it.habit.status == .archived { return StatusBadge(tone: "calm", icon: "archive", label: words("Archived")) }
    if it.isPaused { return StatusBadge(tone: "calm", icon: "pause", label: words("Paused")) }
    if it.figures.today.isDone { return StatusBadge(tone: "done", icon: "done", label: words("Done today")) }
    return it.figures.today.isDue
      ? StatusBadge(tone: "due", icon: "clock", label: words("Due today"))
      : StatusBadge(tone: "calm", icon: "clock", label: words("Not asked today"))
  }

  private static func skips(_ figures: HabitFigures, _ language: Language, _ words: Words) -> [String] {
    let named = SkipReason.allCases.map { (HabitWords.reason($0, language), figures.skips[$0] ?? 0) }
    let all = named + [(words("without a reason"), figures.skipsWithoutReason)]
    return all.filter { $0.1 > 0 }.map { words("{reason}: {n}", ["reason": $0.0, "n": String($0.1)]) }
  }

  private static func bars(_ figures: HabitFigures, _ person: Person) -> [Bar] {
    let most = max(1, figures.weekdays.values.max() ?? 1)
    return Weekday.week(from: person.weekStart).map { day in
      let count = figures.weekdays[day] ?? 0
      return Bar(name: "\(TimeWords.name(day, person.language))", count: String(count), width: count * 100 / most)
    }
  }

  private static func line(_ pause: StoredPause, _ id: ID<Habit>, _ language: Language, _ words: Words) -> PauseLine {
    let values: KeyValuePairs = [
      "from": TimeWords.date(pause.from, language), "until": pause.until.map { TimeWords.date($0, language) } ?? "",
    ]
    let dates = pause.until == nil ? words("From {from} until you resume it", values) : words("From {from}, on again on {until}", values)
    let reason = pause.reason.map { " · " + HabitWords.reason($0, language) } ?? ""
    return PauseLine(text: dates + reason, deletion: Paths.pauseDeletion(id, pause.id))
  }
}

/// The form that enters something for one or more of the eight dates.
struct HabitDaysCard {
  /// Of one that is to stay below its target, one press enters 0 (RULES 5.12).
  let entersZero: Bool
  let completions: Path
  let skipping: Path
  let noting: Path
  let secret: CSRFField
  let nonce: HiddenField
  let dates: Select
  let amount: TextField?
  let set: Checkbox?
  let notes: TextArea
  let reason: ReasonSelect

  init(
    _ habit: Habit, _ rule: HabitRule, _ calendar: HabitCalendar, _ make: inout FieldBuilder, _ secret: CSRFField, _ person: Person,
    _ web: Context
  ) {
    let words = web.words
    entersZero = habit.kind == .amount && rule.target?.direction == .atMost
    completions = Paths.completions(habit.id)
    skipping = Paths.skips(habit.id)
    noting = Paths.notes(habit.id)
    self.secret = secret
    let stamp = "revision " + String(habit.revision)
    nonce = HiddenField(
      name: "nonce", value: Idempotency.nonce("days", habit.id.text, stamp))
    dates = make.boxes(
      "date", words("Dates"), [calendar.today.iso],
      calendar.offered.reversed().map { ($0.iso, TimeWords.day($0, person.language, today: calendar.today)) },
      sentWith: "notes")
    let isAmount = habit.kind == .amount
    let label = habit.unit.utf8.isEmpty ? words("Amount") : words("Amount in {unit}", ["unit": habit.unit])
    amount = isAmount ? make.text("amount", label, "", short: words("Amount")) : nil
    set = isAmount ? make.tick("set", words("Replaces what is entered, instead of adding to it"), false, says: words.answers) : nil
    notes = make.area("notes", words("Note"), "", help: words("Markdown works here."), rows: 2)
    reason = ReasonSelect("reason", words("Reason for a skip"), &make, person.language, words)
  }
}

/// The form that pauses a habit.
struct HabitPauseCard {
  let action: Path
  let secret: CSRFField
  let from: TextField
  let until: TextField
  let reason: ReasonSelect

  /// - Parameter until: what the form is filled with.
  init(
    _ id: ID<Habit>, until day: Day?, _ make: inout FieldBuilder, _ secret: CSRFField, _ language: Language, _ words: Words
  ) {
    action = Paths.pause(id)
    self.secret = secret
    from = make.text("from", words("First day without"), "", help: words("Empty means today."), type: "date", optional: true)
    until = make.text(
      "until", words("First day with it again"), day?.iso ?? "", help: words("Empty means until you resume it."), type: "date",
      optional: true)
    reason = ReasonSelect("pause-reason", words("Reason"), &make, language, words)
  }
}
