import Domain
import HTML
import Postgres
import Web

extension TaskFormPage: LeadableForm {}
extension ReminderFormPage: LeadableForm {}
extension DeadlineFormPage: LeadableForm {}
extension GoalFormPage: LeadableForm {}
extension ProblemFormPage: LeadableForm {}
extension HabitFormPage: LeadableForm {}
extension PersonFormPage: LeadableForm {}
extension PlaceFormPage: LeadableForm {}
extension EventFormPage: LeadableForm {}
extension RelationshipFormPage: LeadableForm {}

/// The form of what is proposed: of each kind its own, filled in, with what is stored beside it (RULES 9.33).
struct ProposalForms {
  let proposal: Proposal
  /// As it is now; nil: a new one.
  let thing: ProposedThing?
  let web: Context

  /// A field that says: all that the form has was sent, so a box that is missing is not ticked.
  static let whole = "whole"
  /// Fields that say what is proposed, and are nobody's to change.
  private static let fixed = ["status", "from", "to"]
  /// Fields of every form of ours.
  private static let common = ["csrf", "nonce", "version", "next", "whole"]

  // MARK: - Fields

  /// All that the form would send as it is proposed.
  func proposed() throws -> [FormPair] {
    FormPair.laid(
      proposal.fields.map { FormPair($0.name, $0.value) }, over: try form(.fresh).frame.sent.map { FormPair($0.name, $0.value) })
  }

  /// What was sent, laid over what is proposed: whoever sends nothing takes it as it is.
  func sent(over proposed: [FormPair]) -> Form {
    guard let pairs = web.form.pairs else { return web.form }  // Its own form says what cannot be read.
    let typed = pairs.map { FormPair($0.name, $0.text) }.filter { !$0.isOne(of: ProposalForms.common + ProposalForms.fixed) }
    let isWhole = web.form.first(ProposalForms.whole) != nil
    let own = isWhole ? proposed.filter { !$0.isOne(of: FormPair.boxes) } : proposed
    return FormPair.form(FormPair.laid(typed, over: own), version: thing?.version)
  }

  /// As proposed, with the version of the thing as it is now.
  func filled(_ proposed: [FormPair]) -> Form { FormPair.form(proposed, version: thing?.version) }

  /// Fields that were sent otherwise than they were proposed.
  static func changed(_ sent: Form, from proposed: [FormPair]) -> [String] {
    guard let pairs = sent.pairs else { return [] }
    let typed = pairs.map { FormPair($0.name, $0.text) }.filter { !$0.isOne(of: common) }
    var names: [String] = []
    for pair in proposed + typed where !pair.isOne(of: common) && !names.contains(where: { $0.utf8.elementsEqual(pair.name.utf8) }) {
      if FormPair.values(of: pair.name, typed) != FormPair.values(of: pair.name, proposed) { names.append(pair.name) }
    }
    return names
  }

  // MARK: - Pages

  /// The page of the form.
  ///
  /// - Parameters:
  ///   - isMoved: whether the thing was changed since this was proposed.
  ///   - refusal: why it cannot be done as the thing stands.
  func page(_ state: FormState, isMoved: Bool = false, refusal: String? = nil) throws -> Response {
    var page = try form(state)
    let rows = try proposal.action == .update ? changes(page.frame.conflict, isMoved: isMoved) : standing()
    let moved = web.words(
      "This was changed since it was proposed. What is stored now stands beside what is proposed; accept again to have that.")
    let card = ProposalCard(
      proposal, comparing: rows, warning: isMoved ? moved : refusal, web.csrfField(), try web.person, web.clock, web.words)
    let version = thing.map { [HiddenField(name: "version", value: String($0.version))] } ?? []
    let hidden = [HiddenField(name: ProposalForms.whole, value: "on")] + version
    page.frame = page.frame.led(
      by: FormLead(
        card: card, save: ProposalText.accept(proposal, web.words), action: Paths.acceptance(proposal.id), cancel: Paths.proposals,
        hidden: hidden))
    return web.page(page, status: isMoved || refusal != nil ? 409 : state.errors.isEmpty ? 200 : 422)
  }

  private func form(_ state: FormState) throws -> any LeadableForm {
    switch proposal.action {
    case .create: try new(state)
    case .update: try stored(state)
    case .link where proposal.kind == .relationship: try ProposedTiePage(proposal, web, state)
    case .link, .status, .delete, .snooze: try ProposedStepPage(proposal, web, state)
    }
  }

