import Domain
import HTML
import Postgres
import Web

extension Count {
  /// What is to be confirmed.
  static let openAssumptions = Count("openAssumptions")
}

extension Feature {
  /// What Heed takes for true without being told, and what people say to it.
  static let assumptions = Feature(
    numbers: Numbers(
      [.openAssumptions],
      "SELECT ARRAY[count(*)::integer] FROM assumptions x WHERE x.user_id = (SELECT me()) AND x.state = 'open' AND NOT x.hidden"),
    today: { day in AssumptionsSection.today(day) },
    work: { bench in [AssumptionRounds(bench).kind] },
    takesBack: { undo, web in try AssumptionUndo.takeBack(undo, web.plannerWriting) },
    counts: ["assumed"],
    retention: [
      // What took its place knows what was weighed. What was answered stays: it is not asked again.
      Retention("assumptions.replaced", days: 90) { before in
        """
        DELETE FROM assumptions WHERE id IN (
          SELECT id FROM assumptions WHERE state = 'superseded' AND updated_at < \(before) ORDER BY updated_at LIMIT \(Chore.slice))
        """
      }
    ],
    sentence: { facts, words in facts.aboutAssumptions(words) },
    detail: { name, words in AuditFacts.assumptionDetail(name, words) },
    auditSubjects: [
      AuditSubject(
        Assumption.noun,
        "SELECT id, left(words, 200) AS title FROM assumptions WHERE id = a.subject_id AND user_id = (SELECT me()) AND state <> 'superseded'"
      ) { (_: ID<Assumption>) in Paths.assumptions.adding("state", "all") }
    ])
}

/// What Today shows of them: how many ask for an answer.
struct AssumptionsSection {
  let line: String
  let all = Paths.assumptions

  static func today(_ day: DayView) -> Reading<TodayPart>? {
    let open = day.person.counts[.openAssumptions]
    var part = TodayPart()
    if open > 0 {
      let line = day.words.count("{n} assumption to confirm", "{n} assumptions to confirm", open)
      part.sections = [TodaySection(rank: .inHand, figure: nil, view: AssumptionsSection(line: line))]
    }
    return Reading(all: [Reading<Void>]()).map { _ in part }
  }
}

extension AuditFacts {
  /// The sentences about assumptions; nil for other entries.
  func aboutAssumptions(_ words: Words) -> String? {
    let values: KeyValuePairs = ["words": self["assumption"]]
    return switch action {
    case "assumption.made": words("Took for true: {words}", values)
    case "assumption.asked_again": words("Asked once more: {words}", values)
    case "assumption.confirmed": words("Confirmed: {words}", values)
    case "assumption.corrected": words("Corrected: {words}", values)
    case "assumption.dismissed": words("Said that it is not so: {words}", values)
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func assumptionDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "assumption": words("Assumption")
    case "correction": words("Correction")
    case "category": words("Kind")
    case "written": words("Written", context: "assumption")
    default: nil
    }
  }
}
