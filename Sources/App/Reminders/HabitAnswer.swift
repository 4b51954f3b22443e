import Domain
import HTML
import Web

/// "It is done", said of a habit's reminder (RULES 5.19): on its page, in lists, on the timeline, by a link. The date that it rang for is ticked,
/// however late it is, as long as it can still be ticked at all.
struct HabitAnswer {
  private let commands: ReminderCommands
  private let habit: HabitCommands
  private let web: Context

  /// - Parameter commands: nil is returned where its reminder is no habit's.
  init?(_ commands: ReminderCommands, by source: HabitCommands.Source = .page, _ web: Context) throws {
    guard let id = commands.reminder.habit else { return nil }
    (self.commands, self.web) = (commands, web)
    habit = try HabitCommands.find(id, by: source, web)
  }

  /// How much was done, no press of a button says.
  var isAmount: Bool { habit.habit.kind == .amount }

  /// That of the escalation that is answered, else of what rings or sleeps; where nothing does, it is today's.
  private var date: Day {
    if let date = commands.asked?.habitDate { return date }
    if let open = commands.escalation, open.course.isOpen, let date = open.habitDate { return date }
    // Snoozed before it rang, over the end of its day.
    let reminder = commands.reminder
    if reminder.status == .snoozed, let next = reminder.nextAt, next <= web.now, let person = web.known {
      return HabitClock(zone: person.zone, dayStart: person.dayStart).date(next)
    }
    return habit.calendar.today
  }

  /// Ticks the date, and ends what rings for it.
  ///
  /// - Throws: ``HabitRefusal``: archived; a date that is none of the eight any more. Nothing is ticked then.
  func complete() throws -> (entries: [AuditEntry], says: String, undo: Path?) {
    let date = date
    let name = TimeWords.date(date, web.language)
    guard habit.calendar.offered.contains(date) else { throw HabitRefusal.tooLate(name) }
    let ticked = try habit.complete(date, amount: nil, notes: nil)
    let values: KeyValuePairs = ["name": habit.habit.name, "date": name]
    let says =
      ticked == .already
      ? web.words("“{name}”, {date}: it was done already.", values)
      : habit.isSkipped(on: date)
        ? web.words("“{name}”, {date}: done; the skip is taken away.", values) : web.words("“{name}”, {date}: done.", values)
    let isNewest = commands.asked.map { $0.id == commands.escalation?.id } ?? (commands.escalation?.habitDate == date)
    var entries = ticked.entries
    if isNewest { entries += try commands.complete().entries } else { try commands.completeAsked() }
    return (entries, says, habit.undo(of: [date], ticked.entries) { _ in .done(.zero) })
  }

  /// The answer to a press of the button.
  func change(to place: Path, as kind: ActorKind = .user) throws -> Change {
    if isAmount {
      return Change(to: Paths.habit(habit.habit.id), says: web.words("How much was it? Enter it here."), did: [], as: kind)
    }
    let done = try complete()
    return Change(to: place, says: kind == .link ? nil : done.says, undo: kind == .link ? nil : done.undo, did: done.entries, as: kind)
  }
}
