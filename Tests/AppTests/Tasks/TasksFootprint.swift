import Postgres
import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let tasks = Footprint(
    parameters: [
      ":task": { browser in try TasksFootprint.task(browser) },
      ":link": { browser in
        let task = try TasksFootprint.task(browser)
        return try browser.site.text("SELECT id::text FROM entity_links WHERE to_id = \(task)::uuid").unwrapped
      },
      ":undo": { browser in
        _ = try TasksFootprint.task(browser)
        return try browser.site.text("SELECT id::text FROM undos WHERE user_id = \(browser.user) ORDER BY id LIMIT 1").unwrapped
      },
      ":batch": { browser in try TasksFootprint.batch(browser) },
      ":taskRef": { browser in "task:" + (try TasksFootprint.task(browser)) },
      ":otherTaskRef": { browser in
        _ = try TasksFootprint.task(browser)
        let other = try browser.site.text("SELECT id::text FROM tasks WHERE user_id = \(browser.user) AND title = 'Beside'").unwrapped
        return "task:" + other
      },
    ],
    owned: [":task", ":link", ":undo", ":batch"], posts: posts,
    queries: [
      "/tasks": [
        House.Field(name: "status", right: "", rule: .choice), House.Field(name: "priority", right: "1", rule: .optionalNumber),
        House.Field(name: "tag", right: "home", rule: .optionalLine), House.Field(name: "due", right: "", rule: .choice),
        House.Field(name: "goal", right: "", rule: .rowAfter), House.Field(name: "person", right: "", rule: .rowAfter),
        House.Field(name: "q", right: "mine", rule: .question), House.Field(name: "sort", right: "", rule: .choice),
        House.Field(name: "after", right: "", rule: .rowAfter), House.Field(name: "view", right: "", rule: .choice),
      ],
      "/tasks/:task/chain": [House.Field(name: "depth", right: "2", rule: .optionalNumber)],
      "/tasks/:task": [House.Field(name: "after", right: "", rule: .rowAfter)],
      "/tasks/new": [House.Field(name: "parent", right: "", rule: .rowAfter), House.Field(name: "assignee", right: "", rule: .rowAfter)],
    ],
    rows: { browser in
      _ = try TasksFootprint.task(browser)
      try browser.problem()
      let gone = try browser.task(["title": "Gone"])
      #expect(browser.post("/tasks/\(gone)/deletion").status == 303)
      _ = try TasksFootprint.batch(browser)
      let now = browser.site.now
      try browser.site.owner.run(
        """
        INSERT INTO task_repeats (series_id, user_id, rule, words, repeat_from, first_day, created_at, updated_at)
        VALUES (gen_random_uuid(), \(browser.user), 'FREQ=DAILY', 'every day', 'due', '2027-03-01', \(now), \(now))
        """)
    },
    roots: ["tasks", "problems"],
    changed: [
      "tasks":
        "archived_at assignee_id completed_at deferred_until deleted_at deletion_id due due_at estimate impact metadata notes parent_id passed_over "
        + "position priority private series_id series_no spent started_at status title updated_at version wake_at",
      "problems": "deleted_at deletion_id description horizon private resolved_at severity status title updated_at version",
      "task_repeats": "ended_at first_day repeat_from rule updated_at words", "task_completions": "undone_at", "deletions": "restored_at",
      "undos": "undone_at", "task_batches": "job_id undo_at",
    ],
    worked: [
      "tasks": "IS", "task_repeats": "IS", "task_completions": "IS", "task_counts": "S", "problems": "S", "entity_links": "IS",
      "tags": "IS",
      "deletions": "DIS", "undos": "DIS", "task_batches": "DS",
    ],
    asked: ["task_counts": "S"], doors: ["drop_links web work", "drop_next_task web work", "drop_tags web work"])

  private static let posts = [
    "/tasks": Post(entry: "task.made", fields: fields + [House.Field(name: "nonce", right: "n", rule: .ignored)]),
    // What only looks at a form changes nothing.
    "/tasks/preview": Post(entry: nil, fields: fields + [House.Field(name: "task", right: "", rule: .row)], status: 200),
    "/tasks/bulk": Post(
      entry: "task.started",
      fields: [
        House.Field(name: "id", right: ":task", rule: .anyIDs), House.Field(name: "action", right: "start", rule: .exactly),
        House.Field(name: "list", right: "", rule: .ignored), House.Field(name: "next", right: "/tasks", rule: .ignored),
      ]),
    "/tasks/:task": Post(entry: "task.changed", fields: fields + [House.Field(name: "version", right: "1", rule: .exactly)]),
    "/tasks/:task/as-typed": Post(entry: "task.changed"),
    "/tasks/:task/completion": Post(
      entry: "task.completed",
      fields: [House.Field(name: "scope", right: "one", rule: .choice), House.Field(name: "anyway", right: "on", rule: .flag)]),
    "/tasks/:task/reopening": Post(entry: "task.reopened", after: "/tasks/:task/completion"),
    "/tasks/:task/start": Post(entry: "task.started"),
    "/tasks/:task/deferral": Post(
      entry: "task.deferred", fields: [House.Field(name: "until", right: "2027-06-30", rule: .optionalNumber)]),
    "/tasks/:task/cancellation": Post(entry: "task.cancelled", fields: [House.Field(name: "scope", right: "all", rule: .choice)]),
    "/tasks/:task/archival": Post(entry: "task.archived"),
    "/tasks/:task/deletion": Post(entry: "task.deleted"),
    "/tasks/:task/position": Post(entry: "task.moved", fields: [House.Field(name: "position", right: "2", rule: .position)]),
    "/tasks/:task/time": Post(entry: "task.timed", fields: [House.Field(name: "minutes", right: "1h30", rule: .exactly)]),
    "/links": Post(
      entry: "link.made",
      fields: [
        House.Field(name: "from", right: ":taskRef", rule: .exactly), House.Field(name: "to", right: ":otherTaskRef", rule: .exactly),
        House.Field(name: "type", right: "related", rule: .exactly),
      ]),
    "/links/:link/deletion": Post(entry: "link.deleted"),
    "/trash/task/:task/restoration": Post(entry: "task.restored", after: "/tasks/:task/deletion"),
    "/undo/:undo": Post(entry: "undo.taken"),
    "/planner/batches/:batch/undo": Post(entry: "task_batch.undone"),
  ]

  private static let fields = [
    House.Field(name: "title", right: "B", rule: .line), House.Field(name: "notes", right: "b", rule: .markdown),
    House.Field(name: "priority", right: "2", rule: .optionalNumber), House.Field(name: "impact", right: "3", rule: .optionalNumber),
    House.Field(name: "due", right: "2027-06-30", rule: .optionalTime), House.Field(name: "estimate", right: "90", rule: .optionalNumber),
    House.Field(name: "actual", right: "5", rule: .optionalNumber), House.Field(name: "parent", right: "", rule: .picks),
    House.Field(name: "tags", right: "home", rule: .optionalLine), House.Field(name: "private", right: "on", rule: .flag),
    House.Field(name: "deferred_until", right: "", rule: .optionalNumber), House.Field(name: "repeat", right: "", rule: .choice),
    House.Field(name: "repeat_from", right: "due", rule: .choice), House.Field(name: "goal", right: "", rule: .picks),
    House.Field(name: "assignee", right: "", rule: .optionalNumber),
  ]
}

