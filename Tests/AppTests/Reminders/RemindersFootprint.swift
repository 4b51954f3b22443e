import Testing

@testable import App

extension Footprint {
  static let reminders = Footprint(
    parameters: [
      ":reminder": { browser in
        try browser.site.text("SELECT id::text FROM reminders WHERE user_id = \(browser.user) AND title <> 'Put away' ORDER BY id LIMIT 1")
          ?? browser.remind()
      },
      ":import": { browser in try RemindersFootprint.importing(browser) },
      ":at": { browser in try RemindersFootprint.puttingAway(browser) },
    ],
    owned: [":reminder", ":import"], posts: posts,
    queries: [
      "/reminders": ["status", "importance", "sort"].map { House.Field(name: $0, right: "", rule: .choice) } + [
        House.Field(name: "q", right: "rent", rule: .optionalLine), House.Field(name: "after", right: "", rule: .cursor),
      ],
      "/reminders/new": [House.Field(name: "quick", right: "call+mom+tomorrow", rule: .optionalLine)],
    ],
    rows: { browser in
      let id = try browser.remind(["title": "Mine", "description": "*Mine.*", "nonce": "n"])
      // The second meets the first, and is an occurrence of its own.
      for _ in 1...2 { #expect(browser.post("/reminders/\(id)/run").status == 303) }
      #expect(browser.post("/reminders/\(id)/snoozes", ["until": "2 hours"]).status == 303)
      let sent = try RemindersFootprint.importing(browser)
      #expect(browser.post("/reminders/import/\(sent)/confirmation").status == 303)
      _ = try browser.remind(["title": "By a post", "criteria": "webhook"])
    },
    roots: ["reminders"],
    changed: [
      "completion_criteria": "link_number type updated_at", "reminder_imports": "confirmed_at undone_at",
      "reminder_texts": "html plain version",
    ],
    whole: ["reminders", "schedules", "snoozes"],
    worked: [
      "completion_criteria": "S", "reminder_counts": "S", "reminder_import_rows": "S", "reminder_imports": "DS", "reminder_sources": "S",
      "reminder_texts": "IS",
      "reminder_words": "S", "reminders": "ISU", "schedules": "ISU", "snoozes": "DSU",
    ],
    asked: ["reminder_words": "S"],
    doors: [
      "completion_link web", "delete_reminder web work", "discard_reminder_imports web", "holding web", "replace_reminder_imports web",
      "undo_reminder_import web",
    ])

  private static let posts = [
    "/reminders": Post(entry: "reminder.made", fields: fields(isNew: true) + [House.Field(name: "nonce", right: "n", rule: .ignored)]),
    // It changes nothing.
    "/reminders/preview": Post(
      entry: nil, fields: fields(isNew: true) + [House.Field(name: "reminder", right: "", rule: .row)], status: 200),
    // Nor does this.
    "/reminders/quick": Post(
      entry: nil, fields: [House.Field(name: "quick", right: "call+mom+tomorrow", rule: .line)], status: 200),
    "/reminders/:reminder/wording": Post(
      entry: "reminder.changed",
      fields: [
        House.Field(name: "words", right: "call+mom+tomorrow", rule: .line), House.Field(name: "version", right: "1", rule: .exactly),
      ]),
    "/reminders/:reminder": Post(
      entry: "reminder.changed", fields: fields(isNew: false) + [House.Field(name: "version", right: "1", rule: .exactly)]),
    "/reminders/bulk": Post(
      entry: "reminder.snoozed",
      fields: [
        House.Field(name: "id", right: ":reminder", rule: .ids), House.Field(name: "action", right: "snooze", rule: .exactly),
        House.Field(name: "until", right: "1+hour", rule: .exactly),
      ]),
    "/reminders/bulk/:at/restoration": Post(entry: "reminder.reopened"),
    "/reminders/import": Post(
      entry: "reminder_import.read", fields: [House.Field(name: "file", right: RemindersFootprint.encoded, rule: .exactly)], status: 200),
    "/reminders/import/:import/confirmation": Post(entry: "reminder_import.made"),
    "/reminders/import/:import/deletion": Post(entry: "reminder_import.discarded"),
    // Of one that no address completes: what it leaves of others, CompletionTests say.
    "/reminders/:reminder/completion-secret": Post(
      entry: nil, fields: [House.Field(name: "nonce", right: "s", rule: .ignored)], status: 409),
    "/reminders/:reminder/run": Post(entry: "reminder.run", fields: [House.Field(name: "nonce", right: "r", rule: .ignored)]),
    "/reminders/:reminder/snoozes": snooze, "/reminders/:reminder/completion": Post(entry: "reminder.completed"),
    "/reminders/:reminder/acknowledgement": Post(entry: "reminder.acknowledged"),
    "/reminders/:reminder/reopening": Post(entry: "reminder.reopened", after: "/reminders/:reminder/completion"),
    "/reminders/:reminder/archival": Post(entry: "reminder.archived"), "/reminders/:reminder/deletion": Post(entry: "reminder.deleted"),
  ]

  /// The form stands on the reminder's page and on the timeline.
  static let snooze = Post(
    entry: "reminder.snoozed",
    fields: [
      House.Field(name: "until", right: "2+hours", rule: .exactly), House.Field(name: "reason", right: "because", rule: .optionalLine),
      House.Field(name: "nonce", right: "s", rule: .ignored),
    ])

  private static func fields(isNew: Bool) -> [House.Field] {
    [
      House.Field(name: "title", right: "B", rule: .line), House.Field(name: "description", right: "b", rule: .markdown),
      House.Field(name: "importance", right: "high", rule: .choice), House.Field(name: "criteria", right: "manual", rule: .choice),
      House.Field(name: "profile", right: ":profile", rule: .choice),
      House.Field(name: "schedule", right: "once", rule: .choice),
      House.Field(name: "timezone", right: "Europe/Berlin", rule: .optionalNumber),
      House.Field(name: "at", right: "2027-01-01T09:00", rule: isNew ? .optionalTime : .time),
      House.Field(name: "cron", right: "0+9+*+*+*", rule: .exactly, with: ["schedule": "recurring", "repeat": "cron"]),
    ] + repeats + [
      House.Field(name: "every_minutes", right: "5", rule: .exactly, with: ["schedule": "interval"]),
      House.Field(name: "exclude_dates", right: "2027-01-01", rule: .dates, with: ["schedule": "recurring"]),
      House.Field(name: "exclude_weekends", right: "on", rule: .flag, with: ["schedule": "recurring"]),
    ]
  }

  /// The controls for a series; each is read for its own unit only. With all of them the series still comes: 24 December 2027 is no weekend.
  private static let repeats: [House.Field] = [
    House.Field(name: "repeat", right: "daily", rule: .choice, with: ["schedule": "recurring"]),
    House.Field(name: "repeat_every", right: "2", rule: .optionalNumber, with: repeating("daily")),
    House.Field(name: "repeat_at", right: "09:00,21:30", rule: .optionalNumber, with: repeating("daily")),
    House.Field(name: "repeat_days", right: "mon", rule: .boxes, with: repeating("weekly")),
    House.Field(name: "repeat_on", right: "last_fri", rule: .optionalNumber, with: repeating("monthly")),
    House.Field(name: "repeat_date", right: "12-24", rule: .optionalNumber, with: repeating("yearly")),
    House.Field(name: "repeat_from", right: "2027-01-01", rule: .optionalNumber, with: repeating("daily")),
    House.Field(name: "repeat_until", right: "2029-01-01", rule: .optionalNumber, with: repeating("daily")),
    // Of two ends only one is right.
    House.Field(
      name: "repeat_times", right: "", rule: .optionalNumber, with: ["schedule": "recurring", "repeat": "daily", "repeat_until": ""]),
  ]

  private static func repeating(_ unit: String) -> [String: String] { ["schedule": "recurring", "repeat": unit] }
}

/// A file to import, and what it is sent as.
enum RemindersFootprint {
  static let calendar =
    "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:walk\nSUMMARY:Imported\nDUE:20270401T090000\nEND:VTODO\nEND:VCALENDAR\n"
  static var encoded: String { Browser.encoded(calendar) }

  /// Puts one away as of many, and says when.
  static func puttingAway(_ browser: Browser) throws -> String {
    let id = try browser.remind(["title": "Put away"])
    #expect(browser.post("/reminders/bulk", ["id": id, "action": "archival"]).status == 303)
    return String(browser.site.now.microseconds)
  }

  /// Sends it.
  static func importing(_ browser: Browser) throws -> String {
    try browser.post("/reminders/import", ["file": calendar]).fact("import").unwrapped
  }
}
