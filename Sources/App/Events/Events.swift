import Domain
import HTML
import Postgres
import Web

extension InstanceKey: PathParameter {
  public init?(path text: String) { self.init(text) }
}

/// The events' pages, forms and buttons.
enum Events {
  /// GET /events/new
  static func new(_ web: Context) throws -> Response {
    let (date, starts) = try web.query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      let found = (read.day("date"), read.line("starts", 0...200))
      try read.finish()
      return found
    }
    let person = try web.person
    let begin = starts.utf8.isEmpty ? date.map { EventText.typed(LocalTime(day: $0, time: person.defaultTime), isAllDay: false) } : starts
    return web.page(try EventFormPage(web, begin.map { FormState.shown(Form([("starts", $0)])) } ?? .fresh))
  }

  /// POST /events
  static func create(_ web: Context) throws -> Change {
    let with = try web.deadlineWriting
    return try web.takeForm(askingAgain: { try EventFormPage(web, $0) }) {
      let draft = try EventDraft(web.form, web.reader)
      let outcome = try complaining(web) { try EventCommands.make(draft, with) }
      if draft.remind.offset != nil { try web.services.quota.check(isNew: true, grownBy: 0, web) }
      let when = EventText.when(outcome.movedTo ?? draft.times, with.person, today: with.person.zone.local(web.now).day)
      return Change(
        to: outcome.page, says: says(outcome, web.words("“{title}”: {time}.", ["title": draft.content.title, "time": when]), with, web),
        did: outcome.entries, wakes: draft.remind.offset.map { _ in web.now })
    }
  }

  /// POST /events/preview: in words, its next instances, and what the clocks do to them.
  static func preview(_ web: Context) throws -> Response {
    let stored = try edited(web)
    do {
      let draft = try EventDraft(web.form, stored: stored, web.reader)
      let with = try web.deadlineWriting
      let series: EventSeries = try complaining(web) {
        try EventCommands.check(draft, stored: stored?.event, with)
        return try EventPreview.series(draft, stored)
      }
      let preview = try EventPreview(series, typed: draft, stored, web)
      return web.page(try EventFormPage(web, .shown(web.form), stored: stored, preview: preview))
    } catch let errors as FormErrors {
      return web.page(try EventFormPage(web, .refused(web.form, errors), stored: stored), status: 422)
    }
  }

  /// The event whose form is looked at, as its field `event` says; nil: a new one.
  private static func edited(_ web: Context) throws -> EventFormState? {
    _ = try web.person
    guard let value = web.form.first("event"), value != .text("") else { return nil }
    guard case .text(let text) = value, let id = ID<Event>(text) else { throw Failure.notFound }
    let zones = web.services.zones
    let (found, overrides) = try web.read(Event.mine("e.id = \(id)", zones), StoredOverride.of([id], zones))
    guard let event = found.first else { throw Failure.notFound }
    return try EventFormState(event, overrides, instance(web.form, web))
  }

  /// GET /events/:event
  static func show(_ web: Context, _ id: ID<Event>) throws -> Response {
    web.page(try CalendarEventPage(EventDetails.read(id, web), nil, web))
  }

  /// GET /events/:event/on/:instance
  static func showInstance(_ web: Context, _ id: ID<Event>, _ instance: InstanceKey) throws -> Response {
    web.page(try CalendarEventPage(EventDetails.read(id, web), instance, web))
  }

  /// GET /events/:event/edit
  static func edit(_ web: Context, _ id: ID<Event>) throws -> Response {
    let zones = web.services.zones
    let (found, overrides) = try web.read(Event.mine("e.id = \(id)", zones), StoredOverride.of([id], zones))
    guard let event = found.first else { throw Failure.notFound }
    return web.page(try EventFormPage(web, stored: EventFormState(event, overrides, instance(web.request.query, web))))
  }

  /// POST /events/:event
  static func save(_ web: Context, _ id: ID<Event>) throws -> Change {
    let with = try web.deadlineWriting
    let commands = try EventCommands.find(id, with)
    let key = try instance(web.form, web)
    if let key, isOvertaken(key, commands, web) {
      let now = try EventFormState.since(key, commands, web)
      let gone = EventText.gone(isInPart: now.instance != nil, web.words)
      let typed = now.instance == nil ? EventFormState.contents(of: web.form) : web.form
      return try web.takeForm(askingAgain: { _ in try EventFormPage(web, .stale(typed), stored: now, gone: gone) }) { throw StaleForm() }
    }
    let stored = try EventFormState(commands.event, commands.overrides, key)
    return try web.takeForm(askingAgain: { try EventFormPage(web, $0, stored: stored) }) {
      let draft = try EventDraft(web.form, stored: stored, web.reader)
      let outcome = try complaining(web) { try commands.save(draft) }
      if draft.remind.offset != nil { try web.services.quota.check(isNew: commands.event.rings == nil, grownBy: 0, web) }
      return Change(
        to: outcome.page, says: says(outcome, web.words("Saved."), with, web), undo: outcome.undo,
        facts: ["dropped": String(outcome.dropped)], did: outcome.entries, wakes: web.now)
    }
  }

  /// Whether an instance went while its form was open: the series was cut there, or it was left out. One that never was is missing.
  private static func isOvertaken(_ key: InstanceKey, _ commands: EventCommands, _ web: Context) -> Bool {
    if commands.event.series(commands.overrides).instance(key) != nil { return false }
    var read = FormReader(web.form, web.words)
    let version = read.version()
    return read.errors.isEmpty && version < commands.event.version
  }

  // MARK: - The trash

  /// POST /events/:event/deletion
  static func delete(_ web: Context, _ id: ID<Event>) throws -> Change {
    let commands = try EventCommands.find(id, web.deadlineWriting)
    let instance = try instance(web.form, web)
    var read = FormReader(web.form, web.words)
    let scope = read.choice("scope", instance == nil ? EventScope.all : .this)
    if instance == nil, scope != .all, commands.event.isSeries { read.complain("scope", EventText.noInstance(web.words)) }
    if let complaint = read.errors.complaints.first { throw Failure.misread(complaint.text) }
    let outcome = try commands.delete(instance, scope)
    let isGone = outcome.entries.contains { $0.action == "event.deleted" }
    let title: KeyValuePairs = ["name": commands.event.title]
    let says =
      isGone
      ? web.words("“{name}” is deleted.", title)
      : outcome.entries.contains { $0.action == "event.ended" }
        ? web.words("“{name}” ends before that.", title) : web.words("“{name}” is left out that once.", title)
    return Change(to: isGone ? Paths.calendar : outcome.page, says: says, undo: outcome.undo, did: outcome.entries)
  }

  /// POST /trash/event/:event/restoration
  static func restore(_ web: Context, _ id: ID<Event>) throws -> Change {
    var read = FormReader(web.form, web.words)
    let isTicked = read.flag("reminders")
    let outcome = try EventCommands.restore(id, reminders: isTicked || web.isToRingAgain, web.deadlineWriting)
    if let complaint = read.errors.complaints.first { throw Failure.misread(complaint.text) }
    if outcome.isNothing { return Change(to: Paths.event(id), says: web.words("It was so already."), did: []) }
    let says = web.words("The event is back.")
    return Change(
      to: Paths.event(id), says: outcome.isSilent ? says + " " + web.words("Its reminder is not: edit it to have one again.") : says,
      did: outcome.entries, wakes: web.now)
  }

  // MARK: - What they share

  /// The instance that a form or an address names; nil: none.
  ///
  /// - Throws: ``Failure/notFound`` for what names none.
  private static func instance(_ form: Form, _ web: Context) throws -> InstanceKey? {
    _ = try web.person
    guard let value = form.first("instance"), value != .text("") else { return nil }
    guard case .text(let text) = value, let key = InstanceKey(text) else { throw Failure.notFound }
    return key
  }

  /// Makes a complaint of a form of what cannot be.
  private static func complaining<Value>(_ web: Context, _ make: () throws -> Value) throws -> Value {
    do {
      return try make()
    } catch {
      guard let refusal = error as? EventRefusal else { throw error }
      let isInWords = refusal.field == "repeat" && (web.form.text("repeat") ?? "cron").utf8.elementsEqual("cron".utf8)
      throw FormErrors(isInWords ? "cron" : refusal.field, refusal.sentence(web.words))
    }
  }

  /// What was done, what its rule moved, and what could not go along.
  private static func says(_ outcome: EventOutcome, _ done: String, _ with: DeadlineWriting, _ web: Context) -> String {
    var parts = [done]
    if let times = outcome.movedTo {
      let first = TimeWords.date(times.start.day, with.person.language)
      parts.append(web.words("It begins on {date}, the first that its repeat gives.", ["date": first]))
    }
    if outcome.dropped > 0 {
      parts.append(
        web.words.count(
          "{n} changed or left out date fits no more and is dropped.", "{n} changed or left out dates fit no more and are dropped.",
          outcome.dropped))
    }
    return parts.joined(separator: " ")
  }
}
