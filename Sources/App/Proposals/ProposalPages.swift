import Domain
import HTML
import Postgres
import Web

/// What the list of proposals shows, as its address says.
struct ProposalFilter {
  /// `open`: what can be answered.
  enum State: String, CaseIterable { case open, accepted, changed, refused, ended, overtaken, all }

  let state: State
  /// The proposal behind which the page begins.
  let after: ID<Proposal>?

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    state = read.choice("state", State.open)
    after = read.after()
    try read.finish()
  }

  /// A page of them and one more, the newest first.
  func rows(at now: Instant) -> Query<Proposal> {
    Proposal.mine("\(which(at: now)) AND (\(after == nil) OR p.id < \(after)::uuid) ORDER BY p.id DESC \(PageSize.limit)")
  }

  /// One that nobody answered for a week has ended, whether that was written down or not.
  private func which(at now: Instant) -> SQL {
    switch state {
    case .open: "p.state = 'open' AND p.expires_at > \(now)"
    case .ended: "(p.state = 'ended' OR p.state = 'open' AND p.expires_at <= \(now))"
    case .all: "true"
    case .accepted, .changed, .refused, .overtaken: "p.state = \(state.rawValue)"
    }
  }

  func path(_ state: State? = nil) -> Path {
    let state = state ?? self.state
    return Paths.proposals.adding("state", state == .open ? nil : state.rawValue)
  }
}

/// The list of proposals.
struct ProposalListPage {
  let layout: Layout
  /// "3 to decide".
  let lede: String?
  let chips: Chips
  let rows: [ProposalCard]
  let next: Path?
  let empty: EmptyState?

  init(_ found: PageOf<Proposal>, _ filter: ProposalFilter, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Proposals"), .proposals, web)
    let secret = layout.secret
    let open = person.counts[.openProposals]
    lede = open == 0 ? nil : words.count("{n} to decide", "{n} to decide", open)
    let labels: [(ProposalFilter.State, String)] = [
      (.open, words("To decide", context: "proposals")), (.accepted, words("Accepted", context: "proposals")),
      (.changed, words("Accepted with changes")), (.refused, words("Refused", context: "proposals")),
      (.ended, words("Ended without an answer")), (.overtaken, words("Overtaken")), (.all, words("All", context: "proposals")),
    ]
    chips = Chips(labels.map { state, label in Chip(path: filter.path(state), label: label, count: nil, isCurrent: state == filter.state) })
    rows = found.rows.map { ProposalCard($0, secret, person, web.clock, words) }
    next = found.last.map { filter.path().adding("after", $0.id.text) }
    empty = found.rows.isEmpty ? ProposalListPage.empty(filter, words) : nil
  }

  private static func empty(_ filter: ProposalFilter, _ words: Words) -> EmptyState {
    if filter.state == .open {
      return EmptyState(
        icon: "done", title: words("Nothing to decide"),
        text: words("What the assistant proposes waits here for a week. Nothing is done before you accept it."),
        way: (words("Ask the assistant"), Paths.assistant))
    }
    return EmptyState(
      icon: "search", title: words("Nothing matches"), text: words("No proposal is in this state."),
      way: (words("Show all"), Paths.proposals.adding("state", "all")))
  }
}

/// A proposal that takes no answer any more.
struct ProposalPage {
  let layout: Layout
  let back = Paths.proposals
  let summary: ErrorSummary? = nil
  /// Why not.
  let why: String
  let card: ProposalCard

  init(_ proposal: Proposal, _ why: String, _ web: Context) throws {
    let words = web.words
    layout = try Layout(words("Proposal"), .proposals, web)
    self.why = why
    card = ProposalCard(proposal, layout.secret, try web.person, web.clock, words)
  }
}

/// The form of what is a step and no thing: to complete, to defer, to snooze, to link, to delete.
struct ProposedStepPage: LeadableForm {
  let layout: Layout
  let fields: [TextField]
  var frame: FormFrame

  init(_ proposal: Proposal, _ web: Context, _ state: FormState) throws {
    let (words, text) = (web.words, ProposedFieldText(proposal, try web.person, web.words))
    layout = try Layout(words("Proposal"), .proposals, web)
    var make = FieldBuilder(state)
    let names: [String] =
      switch proposal.action {
      case .status: proposal.step?.fields(of: proposal.kind) ?? []
      case .snooze: ["until", "reason"]
      case .create, .update, .link, .delete: []
      }
    let carried = proposal.fields.filter { pair in !names.contains { $0.utf8.elementsEqual(pair.name.utf8) } }
    fields = names.map { name in
      make.text(name, text.label(name) ?? name, proposal.value(name) ?? "", optional: ["reason", "notes"].contains(name), maxLength: 200)
    }
    // Complaints about what is not asked stand in the summary.
    for pair in carried { make.add(pair.name, text.label(pair.name) ?? words("Proposal")) }
    frame = FormFrame(
      make, layout.secret, to: Paths.acceptance(proposal.id), cancel: Paths.proposals,
      carrying: carried.map { HiddenField(name: $0.name, value: $0.value) })
  }
}

/// The form of a new relationship, both of whose ends are proposed.
struct ProposedTiePage: LeadableForm {
  let layout: Layout
  let fields: RelationshipFields
  var frame: FormFrame

  init(_ proposal: Proposal, _ web: Context, _ state: FormState) throws {
    let words = web.words
    layout = try Layout(words("Proposal"), .proposals, web)
    var make = FieldBuilder(state)
    let from = proposal.value("from").flatMap { ThingRef($0) }
    fields = RelationshipFields(&make, shown: "", from.map { RelationshipText.choices(from: $0.kind) } ?? [], words)
    make.add("to", words("Other end"))
    let ends = ["from", "to"].compactMap { name in proposal.value(name).map { HiddenField(name: name, value: $0) } }
    frame = FormFrame(make, layout.secret, to: Paths.acceptance(proposal.id), cancel: Paths.proposals, carrying: ends)
  }
}
