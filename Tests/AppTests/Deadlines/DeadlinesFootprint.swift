import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let deadlines = Footprint(
    parameters: [":deadline": { browser in try DeadlinesFootprint.deadline(browser) }],
    owned: [":deadline"], posts: posts,
    queries: [
      "/deadlines": [
        House.Field(name: "status", right: "", rule: .choice), House.Field(name: "q", right: "rings", rule: .question),
        House.Field(name: "after", right: "", rule: .rowAfter),
      ],
      "/deadlines/new": [House.Field(name: "task", right: "", rule: .rowAfter), House.Field(name: "event", right: "", rule: .rowAfter)],
    ],
    rows: { browser in
      let deadline = try browser.deadline(["title": "Rings", "due": "2027-06-30 17:00", "remind": "2 days before"])
      #expect(browser.post("/deadlines/\(deadline)/extension", ["due": "2027-07-30 17:00", "reason": "Ill"]).status == 303)
    },
    roots: ["deadlines"],
    changed: [
      "deadlines":
        "by_task completed_at consequences deleted_at deletion_id description due_at event_id importance looked_at missed_at private profile_id "
        + "put_away "
        + "remind_at remind_months remind_seconds remind_time remind_words settle_at status task_id title type updated_at version"
    ],
    worked: ["deadlines": "S", "deadline_extensions": "S", "deadline_reminders": "S"])

  private static let posts = [
    "/deadlines": Post(entry: "deadline.made", fields: fields + [House.Field(name: "nonce", right: "n", rule: .ignored)]),
    "/deadlines/:deadline": Post(
      entry: "deadline.changed", fields: fields + [House.Field(name: "version", right: "1", rule: .exactly)]),
    "/deadlines/:deadline/completion": Post(entry: "deadline.completed"),
    "/deadlines/:deadline/reopening": Post(entry: "deadline.reopened", after: "/deadlines/:deadline/completion"),
    "/deadlines/:deadline/extension": Post(
      entry: "deadline.extended",
      fields: [
        House.Field(name: "due", right: "2028-06-30+17:00", rule: .time), House.Field(name: "reason", right: "Ill", rule: .question),
      ]),
    // Of one that is ahead there is nothing to have seen.
    "/deadlines/:deadline/look": Post(entry: nil),
    "/deadlines/:deadline/deletion": Post(entry: "deadline.deleted"),
    "/trash/deadline/:deadline/restoration": Post(
      entry: "deadline.restored", fields: [House.Field(name: "reminders", right: "on", rule: .flag)], after: "/deadlines/:deadline/deletion"
    ),
  ]

  private static let fields = [
    House.Field(name: "title", right: "B", rule: .line), House.Field(name: "description", right: "b", rule: .markdown),
    House.Field(name: "type", right: "milestone", rule: .choice), House.Field(name: "due", right: "2027-06-30+17:00", rule: .time),
    House.Field(name: "remind", right: "2+days+before", rule: .optionalTime),
    House.Field(name: "importance", right: "8", rule: .optionalNumber),
    House.Field(name: "consequences", right: "A+fine", rule: .markdown), House.Field(name: "task", right: "", rule: .picks),
    House.Field(name: "event", right: "", rule: .picks),
    House.Field(name: "profile", right: "", rule: .picks), House.Field(name: "tags", right: "home", rule: .optionalLine),
    House.Field(name: "private", right: "on", rule: .flag),
  ]
}

enum DeadlinesFootprint {
  /// The first of somebody's deadlines that nothing rings for, made where there is none.
  static func deadline(_ browser: Browser) throws -> String {
    let known = try browser.site.text(
      "SELECT id::text FROM deadlines WHERE user_id = \(browser.user) AND title = 'Mine' ORDER BY id LIMIT 1")
    return try known ?? browser.deadline(["title": "Mine", "due": "2027-06-29 17:00", "description": "*Mine.*"])
  }
}

extension Browser {
  /// Makes a deadline.
  @discardableResult
  func deadline(_ fields: KeyValuePairs<String, String>) throws -> String {
    let page = post("/deadlines", fields)
    #expect(page.status == 303, "\(page.complaints)")
    return try #require(page.location?.split(separator: "/").last.map { String($0) })
  }
}
