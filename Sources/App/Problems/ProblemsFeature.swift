import Domain
import HTML
import Postgres

extension NavSection {
  static let problems = NavSection(
    group: .planner, path: Paths.problems, label: { words in words("Problems") }, icon: "error", key: "m",
    count: { $0[.activeProblems] }, counted: { words in words("active", context: "problems") })
}

extension Count {
  /// Problems that are neither watched nor over.
  static let activeProblems = Count("activeProblems")
}

/// What Today asks of problems: whether a task that was done made them better.
struct ProblemSection {
  let rows: [ProblemItem]
  let all = Paths.problems

  static func today(_ day: DayView) -> Reading<TodayPart> {
    let asked = Problem.mine(
      """
      p.status IN ('active', 'monitoring') AND EXISTS (SELECT FROM entity_links l JOIN tasks t ON t.id = l.from_id AND t.user_id = l.user_id
        WHERE l.user_id = p.user_id AND l.to_id = p.id AND l.type = 'addresses_problem' AND t.status = 'done' AND t.deleted_at IS NULL
          AND t.completed_at > p.updated_at) ORDER BY p.id LIMIT 5
      """)
    return Reading(asked) { problems in
      var part = TodayPart()
      let view = problems.isEmpty ? nil : ProblemSection(rows: problems.map { ProblemItem($0, day.words) })
      part.sections = [TodaySection(rank: .inHand, figure: nil, view: view)]
      return part
    }
  }
}

extension Feature {
  /// What is wrong, and what addresses it.
  static let problems = Feature(
    section: .problems,
    numbers: Numbers(
      [.activeProblems],
      "SELECT ARRAY[count(*)::integer] FROM problems WHERE user_id = (SELECT me()) AND deleted_at IS NULL AND status = 'active'"),
    today: { day in ProblemSection.today(day) },
    search: { view in FoundProblem.search(view) },
    sentence: { facts, words in facts.aboutProblems(words) },
    detail: { name, words in AuditFacts.problemDetail(name, words) },
    auditSubjects: [
      AuditSubject(
        Problem.subject, "SELECT id, title FROM problems WHERE id = a.subject_id AND user_id = (SELECT me()) AND deleted_at IS NULL"
      ) { Paths.problem($0) }
    ])
}

extension AuditFacts {
  /// The sentences about problems; nil for other entries.
  func aboutProblems(_ words: Words) -> String? {
    let values: KeyValuePairs = ["title": self["title"]]
    return switch action {
    case "problem.made": words("Wrote down the problem “{title}”.", values)
    case "problem.changed": words("Edited the problem “{title}”.", ["title": self["problem"]])
    case "problem.resolved": words("Resolved the problem “{title}”.", values)
    case "problem.watched": words("Began to watch the problem “{title}”.", values)
    case "problem.reopened": words("Reopened the problem “{title}”.", values)
    case "problem.kept": words("Said that the problem “{title}” is as it was.", values)
    case "problem.archived": words("Archived the problem “{title}”.", values)
    case "problem.deleted": words("Deleted the problem “{title}”.", values)
    case "problem.restored": words("Brought back the problem “{title}”.", values)
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func problemDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "problem": words("Problem")
    case "severity": words("Severity")
    case "horizon": words("Horizon")
    default: nil
    }
  }
}
