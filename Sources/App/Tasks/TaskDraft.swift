import Domain
import HTML
import Postgres
import Web

/// A task as its form says it.
struct TaskDraft {
  let title: String
  let notes: String
  let priority: Int?
  let impact: Int?
  let due: Due?
  let estimate: Int?
  let spent: Int
  let parent: ID<Task>?
  let tags: [String]
  let deferredUntil: Day?
  let isPrivate: Bool
  /// Who does it, by id or by name (``TaskAssignee``); empty: nobody has said.
  let assignee: String
  /// Whether the form says that; else it stays as it is.
  let saysAssignee: Bool
  /// How it comes again; nil: not at all.
  let repeats: TaskRepeatDraft?
  /// Whether the form says that; else it stays as it is.
  let saysRepeats: Bool
  /// The goal that it supports.
  let goal: ID<Goal>?
  /// Whether the form says that; else it stays as it is.
  let saysGoal: Bool
  /// nil: a new task's form has none.
  let version: Int?
  /// What is new, for the audit log.
  let changes: [String: String]

  /// - Parameter stored: the task that is edited.
  init(_ form: Form, stored: Task? = nil, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    var changes = AuditDifference()
    let number: (Int?) -> String = { $0.map { String($0) } ?? "" }
    title = changes.note("title", from: stored?.title, to: read.line("title", 1...200))
    notes = changes.noteLong("notes", from: stored?.notes, to: read.notes("notes", bytes: 16_384))
    priority = changes.note("priority", from: stored.map(\.priority), to: TaskDraft.level(read.integer("priority", 1...4, 0)), number)
    impact = changes.note("impact", from: stored.map(\.impact), to: TaskDraft.level(read.integer("impact", 1...5, 0)), number)
    let asked = read.due("due", reader)
    repeats = read.taskRepeat(due: asked, reader)
    saysRepeats = form.first("repeat") != nil || form.first("cron") != nil
    let given = asked ?? repeats?.repeats.firstDue(after: reader.now, zone: reader.person.zone)
    due = changes.note("due", from: stored.map(\.dueTime), to: given) { $0?.text(reader.person.zone) ?? "" }
    estimate = changes.note("estimate", from: stored.map(\.estimate), to: read.minutes("estimate", reader), number)
    spent = changes.note("actual", from: stored.map(\.spent), to: read.minutes("actual", reader) ?? 0) { String($0) }
    parent = read.ids("parent", reader.words("Choose one of your tasks."), of: Task.self).first
    tags = changes.note("tags", from: stored.map(\.tags), to: read.tags("tags")) { $0.joined(separator: ", ") }
    deferredUntil = read.dayAhead("deferred_until", stored?.deferredUntil, reader)
    isPrivate = changes.note("private", from: stored.map(\.isPrivate), to: read.flag("private")) { $0 ? "on" : "off" }
    saysAssignee = form.first("assignee") != nil
    let assignee = saysAssignee ? read.line("assignee", 0...200) : stored?.assigneeName ?? ""
    self.assignee = changes.note("assignee", from: stored.map { $0.assigneeName ?? "" }, to: assignee)
    goal = read.ids("goal", reader.words("Choose one of your goals."), of: Goal.self).first
    saysGoal = form.first("goal") != nil
    version = stored == nil ? nil : read.version()
    try read.finish()
    self.changes = changes.facts
  }

  /// One that no form said.
  init(
    title: String, notes: String = "", priority: Int? = nil, impact: Int? = nil, due: Due? = nil, estimate: Int? = nil, spent: Int = 0,
    parent: ID<Task>? = nil, tags: [String] = [], deferredUntil: Day? = nil, isPrivate: Bool = false, repeats: TaskRepeatDraft? = nil,
    goal: ID<Goal>? = nil
  ) {
    (self.title, self.notes, self.priority, self.impact, self.due, self.estimate) = (title, notes, priority, impact, due, estimate)
    (self.spent, self.parent, self.tags, self.deferredUntil, self.isPrivate, self.goal) = (
      spent, parent, tags, deferredUntil, isPrivate, goal
    )
    (self.repeats, saysRepeats, saysGoal, version, changes) = (repeats, repeats != nil, goal != nil, nil, [:])
    (assignee, saysAssignee) = ("", false)
  }

