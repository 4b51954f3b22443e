import Domain
import HTML
import Web

/// A habit as a form says it: read whole, all complaints at once.
struct HabitDraft {
  let name: String
  let description: String
  let kind: HabitKind
  let unit: String
  let step: Amount
  let colour: Int
  let group: String
  let preferredTime: TimeOfDay?
  /// nil: it has no reminder.
  let reminderProfile: ID<EscalationProfile>?
  let rule: HabitRule
  /// Those that it serves; not yet known to be the person's.
  let goals: [ID<Goal>]
  /// Who is to speak, chosen with the first habit.
  let personality: CoachPersonality?
  /// nil: a new habit's form has none.
  let version: Int?
  /// What is new, for the audit log.
  let changes: [String: String]

  /// - Parameters:
  ///   - stored: the habit that is edited, and the rule that is in force.
  ///   - known: what it records, where the form does not ask.
  ///   - profiles: the person's.
  init(
    _ form: Form, stored: Habit? = nil, rule current: HabitRule? = nil, of known: HabitKind? = nil, profiles: [EscalationProfile],
    _ reader: Reader
  ) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    var changes = AuditDifference()
    name = changes.note("name", from: stored?.name, to: read.line("name", 1...100))
    description = changes.noteLong("description", from: stored?.description, to: read.notes("description", bytes: 16_384))
    kind = known ?? read.choice("kind", stored?.kind ?? .tick)
    unit = changes.note("unit", from: stored?.unit, to: kind == .amount ? read.line("unit", 0...20) : "")
    step = kind == .amount ? read.amount("step", unit: unit, Amount(1)) ?? Amount(1) : Amount(1)
    if step == .zero { read.complain("step", read.words("Write an amount above 0.")) }
    colour = read.integer("colour", 1...8, stored?.colour ?? 1)
    group = changes.note("group", from: stored?.group, to: read.line("group", 0...40))
    preferredTime = read.time("preferred_time")
    changes.note("preferred_time", from: stored.map { $0.preferredTime?.text ?? "" }, to: preferredTime?.text ?? "")
    reminderProfile = HabitDraft.reminder(&read, stored, isTimed: preferredTime != nil || read.errors["preferred_time"] != nil, profiles)
    changes.note("profile", from: stored.map { $0.reminderProfile?.text ?? "" }, to: reminderProfile?.text ?? "")
    rule = HabitDraft.rule(&read, kind, unit: unit)
    if let stored, stored.kind != kind, !stored.entries.isEmpty || stored.state != nil {
      read.complain("kind", read.words("Days are recorded already, so this stays as it is. Make a new habit for the other kind."))
    }
    changes.note("frequency", from: current, to: rule) { [unit] in
      HabitWords.sentence($0, unit: unit, weekStart: reader.person.weekStart, reader.person.language)
    }
    goals = read.ids("goal", read.words("Choose one of your goals."))
    personality = stored == nil ? CoachChoice.read(&read) : nil
    version = stored == nil ? nil : read.version()
    try read.finish()
    self.changes = changes.facts
  }

  /// How its reminder asks again; nil: there is none. Not said which way: as before, else gently.
  private static func reminder(_ read: inout FormReader, _ stored: Habit?, isTimed: Bool, _ profiles: [EscalationProfile])
    -> ID<EscalationProfile>?
  {
    guard read.flag("reminder") else { return nil }
    if !isTimed { read.complain("preferred_time", read.words("Choose the time at which you are to be reminded.")) }
    let text = read.raw("profile")
    let chosen = text.utf8.isEmpty ? stored?.reminderProfile ?? HabitDraft.standard(profiles) : ID<EscalationProfile>(text)
    if let chosen, profiles.contains(where: { $0.id == chosen }) { return chosen }
    read.complain("profile", read.words("Choose one of your profiles."))
    return nil
  }

  /// The profile of a reminder for which none was chosen.
  static func standard(_ profiles: [EscalationProfile]) -> ID<EscalationProfile>? {
    (profiles.first { $0.preset == Importance.medium.preset } ?? profiles.first)?.id
  }

  private static func rule(_ read: inout FormReader, _ kind: HabitKind, unit: String) -> HabitRule {
    let target = kind == .amount ? target(&read, unit: unit) : nil
    // A target of a week or month is for its sum: which days does not matter then.
    if let target, target.period != .day { return HabitRule(.daily, target: target) }
    switch read.choice("frequency", HabitFrequency.Name.daily) {
    case .daily: return HabitRule(.daily, target: target)
    case .specificDays: return HabitRule(.days(days(&read)), target: target)
    case .perWeek: return HabitRule(.perWeek(read.integer("times_per_week", 1...7, nil)), target: target)
    case .perMonth: return HabitRule(.perMonth(read.integer("times_per_month", 1...31, nil)), target: target)
    }
  }

  private static func days(_ read: inout FormReader) -> WeekdaySet {
    var days: [Weekday] = []
    for value in read.form.all("day") {
      if case .text(let text) = value, let day = Weekday.allCases.first(where: { $0.field == text }) {
        days.append(day)
      } else {
        read.complain("day", read.words("Choose one of the values offered."))
      }
    }
    if days.isEmpty { read.complain("day", read.words("Choose at least one day.")) }
    return WeekdaySet(days)
  }

  private static func target(_ read: inout FormReader, unit: String) -> HabitTarget {
    let direction = read.choice("direction", HabitTarget.Direction.atLeast)
    let period = read.choice("period", HabitTarget.Period.day)
    let amount = read.amount("target", unit: unit, nil) ?? Amount(1)
    if amount == .zero, direction == .atLeast { read.complain("target", read.words("Write an amount above 0.")) }
    return HabitTarget(amount, direction, per: period)
  }
}

