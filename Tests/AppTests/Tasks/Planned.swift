import Postgres
import Testing

@testable import App
@testable import Domain

/// A person with tasks: Monday 1 March 2027, noon in New York.
struct Planned {
  let site: Site
  let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-03-01T17:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/New_York")
  }

  /// Of somebody who is there already.
  init(site: Site, ana: Browser) { (self.site, self.ana) = (site, ana) }

  /// Tasks by their titles, each made with nothing but that.
  func tasks(_ titles: String...) throws -> [String] { try titles.map { try ana.task(["title": $0]) } }

  /// A post about a task.
  @discardableResult
  func act(_ task: String, _ what: String, _ fields: KeyValuePairs<String, String> = [:]) -> Page {
    ana.post("/tasks/\(task)/\(what)", fields)
  }

  /// "A open, B done": of those that are neither archived nor deleted, with what waits marked.
  func states() throws -> String {
    try site.text(
      """
      SELECT string_agg(title || ' ' || status || CASE WHEN open_blockers > 0 THEN '!' ELSE '' END, ', ' ORDER BY title, status)
      FROM tasks WHERE deleted_at IS NULL AND archived_at IS NULL
      """) ?? ""
  }

  func title(_ task: String) throws -> String? { try site.text("SELECT title FROM tasks WHERE id = \(task)::uuid") }

  /// Where the undo of the last press is posted.
  func undo() throws -> String {
    "/undo/" + (try site.text("SELECT id::text FROM undos ORDER BY id DESC LIMIT 1").unwrapped)
  }

  /// The same as the line on the next page offers it: of several presses within one instant, the last.
  func undo(on target: String) throws -> String {
    let page = ana.get(target)
    let offered = page.text.components(separatedBy: "action=\"/undo/").dropFirst().first
    return "/undo/" + String(try #require(offered, "\(target) \(page.status) offers none").prefix(36))
  }

  /// What is kept by triggers is what is counted afresh.
  func check(_ place: Comment? = nil) throws {
    let wrong = try site.text(
      """
      SELECT coalesce(string_agg(t.title || ' ' || t.open_blockers, ', '), '') FROM tasks t WHERE t.open_blockers <> (
        SELECT count(*) FROM entity_links l WHERE l.from_id = t.id AND l.type = 'depends_on' AND (
          EXISTS (SELECT FROM tasks b WHERE b.id = l.to_id AND b.status NOT IN ('done', 'cancelled') AND b.archived_at IS NULL AND b.deleted_at IS NULL)
          OR EXISTS (SELECT FROM goals b WHERE b.id = l.to_id AND b.status IN ('active', 'paused') AND b.deleted_at IS NULL)
          OR EXISTS (SELECT FROM problems b WHERE b.id = l.to_id AND b.status = 'active' AND b.deleted_at IS NULL)))
      """)
    #expect(wrong == "", place)
    let counted = try site.text(
      "SELECT concat_ws(' ', open, in_progress, deferred, done, cancelled, archived, blocked) FROM task_counts WHERE user_id = \(ana.user)")
    let recounted = try site.text(
      """
      SELECT concat_ws(' ', count(*) FILTER (WHERE a AND status = 'open'), count(*) FILTER (WHERE a AND status = 'in_progress'),
        count(*) FILTER (WHERE a AND status = 'deferred'), count(*) FILTER (WHERE a AND status = 'done'),
        count(*) FILTER (WHERE a AND status = 'cancelled'), count(*) FILTER (WHERE NOT a),
        count(*) FILTER (WHERE a AND status IN ('open', 'in_progress') AND open_blockers > 0))
      FROM (SELECT *, archived_at IS NULL AS a FROM tasks WHERE user_id = \(ana.user) AND deleted_at IS NULL) t
      """)
    #expect(counted == recounted, place)
    let registered = try site.count(
      """
      SELECT count(*) FROM tasks t JOIN search_documents d ON d.id = t.id AND d.user_id = t.user_id AND d.kind = 'task'
      WHERE d.title = t.title AND d.words = register_words(t.user_id, t.title, t.notes)
        AND d.trashed = (t.deleted_at IS NOT NULL OR t.archived_at IS NOT NULL)
      """)
    #expect(try registered == site.count("SELECT count(*) FROM tasks"), place)
    #expect(try site.count("SELECT count(*) FROM search_documents WHERE kind = 'task'") == site.count("SELECT count(*) FROM tasks"), place)
    let closed = try site.count(
      """
      SELECT count(*) FROM tasks t WHERE (t.status = 'done') <> EXISTS (SELECT FROM task_completions c WHERE c.task_id = t.id AND c.undone_at IS NULL)
      """)
    #expect(closed == 0, place)
  }
}
