import Domain
import HTML
import Postgres
import Web

/// Reads what is to be proposed by the form of its kind, as it is read again when it is accepted: what is wrong is said to whoever proposes it, and
/// words for times are written out by the clock of this moment, so that "tomorrow" stays the day that was meant (RULES 9.33).
struct ProposalCheck {
  let reader: Reader
  /// Its transaction acts for the person.
  let db: Connection

  /// Stands where an edit says no name.
  private static let stand = "–"

  /// The fields as they are kept.
  ///
  /// - Throws: ``FormErrors`` with what is wrong about what is proposed; database errors.
  func read(_ draft: ProposalDraft) throws -> [FormPair] {
    let fields = ProposalCheck.tidied(draft)
    switch draft.action {
    case .create: return try make(draft.kind, fields, isWhole: true)
    case .update: return try make(draft.kind, fields, isWhole: false)
    case .status: return try step(draft.kind, fields)
    case .link: return draft.kind == .link ? try link(fields) : try relationship(fields)
    case .delete: return []
    case .snooze:
      let form = try SnoozeForm(FormPair.form(fields, version: nil), reader)
      return written(fields, "until", reader.person.zone.local(form.phrase.instant).text)
    }
  }

  /// As forms name and send them: without what every form has, boxes ticked or away, and the schedule that goes with what is said of it.
  private static func tidied(_ draft: ProposalDraft) -> [FormPair] {
    var pairs = draft.fields.map { FormPair($0.name, $0.value) }.filter { !$0.isOne(of: ["csrf", "nonce", "version", "next", "whole"]) }
    pairs = pairs.map { pair in
      guard pair.isOne(of: ["private", "all_day", "two_way", "reminder", "exclude_weekends", "stay_events"]) else { return pair }
      let isOff = ["", "off", "false", "no", "0"].contains { $0.utf8.elementsEqual(pair.value.utf8) }
      return FormPair(pair.name, isOff ? "" : "on")
    }
    let isScheduled = draft.kind == .reminder && (draft.action == .create || draft.action == .update)
    if isScheduled, !pairs.contains(where: { $0.isOne(of: ["schedule"]) }) {
      func says(_ names: [String]) -> Bool { pairs.contains { $0.isOne(of: names) && !$0.value.utf8.isEmpty } }
      let kind = says(["cron", "repeat"]) ? "recurring" : says(["every_minutes"]) ? "interval" : says(["at"]) ? "once" : nil
      if let kind { pairs.append(FormPair("schedule", kind)) }
    }
    return pairs
  }

  // MARK: - Things

  /// - Parameter isWhole: whether it is all of a new one; else what is not said of it stays, and nothing is wrong with that.
  private func make(_ kind: ProposedKind, _ fields: [FormPair], isWhole: Bool) throws -> [FormPair] {
    if kind == .relationship { return try isWhole ? relationship(fields) : said(fields, of: relationshipEdit(fields)) }
    let missing = isWhole ? [] : ["title", "name"].filter { name in !fields.contains { $0.isOne(of: [name]) } }
    let form = FormPair.form(fields + missing.map { FormPair($0, ProposalCheck.stand) }, version: nil)
    do {
      return try draft(kind, form, fields)
    } catch {
      guard let errors = error as? FormErrors, !isWhole else { throw error }
      return try said(fields, of: errors)
    }
  }

  /// What is wrong with what was said; what was not said is not looked at.
  private func said(_ fields: [FormPair], of errors: FormErrors?) throws -> [FormPair] {
    var own = FormErrors()
    for complaint in errors?.complaints ?? [] where fields.contains(where: { $0.isOne(of: [complaint.field]) }) {
      own.add(complaint.field, complaint.text)
    }
    if !own.complaints.isEmpty { throw own }
    return fields
  }