enum TasksFootprint {
  /// What was done to all of a list, but for one that waits; nobody goes on with it.
  static func batch(_ browser: Browser) throws -> String {
    let (id, now, task) = (ID<TaskBatchJob>.new(at: browser.site.now), browser.site.now, try TasksFootprint.task(browser))
    try browser.site.owner.run(
      """
      INSERT INTO task_batches (id, user_id, deed, value, back, waiting, total, job_id, created_at)
      VALUES (\(id), \(browser.user), 'completion', '', '/tasks', ARRAY[\(task)::uuid], 600, gen_random_uuid(), \(now))
      """)
    return id.text
  }

  /// The first of two subtasks of somebody's, for which the other waits; made where there is none, as is something that can be taken back.
  static func task(_ browser: Browser) throws -> String {
    let known = try browser.site.text("SELECT id::text FROM tasks WHERE user_id = \(browser.user) AND title = 'Mine' ORDER BY id LIMIT 1")
    if let known { return known }
    let above = try browser.task(["title": "Above"])
    let task = try browser.task(["title": "Mine", "notes": "*Mine.*", "parent": above, "tags": "mine", "priority": "2"])
    let beside = try browser.task(["title": "Beside", "parent": above])
    let done = try browser.task(["title": "Over"])
    #expect(browser.post("/tasks/\(done)/completion").status == 303)
    try browser.link(beside, "depends_on", task)
    try typed(task, "Mine tomorrow", browser)
    return task
  }

  /// As if the task had become of a line of the inbox.
  private static func typed(_ task: String, _ line: String, _ browser: Browser) throws {
    let (session, now) = (ID<ChatSession>.new(at: browser.site.now), browser.site.now)
    try browser.site.owner.run(
      """
      INSERT INTO chat_sessions (id, user_id, source, chat_id, started_at, last_activity_at, ended_at)
      VALUES (\(session), \(browser.user), 'web', \(task), \(now), \(now), \(now.advanced(minutes: 30)))
      """)
    try browser.site.owner.run(
      """
      INSERT INTO inbox_items (id, user_id, session_id, message_id, line, source, message_sha256, raw, received_at, created_at, became_kind,
        became_id, sorted_at)
      VALUES (\(session), \(browser.user), \(session), \(session), 1, 'web', decode(repeat('00', 32), 'hex'), \(line), \(now), \(now), 'task',
        \(task)::uuid, \(now))
      """)
  }
}

extension Browser {
  /// Makes a task.
  @discardableResult
  func task(_ fields: KeyValuePairs<String, String>) throws -> String {
    let page = post("/tasks", fields)
    #expect(page.status == 303, "\(page.complaints)")
    return try #require(page.location?.split(separator: "/").last.map { String($0) })
  }

  /// Links two things, tasks unless they say their kind.
  func link(_ from: String, _ type: String, _ to: String) throws {
    let page = linking(from, type, to)
    #expect(page.status == 303, "\(page.complaints)")
  }

  /// The same, whatever is answered.
  func linking(_ from: String, _ type: String, _ to: String) -> Page {
    func ref(_ id: String) -> String { id.contains(":") ? id : "task:" + id }
    return post("/links", ["from": ref(from), "type": type, "to": ref(to)])
  }

  /// Makes a problem past the program, which has no page for one yet.
  @discardableResult
  func problem(_ title: String = "Mould") throws -> String {
    let id = ID<Thing>.new(at: site.now)
    try site.owner.run(
      "INSERT INTO problems (id, user_id, title, created_at, updated_at) VALUES (\(id), \(user), \(title), \(site.now), \(site.now))")
    return id.text
  }
}
