import Domain
import Postgres
import Web

/// The planner of the demo account, of a family and a small firm, and that of a colleague: tasks in every state, what waits for what, deadlines, an
/// inbox, a plan of today and what lies in the trash. The worker makes summaries of it.
struct PlannerDemo {
  private let stage: DemoStage
  private var made: [String: Made] = [:]
  private var moments = 0

  private struct Made {
    let ref: ThingRef
    /// Days.
    let ago: Int
  }

  private init(_ stage: DemoStage) { self.stage = stage }

  /// Of both people, when both are there.
  static func tell(_ stage: DemoStage) throws {
    var own = PlannerDemo(stage)
    try own.tell(.family)
    try own.tell(.firm)
    if let beside = try stage.colleague() {
      var other = PlannerDemo(beside)
      try other.tell(.colleague)
    }
    _ = try stage.worker.runOnce { stage.now }
  }

  private mutating func tell(_ story: PlannerStory) throws {
    let stage = self.stage
    try stage.act { person in
      for line in story.goals { try make(line, person) }
      for line in story.problems { try make(line, person) }
      for line in story.tasks { try make(line, person) }
      for line in story.links { try link(line, person) }
      // Sorting keeps the order of what happens on the same day.
      for line in story.tasks.sorted(by: { ($0.deed?.ago ?? 0) > ($1.deed?.ago ?? 0) }) { try act(line, person) }
      for line in story.problems { try act(line, person) }
      for line in story.deadlines { try make(line, person) }
      for capture in story.captures { try write(capture, person) }
      try plan(story, person)
    }
  }

  // MARK: - Making

  private mutating func make(_ line: PlannerStory.GoalLine, _ person: Person) throws {
    let writing = self.writing(person, line.ago)
    let draft = GoalDraft(
      title: line.title, description: line.about, category: line.category, deadline: line.target.map { writing.day(line.ago + $0) },
      horizon: line.horizon)
    let id = try GoalCommands.make(draft, writing).id
    made[line.title] = Made(ref: ThingRef(.goal, of: id), ago: line.ago)
    if line.isPaused { _ = try GoalCommands.find(id, self.writing(person, line.ago - 1)).pause() }
  }

  private mutating func make(_ line: PlannerStory.ProblemLine, _ person: Person) throws {
    let draft = ProblemDraft(title: line.title, description: line.about, severity: line.severity)
    let id = try ProblemCommands.make(draft, writing(person, line.ago)).id
    made[line.title] = Made(ref: ThingRef(.problem, of: id), ago: line.ago)
  }

  private mutating func make(_ line: PlannerStory.TaskLine, _ person: Person) throws {
    let writing = self.writing(person, line.ago)
    let repeats = try repeating(line.again, writing)
    let due = line.due.map { Due(day: writing.day(line.ago + $0), hour: line.hour, person.zone) }
    let draft = TaskDraft(
      title: line.title, notes: line.notes, priority: line.priority, impact: line.impact,
      due: due ?? repeats?.repeats.firstDue(after: writing.now, zone: person.zone), estimate: line.estimate,
      parent: self.id(line.under, of: Task.self), tags: line.tags, repeats: repeats, goal: self.id(line.goal, of: Goal.self))
    guard let id = try TaskCommands.make(draft, writing).tasks.first else { return }
    made[line.title] = Made(ref: ThingRef(.task, of: id), ago: line.ago)
  }

  private func repeating(_ words: String, _ writing: PlannerWriting) throws -> TaskRepeatDraft? {
    if words.utf8.isEmpty { return nil }
    return TaskRepeatDraft(repeats: try TaskRepeat(words, reader: phrases(writing)), words: words)
  }

  /// Once both are there.
  private mutating func link(_ line: PlannerStory.LinkLine, _ person: Person) throws {
    guard let from = made[line.from], let to = made[line.to] else { return }
    let writing = self.writing(person, min(from.ago, to.ago))
    _ = try LinkCommands(writing: writing).make(line.word, from: from.ref, to: to.ref)
  }

  // MARK: - What became of them

  private mutating func act(_ line: PlannerStory.TaskLine, _ person: Person) throws {
    guard let deed = line.deed, let id = self.id(line.title, of: Task.self) else { return }
    let writing = self.writing(person, deed.ago)
    let commands = try TaskCommands.find(id, writing)
    switch deed {
    case .begun: _ = try commands.start()
    case .done(_, let minutes):
      _ = try commands.add(minutes: minutes)
      _ = try commands.complete(.one, anyway: false)
    case .cancelled: _ = try commands.cancel(.one)
    case .putOff(let ago, let until): _ = try commands.putOff(until: until.map { writing.day(ago + $0) })
    case .archived: _ = try commands.archive()
    case .thrownAway: _ = try commands.delete()
    }
  }

