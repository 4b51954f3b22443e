import Domain
import HTML
import Postgres
import Web

/// An event as its form says it, or one of its instances.
struct EventDraft {
  let content: EventContent
  let times: EventTimes
  /// nil: once.
  let rule: Recurrence?
  /// As typed; empty: by controls, or as a rule.
  let ruleWords: String
  /// Whether the form says how it comes again; else that stays as it is.
  let saysRule: Bool
  /// nil: as they are.
  let rdates: [SeriesDate]?
  let exdates: [SeriesDate]?
  let remind: EventRemind
  let isPrivate: Bool
  let tags: [String]
  /// Whose form it was; nil: that of the whole.
  let instance: InstanceKey?
  let scope: EventScope
  /// nil: a new event's form has none.
  let version: Int?
  /// What is new, for the audit log.
  let changes: [String: String]
  private let says: Set<String>

  /// One that no form said.
  init(
    _ content: EventContent, _ times: EventTimes, rule: Recurrence? = nil, ruleWords: String = "", rdates: [SeriesDate] = [],
    exdates: [SeriesDate] = [], remind: EventRemind = EventRemind(), isPrivate: Bool = false, tags: [String] = []
  ) {
    (self.content, self.times, self.rule, self.ruleWords, saysRule) = (content, times, rule, ruleWords, true)
    (self.rdates, self.exdates, self.remind, self.isPrivate, self.tags) = (rdates, exdates, remind, isPrivate, tags)
    (instance, scope, version, changes, says) = (nil, .all, nil, [:], [])
  }

  /// - Parameter stored: the event that is edited.
  init(_ form: Form, stored: EventFormState? = nil, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    var changes = AuditDifference()
    let (event, shown) = (stored?.event, stored?.content)
    var content = EventContent(title: changes.note("title", from: shown?.title, to: read.line("title", 1...200)))
    content.description = changes.noteLong("description", from: shown?.description, to: read.text("description", bytes: 16_384))
    content.type = changes.note("event_type", from: shown?.type, to: read.choice("type", shown?.type ?? .meeting), \.rawValue)
    content.status = changes.note("event_status", from: shown?.status, to: read.choice("status", shown?.status ?? .confirmed), \.rawValue)
    content.visibility = changes.note(
      "visibility", from: shown?.visibility, to: read.choice("visibility", shown?.visibility ?? .private), \.rawValue)
    content.importance = changes.note("importance", from: shown?.importance, to: read.importance("importance", shown?.importance ?? 5)) {
      String($0)
    }
    content.location = changes.note("location", from: shown?.location, to: read.line("location", 0...300))
    let place = read.ids("place", reader.words("Choose one of your places."), of: Place.self).first
    content.place = changes.note("event_place", from: shown.map(\.place), to: place) { $0?.text ?? "" }
    content.virtualURL = changes.note("virtual_url", from: shown?.virtualURL, to: read.webAddress("virtual_url"))
    let isAllDay = read.flag("all_day")
    content.busy = changes.note("busy", from: shown?.busy, to: read.busy("busy", !isAllDay)) { $0 ? "on" : "off" }
    let times = read.eventTimes(content.type, isAllDay: isAllDay, stored: stored?.times, reader)
    let series = read.eventRepeat(times, stored: event, reader)
    saysRule = form.first("repeat") != nil || form.first("cron") != nil
    let (offset, words) = read.remind("remind", event, reader)
    remind = EventRemind(
      offset, words, read.ids("profile", reader.words("Choose one of your profiles."), of: EscalationProfile.self).first)
    rdates = read.seriesDates("rdates", event?.rdates, reader)
    exdates = read.seriesDates("exdates", event?.exdates, reader)
    isPrivate = changes.note("private", from: event.map(\.isPrivate), to: read.flag("private")) { $0 ? "on" : "off" }
    tags = changes.note("tags", from: event.map(\.tags), to: read.tags("tags")) { $0.joined(separator: ", ") }
    instance = stored?.instance
    scope = read.choice("scope", stored?.instance == nil ? EventScope.all : .this)
    if let event, event.isSeries, stored?.instance == nil, scope != .all { read.complain("scope", EventText.noInstance(reader.words)) }
    version = stored == nil ? nil : read.version()
    self.content = content
    self.times = try read.finish(times)
    (rule, ruleWords) = (series?.rule, series?.words ?? "")
    says = Set(["tags", "remind", "profile"].filter { form.first($0) != nil })
    changes.note("event_times", from: stored?.times, to: self.times) { $0.start.text }
    changes.note("remind", from: event.map(\.remindWords), to: words)
    self.changes = changes.facts
  }

  /// What it asks for, by the rules.
  var edit: SeriesEdit {
    SeriesEdit(scope, of: instance, times: times, rule: saysRule ? .changed(rule) : .same, rdates: rdates, exdates: exdates)
  }

  /// A field that it says otherwise than the series, which one instance alone cannot; what it does not say is nothing.
  func fieldOfAll(_ event: Event) -> String? {
    if says.contains("tags"), !tags.elementsEqual(event.tags, by: { $0.utf8.elementsEqual($1.utf8) }) { return "tags" }
    if says.contains("remind"), !remind.words.utf8.elementsEqual(event.remindWords.utf8) { return "remind" }
    if says.contains("profile"), remind.profile != event.profile { return "profile" }
    if exdates != nil { return "exdates" }
    if rdates != nil { return "rdates" }
    return nil
  }
}

extension EventRemind {
  init(_ offset: DeadlineReminder.Offset?, _ words: String, _ profile: ID<EscalationProfile>?) {
    (self.offset, self.words, self.profile) = (offset, words, profile)
  }
}

/// What a form shows of a stored event: all of it, or one of its instances.
struct EventFormState {
  let event: Event
  let overrides: [StoredOverride]
  /// nil: the whole.
  let instance: InstanceKey?
  let content: EventContent
  let times: EventTimes

  /// - Throws: ``Failure/notFound`` for an instance that is not.
  init(_ event: Event, _ overrides: [StoredOverride], _ instance: InstanceKey?) throws {
    (self.event, self.overrides, self.instance) = (event, overrides, instance)
    guard let instance else {
      (content, times) = (EventContent(event), event.times)
      return
    }
    guard let found = event.series(overrides).instance(instance) else { throw Failure.notFound }
    content = EventContent(event).with(overrides.first { $0.instance == instance.wall }?.content)
    times = found.times
  }
}
