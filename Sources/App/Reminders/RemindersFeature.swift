import Domain
import HTML
import Postgres
import Web

extension NavSection {
  static let reminders = NavSection(
    group: .attention, path: Paths.reminders, label: { words in words("Reminders") }, icon: "reminders", key: "r",
    count: { $0[.active] + $0[.snoozed] },
    counted: { words in words("open") })
}

extension Count {
  // By status.
  static let active = Count("active")
  static let snoozed = Count("snoozed")
  static let completed = Count("completed")
  static let archived = Count("archived")
}

extension Feature {
  /// What rings, when, and how often.
  static let reminders = Feature(
    section: .reminders,
    // Counters kept with the rows, not counted for each page.
    numbers: Numbers(
      [.active, .snoozed, .completed, .archived],
      "SELECT ARRAY[active, snoozed, completed, archived] FROM reminder_counts WHERE user_id = u.id"),
    today: { day in ReminderSection.today(day) },
    search: { view in FoundReminder.search(view) },
    work: { bench in FiringWork(bench).kinds },
    follows: { change, web in try HabitReminders.follow(change, web) },
    followsHabits: { habits, person, bench, now in try HabitReminders.follow(habits, of: person, bench, now) },
    hindersReminder: { web in try web.services.quota.refusal(web) },
    counts: ["fired"],
    jobs: [
      // Anew with a program that renders notes by other rules.
      JobKind("reminders.texts", .nightly(edition: "v\(Markdown.version)")) { bench, place, _ in try bench.renderTexts(after: place) }
    ],
    retention: [
      Retention("snoozes", days: 90) { before in
        """
        DELETE FROM snoozes WHERE id IN (SELECT id FROM snoozes
          WHERE id < \(ID<ReminderBatch.Snooze>.first(from: before)) AND until_time < \(before) LIMIT \(Chore.slice))
        """
      }
    ] + FileImport<ReminderImport>.retention("reminder_imports"),
    chores: [
      // By each process, since each has read the zone data of its own machine. A file may come back without a new list, hence every day.
      Chore("reminders.zones", [.start, .day, .zones], isUrgent: true) { bench, place, now in try bench.recomputeZones(after: place, now) }
    ],
    sentence: { facts, words in facts.aboutReminders(words) },
    detail: { name, words in AuditFacts.reminderDetail(name, words) },
    auditSubjects: [
      AuditSubject("reminder", "SELECT id, title FROM reminders WHERE id = a.subject_id AND user_id = (SELECT me())") { Paths.reminder($0) }
    ],
    welcome: { user, _, db throws(PostgresError) in try db.run("INSERT INTO reminder_counts (user_id) VALUES (\(user))") },
    demo: { stage in
      var story = RemindersDemo(stage)
      try story.tell()
    })
}
