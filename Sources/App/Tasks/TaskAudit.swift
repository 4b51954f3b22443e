import HTML

extension AuditFacts {
  /// The sentences about tasks, links and what was taken back; nil for other entries.
  func aboutTasks(_ words: Words) -> String? {
    let values: KeyValuePairs = ["title": self["title"], "from": self["link_from"], "to": self["link_to"]]
    return switch action {
    case "task.made": words("Wrote down the task “{title}”.", values)
    case "task.changed": words("Edited the task “{title}”.", ["title": self["task"]])
    case "task.started": words("Started the task “{title}”.", values)
    case "task.deferred": words("Put off the task “{title}”.", values)
    case "task.completed": words("Completed the task “{title}”.", values)
    case "task.cancelled": words("Cancelled the task “{title}”.", values)
    case "task.reopened": words("Reopened the task “{title}”.", values)
    case "task.archived": words("Archived the task “{title}”.", values)
    case "task.unarchived": words("Took the task “{title}” out of the archive.", values)
    case "task.timed": words("Noted time spent on the task “{title}”.", values)
    case "task.moved": words("Moved the task “{title}”.", values)
    case "task.deleted": words("Deleted the task “{title}”.", values)
    case "task.restored": words("Brought back the task “{title}”.", values)
    case "link.made": words("Linked “{from}” and “{to}”.", values)
    case "link.deleted": words("Took away the link between “{from}” and “{to}”.", values)
    case "task_batch.ordered": words("Began to change many tasks at once.")
    case "task_batch.undone": words("Took back what was done to many tasks at once.")
    case "undo.taken": words("Took back what one press did.")
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func taskDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "priority": words("Priority")
    case "impact": words("Impact")
    case "due": words("Due")
    case "estimate": words("Estimate")
    case "actual", "minutes": words("Time spent")
    case "parent": words("Is a part of")
    case "assignee": words("Who does it")
    case "tags": words("Tags")
    case "private": words("Private")
    case "deferred_until": words("Deferred until")
    case "subtasks": words("Subtasks")
    case "anyway": words("Although something was in the way")
    case "repeat": words("Comes again")
    case "series": words("Series", context: "task")
    case "task": words("Task")
    case "link_from": words("From", context: "link")
    case "link_to": words("To", context: "link")
    case "dropped": words("Links left off")
    case "undone": words("Taken back")
    case "kept": words("Left as it is")
    default: nil
    }
  }
}
