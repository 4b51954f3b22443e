import HTML
import Postgres

extension NavSection {
  static let goals = NavSection(group: .habits, path: Paths.goals, label: { words in words("Goals") }, icon: "goals", key: "o")
}

extension Feature {
  /// What somebody wants to reach, step by step.
  static let goals = Feature(
    section: .goals,
    today: { day in GoalSection.today(day) },
    search: { view in FoundGoal.search(view) },
    retention: [
      // Those of before there was a trash; the others go with their deletion.
      Retention("goals.deleted", days: 1) { before in
        "DELETE FROM goals WHERE id IN (SELECT id FROM goals WHERE deleted_at < \(before) AND deletion_id IS NULL LIMIT \(Chore.slice))"
      },
      // What was deleted can be brought back for a day.
      Retention("goal_subtasks.deleted", days: 1) { before in
        "DELETE FROM goal_subtasks WHERE id IN (SELECT id FROM goal_subtasks WHERE deleted_at < \(before) LIMIT \(Chore.slice))"
      },
    ],
    sentence: { facts, words in facts.aboutGoals(words) },
    detail: { name, words in AuditFacts.goalDetail(name, words) },
    auditSubjects: [
      AuditSubject(
        "goal", "SELECT id, title FROM goals WHERE id = a.subject_id AND user_id = (SELECT me()) AND deleted_at IS NULL"
      ) { Paths.goal($0) }
    ],
    demo: { stage in try GoalsDemo(stage).tell() })
}

extension AuditFacts {
  /// The sentences about goals; nil for other entries.
  func aboutGoals(_ words: Words) -> String? {
    let values: KeyValuePairs = ["title": self["title"], "step": self["step"]]
    return switch action {
    case "goal.made": words("Set the goal “{title}”.", values)
    case "goal.changed": words("Edited a goal.")
    case "goal.completed": words("Completed the goal “{title}”.", values)
    case "goal.reopened": words("Reopened the goal “{title}”.", values)
    case "goal.paused": words("Paused the goal “{title}”.", values)
    case "goal.resumed": words("Took up the goal “{title}” again.", values)
    case "goal.step_promoted": words("Made a task of the step “{step}” of “{title}”.", values)
    case "goal.archived": words("Archived the goal “{title}”.", values)
    case "goal.restored": words("Brought back the goal “{title}”.", values)
    case "goal.deleted": words("Deleted the goal “{title}”.", values)
    case "goal.step_added": words("Planned “{step}” for the goal “{title}”.", values)
    case "goal.step_changed": words("Edited the step “{step}” of “{title}”.", values)
    case "goal.step_set": words("Set how far “{step}” of “{title}” is.", values)
    case "goal.step_moved": words("Moved “{step}” among the steps of “{title}”.", values)
    case "goal.step_deleted": words("Deleted the step “{step}” of “{title}”.", values)
    case "goal.step_restored": words("Brought back the step “{step}” of “{title}”.", values)
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func goalDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "category": words("Category")
    case "deadline": words("Deadline")
    case "step": words("Step")
    default: nil
    }
  }
}
