import Domain
import HTML
import Postgres
import Web

/// Proposals that the rules make of what was typed: the person's own words, filled into the form (RULES 9.11, 9.33).
extension RulesAnswer {
  // MARK: - Something new

  func task(_ text: String) throws -> AssistantAnswer {
    let line = InboxLine(text, reader: reading.phrases, workday: reading.person.work.hours.minutes)
    var assignee: String?
    for part in line.parts {
      guard assignee == nil, case .person(let name) = part.meaning, case let found = try reading.people(name), found.count == 1 else {
        continue
      }
      assignee = found[0].title
    }
    var again = ""
    if case .series(_?, _, let phrase)? = line.when { again = phrase.words }
    let isTimed = again.utf8.isEmpty ? line.due != nil : true
    func isTaken(_ part: InboxLine.Part) -> Bool {
      switch part.meaning {
      case .kind, .tag, .estimate, .priority: true
      case .person: assignee != nil
      case .goal: false
      case .when: isTimed
      }
    }
    // Other times that cannot be stay in the title, but not the end of what comes again.
    if let unused = line.unused, unused.reason == .impossibleDate || line.unclear != nil {
      return says(refusal(unused.words, unused.reason))
    }
    if case .series(let error)? = line.unclear { return says(ToolText.plain(RecurrenceComplaint.text(error, words))) }
    let title = line.title(taking: isTaken)
    if line.isUntitled(taking: isTaken) || RulesAnswer.pressing.contains(where: { SearchQuery.folded(title).elementsEqual($0.utf8) }) {
      return says(words("What is to be done? Say it in a few words, such as “add task buy milk friday”."))
    }
    return try propose(
      .create, .task,
      [
        ("title", title), ("due", again.utf8.isEmpty ? line.due?.text(reading.person.zone) ?? "" : ""), ("cron", again),
        ("priority", line.priority.map { String($0) } ?? ""), ("estimate", line.estimate.map { WorkMinutes.text($0) } ?? ""),
        ("tags", line.tags.joined(separator: ", ")), ("assignee", assignee ?? ""),
      ])
  }

  /// Titles that say only how pressing it is: "urgente toda segunda".
  private static let pressing = ["urgent", "urgente", "important", "importante", "asap"]

  func reminder(_ text: String) throws -> AssistantAnswer {
    // Before the form, which says of an end that has passed only that it cannot be.
    if let unused = InboxLine(text, reader: reading.phrases).unused { return says(refusal(unused.words, unused.reason)) }
    do {
      let profiles = try reading.db.rows(EscalationProfile.mine)
      // What only leads to it is left away in both languages behind it.
      let asking = "remind me"
      let quick = try QuickForm(Form([("quick", asking + " " + text)]), profiles: profiles, reading.reader)
      if let unused = quick.entry.unused { return says(refusal(unused.words, unused.reason)) }
      if quick.entry.isUntitled || quick.entry.title.utf8.elementsEqual(asking.utf8) {
        return says(words("What shall I remind you of? Say it with the time, such as “remind me to call Ana tomorrow at 9”."))
      }
      return try propose(.create, .reminder, quick.filled.pairs?.map { ($0.name, $0.text) } ?? [])
    } catch {
      guard let errors = error as? FormErrors else { throw error }
      return says(errors.complaints.map { ToolText.plain($0.text) }.joined(separator: " "))
    }
  }

  func event(_ text: String) throws -> AssistantAnswer {
    let length = AssistantLength(text)
    let line = InboxLine(length.rest, reader: reading.phrases)
    if let unused = line.unused { return says(refusal(unused.words, unused.reason)) }
    let title = line.title { $0.meaning == .when }
    if line.when != nil, line.isUntitled(taking: { $0.meaning == .when }) {
      return says(words("What is the event called? Say it with its time, such as “schedule lunch friday at 12:00”."))
    }
    if case .series(let error)? = line.unclear { return says(ToolText.plain(RecurrenceComplaint.text(error, words))) }
    let name = ToolText.plain(ToolText.short(title))
    if case .series? = line.when {
      let link = ToolText.link(words("Make it in the calendar"), Paths.newEvent)
      return says(words("I propose single events, and “{title}” comes again.", ["title": name]) + " " + link)
    }
    // What lasts some minutes is not all of a day.
    guard case .once(let due, _)? = line.when, due.at != nil || length.minutes == nil else {
      return says(words("When is “{title}”? Say it with a day and a time, such as “friday at 15:00”.", ["title": name]))
    }
    let zone = reading.person.zone
    var ends = ""
    if let at = due.at, let minutes = length.minutes {
      let end = at.advanced(minutes: minutes)
      ends = Due(day: zone.local(end).day, at: end).text(zone)
    }
    return try propose(
      .create, .event,
      [("title", title), ("starts", due.text(zone)), ("ends", ends), ("all_day", due.at == nil ? "on" : "")])
  }

  func newPerson(_ text: String) throws -> AssistantAnswer {
    let line = PersonLine(text, in: reading.person.callingCode)
    if line.name.utf8.isEmpty { return says(words("What are they called?")) }
    return try propose(
      .create, .person,
      [("name", line.name), ("email", line.emails.first?.value ?? ""), ("phone", line.phones.first?.value ?? "")])
  }

