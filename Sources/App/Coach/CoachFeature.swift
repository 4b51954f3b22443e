import HTML
import Postgres

extension NavSection {
  static let coach = NavSection(group: .habits, path: Paths.coach, label: { words in words("Coach") }, icon: "coach", key: "g")
}

extension Feature {
  /// What the coach says of habits and goals, and what people ask it.
  static let coach = Feature(
    section: .coach,
    work: { bench in [CoachRounds(bench).kind] },
    counts: ["rounds"],
    jobs: [ChatWork.kind, MessageWork.kind],
    retention: [
      // What was deleted can be brought back for a day.
      Retention("chats.deleted", days: 1) { before in
        "DELETE FROM chats WHERE id IN (SELECT id FROM chats WHERE deleted_at < \(before) LIMIT \(Chore.slice))"
      },
      // That it was said stays, so that it is not said again.
      Retention("coach_messages.deleted", days: 1) { before in
        """
        UPDATE coach_messages SET text = '' WHERE id IN (
          SELECT id FROM coach_messages WHERE deleted_at < \(before) AND text <> '' LIMIT \(Chore.slice))
        """
      },
    ],
    sentence: { facts, words in facts.aboutCoach(words) },
    detail: { name, words in AuditFacts.coachDetail(name, words) },
    demo: { stage in try CoachDemo(stage).tell() })
}
