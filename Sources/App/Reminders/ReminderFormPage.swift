import Domain
import HTML
import Web

/// The form that makes or edits a reminder.
struct ReminderFormPage {
  let layout: Layout
  let title: TextField
  let description: TextArea
  let importance: RadioGroup
  let profile: Select
  let criteria: Select
  let kinds: [ChoiceOption]
  let kindError: String?
  let at: TextField
  let repeats: RepeatFields
  let everyMinutes: TextField
  let excludeDates: TextArea
  let excludeWeekends: Checkbox
  let zone: TextField
  let zones: [String]
  let preview: PreviewCard?
  /// The line that was typed, above the form that it fills in.
  let quick: QuickReminder?
  var frame: FormFrame
  let previewAction = Paths.reminderPreview
  /// The same without script, on a phone: what was asked for stands far below.
  let previewPlace = Paths.reminderPreview.fragment("looked-at")

  /// - Parameters:
  ///   - state: of the form.
  ///   - stored: the reminder being edited; nil: a new one.
  ///   - preview: shown when the form was posted to be looked at.
  ///   - quick: where a reminder is made from one line.
  init(
    _ web: Context, _ profiles: [EscalationProfile], _ state: FormState = .fresh, stored: Reminder? = nil, preview: PreviewCard? = nil,
    quick: QuickReminder? = nil
  ) throws {
    let person = try web.person
    let words = web.words
    var make = FieldBuilder(state)
    layout = try Layout(stored == nil ? words("New reminder") : words("Edit reminder"), .reminders, web)
    (self.preview, self.quick) = (preview, quick)
    title = make.text(
      "title", words("What should we remind you of?"), stored?.title ?? "", short: words("Title"), required: true, maxLength: 200
    )
    description = make.area("description", words("Notes"), stored?.description ?? "", help: words("Markdown works here."))
    importance = RadioGroup(
      field: make.choice("importance", words("Importance"), stored?.importance.rawValue ?? "medium", ReminderOptions.importance(words)))
    let kind = make.choice(
      "schedule", words("When"), stored?.schedule.kindName ?? "once",
      [("once", words("Once")), ("recurring", words("Repeats")), ("interval", words("At an interval"))])
    let kindHelp = [words("One date and time"), words("On days and at times by the clock"), words("Every so many minutes")]
    kinds = zip(kind.options, kindHelp).map { option, help in
      ChoiceOption(value: option.value, label: option.label, isChosen: option.isChosen, id: option.id, help: help)
    }
    kindError = kind.error
    let schedule = stored?.schedule
    let scheduleZone = schedule?.zone ?? person.zone
    at = make.text(
      "at", words("Date and time"), (stored?.wall ?? schedule?.at.map { scheduleZone.local($0) })?.text ?? "",
      help: stored == nil ? words("Empty means the next full hour after one hour.") : nil,
      // Words that were refused are kept: a field for dates would drop them.
      type: ReminderFormPage.holdsWords(make.value("at", "")) ? "text" : "datetime-local")
    repeats = RepeatFields(&make, stored?.series, person, today: scheduleZone.local(web.now).day, words)
    everyMinutes = make.text(
      "every_minutes", words("Minutes between"),
      schedule?.everyMinutes.map { minutes in stored.flatMap { $0.words.utf8.isEmpty ? nil : $0.words } ?? String(minutes) } ?? "",
      help: words("Elapsed minutes from the last time it rang, as a number or as “2 hours”: 1440 is 24 hours, whatever the clocks do."))
    zone = make.text(
      "timezone", words("Time zone"), scheduleZone.name,
      help: stored?.isZoneLost ?? person.isZoneLost ? ZoneWarnings.schedule(scheduleZone, words) : nil, list: "zones")
    excludeDates = make.area(
      "exclude_dates", words("Not on these dates"), schedule.map { $0.excludedDays.sorted().map(\.iso).joined(separator: "\n") } ?? "",
      help: words("One a line, such as 2027-12-25. What falls on them is skipped, not moved."), rows: 3)
    excludeWeekends = make.tick(
      "exclude_weekends", words("Not on Saturdays and Sundays"), schedule?.excludesWeekends ?? false,
      says: words.answers)
    let automatic: [(value: String, label: String)] = stored == nil ? [("", words("As the importance says"))] : []
    profile = make.choice(
      "profile", words("Profile"), stored?.profile.text ?? "",
      automatic + profiles.map { ($0.id.text, ProfileWords.name($0.name, isPreset: $0.preset != nil, words)) })
    criteria = make.choice(
      "criteria", words("Completed"), stored?.criterion.rawValue ?? "manual", CompletionCriterion.options(words),
      help: words("Mails that complete a reminder come later: Heed reads no mailbox for it yet."))
    zones = web.services.zones.names
    let place = stored.map { Paths.reminder($0.id) } ?? Paths.reminders
    frame = FormFrame(
      make, layout.secret, to: place, cancel: place,
      carrying: stored.map { [state.version($0.version), HiddenField(name: "reminder", value: $0.id.text)] } ?? [state.nonce])
  }

  private static func holdsWords(_ typed: String) -> Bool { !typed.utf8.isEmpty && LocalTime(text: typed) == nil }
}
