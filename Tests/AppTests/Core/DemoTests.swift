import Postgres
import Testing

@testable import App
@testable import Domain

/// What `heed seed` makes.
@Suite struct DemoTests {
  @Test func theDemoAccountHasRemindersInEveryStateAndIsMadeOnce() throws {
    let site = try Site()
    let seed = DemoSeed(site.services, site.owner)
    #expect(try seed.run(at: site.now))
    let others: SQL = """
      SELECT reminder_id FROM desk_late UNION ALL SELECT reminder_id FROM deadline_reminders
      UNION ALL SELECT reminder_id FROM person_reminders UNION ALL SELECT reminder_id FROM event_reminders
      """
    #expect(try site.count("SELECT count(*) FROM reminders WHERE id NOT IN (\(others))") == 15)
    #expect(try site.text("SELECT string_agg(DISTINCT status, ' ' ORDER BY status) FROM reminders") == "active archived completed snoozed")
    #expect(try site.count("SELECT count(*) FROM escalations WHERE open AND state = 'active'") > 0)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE state = 'sent'") > 20)
    #expect(try site.mails().isEmpty)
    // The audit page reads in the order in which things happened.
    let entries: SQL = "SELECT at, lag(at) OVER (PARTITION BY account_id ORDER BY number) AS before FROM audit_log"
    #expect(try site.count("SELECT count(before) FROM (\(entries)) x") > 3)
    #expect(try site.count("SELECT count(*) FROM (\(entries)) x WHERE at < before") == 0)
    #expect(try !seed.run(at: site.now))
  }

