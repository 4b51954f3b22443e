import Domain
import HTML
import Postgres
import Web

/// The form that makes or edits an event, or one of its instances.
struct EventFormPage {
  let layout: Layout
  /// Of an instance: which of the series it is about.
  let scope: RadioGroup?
  let title: TextField
  let isAllDay: Checkbox
  let starts: TextField
  let ends: TextField
  let zone: TextField
  let endsZone: TextField
  let place: Select
  let location: TextField
  let virtualURL: TextField
  let type: Select
  let status: Select
  let repeats: RepeatFields
  let exdates: TextArea
  let rdates: TextArea
  let remind: TextField
  let profile: Select
  let importance: Select
  let busy: Select
  let visibility: Select
  let description: TextArea
  let tags: TextField
  let isPrivate: Checkbox
  let zones: [String]
  /// Shown when the form was posted to be looked at.
  let preview: EventPreview?
  let previewAction = Paths.eventPreview
  let previewPlace = Paths.eventPreview.fragment("looked-at")
  /// Whether what few events have is shown at once.
  let isOpen: Bool
  let repeatsNow: Bool
  /// Said where the instance that the form was about has gone.
  let gone: String?
  var frame: FormFrame

  /// A place as the form offers it.
  private struct Choice {
    let id: ID<Place>
    let name: String

    static func mine(_ now: ID<Place>?) -> Query<Choice> {
      Query(
        """
        SELECT x.id, x.name FROM (
          (SELECT p.id, p.name, p.name_norm FROM places p WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL
            ORDER BY p.name_norm, p.id LIMIT 300)
          UNION
          SELECT q.id, q.name, q.name_norm FROM places q WHERE q.id = \(now)::uuid AND q.user_id = (SELECT me()) AND q.deleted_at IS NULL) x
        ORDER BY x.name_norm, x.id
        """, into: Choice.init)
    }
  }

  /// - Parameter stored: what is edited; nil: a new one.
  init(
    _ web: Context, _ state: FormState = .fresh, stored: EventFormState? = nil, preview: EventPreview? = nil, gone: String? = nil
  ) throws {
    let (event, content, times) = (stored?.event, stored?.content, stored?.times)
    let (places, profiles) = try web.read(Choice.mine(content?.place), EscalationProfile.mine)
    let (words, person) = (web.words, try web.person)
    var make = FieldBuilder(state)
    layout = try Layout(event == nil ? words("New event") : words("Edit event"), .calendar, web)
    (self.preview, self.gone) = (preview, gone)
    scope = stored?.instance.map { _ in RadioGroup(field: EventFormPage.scope(&make, words)) }
    title = make.text("title", words("What is it?"), content?.title ?? "", short: words("Title"), required: true, maxLength: 200)
    func typed(_ wall: LocalTime?) -> String { wall.map { EventText.typed($0, isAllDay: times?.isAllDay ?? false) } ?? "" }
    isAllDay = make.tick("all_day", words("All day"), times?.isAllDay ?? false, says: words.answers)
    starts = make.text(
      "starts", words("Starts"), typed(times?.start), help: words("2027-03-15 09:00, or “tomorrow at 9”; of whole days the first one."),
      required: true, maxLength: 200)
    ends = make.text(
      "ends", words("Ends"), typed(times?.end),
      help: words("A time, or how long: “10:30”, “1h30”; of whole days the last one. Empty: an hour for a meeting or a call."),
      optional: true, maxLength: 200)
    zone = make.text(
      "timezone", words("Time zone"), times.map(\.zoneName).flatMap { $0.utf8.isEmpty ? nil : $0 } ?? person.zone.name, list: "zones")
    endsZone = make.text(
      "ends_timezone", words("Time zone of the end"), times?.endZone?.name ?? "", help: words("Of a flight: where it arrives."),
      optional: true,
      list: "zones")
    place = make.choice(
      "place", words("Place"), content?.place?.text ?? "",
      TaskText.options(words("None", context: "place"), places.map { ($0.id.text, $0.name) }))
    location = make.text("location", words("Where, in words"), content?.location ?? "", optional: true, maxLength: 300)
    virtualURL = make.text(
      "virtual_url", words("Web address"), content?.virtualURL ?? "", help: words("Of a meeting online."), optional: true, maxLength: 2_000)
    type = make.choice(
      "type", words("Kind"), (content?.type ?? .meeting).rawValue, EventType.allCases.map { ($0.rawValue, EventText.name($0, words)) })
    status = make.choice(
      "status", words("How sure"), (content?.status ?? .confirmed).rawValue,
      EventStatus.allCases.map { ($0.rawValue, EventText.name($0, words)) })
    let today = times?.start.day ?? person.zone.local(web.now).day
    repeats = RepeatFields(&make, event?.storedSeries, person, today: today, of: .event, words)
    exdates = make.area(
      "exdates", words("Left out"), event.map { EventText.lines($0.exdates) } ?? "",
      help: words("One a line: a date, or a date with the time at which it would begin."), rows: 2)
    rdates = make.area(
      "rdates", words("Besides"), event.map { EventText.lines($0.rdates) } ?? "", help: words("Dates on which it is, too."), rows: 2)
    remind = make.text(
      "remind", words("Remind me"), event?.remindWords ?? "",
      help: words("“30 minutes before”, “the day before at 18:00”; empty for no reminder. It rings for each time anew."), optional: true,
      maxLength: 200)
    profile = make.choice(
      "profile", words("Profile"), event?.profile?.text ?? "",
      TaskText.options(words("By its importance"), profiles.map { ($0.id.text, $0.shownName(words)) }))
    importance = make.choice(
      "importance", words("Importance"), String(content?.importance ?? 5),
      (1...10).map { number in (String(number), "\(number) · " + DeadlineText.name(Importance(ofTen: number), words)) })
    busy = make.choice(
      "busy", words("Its time is"), content.map { $0.busy ? "on" : "off" } ?? "",
      [("", words("taken, unless it is all day")), ("on", words("taken")), ("off", words("free", context: "time"))])
    visibility = make.choice(
      "visibility", words("In other calendars"), (content?.visibility ?? .private).rawValue,
      EventVisibility.allCases.map { ($0.rawValue, EventText.name($0, words)) })
    description = make.area("description", words("Notes"), content?.description ?? "", help: words("Markdown works here."))
    tags = make.tags(event?.tags ?? [], words)
    isPrivate = make.privacy(event?.isPrivate ?? false, words)
    zones = web.services.zones.names
    isOpen = event != nil || !state.errors.isEmpty
    repeatsNow = isOpen || state.typed?.first("repeat") != nil
    frame = EventFormPage.frame(make, layout.secret, stored, state)
  }

