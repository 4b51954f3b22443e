import Domain
import Postgres

/// A table of a person's rows, as the export of their data holds it.
struct ExportedTable: Sendable {
  let name: StaticString
  /// What the rows are read by, a slice of its values at a time: a column of ids.
  let key: StaticString
  /// How many of these values are read at once.
  let slice: Int
  /// Columns that are left out: secrets, and what is made of others.
  let without: [String]

  init(_ name: StaticString, by key: StaticString = "id", slice: Int = 500, without: [String] = []) {
    (self.name, self.key, self.slice, self.without) = (name, key, slice, without)
  }

  /// All that is a person's, in the order of the file.
  static let all: [ExportedTable] = [
    ExportedTable("reminders", without: ["revision", "sort_at"]), ExportedTable("schedules", by: "reminder_id"),
    ExportedTable("completion_criteria", by: "reminder_id", without: ["link_number"]), ExportedTable("snoozes"),
    ExportedTable("occurrences", by: "reminder_id", slice: 50), ExportedTable("escalations", slice: 200),
    ExportedTable("escalation_events", slice: 500), ExportedTable("outbox", slice: 500, without: ["fence", "lease_until", "lost"]),
    ExportedTable("outbox_attempts"), ExportedTable("reminder_offers"), ExportedTable("desk_reminders", by: "reminder_id"),
    ExportedTable("profiles"), ExportedTable("contacts"), ExportedTable("contact_mails"), ExportedTable("contact_stops", by: "user_id"),
    ExportedTable("agents", without: ["configuration"]), ExportedTable("agent_tests"), ExportedTable("muted_addresses", by: "user_id"),
    ExportedTable("phones", without: ["number_key"]), ExportedTable("push_devices", without: ["endpoint_hash", "subscription"]),
    ExportedTable("api_keys", without: ["key_hash"]), ExportedTable("web_sessions", without: ["token_hash"]),
    ExportedTable("account_mails"),
    ExportedTable("habits", without: ["state", "year_state"]), ExportedTable("habit_frequencies", by: "habit_id"),
    ExportedTable("habit_pauses"), ExportedTable("habit_days", by: "habit_id", slice: 3), ExportedTable("habit_goals", by: "habit_id"),
    ExportedTable("habit_imports", slice: 1, without: ["file"]), ExportedTable("goals", without: ["title_norm"]),
    ExportedTable("goal_subtasks"),
    ExportedTable("tasks", without: ["title_norm", "open_blockers"]), ExportedTable("task_repeats", by: "series_id"),
    ExportedTable("task_completions"), ExportedTable("problems", without: ["title_norm"]),
    ExportedTable("deadlines", without: ["title_norm"]),
    ExportedTable("deadline_extensions"), ExportedTable("deadline_reminders", by: "reminder_id"), ExportedTable("entity_links"),
    ExportedTable("people", without: ["name_norm", "addresses"]), ExportedTable("person_addresses"), ExportedTable("contact_log"),
    ExportedTable("person_reminders", by: "reminder_id"),
    ExportedTable("events", without: ["title_norm", "kept_from", "kept_until", "zone_version"]),
    ExportedTable("event_overrides", by: "event_id", slice: 100), ExportedTable("event_guests", by: "event_id", slice: 100),
    ExportedTable("event_reminders", by: "reminder_id"),
    ExportedTable("feeds", without: ["token_hash", "stamp", "etag", "body"]), ExportedTable("connections", without: ["secret"]),
    ExportedTable("entity_relationships"), ExportedTable("places", without: ["name_norm"]), ExportedTable("merges", slice: 50),
    ExportedTable("tags", by: "thing", without: ["tag_norm"]), ExportedTable("deletions"),
    ExportedTable("inbox_items", without: ["normalised", "message_sha256"]), ExportedTable("chat_sessions"),
    ExportedTable("recent_context_items"), ExportedTable("memory_summaries"),
    ExportedTable("planner_imports", slice: 1, without: ["file"]), ExportedTable("context_imports", slice: 1, without: ["file"]),
    ExportedTable("entity_sources", by: "thing", slice: 200, without: ["sha256"]),
    ExportedTable("coach_messages"), ExportedTable("chats"), ExportedTable("chat_messages", slice: 200), ExportedTable("reminder_imports"),
    ExportedTable("assistant_steps"), ExportedTable("proposals", slice: 100, without: ["digest", "revision"]),
    ExportedTable("assumptions", without: ["revision"]), ExportedTable("assumption_evidence"),
    ExportedTable("notifications"), ExportedTable("notification_settings", by: "user_id"), ExportedTable("weekly_mails"),
    ExportedTable("jobs"), ExportedTable("event_log"), ExportedTable("audit_log", without: ["mac", "payload_sha256"]),
  ]

  /// Tables with a person's rows that are left out, each for a reason: they are made of others, or say how far something has come.
  static let leftOut: Set<String> = [
    "channel_failures", "channel_tests", "decisions", "desk_late",  // the account's, with who it was
    "undos",  // how things were for a day
    "memory_rounds", "contact_rounds", "assumption_rounds", "assistant_turns", "task_batches",
    "coach_rounds", "weekly_reviews", "list_changes", "model_days", "idempotency_keys",
    "reminder_counts",
    "phone_codes",
    "address_sends", "phone_stops", "push_closings",  // how far something has come
    "habit_lines", "habit_years", "reminder_texts", "reminder_words", "search_documents", "task_counts", "inbox_counts",  // made of others
    "event_instances",
    "habit_import_rows", "habit_sources", "reminder_import_rows", "reminder_sources", "planner_import_rows", "context_import_rows",
    "feed_doubts",
    "task_sources",  // what a file held that was imported
    "embedding_sets", "embeddings", "embedding_jobs", "embedding_rounds",  // made of others
    "query_vectors",  // what somebody looked for, of which nothing stays after a day
    "prompt_runs", "rotas",  // counts of the model's; the account's plan
  ]

  /// The values of the key, each once.
  var keys: SQL { "SELECT DISTINCT \(raw: key) FROM \(raw: name) WHERE user_id = me() ORDER BY 1" }

  /// The rows of some of them, as JSON.
  func rows(_ keys: [ID<ExportedTable>]) -> SQL {
    """
    SELECT (to_jsonb(t) - \(without))::text FROM \(raw: name) t WHERE t.user_id = me() AND t.\(raw: key) = ANY (\(keys)) ORDER BY t.\(raw: key)
    """
  }
}
