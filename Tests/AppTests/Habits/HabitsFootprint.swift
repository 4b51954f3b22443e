import Postgres
import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let habits = Footprint(
    parameters: [
      ":habit": { browser in
        try browser.site.text("SELECT id::text FROM habits WHERE user_id = \(browser.user) ORDER BY id LIMIT 1") ?? browser.habit()
      },
      ":date": { browser in browser.today },
      ":history": { browser in try HabitsFootprint.importing(browser) },
      ":press": { browser in try HabitsFootprint.pressing(browser) },
      ":pause": { browser in try HabitsFootprint.pause(browser) },
      ":rule": { browser in try HabitsFootprint.rule(browser) },
    ],
    owned: [":habit", ":history"], posts: posts,
    queries: [
      "/habits": ["status", "sort", "by"].map { House.Field(name: $0, right: "", rule: .choice) } + [
        House.Field(name: "group", right: "Morning", rule: .optionalLine), House.Field(name: "q", right: "read", rule: .optionalLine),
        House.Field(name: "after", right: "", rule: .rowAfter),
      ],
      "/habits/:habit": [
        House.Field(name: "year", right: "", rule: .optionalNumber), House.Field(name: "offer", right: "pause", rule: .ignored),
      ],
      "/habits/:habit/edit": [House.Field(name: "offer", right: "smaller", rule: .ignored)],
      "/habits/new": [House.Field(name: "name", right: "", rule: .ignored)],
      "/habits/sheet": [House.Field(name: "month", right: "2026-11", rule: .optionalNumber)],
      "/habits/:habit/sheet": [House.Field(name: "month", right: "2026-11", rule: .optionalNumber)],
      "/habits/import/:history": [House.Field(name: "date_order", right: "dmy", rule: .choice)],
    ],
    rows: { browser in
      let id = try browser.habit(["name": "Mine", "description": "*Mine.*"])
      #expect(browser.post("/habits/\(id)/completions", ["notes": "*Well.*"]).status == 303)
      _ = try HabitsFootprint.pause(browser)
      let sent = try HabitsFootprint.importing(browser)
      #expect(browser.post("/habits/import/\(sent)/confirmation").status == 303)
    },
    roots: ["habits"],
    changed: [
      "habits":
        "colour deleted_at description habit_group kind name position preferred_time reminder_profile_id state state_next status step unit updated_at version year_next year_state",
      "habit_lines": "line week",
      "habit_years": "notes page stamp",
      "habit_days": "amount notes press reason source state ticked_at timezone was_amount was_reason was_state",
      "habit_frequencies": "days direction frequency period target times",
      "habit_imports": "choices confirmed_at failure file job_id refused undone_at",
      "habit_sources": "habit_id", "habit_pauses": "batch from_date reason until_date",
    ],
    worked: [
      "habits": "DIS", "habit_days": "IS", "habit_frequencies": "IS", "habit_import_rows": "IS", "habit_imports": "DS",
      "habit_lines": "S", "habit_pauses": "IS",
      "habit_sources": "IS", "habit_years": "S",
    ],
    asked: ["habit_lines": "S", "habit_years": "S"],
    doors: [
      "delete_habit_frequency web", "delete_habit_pause web", "discard_habit_import web", "replace_habit_imports web",
      "hide_habit_reminders web",
      "return_habit_reminders web", "undo_habit_import web",
    ])

  private static let posts = [
    "/habits": Post(
      entry: "habit.made",
      fields: fields + [
        House.Field(name: "nonce", right: "n", rule: .ignored), House.Field(name: "personality", right: "mentor", rule: .choice),
      ]),
    "/habits/:habit": Post(entry: "habit.changed", fields: fields + [House.Field(name: "version", right: "1", rule: .exactly)]),
    "/habits/:habit/completions": Post(
      entry: "habit.completed",
      fields: [
        House.Field(name: "notes", right: "n", rule: .markdown), House.Field(name: "next", right: "/habits", rule: .ignored),
      ]),
    "/habits/:habit/completions/:date/deletion": Post(entry: "habit.uncompleted", after: "/habits/:habit/completions"),
    "/habits/:habit/skips": Post(entry: "habit.skipped", fields: [House.Field(name: "reason", right: "rest", rule: .choice)]),
    "/habits/:habit/skips/:date/deletion": Post(entry: "habit.unskipped", after: "/habits/:habit/skips"),
    "/habits/:habit/notes": Post(entry: "habit.noted", fields: [House.Field(name: "notes", right: "Well.", rule: .markdown)]),
    "/habits/bulk": Post(
      entry: "habit.completed",
      fields: [
        House.Field(name: "id", right: ":habit", rule: .ids), House.Field(name: "action", right: "completion", rule: .exactly),
        House.Field(name: "next", right: "/habits", rule: .ignored),
      ]),
    "/habits/bulk/:press/restoration": Post(entry: "habit.uncompleted"),
    "/habits/pause": Post(
      entry: "habit.paused",
      fields: [House.Field(name: "reason", right: "rest", rule: .choice), House.Field(name: "next", right: ":habit", rule: .ignored)]),
    "/habits/resumption": Post(
      entry: "habit.resumed", fields: [House.Field(name: "next", right: ":habit", rule: .ignored)], after: "/habits/pause"),
    "/habits/:habit/frequencies/:rule/deletion": Post(entry: "habit.rule_removed"),
    "/habits/:habit/pause": Post(entry: "habit.paused", fields: []),
    "/habits/:habit/pauses/:pause/deletion": Post(entry: "habit.pause_removed"),
    "/habits/:habit/resumption": Post(entry: "habit.resumed", after: "/habits/:habit/pause"),
    "/habits/:habit/archival": Post(entry: "habit.archived"),
    "/habits/:habit/restoration": Post(entry: "habit.restored", after: "/habits/:habit/archival"),
    "/habits/:habit/deletion": Post(entry: "habit.deleted"),
    // Alone in its list it stays where it is.
    "/habits/:habit/position": Post(entry: nil, fields: [House.Field(name: "position", right: "2", rule: .exactly)]),
    "/habits/import": Post(
      entry: "habit_import.read", fields: [House.Field(name: "file", right: Browser.encoded(HabitsFootprint.table), rule: .exactly)],
      status: 200),
    "/habits/import/:history/confirmation": Post(
      entry: "habit_import.made",
      fields: [
        House.Field(name: "habit_1", right: "new", rule: .choice), House.Field(name: "name_1", right: "Stroll", rule: .optionalLine),
        House.Field(name: "frequency_1", right: "per_week", rule: .choice),
        House.Field(name: "times_1", right: "3", rule: .exactly, with: ["frequency_1": "per_week"]),
        House.Field(name: "target_2", right: "5", rule: .optionalNumber), House.Field(name: "date_order", right: "dmy", rule: .choice),
      ]),
    "/habits/import/:history/deletion": Post(entry: "habit_import.discarded"),
  ]

  private static let fields = [
    House.Field(name: "name", right: "B", rule: .line), House.Field(name: "description", right: "b", rule: .markdown),
    House.Field(name: "frequency", right: "per_week", rule: .choice),
    House.Field(name: "times_per_week", right: "3", rule: .exactly, with: ["frequency": "per_week"]),
    House.Field(name: "kind", right: "tick", rule: .choice), House.Field(name: "group", right: "Morning", rule: .optionalLine),
    House.Field(name: "goal", right: ":goal", rule: .picks),
    House.Field(name: "colour", right: "2", rule: .optionalNumber),
    House.Field(name: "preferred_time", right: "09:00", rule: .optionalNumber, with: ["reminder": "off"]),
    House.Field(name: "reminder", right: "on", rule: .flag, with: ["preferred_time": "09:00"]),
    House.Field(name: "profile", right: ":profile", rule: .choice, with: ["preferred_time": "09:00", "reminder": "on"]),
  ]
}