extension FormReader {
  /// An amount in a habit's unit.
  ///
  /// - Parameter fallback: for a field that is empty or was not sent; nil: it must be there.
  mutating func amount(_ name: String, unit: String, _ fallback: Amount?) -> Amount? {
    // A list's row has a field and a button of this name.
    let text = trimmed(filled(name))
    if text.utf8.isEmpty, let fallback { return fallback }
    do {
      return try Amount(typed: text, unit: unit)
    } catch {
      complain(name, HabitWords.complaint(error, words))
      return nil
    }
  }
}

extension HabitWords {
  /// Why an amount is none.
  static func complaint(_ refusal: AmountRefusal, _ words: Words) -> String {
    switch refusal {
    case .empty: words("Write a number.")
    case .notANumber: words("Write a number such as 2 or 1.5.")
    case .negative: words("Write 0 or more.")
    case .tooPrecise: words("Write at most three decimals.")
    case .tooLarge: words("At most 1,000,000.")
    }
  }
}

/// The form that makes or edits a habit: the name alone is enough, the rest folds.
struct HabitFormPage {
  let layout: Layout
  let name: TextField
  let kind: RadioGroup
  let unit: TextField
  let target: TextField
  let direction: RadioGroup
  let period: Select
  let step: TextField
  let frequency: [ChoiceOption]
  let frequencyError: String?
  let days: Select
  let timesPerWeek: TextField
  let timesPerMonth: TextField
  let preferredTime: TextField
  let reminder: Checkbox
  let profile: Select
  let group: TextField
  let groups: [String]
  let goals: Select
  let colour: Select
  let description: TextArea
  /// With the first habit.
  let coach: CoachChoice?
  /// Whether what folds is open: an edit, or something in it is wrong.
  let isOpen: Bool
  var frame: FormFrame

  var hasGoals: Bool { !goals.options.isEmpty || goals.error != nil }