  private func draft(_ kind: ProposedKind, _ form: Form, _ fields: [FormPair]) throws -> [FormPair] {
    let zone = reader.person.zone
    switch kind {
    case .task:
      let draft = try TaskDraft(form, reader)
      return written(written(fields, "due", draft.due?.text(zone)), "deferred_until", draft.deferredUntil?.iso)
    case .reminder:
      let draft = try ReminderDraft(form, profiles: db.rows(EscalationProfile.mine), reader)
      return written(fields, "at", draft.schedule.at == nil ? nil : draft.meant?.text)
    case .deadline:
      return written(fields, "due", try DeadlineDraft(form, reader).due.typed(zone))
    case .event:
      let times = try EventDraft(form, reader).times
      let starts = written(fields, "starts", EventText.typed(times.start, isAllDay: times.isAllDay))
      return written(starts, "ends", times.end.map { EventText.typed($0, isAllDay: times.isAllDay) })
    case .goal: _ = try GoalDraft(form, reader)
    case .problem: _ = try ProblemDraft(form, reader)
    case .habit: _ = try HabitDraft(form, profiles: db.rows(EscalationProfile.mine), reader)
    case .person: _ = try PersonDraft(form, reader)
    case .place: _ = try PlaceDraft(form, reader)
    case .relationship, .link: break
    }
    return fields
  }

  /// A field that was filled in, written as it was understood.
  private func written(_ fields: [FormPair], _ name: String, _ value: String?) -> [FormPair] {
    fields.map { pair in
      guard let value, pair.isOne(of: [name]), !pair.value.utf8.isEmpty else { return pair }
      return FormPair(name, value)
    }
  }

  // MARK: - Steps and ends

  private func step(_ kind: ProposedKind, _ fields: [FormPair]) throws -> [FormPair] {
    let words = reader.words
    guard let said = fields.first(where: { $0.isOne(of: ["status"]) })?.value, let step = ProposedStep(said: said, of: kind) else {
      let known = ProposedStep.of(kind).map(\.rawValue).joined(separator: ", ")
      throw FormErrors("status", words("Say one of these steps: {names}.", ["names": known]))
    }
    let form = FormPair.form(fields, version: nil)
    var asked = fields.filter { $0.isOne(of: step.fields(of: kind) + ["amount"]) }
    switch step {
    case .deferral:
      var read = FormReader(form, words)
      let day = read.dayAhead("until", nil, reader, orSomeday: true)
      try read.finish()
      asked = written(asked, "until", day?.iso)
    case .later: asked = written(asked, "due", try DeadlineExtension(form, reader).due.typed(reader.person.zone))
    case .completion where kind == .habit:
      let today = HabitCalendar(reader.person, at: reader.now).today
      if FormPair.values(of: "date", asked).isEmpty { asked = asked.filter { !$0.isOne(of: ["date"]) } + [FormPair("date", today.iso)] }
    default: break
    }
    return [FormPair("status", step.rawValue)] + asked
  }

  private func link(_ fields: [FormPair]) throws -> [FormPair] {
    var read = FormReader(FormPair.form(fields, version: nil), reader.words)
    _ = read.picked("type", as: LinkWord.self)
    for name in ["from", "to"] where !(ThingRef(read.raw(name))?.kind.isLinked ?? false) {
      read.complain(name, reader.words("Choose one of your tasks, goals or problems."))
    }
    try read.finish()
    return fields.filter { $0.isOne(of: ["from", "to", "type"]) }
  }

  private func relationship(_ fields: [FormPair]) throws -> [FormPair] {
    let form = FormPair.form(fields, version: nil)
    guard let from = form.text("from").flatMap({ ThingRef($0) }) else { throw FormErrors("from", RelationshipText.missing(reader.words)) }
    _ = try RelationshipDraft(form, from: from, to: form.text("to").flatMap { ThingRef($0) }, reader)
    return fields
  }

  /// What can be wrong about one that is there without its ends being known.
  private func relationshipEdit(_ fields: [FormPair]) -> FormErrors? {
    var read = FormReader(FormPair.form(fields, version: nil), reader.words)
    _ = read.integer("strength", Relationship.strengths, Relationship.usualStrength)
    _ = (read.day("since"), read.day("until"))
    _ = read.line("relationship", 0...OwnRelationship.longest)
    return read.errors.complaints.isEmpty ? nil : read.errors
  }
}
