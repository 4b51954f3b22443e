import HTML
import Postgres

extension NavSection {
  static let plan = NavSection(group: .planner, path: Paths.plan, label: { words in words("Plan of the day") }, icon: "play", key: "p")
}

extension Feature {
  /// What to do today, and why.
  static let plan = Feature(
    section: .plan,
    today: { day in PlanSection.today(day) },
    retention: [
      Retention("recent_context_items", days: 7) { before in
        """
        DELETE FROM recent_context_items WHERE id IN (
          SELECT id FROM recent_context_items WHERE expires_at < \(before) ORDER BY expires_at LIMIT \(Chore.slice))
        """
      }
    ],
    sentence: { facts, words in facts.aboutPlan(words) },
    detail: { name, words in AuditFacts.planDetail(name, words) })
}

extension AuditFacts {
  /// The sentences about the plan of a day; nil for other entries.
  func aboutPlan(_ words: Words) -> String? {
    switch action {
    case "plan.taken": words("Put “{title}” on the plan of the day.", ["title": self["title"]])
    case "plan.dismissed": words("Left “{title}” out of the plan of the day.", ["title": self["title"]])
    case "plan.carried": words("Moved what was left of the plans of days before.")
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func planDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "tasks": words("Tasks")
    case "to": words("To", context: "day")
    default: nil
    }
  }
}
