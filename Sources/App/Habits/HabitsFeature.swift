import HTML
import Postgres
import Web

extension NavSection {
  static let habits = NavSection(group: .habits, path: Paths.habits, label: { words in words("Habits") }, icon: "habits", key: "h")
}

extension Feature {
  /// What somebody wants to keep doing, and on which dates it was done.
  static let habits = Feature(
    section: .habits,
    today: { day in HabitSection.today(day) },
    search: { view in FoundHabit.search(view) },
    jobs: [HabitImportWork.kind],
    retention: [
      // What was deleted can be brought back for a day.
      Retention("habits.deleted", days: 1) { before in
        """
        DELETE FROM habits WHERE id IN (SELECT id FROM habits WHERE status = 'deleted' AND deleted_at < \(before) LIMIT \(Chore.slice))
        """
      }
    ] + FileImport<HabitImport>.retention("habit_imports"),
    sentence: { facts, words in facts.aboutHabits(words) },
    detail: { name, words in AuditFacts.habitDetail(name, words) },
    demo: { stage in
      var demo = HabitsDemo(stage)
      try demo.tell()
    })
}
