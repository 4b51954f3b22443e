import Domain
import Postgres
import Web

/// The people, places and events of the demo account and of a colleague, how they are related, and one of them who was in it twice. All of it goes through the forms that
/// people fill in, a second apart.
struct ContextDemo {
  private let stage: DemoStage
  private var made: [String: ThingRef] = [:]
  private var moments = 0

  private init(_ stage: DemoStage) { self.stage = stage }

  /// Of both people, when both are there: each in their language.
  static func tell(_ stage: DemoStage) throws {
    var demo = ContextDemo(stage)
    try stage.act { person in try demo.tell(.family, person) }
    guard let beside = try stage.colleague() else { return }
    var other = ContextDemo(beside)
    try beside.act { person in try other.tell(.colleague, person) }
  }

  private mutating func tell(_ story: ContextStory, _ person: Person) throws {
    for spot in story.places { try make(spot, person) }
    for somebody in story.people { try make(somebody, person) }
    for happening in story.events { try make(happening, person) }
    for tie in story.ties { try make(tie, person) }
    for (name, other) in story.twice { try merge(name, other, person) }
  }

  // MARK: - Making

  private mutating func make(_ spot: ContextStory.Spot, _ person: Person) throws {
    let with = self.with(person, ago: 58)
    let form = Form(
      [
        ("name", spot.name), ("type", spot.type), ("address", spot.address), ("city", spot.city), ("latitude", spot.latitude),
        ("longitude", spot.longitude), ("notes", spot.notes),
      ])
    made[spot.name] = ThingRef(.place, of: try PlaceCommands.make(PlaceDraft(form, reader(with)), with.planner).id)
  }

  private mutating func make(_ somebody: ContextStory.Somebody, _ person: Person) throws {
    let with = self.with(person, ago: 57)
    let born = somebody.birthday.map { ahead, age in
      ContextDemo.birthday(with.planner.today.advanced(by: 57 + ahead), age: age)
    }
    let form = Form(
      [
        ("name", somebody.name), ("type", somebody.type.rawValue), ("email", somebody.email), ("phone", somebody.phone),
        ("company", somebody.company), ("title", somebody.title), ("importance", String(somebody.importance)), ("birthday", born ?? ""),
        ("stay_in_touch", somebody.stay), ("tags", somebody.tags), ("notes", somebody.notes),
      ])
    let id = try PersonCommands.make(PersonDraft(form, reader(with)), with).id
    made[somebody.name] = ThingRef(.person, of: id)
    // The oldest first, as it happened.
    for met in somebody.met.reversed() {
      let later = self.with(person, ago: met.ago)
      _ = try PersonCommands.find(id, later).log(at: later.now, words: met.words)
    }
  }

  /// The day on which somebody was born who becomes so old on a day; in other years than leap years 29 February is the 28th.
  private static func birthday(_ day: Day, age: Int) -> String {
    let born = Day(year: day.year - age, month: day.month, day: day.day) ?? Day(year: day.year - age, month: 2, day: 28)
    return born?.iso ?? ""
  }

  private mutating func make(_ happening: ContextStory.Happening, _ person: Person) throws {
    let with = self.with(person, ago: 45)
    let day = with.planner.today.advanced(by: 45 + happening.day)
    var fields = [
      ("title", happening.title), ("type", happening.type), ("status", happening.status), ("cron", happening.rule),
      ("remind", happening.remind), ("description", happening.description), ("place", placeID(happening.place)),
    ]
    if happening.at.utf8.isEmpty {
      fields += [("all_day", "on"), ("starts", day.iso), ("ends", day.advanced(by: (Int(happening.lasts) ?? 1) - 1).iso)]
    } else {
      fields += [("starts", day.iso + " " + happening.at), ("ends", happening.lasts)]
    }
    let id = try EventCommands.make(EventDraft(Form(fields), reader(with)), with).id
    made[happening.title] = ThingRef(.event, of: id)
    if happening.isMoved { try move(id, person) }
  }

  /// The next instance of a series takes place two hours later.
  private mutating func move(_ id: ID<Event>, _ person: Person) throws {
    let with = self.with(person, ago: 1)
    let next: LocalTime? = try with.db.value(
      """
      SELECT i.instance FROM event_instances i WHERE i.event_id = \(id) AND i.user_id = (SELECT me()) AND i.starts_at > \(stage.now)
      ORDER BY i.starts_at LIMIT 1
      """)
    guard let next else { return }
    let commands = try EventCommands.find(id, with)
    let stored = try EventFormState(commands.event, commands.overrides, InstanceKey(next))
    let (start, content) = (stored.times.start, stored.content)
    let later = LocalTime(day: start.day, time: TimeOfDay(second: start.time.second + 2 * 3_600) ?? start.time)
    let form = Form(
      [
        ("title", content.title), ("description", content.description), ("type", content.type.rawValue), ("scope", "this"),
        ("place", content.place?.text ?? ""), ("starts", later.day.iso + " " + later.time.text), ("ends", "2h"),
        ("version", String(commands.event.version)),
      ])
    _ = try commands.save(EventDraft(form, stored: stored, reader(with)))
  }

  private mutating func make(_ tie: ContextStory.Tie, _ person: Person) throws {
    guard let from = made[tie.from], let to = made[tie.to] else { return }
    let with = self.with(person, ago: 30)
    let over = with.planner.today.advanced(by: -30)
    let form = Form(
      [
        ("relationship", tie.word), ("reverse", tie.reverse), ("strength", String(tie.strength)), ("until", tie.isOver ? over.iso : ""),
      ])
    let draft = try RelationshipDraft(form, from: from, to: to, reader(with))
    _ = try RelationshipCommands(writing: with.planner).make(draft.said, draft.details)
  }

  /// Somebody was in it twice; that can be taken back.
  private mutating func merge(_ name: String, _ other: String, _ person: Person) throws {
    guard let this = made[name], let other = made[other] else { return }
    _ = try MergeCommands.find(this.row(), other.row(), self.with(person, ago: 2)).merge([:])
  }

  // MARK: - Times and ids

  /// Somebody so many days ago, each time a second after the one before.
  private mutating func with(_ person: Person, ago: Int) -> DeadlineWriting {
    moments += 1
    let actor = Actor(kind: .user, id: person.id.text, name: person.displayName)
    let now = stage.now.advanced(days: -ago).advanced(seconds: moments - 900)
    return DeadlineWriting(planner: stage.writing(person, at: now), services: stage.services, actor: actor)
  }

  private func placeID(_ name: String?) -> String { name.flatMap { made[$0] }?.id.text ?? "" }

  private func reader(_ with: DeadlineWriting) -> Reader {
    Reader(person: with.person, words: with.words, zones: stage.services.zones, now: with.now)
  }
}
