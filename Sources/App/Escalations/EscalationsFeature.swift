import Domain
import HTML
import Postgres
import Web

extension NavSection {
  static let escalations = NavSection(
    group: .attention, path: Paths.escalations, label: { words in words("Escalations") }, icon: "escalations", key: "e",
    count: { $0[.ringing] },
    counted: { words in words("escalating") }, isUrgent: true)
}

extension Count {
  /// Escalations that wait for an answer: neither snoozed nor acknowledged. At most 100: the page then says "99+".
  static let ringing = Count("ringing")
}

extension Feature {
  /// What nobody answered yet.
  static let escalations = Feature(
    section: .escalations,
    numbers: Numbers(
      [.ringing],
      """
      SELECT ARRAY[count(*)::int]
      FROM (SELECT 1 FROM escalations WHERE user_id = u.id AND open AND state = 'active' LIMIT 100) x
      """),
    work: { bench in EscalationWork(bench).kinds },
    counts: ["steps"],
    retention: [
      Retention("escalations", days: 90) { before in
        """
        DELETE FROM escalations WHERE id IN (SELECT id FROM escalations
          WHERE id < \(ID<Escalation>.first(from: before)) AND NOT open
            AND coalesce(ended_at, created_at) < \(before) LIMIT \(Chore.slice))
        """
      }
    ],
    sentence: { facts, words in facts.aboutEscalations(words) },
    auditSubjects: [
      AuditSubject(
        "escalation",
        """
        SELECT r.id, r.title FROM escalations e JOIN reminders r ON r.id = e.reminder_id
        WHERE e.id = a.subject_id AND e.user_id = (SELECT me()) AND r.user_id = (SELECT me())
        """
      ) { Paths.reminder($0) }
    ])
}