  private func new(_ state: FormState) throws -> any LeadableForm {
    switch proposal.kind {
    case .task: try TaskFormPage(web, state)
    case .reminder: try ReminderFormPage(web, web.read(EscalationProfile.mine), state)
    case .deadline: try DeadlineFormPage(web, state)
    case .goal: try GoalFormPage(web, state)
    case .problem: try ProblemFormPage(web, state)
    case .habit: try HabitFormPage(web, state, HabitFormChoices.read(for: nil, web))
    case .person: try PersonFormPage(web, state)
    case .place: try PlaceFormPage(web, state)
    case .event: try EventFormPage(web, state)
    case .relationship, .link: try ProposedTiePage(proposal, web, state)
    }
  }

  private func stored(_ state: FormState) throws -> any LeadableForm {
    guard let id = proposal.thing else { throw Failure.notFound }
    switch proposal.kind {
    case .task: return try TaskFormPage(web, state, stored: one(Task.mine("t.id = \(id)")))
    case .deadline: return try DeadlineFormPage(web, state, stored: one(Deadline.mine("d.id = \(id)")))
    case .goal: return try GoalFormPage(web, state, stored: one(Goal.mine("g.id = \(id)")))
    case .problem: return try ProblemFormPage(web, state, stored: one(Problem.mine("p.id = \(id)")))
    case .person: return try PersonFormPage(web, state, stored: one(KnownPerson.mine("p.id = \(id)")))
    case .place: return try PlaceFormPage(web, state, stored: one(Place.mine("p.id = \(id)")))
    case .reminder:
      let person = try web.person
      let reminder = try one(Reminder.query("\(id)", of: person.id, web.services.zones))
      return try ReminderFormPage(web, web.read(EscalationProfile.mine), state, stored: reminder)
    case .habit:
      let habit = try one(Habit.mine("h.id = \(id)"))
      let rule = HabitCalendar(try web.person, at: web.now).ruleToday(of: habit)
      return try HabitFormPage(web, state, stored: (habit, rule), HabitFormChoices.read(for: habit.id, web))
    case .event:
      let zones = web.services.zones
      let event = try one(Event.mine("e.id = \(id)", zones))
      let overrides = try web.read(StoredOverride.of([event.id], zones))
      return try EventFormPage(web, state, stored: EventFormState(event, overrides, nil))
    case .relationship:
      let tie = try one(StoredRelationship.mine("r.id = \(id)"))
      let things = try web.read(PlannedThing.some([tie.from, tie.to]))
      guard let from = things.first(where: { $0.ref == tie.fromRef }), let to = things.first(where: { $0.ref == tie.toRef }) else {
        throw Failure.notFound
      }
      return try RelationshipFormPage(tie, from, to, web, state)
    case .link: throw Failure.notFound
    }
  }

  func one<Row>(_ query: Query<Row>) throws -> Row {
    guard let row = try web.read(query).first else { throw Failure.notFound }
    return row
  }
}

/// A field of a form with one of its values.
struct FormPair: Equatable {
  let name: String
  let value: String

  /// Boxes of the forms: one that is not ticked is not sent.
  static let boxes = ["private", "all_day", "two_way", "reminder", "exclude_weekends", "stay_events", "day", "goal", "repeat_days"]

  init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }

  func isOne(of names: [String]) -> Bool { names.contains { $0.utf8.elementsEqual(name.utf8) } }

  /// All values of a field, as they are compared: lines end alike, and blanks around them say nothing.
  static func values(of name: String, _ pairs: [FormPair]) -> [[UInt8]] {
    pairs.filter { $0.name.utf8.elementsEqual(name.utf8) }.map { pair in
      let bytes = pair.value.utf8.filter { $0 != 13 }
      let ends = [UInt8](bytes.drop { $0 == 32 || $0 == 10 }.reversed())
      return Array(ends.drop { $0 == 32 || $0 == 10 }.reversed())
    }.filter { !$0.isEmpty }
  }

  /// Fields over others: of a name that they have the others keep nothing. A pattern in words takes the place of controls.
  static func laid(_ pairs: [FormPair], over others: [FormPair]) -> [FormPair] {
    var names = pairs.map(\.name)
    var pairs = pairs
    let hasPattern = pairs.contains { $0.isOne(of: ["cron"]) && !$0.value.utf8.isEmpty }
    if hasPattern, !pairs.contains(where: { $0.isOne(of: ["repeat"]) }) {
      pairs.append(FormPair("repeat", "cron"))
      names.append("repeat")
    }
    return others.filter { !$0.isOne(of: names) } + pairs.filter { !($0.isOne(of: FormPair.boxes) && $0.value.utf8.isEmpty) }
  }

  /// - Parameter version: of the thing that the form edits.
  static func form(_ pairs: [FormPair], version: Int?) -> Form {
    let own = pairs.filter { !$0.isOne(of: ["version", "csrf", "nonce", "next", ProposalForms.whole]) }.map { ($0.name, $0.value) }
    return Form(own + (version.map { [("version", String($0))] } ?? []))
  }
}
