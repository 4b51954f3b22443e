import Domain
import HTML
import Web

/// The form that makes or edits a reminder.
struct ReminderFormPage {
  let layout: Layout
  let summary: ErrorSummary?
  let conflict: ConflictTable?
  let title: TextField
  let description: TextArea
  let importance: RadioGroup
  let profile: Select
  let kinds: [ChoiceOption]
  let kindError: String?
  let at: TextField
  let cron: TextField
  let everyMinutes: TextField
  let excludeDates: TextArea
  let excludeWeekends: Checkbox
  let zone: TextField
  let zones: [String]
  let preview: PreviewCard?
  let hidden: [HiddenField]
  let secret: CSRFField
  let action: Path
  let previewAction = Paths.reminderPreview
  let cancel: Path

  /// - Parameters:
  ///   - stored: the reminder being edited; nil: a new one.
  ///   - preview: shown when the form was posted to be looked at.
  init(
    _ web: Context, _ profiles: [EscalationProfile], stored: Reminder? = nil, errors: FormErrors = FormErrors(),
    preview: PreviewCard? = nil,
    isStale: Bool = false
  ) throws {
    let person = try web.person
    let words = web.words
    let isTyped = !errors.isEmpty || preview != nil || isStale
    let make = FieldBuilder(typed: isTyped ? web.form : nil, errors: errors)
    layout = try Layout(stored == nil ? words("New reminder") : words("Edit reminder"), .reminders, web)
    self.preview = preview
    title = make.text("title", words("What should we remind you of?"), stored?.title ?? "", required: true, maxLength: 200)
    description = make.area("description", words("Notes"), stored?.description ?? "", help: words("Markdown works here."))
    importance = RadioGroup(
      field: make.choice("importance", words("Importance"), stored?.importance.rawValue ?? "medium", ReminderOptions.importance(words)))
    let automatic: [(value: String, label: String)] = stored == nil ? [("", words("As the importance says"))] : []
    profile = make.choice(
      "profile", words("Profile"), stored?.profile.text ?? "",
      automatic + profiles.map { ($0.id.text, ProfileWords.name($0.name, isPreset: $0.preset != nil, words)) })
    let kind = make.value("schedule", stored?.schedule.kindName ?? "once")
    kinds = [
      ("once", words("Once"), words("One date and time")),
      ("recurring", words("By a pattern"), words("Such as weekdays at nine")),
      ("interval", words("At an interval"), words("Every so many minutes")),
    ].map { ChoiceOption(value: $0.0, label: $0.1, isChosen: $0.0 == kind, id: "schedule-" + $0.0, help: $0.2) }
    kindError = errors["schedule"]
    let schedule = stored?.schedule
    let scheduleZone = schedule?.zone ?? person.zone
    at = make.text(
      "at", words("Date and time"), (stored?.wall ?? schedule?.at.map { scheduleZone.local($0) })?.text ?? "",
      help: words("Empty means the next full hour after one hour."),
      type: "datetime-local")
    cron = make.text(
      "cron", words("Pattern"), schedule?.cronText ?? "",
      help: words("Minute, hour, day, month, weekday. “0 9 * * 1-5” rings on weekdays at nine."))
    everyMinutes = make.text(
      "every_minutes", words("Minutes between"), schedule?.everyMinutes.map { String($0) } ?? "",
      help: words("Elapsed minutes from the last time it rang: 1440 is 24 hours, whatever the clocks do."), type: "number")
    excludeDates = make.area(
      "exclude_dates", words("Not on these dates"), schedule.map { $0.excludedDays.sorted().map(\.iso).joined(separator: "\n") } ?? "",
      help: words("One a line, such as 2027-12-25. What falls on them is skipped, not moved."), rows: 3)
    excludeWeekends = make.tick("exclude_weekends", words("Not on Saturdays and Sundays"), schedule?.excludesWeekends ?? false)
    zone = make.text(
      "timezone", words("Time zone"), scheduleZone.name,
      help: stored?.isZoneLost ?? person.isZoneLost ? ZoneWarnings.schedule(scheduleZone, words) : nil, list: "zones")
    zones = web.services.zones.names
    secret = layout.secret
    summary = ErrorSummary(
      errors, [title, description, importance.field, at, cron, everyMinutes, zone, excludeDates, excludeWeekends, profile])
    if let stored {
      // What was typed belongs to the version it was typed over, until the person has seen what is stored now.
      let version = isTyped && !isStale ? web.form.text("version") ?? String(stored.version) : String(stored.version)
      hidden = [HiddenField(name: "version", value: version), HiddenField(name: "reminder", value: stored.id.text)]
      action = Paths.reminder(stored.id)
      cancel = Paths.reminder(stored.id)
      conflict = isStale ? ConflictTable(stored, web.form, words) : nil
    } else {
      // A preview or a rejected form keeps its nonce: it is still the same reminder to be.
      hidden = [HiddenField(name: "nonce", value: web.form.text("nonce").flatMap { isTyped ? $0 : nil } ?? Idempotency.nonce())]
      action = Paths.reminders
      cancel = Paths.reminders
      conflict = nil
    }
  }
}

extension ConflictTable {
  init(_ stored: Reminder, _ form: Form, _ words: Words) {
    let schedule = stored.schedule
    var at = ""
    if let instant = schedule.at { at = (stored.wall ?? schedule.zone.local(instant)).text }
    var minutes = ""
    if let every = schedule.everyMinutes { minutes = String(every) }
    let importance = Dictionary(uniqueKeysWithValues: ReminderOptions.importance(words).map { ($0.value, $0.label) })
    rows = [
      Row(words("Title"), stored.title, form.text("title")),
      Row(words("Notes"), stored.description, form.text("description")),
      Row(words("Importance"), importance[stored.importance.rawValue] ?? "", form.text("importance").flatMap { importance[$0] }),
      Row(words("Date and time"), at, form.text("at")),
      Row(words("Pattern"), schedule.cronText ?? "", form.text("cron")),
      Row(words("Minutes between"), minutes, form.text("every_minutes")),
      Row(words("Time zone"), schedule.zone.name, form.text("timezone")),
    ].filter { !$0.isEmpty }
  }
}

/// What a schedule means: the sentence and the next five times.
struct PreviewCard {
  let sentence: String
  /// Said where the schedule's zone is lost.
  let note: String?
  let times: [Upcoming]

  /// One time to come; excluded ones are listed in words only.
  struct Upcoming {
    let iso: String
    let local: String
    let relative: String
    let utc: String
    let isExcluded: Bool
  }

  /// - Parameter stored: what is edited: an interval that stays the same counts on from its last occurrence.
  init(_ draft: ReminderDraft, _ stored: Reminder?, _ person: Person, now: Instant) {
    self.init(
      draft.schedule, last: stored.flatMap { $0.base(of: draft.schedule, at: now) }, isZoneLost: draft.schedule.zone.isLost, person,
      now: now)
  }

  init(_ schedule: Schedule, last: Instant?, isZoneLost: Bool, _ person: Person, now: Instant) {
    let language = person.language
    sentence = schedule.words(language)
    note = isZoneLost ? ZoneWarnings.schedule(schedule.zone, Words.of(language.rawValue)) : nil
    times = schedule.upcoming(after: now, lastScheduled: last, count: 5).map { time in
      Upcoming(
        iso: time.instant.iso, local: TimeWords.dateTime(time.instant, schedule.zone, language),
        relative: TimeWords.relative(time.instant, from: now, language), utc: TimeWords.dateTime(time.instant, .utc, language) + " UTC",
        isExcluded: time.excluded)
    }
  }
}
