import Domain
import HTML
import Postgres
import Web

/// What a form would make: when the task is due, how it comes again with its next five dates, and what of that name is on the list already.
struct TaskPreview {
  /// nil: whenever.
  let due: String?
  let repeats: RepeatText?
  let same: [Same]

  /// Something of the same title.
  struct Same {
    let id: String
    let path: Path
    let title: String

    init(_ task: PlannedChoice) {
      (id, path, title) = (task.id.text, Paths.task(ThingRef(.task, task.id).row()), task.title)
    }
  }

  init(_ draft: TaskDraft, _ stored: Task?, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    if let parent = draft.parent, try web.db.row(Task.mine("t.id = \(parent)")) == nil {
      throw FormErrors("parent", TaskRefusal.noParent.sentence(words))
    }
    if let goal = draft.goal, try !web.db.rows(PlannedThing.some([ThingRef(.goal, of: goal).id])).contains(where: { $0.kind == .goal }) {
      throw FormErrors("goal", words("Choose one of your goals."))
    }
    do {
      if draft.saysAssignee, draft.assignee != stored?.assigneeName { _ = try TaskAssignee.find(draft.assignee, web.plannerWriting) }
    } catch {
      guard let refusal = error as? TaskRefusal else { throw error }
      throw FormErrors(refusal.field, refusal.sentence(words))
    }
    let today = try web.reader.today
    due = draft.due.map { TaskText.say($0, person, today: today, words) }
    repeats = draft.repeats.map { RepeatText($0.repeats, after: draft.due, person, today: today, words) }
    same = try web.db.rows(PlannedChoice.alike("normal_title(\(draft.title))", but: stored?.id)).map { Same($0) }
  }
}

/// How a task comes again: in words, with its next five dates.
struct RepeatText {
  let sentence: String
  let dates: [Date]

  struct Date {
    let iso: String
    let text: String
  }

  init(_ repeats: TaskRepeat, after due: Due?, _ person: Person, today: Day, _ words: Words) {
    sentence = repeats.words(person.language)
    let last = due ?? Due(day: today)
    dates = repeats.upcoming(after: last, count: 5, zone: person.zone).map {
      Date(iso: $0.at?.iso ?? $0.day.iso, text: TaskText.say($0, person, today: today, words))
    }
  }
}