  // MARK: - Something that is there

  /// A step of a thing; of what has no such step nothing is proposed.
  func step(_ target: AssistantTarget, _ step: ProposedStep) throws -> AssistantAnswer {
    try found(target, ["task", "deadline", "reminder", "goal", "problem", "habit"]) { thing in
      guard let kind = ProposedKind(rawValue: thing.kind) else { return cannot(thing) }
      let meant = kind == .problem && step == .completion ? ProposedStep.resolution : step
      guard ProposedStep.of(kind).contains(meant) else { return cannot(thing) }
      return try propose(.status, kind, [("status", meant.rawValue)], of: thing)
    }
  }

  /// - Parameter until: as typed; nil: none was said.
  func snooze(_ target: AssistantTarget, _ until: String?) throws -> AssistantAnswer {
    try found(target, ["reminder", "task", "deadline"]) { thing in
      guard let kind = ProposedKind(rawValue: thing.kind) else { return cannot(thing) }
      guard let until else { return says(words("Until when? Say “snooze {name} until friday”.", ["name": named(thing)])) }
      guard (try? Phrase(until, reader: reading.phrases)) != nil else { return says(refusal(until)) }
      let (action, fields) = ToolProposing.snoozing(kind, until)
      return try propose(action, kind, fields.map { ($0.name, $0.value) }, of: thing)
    }
  }

  /// One thing that is called just so into the trash; else which is asked.
  func delete(_ target: AssistantTarget) throws -> AssistantAnswer {
    try found(target, ToolThing.kinds, isExact: true) { thing in
      guard let kind = ProposedKind(rawValue: thing.kind), kind.takes(.delete) else {
        return says(words("I propose no deletion of that. You can delete {name} on its own page.", ["name": named(thing)]))
      }
      return try propose(.delete, kind, [], of: thing)
    }
  }

  private func cannot(_ thing: ToolThing) -> AssistantAnswer {
    says(words("That cannot be done with {name}. Look at its page.", ["name": named(thing)]))
  }

  private func found(
    _ target: AssistantTarget, _ kinds: [String], isExact: Bool = false, _ answer: (ToolThing) throws -> AssistantAnswer
  ) throws -> AssistantAnswer {
    // "The meeting" may be what something is called.
    let asked = target.kind.map { kind in kinds.filter { $0.utf8.elementsEqual(kind.utf8) } } ?? kinds
    for kinds in [asked, kinds] where !kinds.isEmpty {
      switch try reading.named(target.name, kinds, isExact: isExact) {
      case .none: continue
      case .one(let thing): return try answer(thing)
      case .several(let things): return which(words("Which one do you mean? Name it whole."), things)
      }
    }
    return notFound(target.name)
  }

  // MARK: -

  /// Stores a proposal, whose intent is all that was typed, and says where it is decided.
  ///
  /// - Parameter thing: that it is about; nil: a new one.
  private func propose(
    _ action: ProposalAction, _ kind: ProposedKind, _ fields: [(String, String)], of thing: ToolThing? = nil
  ) throws -> AssistantAnswer {
    let reach = reading.reach
    let given = thing.map { $0.given(reading.person) }
    if let given { _ = reach.number(of: given) }
    let draft = ProposalDraft(
      action: action, kind: kind, thing: given, fields: fields.filter { !$0.1.utf8.isEmpty }.map { (name: $0.0, value: $0.1) },
      intent: String(String.UnicodeScalarView(said.unicodeScalars.prefix(300))), reasoning: words("You asked for it in these words."),
      confidence: 100, isForeign: reach.hasReadForeign, read: reach.given, chat: reach.chat, number: reach.number)
    switch try ProposalWrites.propose(draft, reach) {
    case .failure(let complaint):
      let about = thing.map { " " + named($0) } ?? ""
      return says(ToolText.plain(complaint.sentence(words)) + about)
    case .success(let id):
      let title = thing?.title ?? draft.fields.first { ["title", "name"].contains($0.name) }?.value ?? said
      let link = ToolText.link(ToolText.short(title), Paths.proposal(id))
      return AssistantAnswer(text: sentence(action, kind, link), proposals: [id])
    }
  }

  private func sentence(_ action: ProposalAction, _ kind: ProposedKind, _ link: String) -> String {
    let name = FoundKind(rawValue: kind.rawValue)?.name(words) ?? kind.rawValue
    switch action {
    case .create: return words("I propose this: {title} ({kind}). Nothing is made until you accept it.", ["title": link, "kind": name])
    case .delete:
      return words(
        "I propose to move {title} ({kind}) into the trash. Nothing happens until you accept it.", ["title": link, "kind": name])
    case .snooze:
      return words("I propose to put off {title} ({kind}). Nothing happens until you accept it.", ["title": link, "kind": name])
    case .update, .status, .link:
      return words("I propose a change of {title} ({kind}). Nothing happens until you accept it.", ["title": link, "kind": name])
    }
  }
}