  private static func level(_ number: Int) -> Int? { number == 0 ? nil : number }

  /// What the form says, as a row holds it: but for its place in the tree, its tags and until when it is deferred.
  var fields: RowValues {
    [
      "title": "\(title)", "notes": "\(notes)", "priority": "\(priority)", "impact": "\(impact)", "due": "\(due?.day)",
      "due_at": "\(due?.at)", "estimate": "\(estimate)", "spent": "\(spent)", "private": "\(isPrivate)",
    ]
  }
}

extension Due {
  /// As a form shows it: "2027-03-05", "2027-03-05 14:00".
  func text(_ zone: Zone) -> String {
    guard let at else { return day.iso }
    let local = zone.local(at)
    return local.day.iso + " " + local.time.text
  }
}

extension FormReader {
  /// When something is due: a date, with a time, or words; nil: whenever.
  mutating func due(_ name: String, _ reader: Reader) -> Due? {
    let text = trimmed(filled(name))
    if text.utf8.isEmpty { return nil }
    do throws(PhraseError) {
      return try Due(text, reader: PhraseReader(reader, reader.person.zone))
    } catch {
      switch error {
      case .impossibleDate: complain(name, words("There is no such date."))
      case .past: complain(name, words("This time has passed. Choose one after now."))
      case .tooFar: complain(name, words("Choose a time within one year."))
      case .tooLong: complain(name, words("This is too long: at most {n} characters.", ["n": String(Phrase.longest)]))
      default: complain(name, words("This is not understood. Try “2 hours”, “tomorrow at 9” or “12 Dec”."))
      }
      return nil
    }
  }

  /// Minutes as people write them; nil: none were given.
  ///
  /// - Parameters:
  ///   - reader: whose day of work a day is.
  ///   - isSigned: whether some may be taken away.
  mutating func minutes(_ name: String, _ reader: Reader, isSigned: Bool = false) -> Int? {
    let text = trimmed(raw(name))
    if text.utf8.isEmpty { return nil }
    if let minutes = WorkMinutes.read(text, day: reader.person.work.hours.minutes), isSigned || minutes >= 0 { return minutes }
    complain(name, words("Write a time such as “90”, “1h30” or “2 hours”, up to 60,000 minutes."))
    return nil
  }

  /// Tags with commas between them.
  mutating func tags(_ name: String) -> [String] {
    do throws(TagList.Problem) {
      return try TagList.read(raw(name))
    } catch {
      switch error {
      case .tooMany: complain(name, words("Choose at most {n} tags.", ["n": String(TagList.most)]))
      case .tooLong: complain(name, words("A tag has at most {n} characters.", ["n": String(TagList.longest)]))
      case .control: complain(name, words("Keep this to one line, without control characters."))
      }
      return []
    }
  }

  /// A date after the person's today, or the one that is stored: written as one, or in words.
  ///
  /// - Parameter orSomeday: whether words such as "someday" say that there is none.
  mutating func dayAhead(_ name: String, _ stored: Day?, _ reader: Reader, orSomeday: Bool = false) -> Day? {
    let text = trimmed(raw(name))
    if text.utf8.isEmpty { return nil }
    if text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).count == 3 {
      guard let day = day(name) else { return nil }
      if day <= reader.today, day != stored { complain(name, TaskRefusal.notAhead.sentence(words)) }
      return day
    }
    do throws(PhraseError) {
      let phrases = PhraseReader(reader, reader.person.zone)
      switch try Deferral(text, reader: phrases, dayStart: reader.person.dayStart) {
      case .until(let day): return day
      case .someday: if !orSomeday { complain(name, TaskRefusal.notAhead.sentence(words)) }
      }
    } catch {
      let isPast = error == .past
      complain(
        name,
        isPast ? TaskRefusal.notAhead.sentence(words) : words("Write a date such as 2027-03-15, or words such as “in 2 weeks”."))
    }
    return nil
  }
}