  private mutating func act(_ line: PlannerStory.ProblemLine, _ person: Person) throws {
    guard let deed = line.deed, let id = self.id(line.title, of: Problem.self) else { return }
    let commands = try ProblemCommands.find(id, writing(person, 2))
    switch deed {
    case .watched: _ = try commands.monitor()
    case .resolved: _ = try commands.resolve(nil)
    case .thrownAway: _ = try commands.delete()
    }
  }

  // MARK: - Deadlines

  private mutating func make(_ line: PlannerStory.DeadlineLine, _ person: Person) throws {
    let with = self.with(person, line.ago)
    let reminder: DeadlineReminder? = try line.reminder.utf8.isEmpty ? nil : DeadlineReminder(line.reminder, reader: phrases(with.planner))
    var due = with.planner.instant(line.ago + line.due, line.hour)
    if case .rings? = line.deed { due = stage.now.advanced(days: line.due).advanced(minutes: -3) }
    let draft = DeadlineDraft(
      title: line.title, due: due, reminder: reminder, remindWords: line.reminder, importance: line.importance,
      consequences: line.consequences, task: self.id(line.task, of: Task.self))
    let id = try DeadlineCommands.make(draft, with).id
    made[line.title] = Made(ref: ThingRef(.deadline, of: id), ago: line.ago)
    switch line.deed {
    case nil, .rings?: break
    case .completed(let ago)?: _ = try DeadlineCommands.find(id, self.with(person, ago)).complete()
    case .extended(let ago, let days, let reason)?:
      let later = self.with(person, ago)
      let form = Form([("due", later.planner.instant(ago + days, line.hour).iso), ("reason", reason)])
      _ = try DeadlineCommands.find(id, later).extend(DeadlineExtension(form, reader(later.planner)))
    }
  }

  // MARK: - The inbox, and today

  private mutating func write(_ capture: PlannerStory.Capture, _ person: Person) throws {
    let writing = self.writing(person, capture.ago)
    let form = Form([("text", capture.lines.map(\.text).joined(separator: "\n"))])
    let items = try InboxCommands.capture(InboxMessage(form, reader(writing)), writing).items
    for (line, item) in zip(capture.lines, items) {
      let commands = try InboxCommands.find(item, self.writing(person, capture.ago))
      switch line.fate {
      case .waits: break
      case .thrownAway: _ = try commands.sort(into: nil)
      case .joined(let title):
        guard let ref = made[title]?.ref, let kind = InboxLine.Kind(rawValue: ref.kind.rawValue) else { continue }
        _ = try commands.sort(into: InboxThing(kind: kind, id: ref.id, title: title), isJoined: true)
      }
    }
  }

  private func plan(_ story: PlannerStory, _ person: Person) throws {
    let today = PlanCommands(writing: stage.writing(person, at: stage.now))
    let yesterday = PlanCommands(writing: stage.writing(person, at: stage.now.advanced(days: -1)))
    for title in story.slipped { if let id = self.id(title, of: Task.self) { _ = try yesterday.take(id) } }
    for title in story.taken { if let id = self.id(title, of: Task.self) { _ = try today.take(id) } }
    for title in story.dismissed { if let id = self.id(title, of: Task.self) { _ = try today.dismiss(id) } }
  }

  // MARK: - Times and ids

  /// Somebody so many days ago, each time a second after the one before.
  private mutating func writing(_ person: Person, _ ago: Int) -> PlannerWriting {
    moments += 1
    return stage.writing(person, at: stage.now.advanced(days: -ago).advanced(seconds: moments - 1_500))
  }

  private mutating func with(_ person: Person, _ ago: Int) -> DeadlineWriting {
    let actor = Actor(kind: .user, id: person.id.text, name: person.displayName)
    return DeadlineWriting(planner: writing(person, ago), services: stage.services, actor: actor)
  }

  private func id<Row>(_ title: String?, of type: Row.Type) -> ID<Row>? { title.flatMap { made[$0]?.ref.row(type) } }

  private func reader(_ writing: PlannerWriting) -> Reader {
    Reader(
      person: writing.person, words: stage.services.words(writing.person.language), zones: stage.services.zones, now: writing.now)
  }

  private func phrases(_ writing: PlannerWriting) -> PhraseReader { PhraseReader(reader(writing), writing.person.zone) }
}

extension PlannerWriting {
  /// A date so many days ahead.
  fileprivate func day(_ ahead: Int) -> Day { today.advanced(by: ahead) }

  fileprivate func instant(_ ahead: Int, _ hour: Int) -> Instant {
    person.zone.instant(LocalTime(day: day(ahead), time: TimeOfDay(hour: hour, minute: 0) ?? .noon))
  }
}

extension Due {
  /// On a day, at an hour where one is said.
  fileprivate init(day: Day, hour: Int?, _ zone: Zone) {
    self.init(day: day, at: hour.map { zone.instant(LocalTime(day: day, time: TimeOfDay(hour: $0, minute: 0) ?? .noon)) })
  }
}
