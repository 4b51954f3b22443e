import Domain
import HTML
import Postgres

/// A habit that a search found by its name or description, with how many there are.
struct FoundHabit {
  let id: ID<Habit>
  let name: String
  let isArchived: Bool
  let group: String
  let count: Int

  static func holding(_ text: String) -> Query<FoundHabit> {
    Query(
      """
      SELECT h.id, h.name, h.status = 'archived' AS is_archived, h.habit_group AS "group", count(*) OVER () AS count FROM habits h
      WHERE h.user_id = (SELECT me()) AND h.status <> 'deleted'
        AND (strpos(plain(h.name), plain(\(text))) > 0 OR strpos(plain(h.description), plain(\(text))) > 0)
      ORDER BY h.status = 'archived', h.position, h.id LIMIT \(SearchView.most)
      """, into: FoundHabit.init)
  }

  static func search(_ view: SearchView) -> Reading<[SearchPart]> {
    Reading(rows: holding(view.text), FoundNote.holding(view.text)).map { found, notes in
      let words = view.words
      // The list finds habits by their notes, too.
      let list = Paths.habits.adding("status", "all").adding("q", view.text)
      let rows = found.map { it in
        SearchPart.Row(
          title: it.name, path: Paths.habit(it.id),
          note: it.isArchived ? words("Archived") : it.group.utf8.isEmpty ? words("Habit") : it.group)
      }
      let lines = notes.map { note in
        SearchPart.Row(
          title: words("{name}, {date}", ["name": note.name, "date": TimeWords.date(note.date, view.person.language)]),
          path: Paths.habit(note.habit), note: note.words)
      }
      return [
        SearchPart("habits", words("Habits"), rows, of: found.first?.count ?? 0, list: list, words),
        SearchPart("notes", words("Notes on habits"), lines, of: nil, list: list, words),
      ]
    }
  }
}

/// A note of a habit's date that a search found.
struct FoundNote {
  let habit: ID<Habit>
  let name: String
  let date: Day
  let text: String

  /// The newest first.
  static func holding(_ text: String) -> Query<FoundNote> {
    Query(
      """
      SELECT n.habit_id AS habit, h.name, n.date, n.notes AS text FROM habit_days n JOIN habits h ON h.id = n.habit_id AND h.user_id = n.user_id
      WHERE n.user_id = (SELECT me()) AND n.notes <> '' AND h.status <> 'deleted' AND strpos(plain(n.notes), plain(\(text))) > 0
      ORDER BY n.date DESC, n.habit_id LIMIT \(SearchView.most)
      """, into: FoundNote.init)
  }

  /// Its beginning, as it was typed.
  var words: String {
    let most = 160
    let scalars = text.unicodeScalars
    return scalars.count <= most ? text : String(String.UnicodeScalarView(scalars.prefix(most))) + "…"
  }
}
