import Domain
import HTML
import Postgres

/// A reminder that a search found, with how many there are.
struct FoundReminder {
  let id: ID<Reminder>
  let title: String
  let status: ReminderStatus
  let nextAt: Instant?
  let count: Int

  /// Those that are open first, what is due next first.
  static func holding(_ text: String) -> Query<FoundReminder> {
    Query(
      """
      WITH found AS MATERIALIZED (SELECT f.id FROM door.holding(\(text), \(ReminderSearch.few + 1)) AS f (id))
      SELECT r.id, r.title, r.status, r.next_at, (SELECT count(*) FROM found) AS count
      FROM found f JOIN reminders r ON r.id = f.id WHERE r.user_id = (SELECT me())
      ORDER BY r.status IN ('completed', 'archived'), r.next_at, r.id LIMIT \(SearchView.most)
      """, into: FoundReminder.init)
  }

  static func search(_ view: SearchView) -> Reading<[SearchPart]> {
    Reading(rows: holding(view.text)).map { found in
      let words = view.words
      let rows = found.map { it in
        let next = it.nextAt.map { TimeWords.when($0, view.person.zone, view.person.language, now: view.now) }
        let note =
          switch it.status {
          case .completed: words("Completed")
          case .archived: words("Archived")
          case .active, .snoozed: next ?? words("No further time is planned.")
          }
        return SearchPart.Row(title: it.title, path: Paths.reminder(it.id), note: note)
      }
      let count = found.first.map { $0.count > ReminderSearch.few ? nil : $0.count } ?? 0
      return [
        SearchPart(
          "reminders", words("Reminders"), rows, of: count, list: Paths.reminders.adding("status", "all").adding("q", view.text), words)
      ]
    }
  }
}
