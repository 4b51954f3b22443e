import Domain
import HTML

/// What is changed most often of a task, on its page: the same post as that of the whole form, which carries the rest unseen.
struct TaskQuickEdit {
  let action: Path
  let secret: CSRFField
  let hidden: [HiddenField]
  let title: TextField
  let due: TextField
  let priority: Select
  let tags: TextField

  init(_ task: Task, _ person: Person, _ secret: CSRFField, _ words: Words) {
    (action, self.secret) = (Paths.task(task.id), secret)
    var make = FieldBuilder()
    title = make.text("title", words("Title"), task.title, required: true, maxLength: 200)
    due = make.text("due", words("Due"), task.dueTime?.text(person.zone) ?? "", optional: true, maxLength: 200)
    priority = make.choice(
      "priority", words("Priority"), task.priority.map { String($0) } ?? "", TaskText.priorities(words))
    tags = make.tags(task.tags, words)
    let rest: [(String, String?)] = [
      ("version", String(task.version)), ("notes", task.notes), ("impact", task.impact.map { String($0) }),
      ("estimate", task.estimate.map { String($0) }), ("actual", String(task.spent)), ("parent", task.parent?.text),
      ("deferred_until", task.deferredUntil?.iso), ("private", task.isPrivate ? "on" : nil),
    ]
    hidden = rest.compactMap { name, value in value.map { HiddenField(name: name, value: $0) } }
  }
}
