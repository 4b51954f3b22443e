import Domain
import HTML
import Postgres
import Web

/// The form that makes or edits a deadline.
struct DeadlineFormPage {
  let layout: Layout
  let title: TextField
  let due: TextField
  let remind: TextField
  let importance: Select
  let consequences: TextArea
  let task: Select
  let event: Select
  let description: TextArea
  let type: Select
  let profile: Select
  let tags: TextField
  let isPrivate: Checkbox
  /// Whether what few deadlines have is shown at once.
  let isOpen: Bool
  var frame: FormFrame

  /// - Parameters:
  ///   - deadline: the one that is edited; nil: a new one.
  ///   - chosen: the task that a new one is of.
  ///   - about: the event that a new one belongs to.
  init(
    _ web: Context, _ state: FormState = .fresh, stored deadline: Deadline? = nil, of chosen: ID<Task>? = nil, about: ID<Event>? = nil
  ) throws {
    let at = deadline?.task ?? chosen ?? state.typed?.text("task").flatMap { ID<Task>($0) }
    let there = deadline?.event ?? about ?? state.typed?.text("event").flatMap { ID<Event>($0) }
    let (tasks, events, profiles) = try web.read(
      PlannedChoice.parents(of: nil, now: at), PlannedChoice.events(now: there), EscalationProfile.mine)
    let (words, person) = (web.words, try web.person)
    var make = FieldBuilder(state)
    layout = try Layout(deadline == nil ? words("New deadline") : words("Edit deadline"), .deadlines, web)
    title = make.text("title", words("What has to be done?"), deadline?.title ?? "", short: words("Title"), required: true, maxLength: 200)
    due = make.text(
      "due", words("Due"), deadline?.dueAt.typed(person.zone) ?? "",
      help: words("“friday at 17:00” or 2027-03-15 17:00; a day alone means {time}.", ["time": person.defaultTime.text]), required: true,
      maxLength: 200)
    remind = make.text(
      "remind", words("Remind me"), deadline.map { $0.typedReminder(person.zone) } ?? "",
      help: words("“2 days before”, “the day before at 18:00” or a time of its own; empty for no reminder."), optional: true, maxLength: 200
    )
    importance = make.choice(
      "importance", words("Importance"), String(deadline?.importance ?? 5),
      (1...10).map { number in
        (String(number), "\(number) · " + DeadlineText.name(Importance(ofTen: number), words))
      }, help: words("From 8 on its reminder climbs the critical profile, with 6 and 7 the urgent one."))
    consequences = make.area(
      "consequences", words("What if it is missed?"), deadline?.consequences ?? "", help: words("Its reminder and its mail say so."),
      rows: 2)
    task = make.choice(
      "task", words("Completed by the task"), at?.text ?? "",
      TaskText.options(words("None", context: "task"), tasks.map { ($0.id.text, $0.title) }))
    event = make.choice(
      "event", words("Belongs to the event"), there?.text ?? "",
      TaskText.options(words("None", context: "event"), events.map { ($0.id.text, $0.title) }))
    description = make.area("description", words("Notes"), deadline?.description ?? "", help: words("Markdown works here."))
    type = make.choice(
      "type", words("Kind"), (deadline?.type ?? .deadline).rawValue,
      DeadlineType.allCases.map { ($0.rawValue, DeadlineText.name($0, words)) })
    profile = make.choice(
      "profile", words("Profile"), deadline?.profile?.text ?? "",
      TaskText.options(words("By its importance"), profiles.map { ($0.id.text, $0.shownName(words)) }))
    tags = make.tags(deadline?.tags ?? [], words)
    isPrivate = make.privacy(deadline?.isPrivate ?? false, words)
    isOpen = deadline != nil || state.typed != nil
    let place = deadline.map { Paths.deadline($0.id) }
    frame = FormFrame(
      make, layout.secret, to: place ?? Paths.deadlines, cancel: place ?? Paths.deadlines,
      carrying: [deadline.map { state.version($0.version) } ?? state.nonce])
  }
}

extension PlannedChoice {
  /// Events that a deadline can belong to: what changed last first, and the one that it belongs to now.
  fileprivate static func events(now event: ID<Event>?) -> Query<PlannedChoice> {
    Query(
      """
      SELECT x.id, x.title FROM (
        (SELECT e.id, e.title, e.updated_at FROM events e WHERE e.user_id = (SELECT me()) AND e.deleted_at IS NULL
          ORDER BY e.updated_at DESC, e.id DESC LIMIT 100)
        UNION
        SELECT p.id, p.title, p.updated_at FROM events p WHERE p.id = \(event)::uuid AND p.user_id = (SELECT me()) AND p.deleted_at IS NULL) x
      ORDER BY x.updated_at DESC, x.id DESC
      """, into: PlannedChoice.init)
  }
}
