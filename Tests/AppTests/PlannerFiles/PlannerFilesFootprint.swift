import Postgres
import Testing

@testable import App

extension Footprint {
  static let plannerFiles = Footprint(
    parameters: [":taskfile": { browser in try PlannerFilesFootprint.importing(browser) }],
    owned: [":taskfile"],
    posts: [
      "/planner/import": Post(
        entry: "task_import.read",
        fields: [
          House.Field(name: "file", right: Browser.encoded(PlannerFilesFootprint.text), rule: .document),
          House.Field(name: "format", right: "todo.txt", rule: .choice),
        ], status: 200),
      "/planner/import/:taskfile/confirmation": Post(
        entry: "task_import.ordered",
        fields: [House.Field(name: "same", right: "add", rule: .choice), House.Field(name: "trash", right: "restore", rule: .choice)]),
      "/planner/import/:taskfile/undo": Post(entry: "task_import.undone", after: "/planner/import/:taskfile/confirmation"),
      "/planner/import/:taskfile/deletion": Post(entry: "task_import.discarded"),
    ],
    rows: { browser in
      _ = try PlannerFilesFootprint.importing(browser)
      let task = try browser.task(["title": "Taken in"])
      let site = browser.site
      try site.owner.run(
        """
        INSERT INTO planner_import_rows (import_id, user_id, number, line, outcome)
        SELECT id, user_id, 0, 1, 'refused' FROM planner_imports WHERE user_id = \(browser.user)
        """)
      try site.owner.run(
        """
        INSERT INTO task_sources (user_id, key, task_id, import_id, revision)
        SELECT user_id, repeat('0', 64), \(task)::uuid, id, 0 FROM planner_imports WHERE user_id = \(browser.user)
        """)
    },
    changed: ["planner_imports": "confirmed_at file finished_at job_id kept same trash undo_at undone_at"],
    worked: ["planner_imports": "DS", "planner_import_rows": "IS", "task_sources": "IS"],
    doors: ["discard_planner_import web", "replace_planner_imports web", "undo_planner_import web work"])
}

enum PlannerFilesFootprint {
  static let text = "(A) Imported walk +out due:2027-06-30\nx 2026-11-01 2026-10-01 Imported run\n"

  /// Sends it.
  static func importing(_ browser: Browser) throws -> String {
    try browser.post("/planner/import", ["file": text]).fact("import").unwrapped
  }
}
