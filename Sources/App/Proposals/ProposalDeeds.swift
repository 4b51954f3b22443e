import Domain
import HTML
import Web

/// What accepting a proposal does: the form of its kind is sent on to that kind's own handler, so all its checks and commands are those of a person
/// who fills it in (RULES 9.33).
enum ProposalDeeds {
  /// - Returns: what was done, or the form again.
  static func run(_ proposal: Proposal, _ web: Context) throws -> Change {
    switch proposal.action {
    case .create: return try create(proposal.kind, web)
    case .link: return proposal.kind == .link ? try Links.create(web) : try Relationships.create(web)
    case .update, .status, .delete, .snooze:
      guard let id = proposal.thing else { throw Failure.notFound }
      switch proposal.action {
      case .update: return try save(proposal.kind, id, web)
      case .delete: return try delete(proposal.kind, id, web)
      case .snooze: return try Reminders.snooze(web, id.row())
      default:
        guard let step = proposal.step else { throw Failure.notFound }
        return try take(step, proposal.kind, id, web)
      }
    }
  }

  private static func create(_ kind: ProposedKind, _ web: Context) throws -> Change {
    switch kind {
    case .task: try Tasks.create(web)
    case .reminder: try Reminders.create(web)
    case .deadline: try Deadlines.create(web)
    case .goal: try Goals.create(web)
    case .problem: try Problems.create(web)
    case .habit: try Habits.create(web)
    case .person: try People.create(web)
    case .place: try Places.create(web)
    case .event: try Events.create(web)
    case .relationship: try Relationships.create(web)
    case .link: try Links.create(web)
    }
  }

  private static func save(_ kind: ProposedKind, _ id: ID<FoundThing>, _ web: Context) throws -> Change {
    switch kind {
    case .task: try Tasks.save(web, id.row())
    case .reminder: try Reminders.save(web, id.row())
    case .deadline: try Deadlines.save(web, id.row())
    case .goal: try Goals.save(web, id.row())
    case .problem: try Problems.save(web, id.row())
    case .habit: try Habits.save(web, id.row())
    case .person: try People.save(web, id.row())
    case .place: try Places.save(web, id.row())
    case .event: try Events.save(web, id.row())
    case .relationship: try Relationships.save(web, id.row())
    case .link: throw Failure.notFound
    }
  }

  private static func delete(_ kind: ProposedKind, _ id: ID<FoundThing>, _ web: Context) throws -> Change {
    switch kind {
    case .task: try Tasks.delete(web, id.row())
    case .deadline: try Deadlines.delete(web, id.row())
    case .goal: try Goals.delete(web, id.row())
    case .problem: try Problems.delete(web, id.row())
    case .habit: try Habits.delete(web, id.row())
    case .person: try People.delete(web, id.row())
    case .place: try Places.delete(web, id.row())
    case .event: try Events.delete(web, id.row())
    case .relationship: try Relationships.delete(web, id.row())
    case .reminder, .link: throw Failure.notFound
    }
  }

  private static func take(_ step: ProposedStep, _ kind: ProposedKind, _ id: ID<FoundThing>, _ web: Context) throws -> Change {
    switch (kind, step) {
    case (.task, .completion): try Tasks.complete(web, id.row())
    case (.task, .start): try Tasks.start(web, id.row())
    case (.task, .reopening): try Tasks.reopen(web, id.row())
    case (.task, .deferral): try Tasks.putOff(web, id.row())
    case (.task, .cancellation): try Tasks.cancel(web, id.row())
    case (.task, .archival): try Tasks.archive(web, id.row())
    case (.goal, .completion): try Goals.complete(web, id.row())
    case (.goal, .reopening): try Goals.reopen(web, id.row())
    case (.goal, .pause): try Goals.pause(web, id.row())
    case (.goal, .resumption): try Goals.resume(web, id.row())
    case (.goal, .archival): try Goals.archive(web, id.row())
    case (.problem, .resolution): try Problems.resolve(web, id.row())
    case (.problem, .monitoring): try Problems.monitor(web, id.row())
    case (.problem, .reopening): try Problems.reopen(web, id.row())
    case (.problem, .archival): try Problems.archive(web, id.row())
    case (.deadline, .completion): try Deadlines.complete(web, id.row())
    case (.deadline, .reopening): try Deadlines.reopen(web, id.row())
    case (.deadline, .later): try Deadlines.extend(web, id.row())
    case (.reminder, .completion): try Reminders.complete(web, id.row())
    case (.reminder, .acknowledgement): try Reminders.acknowledge(web, id.row())
    case (.reminder, .reopening): try Reminders.reopen(web, id.row())
    case (.reminder, .archival): try Reminders.archive(web, id.row())
    case (.habit, .completion): try Habits.complete(web, id.row())
    case (.habit, .pause): try Habits.pause(web, id.row())
    case (.habit, .resumption): try Habits.resume(web, id.row())
    case (.habit, .archival): try Habits.archive(web, id.row())
    default: throw Failure.notFound
    }
  }
}