  @Test func `the demo account has goals in every state, what the coach said, and a conversation without a model`() throws {
    let (site, ana) = try Site.demo()
    let open = ana.get("/goals")
    #expect(open.facts("status").sorted() == Array(repeating: "active", count: 6) + ["overdue"])
    #expect(open.facts("progress").contains("0.500000"))
    #expect(ana.get("/goals?status=completed").text.contains("86 days, 3 steps"))
    let race = try site.text("SELECT id::text FROM goals WHERE title LIKE 'Run%'").unwrapped
    let goal = ana.get("/goals/\(race)")
    #expect(goal.facts("subtask") == ["completed", "completed", "in_progress", "pending"] && goal.facts("week-done").count == 2)
    #expect(ana.get("/").text.contains("Hand in the tax return"))
    let said = ana.get("/coach")
    #expect(Set(said.facts("message")).isSuperset(of: ["habit_complete", "goal_complete"]) && !said.facts("written").contains("model"))
    let chat = try site.text("SELECT id::text FROM chats WHERE kind = 'coach'").unwrapped
    #expect(ana.get("/coach/\(chat)").fact("answer") == "there")
    #expect(try site.count("SELECT count(*) FROM chat_messages WHERE answer IS NOT NULL AND written = 'template'") == 5)
    #expect(try site.count("SELECT count(*) FROM chat_messages WHERE kept_back") == 0)
    let review = ana.get("/review")
    #expect(review.status == 200 && review.fact("week-rate") != nil)
    let habits = try site.owner.rows(Query<String>(column: "SELECT '/habits/' || id FROM habits"))
    for place in habits { #expect(ana.get(place).status == 200, "\(place)") }
  }

  @Test func `the desk of the demo account has conversations in every state, and what went wrong`() throws {
    let site = try Site.demo().site
    func words(_ sql: SQL) throws -> String? { try distinct(sql, site) }
    #expect(try words("SELECT state FROM conversations") == "closed open snoozed spam waiting")
    #expect(try site.count("SELECT count(*) FROM conversations WHERE merged_into IS NOT NULL") == 1)
    let sending = try words("SELECT sending FROM messages WHERE direction = 'outbound' AND kind = 'person'").unwrapped
    #expect(sending == "bounced held sent")
    #expect(try site.count("SELECT count(*) FROM messages WHERE notice LIKE 'invitation%' AND raw IS NOT NULL") == 1)
    #expect(try site.count("SELECT count(*) FROM conversations WHERE late_at <= \(site.now)") > 0)
    #expect(try words("SELECT action FROM learning_samples") == "approve edit reject")
    #expect(try site.count("SELECT count(*) FROM learning_samples WHERE created_at < \(site.now.advanced(days: -50))") > 0)
    #expect(try site.count("SELECT count(*) FROM quarantine WHERE state = 'waiting'") == 1)
    #expect(try site.count("SELECT count(*) FROM jobs WHERE state = 'failed' AND account_id IS NOT NULL") == 1)
    #expect(try words("SELECT language FROM sources") == "en pt-BR")
  }

  /// Words, each once.
  private func distinct(_ sql: SQL, _ site: Site) throws -> String? {
    try site.text("SELECT string_agg(DISTINCT x, ' ' ORDER BY x) FROM (\(sql)) y(x)")
  }

  @Test func `the demo account has a planner of a family and a firm in every state, and a colleague one of their own`() throws {
    let (site, ana) = try Site.demo()
    let mine: SQL = "user_id = \(ana.user)"
    func words(_ sql: SQL) throws -> String? { try distinct(sql, site) }
    #expect(try site.count("SELECT count(*) FROM tasks WHERE \(mine)") >= 60)
    #expect(try words("SELECT status FROM tasks WHERE \(mine) AND deleted_at IS NULL") == "cancelled deferred done in_progress open")
    let series: SQL = """
      SELECT string_agg(status, ' ' ORDER BY series_no) AS x FROM tasks WHERE \(mine) AND series_id IS NOT NULL GROUP BY series_id
      """
    #expect(try site.text("SELECT string_agg(x, ', ') FROM (\(series)) s") == "done open, done open")
    #expect(try words("SELECT type FROM entity_links WHERE \(mine)") == "addresses_problem depends_on related supports_goal")
    #expect(try site.count("SELECT blocked FROM task_counts WHERE \(mine)") == 7)
    #expect(try words("SELECT status FROM problems WHERE \(mine) AND deleted_at IS NULL") == "active monitoring resolved")
    #expect(try words("SELECT status FROM deadlines WHERE \(mine)") == "completed extended missed pending")
    let rings: SQL = "SELECT count(*) FROM escalations e JOIN deadline_reminders b ON b.reminder_id = e.reminder_id WHERE e.open"
    #expect(try site.count(rings) == 1)
    #expect(try words("SELECT coalesce(became_kind, 'waits') FROM inbox_items WHERE \(mine)") == "none task waits")
    let plan = try site.text(
      """
      SELECT string_agg(concat(state, ' ', n), ', ' ORDER BY state) FROM (
        SELECT state, count(*) AS n FROM recent_context_items WHERE \(mine) AND chat = 'plan' GROUP BY state) p
      """)
    #expect(plan == "dismissed 2, taken 6")
    #expect(try words("SELECT type FROM memory_summaries WHERE \(mine)") == "daily session weekly")
    #expect(try site.count("SELECT count(*) FROM memory_summaries WHERE \(mine) AND type = 'weekly' AND facts <> '[]'") >= 3)
    #expect(try site.count("SELECT count(*) FROM deletions WHERE \(mine)") == 4)
    let owners: SQL = "SELECT user_id FROM tasks INTERSECT SELECT user_id FROM deadlines INTERSECT SELECT user_id FROM inbox_items"
    #expect(try site.count("SELECT count(*) FROM (\(owners)) o") == 2)
    for page in ["inbox", "tasks", "tasks?view=board", "plan", "deadlines", "problems", "summaries", "activity", "trash"] {
      #expect(ana.get("/" + page).status == 200, "\(page)")
    }
    #expect(site.logged.isEmpty)
  }

  @Test func `the demo account knows forty people, six places and two months of events, and how they are related`() throws {
    let (site, ana) = try Site.demo()
    let mine: SQL = "user_id = \(ana.user) AND deleted_at IS NULL"
    func words(_ sql: SQL) throws -> String? { try distinct(sql, site) }
    #expect(try site.count("SELECT count(*) FROM people WHERE user_id = \(ana.user)") == 40)
    #expect(try site.count("SELECT count(*) FROM merges WHERE user_id = \(ana.user) AND undone_at IS NULL") == 1)
    #expect(try words("SELECT type FROM people WHERE \(mine)") == "colleague contact family friend lead")
    #expect(try site.count("SELECT count(*) FROM people WHERE \(mine) AND stay_due_at IS NOT NULL AND last_contact_at IS NOT NULL") >= 5)
    #expect(try site.count("SELECT count(*) FROM people WHERE \(mine) AND birth_month IS NOT NULL") >= 10)
    #expect(try site.count("SELECT count(*) FROM places WHERE \(mine)") == 6)
    #expect(try words("SELECT status FROM events WHERE \(mine)") == "cancelled confirmed tentative")
    #expect(try site.count("SELECT count(*) FROM events WHERE \(mine) AND rule <> ''") == 5)
    #expect(try site.count("SELECT count(*) FROM events WHERE \(mine) AND all_day AND ends > starts") == 2)
    #expect(try site.count("SELECT count(*) FROM event_overrides WHERE user_id = \(ana.user) AND starts IS NOT NULL") == 1)
    #expect(try site.count("SELECT count(*) FROM entity_relationships WHERE user_id = \(ana.user)") > 35)
    let bea = try site.text("SELECT id::text FROM people WHERE \(mine) AND name = 'Bea Moraes'").unwrapped
    let grace = try site.text("SELECT id::text FROM people WHERE \(mine) AND name = 'Grace Mensah'").unwrapped
    for page in ["people", "people/\(bea)", "people/\(bea)/graph", "people/\(bea)/path?to=\(grace)", "places", "calendar"] {
      #expect(ana.get("/" + page).status == 200, "\(page)")
    }
    #expect(ana.get("/people/\(bea)/path?to=\(grace)").fact("steps") == "2")
    #expect(site.logged.isEmpty)
  }

  @Test func `the demo account has assumptions in every state, proposals that wait, and a talk with the assistant, in both languages`()
    throws
  {
    let (site, ana) = try Site.demo()
    for (mine, language) in [("user_id = \(ana.user)", "en"), ("user_id <> \(ana.user)", "pt-BR")] as [(SQL, String)] {
      let states = try distinct("SELECT state FROM assumptions WHERE \(mine)", site)
      #expect(states == "confirmed corrected dismissed faded open", "\(language)")
      #expect(try site.count("SELECT count(*) FROM proposals WHERE \(mine) AND state = 'open'") == 3, "\(language)")
      #expect(
        try site.count(
          "SELECT count(*) FROM chat_messages WHERE \(mine) AND kind = 'assistant' AND written = 'rules' AND language = \(language)") == 7)
    }
    #expect(try distinct("SELECT u.language FROM people p JOIN users u ON u.id = p.user_id", site) == "en pt-BR")
    for page in ["assistant", "assumptions", "assumptions?state=all", "proposals", "settings/privacy", "settings/model"] {
      #expect(ana.get("/" + page).status == 200, "\(page)")
    }
    #expect(site.logged.isEmpty)
  }
}
