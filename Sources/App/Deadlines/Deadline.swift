import Domain
import Postgres

extension DeadlineStatus: Bindable, FromColumn {}

/// What a deadline is called by who set it. All ring alike.
enum DeadlineType: String, CaseIterable, Bindable, FromColumn { case deadline, milestone, reminder }

/// What has to be done by an instant, as stored (RULES 8.10, 8.28), with its reminder.
struct Deadline {
  let id: ID<Deadline>
  let title: String
  /// Markdown.
  let description: String
  let type: DeadlineType
  let status: DeadlineStatus
  let dueAt: Instant
  let remindAt: Instant?
  let remindMonths: Int?
  let remindSeconds: Int?
  /// Second of the day.
  let remindTime: Int?
  /// As typed.
  let remindWords: String
  /// 1 to 10.
  let importance: Int
  let consequences: String
  let task: ID<Task>?
  /// To which it belongs.
  let event: ID<Event>?
  let isPutAway: Bool
  let isPrivate: Bool
  let missedAt: Instant?
  let lookedAt: Instant?
  let completedAt: Instant?
  let byTask: Bool
  let createdAt: Instant
  let version: Int
  let revision: Int
  /// nil: nothing rings.
  let reminder: ID<Reminder>?
  /// The one that its owner chose; nil: the one that goes with its importance.
  let profile: ID<EscalationProfile>?
  let taskTitle: String?
  /// nil: it belongs to none, or that is in the trash.
  let eventTitle: String?
  /// What it was due at before, the first first.
  let formerDues: [Instant]
  /// In the order of their letters.
  let tags: [String]

  /// What it is about, for the audit log.
  static let subject = "deadline"

  private static let columns: Columns = """
    d.id, d.title, d.description, d.type, d.status, d.due_at, d.remind_at, d.remind_months, d.remind_seconds, d.remind_time, d.remind_words,
    d.importance, d.consequences, d.task_id, d.event_id, d.put_away, d.private, d.missed_at, d.looked_at, d.completed_at, d.by_task, d.created_at,
    d.version, d.revision
    """

  private static let joined: SQL = """
    b.reminder_id, d.profile_id, t.title AS task_title, v.title AS event_title,
    ARRAY(SELECT e.from_due FROM deadline_extensions e WHERE e.deadline_id = d.id AND e.user_id = d.user_id ORDER BY e.at, e.id) AS former_dues,
    ARRAY(SELECT g.tag FROM tags g WHERE g.thing = d.id AND g.user_id = d.user_id ORDER BY g.tag_norm) AS tags
    """

  private static let from: SQL = """
    deadlines d LEFT JOIN LATERAL (SELECT n.reminder_id FROM deadline_reminders n WHERE n.deadline_id = d.id AND n.user_id = d.user_id
        ORDER BY n.reminder_id DESC LIMIT 1) b ON true
      LEFT JOIN tasks t ON t.id = d.task_id AND t.user_id = d.user_id AND t.deleted_at IS NULL
      LEFT JOIN events v ON v.id = d.event_id AND v.user_id = d.user_id AND v.deleted_at IS NULL
    """

  /// Deadlines of the person that the transaction is for; those in the trash are not there.
  ///
  /// - Parameter which: a condition on `d` and its newest reminder `b`, and their order.
  static func mine(_ which: SQL) -> Query<Deadline> {
    Query(
      "SELECT \(columns), \(joined) FROM \(from) WHERE d.user_id = (SELECT me()) AND d.deleted_at IS NULL AND \(which)", into: Deadline.init
    )
  }

  /// As events name it.
  var ref: ThingRef { ThingRef(.deadline, of: id) }

  /// When it rings, as it is stored.
  var rings: DeadlineReminder? {
    if let remindAt { return .at(remindAt) }
    guard let remindMonths, let remindSeconds else { return nil }
    let time = remindTime.flatMap { TimeOfDay(second: $0) }
    return DeadlineReminder.Offset(months: remindMonths, seconds: remindSeconds, time: time).map { DeadlineReminder.before($0) }
  }

  /// Whether it would ring, but its reminder is not there any more.
  var isSilent: Bool { rings != nil && reminder == nil && status.isAhead && !isPutAway }

  /// Whether it was missed, and its owner has not said that they have seen it.
  var isToBeSeen: Bool { status == .missed && lookedAt == nil }

  /// Its state, to be led on by the rules.
  var course: DeadlineCourse {
    DeadlineCourse(
      status: status, due: dueAt, reminder: rings, formerDues: formerDues, missedAt: missedAt, completedAt: completedAt)
  }
}

/// When a reminder rings, as the columns of its deadline hold it: nothing in any of them where nothing rings.
struct RemindColumns {
  let at: Instant?
  let offset: DeadlineReminder.Offset?

  init(_ reminder: DeadlineReminder?) {
    switch reminder {
    case nil: (at, offset) = (nil, nil)
    case .at(let instant): (at, offset) = (instant, nil)
    case .before(let offset): (at, self.offset) = (nil, offset)
    }
  }

  var months: Int? { offset?.months }
  var seconds: Int? { offset?.seconds }
  /// Second of the day.
  var time: Int? { offset?.time?.second }
}
