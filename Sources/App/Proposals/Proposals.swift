import Domain
import HTML
import Postgres
import Web

/// What the assistant proposes: the list, the form of each, and the two answers to it (RULES 9.33).
enum Proposals {
  /// GET /proposals
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try ProposalFilter(query, words) }
    return web.list(try ProposalListPage(PageOf(web.read(filter.rows(at: web.now))), filter, web))
  }

  /// GET /proposals/:proposal: the form of the thing, filled in; what takes no answer any more, and why.
  static func show(_ web: Context, _ id: ID<Proposal>) throws -> Response {
    guard let proposal = try web.read(Proposal.mine("p.id = \(id)")).first else { throw Failure.notFound }
    if let why = ProposalText.over(proposal.state(at: web.now), web.words) { return web.page(try ProposalPage(proposal, why, web)) }
    let thing = try thing(of: proposal, web)
    guard try isThere(thing, proposal, web) else {
      return web.page(try ProposalPage(proposal, ProposalText.over(.overtaken, web.words) ?? "", web))
    }
    let forms = ProposalForms(proposal: proposal, thing: thing, web: web)
    return try forms.page(state(of: proposal, forms.filled(forms.proposed())))
  }

  /// POST /proposals/:proposal/acceptance
  static func accept(_ web: Context, _ id: ID<Proposal>) throws -> Change {
    let person = try web.person
    guard let proposal = try web.db.row(Proposal.locking(id)) else { throw Failure.notFound }
    if let why = ProposalText.over(proposal.state(at: web.now), web.words) { return try refused(proposal, why, web) }
    let thing = try thing(of: proposal, web)
    guard try isThere(thing, proposal, web) else { return try overtaken(proposal, web) }
    let forms = ProposalForms(proposal: proposal, thing: thing, web: web)
    let proposed = try forms.proposed()
    let form = forms.sent(over: proposed)
    if let thing, try isMoved(thing, proposal, web) {
      // It stays open, and is about what stands beside it from now on.
      web.keepsChanges = true
      try web.db.queue([ProposalWrites.moving(id, to: thing.revision)])
      return .refused(try forms.page(state(of: proposal, form), isMoved: true))
    }
    web.send(on: form)
    web.asksAgain = { state in try forms.page(state, isMoved: state.isStale) }
    defer { web.asksAgain = nil }
    let change: Change
    do {
      change = try ProposalDeeds.run(proposal, web)
    } catch {
      // How the thing stands does not allow it: that stands beside what is proposed, which stays open.
      guard let refusal = error as? any Refusal else { throw error }
      return .refused(try forms.page(state(of: proposal, form), refusal: refusal.sentence(web.words)))
    }
    if change.isRefused { return change }
    let changed = ProposalForms.changed(form, from: proposed)
    let isNothing = change.did.isEmpty
    let made = change.did.first?.subjectID.flatMap { ID<FoundThing>($0) }
    try web.db.queue([
      ProposalWrites.answering(
        id, isNothing ? .overtaken : changed.isEmpty ? .accepted : .changed, result: proposal.thing ?? made, by: person.id, at: web.now)
    ])
    let isAsAssumed = changed.allSatisfy { name in besides.contains { $0.utf8.elementsEqual(name.utf8) } }
    // Only a relationship that was made by this rests on the assumption: one that was there is the person's own.
    let tie = change.did.first?.action == "relationship.made" ? made : nil
    let confirmed = try isNothing || !isAsAssumed ? [] : confirm(proposal, tie, web)
    return change.agreed(by: .assistant, recording: facts(proposal, changed, web.words), and: confirmed)
  }

  /// POST /proposals/:proposal/refusal
  static func refuse(_ web: Context, _ id: ID<Proposal>) throws -> Change {
    let person = try web.person
    guard let proposal = try web.db.row(Proposal.locking(id)) else { throw Failure.notFound }
    if let why = ProposalText.over(proposal.state(at: web.now), web.words) { return try refused(proposal, why, web) }
    try web.db.queue([ProposalWrites.answering(id, .refused, by: person.id, at: web.now)])
    return Change(
      to: web.back(or: Paths.proposals), says: ProposalText.refused(web.words),
      did: [AuditEntry("proposal.refused", Proposal.subject, id.text, ["title": proposal.title])])
  }

  // MARK: - What they share

  private static func thing(of proposal: Proposal, _ web: Context) throws -> ProposedThing? {
    guard let id = proposal.thing else { return nil }
    return try web.read(ProposedThing.query(proposal.kind, id)).first
  }

  /// Whether what it is about is there: the thing, or both that it would tie.
  private static func isThere(_ thing: ProposedThing?, _ proposal: Proposal, _ web: Context) throws -> Bool {
    if proposal.action.needsThing { return thing != nil }
    let ends = ["from", "to"].compactMap { proposal.value($0) }.compactMap { ThingRef($0) }
    if ends.isEmpty || proposal.kind != .link && proposal.kind != .relationship { return true }
    let found = try web.read(PlannedThing.some(ends.map(\.id)))
    return ends.allSatisfy { end in found.contains { $0.ref == end } }
  }

  /// What is stored stands beside what is proposed, as of a form that was filled in on an older version.
  private static func state(of proposal: Proposal, _ form: Form) -> FormState { proposal.action == .update ? .stale(form) : .shown(form) }

  /// Whether the thing is another than it was proposed over, or than the form was made over that is sent.
  private static func isMoved(_ thing: ProposedThing, _ proposal: Proposal, _ web: Context) throws -> Bool {
    if thing.revision != proposal.thingRevision ?? thing.revision { return true }
    if web.form.first("version") == nil { return false }
    var read = FormReader(web.form, web.words)
    let version = read.version()
    if let complaint = read.errors.complaints.first { throw Failure.misread(complaint.text) }
    return version != thing.version
  }

  /// Fields that say more of a thing and nothing else: whoever changes others does not say that it is as was assumed.
  private static let besides = ["notes", "description", "tags", "private", "strength", "since", "until"]

  /// What it rests on is so from then on (RULES 9.40); what was answered meanwhile stays as it is. A relationship that came of it rests on that.
  ///
  /// - Parameter tie: a relationship that was made.
  private static func confirm(_ proposal: Proposal, _ tie: ID<FoundThing>?, _ web: Context) throws -> [AuditEntry] {
    if proposal.assumptions.isEmpty { return [] }
    let open = try web.db.rows(Assumption.mine("a.id = ANY (\(proposal.assumptions)) AND a.state = 'open' AND NOT a.hidden ORDER BY a.id"))
    if let first = open.first, let tie {
      try web.db.queue([AssumptionCommands.resting(tie.row(), on: first.id)])
    }
    let commands = AssumptionCommands(writing: try web.plannerWriting)
    return try open.flatMap { try commands.confirm($0.id, version: nil).entries }
  }

  private static func refused(_ proposal: Proposal, _ why: String, _ web: Context) throws -> Change {
    .refused(web.page(try ProposalPage(proposal, why, web), status: 409))
  }

  /// What it is about is gone.
  private static func overtaken(_ proposal: Proposal, _ web: Context) throws -> Change {
    web.keepsChanges = true
    try web.db.queue([ProposalWrites.answering(proposal.id, .overtaken, by: web.person.id, at: web.now)])
    let now = try web.db.row(Proposal.mine("p.id = \(proposal.id)")) ?? proposal
    return try refused(now, ProposalText.over(.overtaken, web.words) ?? "", web)
  }

  /// What the audit log records beside what was done (RULES 9.41).
  private static func facts(_ proposal: Proposal, _ changed: [String], _ words: Words) -> [String: String] {
    let read = proposal.readTitles.prefix(10).map { "“\(SaidName.line($0))”" }.joined(separator: ", ")
    let all = [
      "intent": proposal.intent, "reasoning": proposal.reasoning, "confidence": ProposalText.number(proposal.confidence),
      "input_summary": read, "output_summary": ProposalText.heading(proposal, words), "proposal": proposal.id.text,
      "proposal_changed": changed.joined(separator: ", "), "assumptions": proposal.assumptions.map(\.text).joined(separator: ", "),
    ]
    return all.filter { !$0.value.utf8.isEmpty }
  }
}