enum HabitsFootprint {
  /// A bulk form that ticked yesterday: today is left to the other forms.
  static func pressing(_ browser: Browser) throws -> String {
    let id = try browser.site.text("SELECT id::text FROM habits WHERE user_id = \(browser.user) ORDER BY id LIMIT 1") ?? browser.habit()
    let date = try Day(iso: browser.today).unwrapped.advanced(by: -1).iso
    for way in ["restoration", "resumption", "completions/\(date)/deletion", "skips/\(date)/deletion"] {
      #expect(browser.post("/habits/\(id)/\(way)").status == 303)
    }
    #expect(browser.post("/habits/bulk", ["id": id, "action": "completion", "date": date]).status == 303)
    let habit = try ID<Habit>(id).unwrapped
    let pressed: SQL = "SELECT press::text FROM habit_days WHERE habit_id = \(habit) AND date = \(date)::date"
    return try browser.site.text(pressed).unwrapped
  }

  /// The date from which something else is asked than before.
  static func rule(_ browser: Browser) throws -> String {
    let id = try browser.site.text("SELECT id::text FROM habits WHERE user_id = \(browser.user) ORDER BY id LIMIT 1") ?? browser.habit()
    try browser.site.owner.run(
      """
      INSERT INTO habit_frequencies (habit_id, user_id, from_date, frequency, days, times, direction, period)
      VALUES (\(ID<Habit>(id).unwrapped), \(browser.user), '2026-01-01', 'daily', 0, 0, 'at_least', 'day') ON CONFLICT DO NOTHING
      """)
    return try browser.site.text(
      "SELECT max(from_date)::text FROM habit_frequencies WHERE habit_id = \(ID<Habit>(id).unwrapped)"
    ).unwrapped
  }
  /// A file to import.
  static let table = "habit,date,value\nImported walk,2026-11-01,x\nImported run,2026-11-01,5\n"

  /// Sends it.
  static func importing(_ browser: Browser) throws -> String {
    try browser.post("/habits/import", ["file": table]).fact("import").unwrapped
  }

  /// A pause that has just begun.
  static func pause(_ browser: Browser) throws -> String {
    let active: SQL = "SELECT id::text FROM habits WHERE user_id = \(browser.user) AND status = 'active' ORDER BY id LIMIT 1"
    let id = try browser.site.text(active) ?? browser.habit()
    #expect(browser.post("/habits/\(id)/pause", ["from": browser.date(3), "until": browser.date(5)]).status == 303)
    return try browser.site.text("SELECT id::text FROM habit_pauses WHERE user_id = \(browser.user) ORDER BY id DESC LIMIT 1").unwrapped
  }
}

extension Browser {
  /// Makes a habit.
  @discardableResult
  func habit(_ fields: KeyValuePairs<String, String> = ["name": "Read"]) throws -> String {
    let page = post("/habits", fields)
    #expect(page.status == 303, "\(page.complaints)")
    return try #require(page.location?.split(separator: "/").last.map { String($0) })
  }

  /// Their date, so many days from today.
  func date(_ days: Int = 0) -> String { Zone.utc.local(site.now).day.advanced(by: days).iso }

  var today: String { date() }
}
