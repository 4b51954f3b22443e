import Domain
import HTML
import Postgres
import Web

/// What is stored beside what is proposed (RULES 9.33).
extension ProposalForms {
  /// Of a form whose fields are proposed: those that differ.
  ///
  /// - Parameter isMoved: whether the thing was changed since; then something is shown even where all is so already.
  func changes(_ conflict: ConflictTable?, isMoved: Bool) throws -> [ProposalCard.Change] {
    let text = ProposedFieldText(proposal, try web.person, web.words)
    let rows = (isMoved ? conflict?.shown : conflict?.rows.filter(\.differs)) ?? []
    return rows.map { row in
      func said(_ value: String) -> String { value.utf8.isEmpty ? "" : text.value(row.name, value) ?? value }
      return ProposalCard.Change(label: row.label, stored: said(row.stored), proposed: said(row.typed))
    }
  }

  /// Of a step, a snooze and a deletion: how the thing stands, and what it is called where that is not what it was proposed of. Nothing of what is
  /// made by it.
  func standing() throws -> [ProposalCard.Change] {
    guard let thing, let id = proposal.thing else { return [] }
    let words = web.words
    var rows: [ProposalCard.Change] = []
    let isTie = proposal.kind == .relationship
    let title = isTie ? RelationshipText.name(thing.title, words) : thing.title
    if !InboxItem.short(thing.title, 200).utf8.elementsEqual(proposal.title.utf8) {
      rows.append(ProposalCard.Change(label: words("Called"), stored: title, proposed: words("stays as it is")))
    }
    let (state, times) = try stored(id)
    switch proposal.action {
    case .status:
      let step = proposal.step.map { ProposalText.step($0, words) } ?? ""
      rows.append(ProposalCard.Change(label: words("Status"), stored: state ?? title, proposed: step))
    case .delete:
      let label = state == nil ? ProposalText.name(proposal.kind, words) : words("Status")
      rows.append(ProposalCard.Change(label: label, stored: state ?? title, proposed: words("Move to the trash")))
    case .snooze:
      rows.append(ProposalCard.Change(label: words("Status"), stored: state ?? title, proposed: words("Snooze")))
    case .create, .update, .link: break
    }
    let text = ProposedFieldText(proposal, try web.person, words)
    for (name, stored) in times {
      guard let value = proposal.value(name), let said = value.utf8.isEmpty ? nil : text.value(name, value) else { continue }
      rows.append(ProposalCard.Change(label: text.label(name) ?? name, stored: stored, proposed: said))
    }
    return rows
  }

  /// How it stands, as lists say it, and the times of it that steps move, by the field that asks for them.
  ///
  /// - Returns: a state of nil: things of this kind have none.
  private func stored(_ id: ID<FoundThing>) throws -> (state: String?, times: [(field: String, value: String)]) {
    let (person, words) = (try web.person, web.words)
    let today = HabitCalendar(person, at: web.now).today
    func date(_ day: Day?) -> String { day.map { TimeWords.date($0, person.language) } ?? "" }
    func time(_ instant: Instant?) -> String { instant.map { TimeWords.dateTime($0, person.zone, person.language) } ?? "" }
    switch proposal.kind {
    case .task:
      let task = try one(Task.mine("t.id = \(id)"))
      return (TaskText(task, person, today: today, web.clock, words).badge.label, [("until", date(task.deferredUntil))])
    case .goal: return (GoalText(try one(Goal.mine("g.id = \(id)")), person, today: today, words).badge.label, [])
    case .problem: return (ProblemText.badge(try one(Problem.mine("p.id = \(id)")).status, words).label, [])
    case .deadline:
      let deadline = try one(Deadline.mine("d.id = \(id)"))
      return (DeadlineText(deadline, person, web.clock, words).badge.label, [("due", time(deadline.dueAt))])
    case .reminder:
      let reminder = try one(Reminder.query("\(id)", of: person.id, web.services.zones))
      return (ReminderPage.badge(reminder.status, words).label, [("until", time(reminder.snoozedUntil ?? reminder.nextAt))])
    case .habit:
      let habit = try one(Habit.mine("h.id = \(id)"))
      if habit.status == .archived { return (words("Archived"), []) }
      let isPaused = habit.pauses.contains { $0.from <= today && $0.until.map { $0 > today } ?? true }
      return (isPaused ? words("Paused") : words("Active"), [])
    case .event: return (EventText.name(try one(Event.mine("e.id = \(id)", web.services.zones)).status, words), [])
    case .person, .place, .relationship, .link: return (nil, [])
    }
  }
}
