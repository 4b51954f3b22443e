import Domain
import HTML
import Postgres

/// What a proposal would do (RULES 9.33).
enum ProposalAction: String, CaseIterable, Bindable, FromColumn {
  case create, update, status, link, delete, snooze

  /// Whether it is about a thing that is there.
  var needsThing: Bool { self != .create && self != .link }
}

/// The kinds of things whose forms can be proposed.
enum ProposedKind: String, CaseIterable, Bindable, FromColumn {
  case task, reminder, deadline, goal, problem, habit, person, place, event, relationship, link

  /// Whether that can be proposed of it: what is deleted goes into the trash, never further.
  func takes(_ action: ProposalAction) -> Bool {
    switch action {
    case .create, .update: self != .link
    case .status: !ProposedStep.of(self).isEmpty
    case .link: self == .link || self == .relationship
    case .delete: self != .link && self != .reminder
    case .snooze: self == .reminder
    }
  }

  /// The page of one; nil: it has none of its own.
  func path(_ id: ID<FoundThing>) -> Path? {
    switch self {
    case .task: Paths.task(id.row())
    case .reminder: Paths.reminder(id.row())
    case .deadline: Paths.deadline(id.row())
    case .goal: Paths.goal(id.row())
    case .problem: Paths.problem(id.row())
    case .habit: Paths.habit(id.row())
    case .person: Paths.person(id.row())
    case .place: Paths.place(id.row())
    case .event: Paths.event(id.row())
    case .relationship: Paths.editRelationship(id.row())
    case .link: nil
    }
  }
}

extension ID<FoundThing> {
  /// The same of its own table.
  func row<Row>(as type: Row.Type = Row.self) -> ID<Row> { ID<Row>(high: high, low: low) }
}

/// A step in the course of a thing, called as its address is.
enum ProposedStep: String, CaseIterable {
  case completion, start, reopening, deferral, cancellation, archival, pause, resumption, resolution, monitoring, acknowledgement
  /// Of a deadline.
  case later = "extension"

  /// Those that a kind has.
  static func of(_ kind: ProposedKind) -> [ProposedStep] {
    switch kind {
    case .task: [.completion, .start, .reopening, .deferral, .cancellation, .archival]
    case .goal: [.completion, .reopening, .pause, .resumption, .archival]
    case .problem: [.resolution, .monitoring, .reopening, .archival]
    case .deadline: [.completion, .reopening, .later]
    case .reminder: [.completion, .acknowledgement, .reopening, .archival]
    case .habit: [.completion, .pause, .resumption, .archival]
    case .person, .place, .event, .relationship, .link: []
    }
  }

  /// As it is called, or by the state that it leads to: `done`.
  init?(said text: String, of kind: ProposedKind) {
    let meant = ProposedStep(rawValue: text) ?? ProposedStep.states[text]
    guard let meant, ProposedStep.of(kind).contains(meant) else { return nil }
    self = meant
  }

  private static let states: [String: ProposedStep] = [
    "done": .completion, "completed": .completion, "in_progress": .start, "open": .reopening, "active": .reopening, "deferred": .deferral,
    "cancelled": .cancellation, "archived": .archival, "paused": .pause, "resolved": .resolution, "acknowledged": .acknowledgement,
    "extended": .later,
  ]

  /// The fields that are asked with it.
  func fields(of kind: ProposedKind) -> [String] {
    switch self {
    case .deferral: ["until"]
    case .later: ["due", "reason"]
    case .completion: kind == .habit ? ["date", "notes"] : []
    case .pause: kind == .habit ? ["from", "until"] : []
    default: []
    }
  }
}