  /// - Parameters:
  ///   - stored: the habit being edited with what is in force; nil: a new one.
  ///   - offered: what it offers.
  init(
    _ web: Context, _ state: FormState = .fresh, stored: (habit: Habit, rule: HabitRule)? = nil, _ offered: HabitFormChoices
  ) throws {
    let (person, words, habit) = (try web.person, web.words, stored?.habit)
    let rule = stored?.rule ?? HabitRule(.daily)
    var make = FieldBuilder(state)
    layout = try Layout(habit == nil ? words("New habit") : words("Edit habit"), .habits, web)
    name = make.text(
      "name", words("What do you want to keep doing?"), habit?.name ?? "", short: words("Name"), required: true, maxLength: 100)
    let asked = make.choice("frequency", words("How often"), rule.frequency.name.rawValue, HabitFormPage.frequencies(words))
    let examples = HabitFormPage.examples(person.weekStart, person.language)
    frequency = zip(asked.options, examples).map { option, help in
      ChoiceOption(value: option.value, label: option.label, isChosen: option.isChosen, id: option.id, help: help)
    }
    frequencyError = asked.error
    var chosen = WeekdaySet.workdays
    if case .days(let days) = rule.frequency { chosen = days }
    days = make.boxes(
      "day", words("On these days"), chosen.days(from: person.weekStart).map(\.field),
      Weekday.week(from: person.weekStart).map { ($0.field, "\(TimeWords.name($0, person.language))") }, sentWith: "frequency")
    var (week, month) = (3, 1)
    if case .perWeek(let times) = rule.frequency { week = times }
    if case .perMonth(let times) = rule.frequency { month = times }
    timesPerWeek = make.text("times_per_week", words("Times a week"), String(week), type: "number")
    timesPerMonth = make.text("times_per_month", words("Times a month"), String(month), type: "number")
    kind = RadioGroup(
      field: make.choice(
        "kind", words("What you write down"), habit?.kind.rawValue ?? "tick",
        [("tick", words("A tick: done or not")), ("amount", words("An amount: pages, kilometres, minutes"))]))
    unit = make.text("unit", words("Unit"), habit?.unit ?? "", help: words("Such as pages, km, min."), optional: true, maxLength: 20)
    target = make.text("target", words("Target"), rule.target?.amount.text(person.language) ?? "")
    direction = RadioGroup(
      field: make.choice(
        "direction", words("Kept with"), rule.target?.direction.rawValue ?? "at_least",
        [("at_least", words("at least the target")), ("at_most", words("at most the target"))],
        help: words("“At most 2 coffees” is kept by a day on which 0, 1 or 2 were entered; a day without an entry was not kept.")))
    period = make.choice(
      "period", words("The target is for"), rule.target?.period.rawValue ?? "day",
      [("day", words("each day")), ("week", words("the sum of a week")), ("month", words("the sum of a month"))])
    step = make.text("step", words("One press adds"), (habit?.step ?? Amount(1)).text(person.language))
    preferredTime = make.text(
      "preferred_time", words("Preferred time"), habit?.preferredTime?.text ?? "", type: "time", optional: true)
    reminder = make.tick(
      "reminder", words("Remind me at this time, while it asks for something"), habit?.reminderProfile != nil, says: words.answers,
      help: words("It rings on days on which it is due, and asks again until it is done. What is done, skipped or paused stays silent."))
    profile = make.choice(
      "profile", words("How it asks again"), (habit?.reminderProfile ?? HabitDraft.standard(offered.profiles))?.text ?? "",
      offered.profiles.map { ($0.id.text, ProfileWords.name($0.name, isPreset: $0.preset != nil, words)) })
    group = make.text("group", words("Group"), habit?.group ?? "", optional: true, maxLength: 40, list: "groups")
    groups = offered.groups
    goals = make.boxes(
      "goal", words("Goals it serves"), offered.goals.filter(\.isServed).map(\.id.text), offered.goals.map { ($0.id.text, $0.title) },
      sentWith: "name")
    colour = make.choice("colour", words("Colour"), String(habit?.colour ?? 1), HabitFormPage.colours(words))
    description = make.area("description", words("Notes"), habit?.description ?? "", help: words("Markdown works here."))
    coach = habit == nil ? CoachChoice(&make, person, web) : nil
    isOpen = habit != nil || state.typed != nil
    let place = habit.map { Paths.habit($0.id) }
    frame = FormFrame(
      make, layout.secret, to: place ?? Paths.habits, cancel: place ?? Paths.habits,
      carrying: [habit.map { state.version($0.version) } ?? state.nonce])
  }

  static func frequencies(_ words: Words) -> [(value: String, label: String)] {
    [
      ("daily", words("Every day")), ("specific_days", words("On chosen days")), ("per_week", words("Some days a week")),
      ("per_month", words("Some days a month")),
    ]
  }

  /// What a week of each choice looks like.
  private static func examples(_ weekStart: Weekday, _ language: Language) -> [String] {
    [
      HabitWords.week(HabitRule(.daily), weekStart: weekStart, language),
      HabitWords.week(HabitRule(.days([.monday, .wednesday, .friday])), weekStart: weekStart, language),
      HabitWords.week(HabitRule(.perWeek(3)), weekStart: weekStart, language),
      HabitWords.week(HabitRule(.perMonth(4)), weekStart: weekStart, language),
    ]
  }

  static func colours(_ words: Words) -> [(value: String, label: String)] {
    [
      ("1", words("Blue")), ("2", words("Green")), ("3", words("Yellow")), ("4", words("Orange")), ("5", words("Red")),
      ("6", words("Pink")), ("7", words("Purple")), ("8", words("Grey")),
    ]
  }
}