  private static func scope(_ make: inout FieldBuilder, _ words: Words) -> Select {
    make.choice(
      "scope", words("What is changed"), EventScope.this.rawValue,
      [
        (EventScope.this.rawValue, words("this one", context: "events")),
        (EventScope.later.rawValue, words("this and later", context: "events")), (EventScope.all.rawValue, words("all", context: "events")),
      ], help: words("Repeat, reminder, tags and privacy are those of the series: they change for “this and later” or “all”."))
  }

  private static func frame(_ make: FieldBuilder, _ secret: CSRFField, _ stored: EventFormState?, _ state: FormState) -> FormFrame {
    guard let stored else { return FormFrame(make, secret, to: Paths.calendarEvents, cancel: Paths.calendar, carrying: [state.nonce]) }
    let (id, instance) = (stored.event.id, stored.instance)
    let named = instance.map { [HiddenField(name: "instance", value: $0.text)] } ?? []
    return FormFrame(
      make, secret, to: Paths.event(id), cancel: instance.map { Paths.instance(id, $0) } ?? Paths.event(id),
      carrying: [state.version(stored.event.version), HiddenField(name: "event", value: id.text)] + named)
  }
}

/// What a form would make: in words, its next five instances, and what the clocks do to them.
struct EventPreview {
  let when: String
  let elsewhere: String?
  let sentence: String?
  /// Said where the rule does not give the typed start.
  let moved: String?
  let times: [EventTimeText]

  /// - Throws: ``EventRefusal``; ``Failure/notFound`` for an instance that is not.
  static func series(_ draft: EventDraft, _ stored: EventFormState?) throws -> EventSeries {
    guard let stored else {
      let typed = EventSeries(draft.times, rule: draft.rule, rdates: draft.rdates ?? [], exdates: draft.exdates ?? [])
      do throws(RecurrenceError) {
        return try typed.begun()
      } catch {
        throw EventRefusal.rule(error, draft.rule)
      }
    }
    let change = try EventRefusal.editing(stored.event.series(stored.overrides), draft)
    guard let series = change.continuation ?? change.series else { throw Failure.notFound }
    return series
  }

  init(_ series: EventSeries, typed draft: EventDraft, _ stored: EventFormState?, _ web: Context) throws {
    let (person, words, clock) = (try web.person, web.words, web.clock)
    let isOfOne = draft.instance != nil && draft.scope == .this
    let coming = series.next(after: web.now, most: 5)
    let first = isOfOne ? draft.instance.flatMap { series.instance($0) } : series.next(after: .distantPast, most: 1).first
    let shown = isOfOne ? first.map { [$0] } ?? [] : coming.isEmpty ? Array(series.next(after: .distantPast, most: 5)) : coming
    let today = clock.day(in: person.zone)
    when = first.map { EventText.when($0, person, today: today) } ?? words("Nothing of it is left.")
    elsewhere = first.flatMap { EventText.elsewhere($0, person, today: today) }
    sentence = isOfOne ? nil : EventText.sentence(series, person.language)
    let isMoved = stored == nil && series.times.start != draft.times.start
    moved =
      isMoved
      ? words(
        "It begins on {date}, the first that its repeat gives.", ["date": TimeWords.date(series.times.start.day, person.language)]) : nil
    times = shown.map { EventTimeText($0, person, today: today, words) }
  }
}

/// One instance as lists of a few show it.
struct EventTimeText {
  /// An instant, or a date.
  let iso: String
  let local: String
  /// nil: whole days have none.
  let utc: String?
  /// What the clocks do to it.
  let note: String?

  init(_ instance: EventInstance, _ person: Person, today: Day, _ words: Words) {
    local = EventText.when(instance, person, today: today)
    if instance.times.isAllDay {
      (iso, utc, note) = (instance.times.firstDay.iso, nil, nil)
      return
    }
    iso = instance.start.iso
    utc = EventSpanWords.text(instance.start..<instance.end, in: .utc, person.language, today: today) + " UTC"
    let shown = instance.times.zone.local(instance.start)
    note =
      !instance.isMovedByClocks
      ? nil
      : shown == instance.times.start
        ? words("The clocks skip its end that day, so it ends later.")
        : words(
          "The clocks skip {time} that day, so it is at {later}.", ["time": instance.times.start.time.text, "later": shown.time.text])
  }
}
