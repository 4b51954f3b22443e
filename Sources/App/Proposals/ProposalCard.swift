import Domain
import HTML

/// A proposal as lists, chats and its own form show it: what, why, how sure, and after reading what (RULES 9.33, 9.34).
struct ProposalCard {
  /// Its id in the page.
  let mark: String
  let path: Path
  let heading: String
  let state: String
  let action: String
  /// `true` or `false`.
  let foreign: String
  let badge: StatusBadge
  /// What the form says; none where the form itself stands below.
  let lines: [Line]
  /// What is stored beside what is proposed.
  let changes: [Change]
  /// That the thing was changed since, or why it does not allow this.
  let warning: String?
  let intent: String?
  let reasoning: String?
  let sure: String
  /// What of others had been read.
  let read: [Read]
  let time: TimeText
  /// Until when it can be answered; nil: it was.
  let until: TimeText?
  /// nil: nothing to do any more, or its form stands below.
  let acceptance: Path?
  let accept: String
  let refusal: Path?
  /// What came of it, or what it is about.
  let result: Path?
  let secret: CSRFField

  var hasLines: Bool { !lines.isEmpty }
  var hasChanges: Bool { !changes.isEmpty }

  struct Line {
    let label: String
    let value: String
  }

  struct Change {
    let label: String
    let stored: String
    let proposed: String
  }

  struct Read {
    let title: String
    /// nil: it has no page.
    let path: Path?
  }

  /// As a card that is answered where it stands.
  init(_ proposal: Proposal, _ secret: CSRFField, _ person: Person, _ clock: PageClock, _ words: Words) {
    self.init(
      proposal, lines: ProposalCard.lines(proposal, ProposedFieldText(proposal, person, words)), changes: [], warning: nil, isForm: false,
      secret, person, clock, words)
  }

  /// Above its own form.
  ///
  /// - Parameters:
  ///   - changes: what is stored beside what is proposed.
  ///   - warning: that the thing was changed since, or why it does not allow this.
  init(
    _ proposal: Proposal, comparing changes: [Change], warning: String?, _ secret: CSRFField, _ person: Person, _ clock: PageClock,
    _ words: Words
  ) {
    self.init(proposal, lines: [], changes: changes, warning: warning, isForm: true, secret, person, clock, words)
  }

  private init(
    _ proposal: Proposal, lines: [Line], changes: [Change], warning: String?, isForm: Bool, _ secret: CSRFField, _ person: Person,
    _ clock: PageClock, _ words: Words
  ) {
    let state = proposal.state(at: clock.now)
    if proposal.stored == .open, state == .open { clock.keep(within: clock.now..<proposal.expiresAt) }
    let isOpen = state == .open
    (mark, path, self.state, action) = ("p-" + proposal.id.text, Paths.proposal(proposal.id), state.rawValue, proposal.action.rawValue)
    (heading, badge) = (ProposalText.heading(proposal, words), ProposalText.badge(state, words))
    foreign = proposal.isForeign ? "true" : "false"
    (self.lines, self.changes, self.warning) = (lines, changes, warning)
    intent = proposal.intent.utf8.isEmpty ? nil : proposal.intent
    reasoning = proposal.reasoning.utf8.isEmpty ? nil : proposal.reasoning
    sure = ProposalText.sure(proposal.confidence, words)
    read = proposal.isForeign ? ProposalCard.read(proposal) : []
    time = TimeText(proposal.answeredAt ?? proposal.madeAt, person, clock)
    until = isOpen ? TimeText(proposal.expiresAt, person, clock) : nil
    acceptance = isOpen && !isForm ? Paths.acceptance(proposal.id) : nil
    accept = ProposalText.accept(proposal, words)
    refusal = isOpen ? Paths.refusal(proposal.id) : nil
    result = (proposal.result ?? proposal.thing).flatMap { proposal.kind.path($0) }
    self.secret = secret
  }

  /// What of others was read; all of it, where nothing says whose it was.
  private static func read(_ proposal: Proposal) -> [Read] {
    let all = zip(zip(proposal.readKinds, proposal.readThings), zip(proposal.readTitles, proposal.readForeign)).map { thing, said in
      (read: Read(title: said.0, path: path(thing.0, thing.1)), isForeign: said.1)
    }
    let foreign = all.filter(\.isForeign)
    return (foreign.isEmpty ? all : foreign).map(\.read)
  }

  private static func path(_ kind: String, _ id: ID<FoundThing>) -> Path? {
    ProposedKind(rawValue: kind).flatMap { $0.path(id) }
  }

  /// The fields in words. An id is called as what was read under it; one of which nobody knows that is left out, and so is what no form has.
  private static func lines(_ proposal: Proposal, _ text: ProposedFieldText) -> [Line] {
    proposal.fields.compactMap { name, value in
      if proposal.action == .status, name.utf8.elementsEqual("status".utf8) { return nil }
      guard let label = text.label(name) else { return nil }
      if value.utf8.isEmpty { return proposal.action == .update ? Line(label: label, value: text.emptied(name)) : nil }
      let id = ThingRef(value).map { ID<FoundThing>(high: $0.id.high, low: $0.id.low) } ?? ID<FoundThing>(value)
      guard let id else { return text.value(name, value).map { Line(label: label, value: InboxItem.short($0, 500)) } }
      guard let place = proposal.readThings.firstIndex(of: id) else { return nil }
      return Line(label: label, value: proposal.readTitles[place])
    }
  }
}
