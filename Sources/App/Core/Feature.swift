import Domain
import HTML
import Postgres

/// What a feature adds to what all features share. Each feature says it once, in its own folder (`RemindersFeature.swift`); who goes through the
/// list (``features``) knows none of them.
struct Feature: Sendable {
  /// Its place in the navigation.
  var section: NavSection?
  /// What of a person's it counts, for the navigation and the pages (``Person/counts``).
  var numbers: Numbers?
  /// What it puts on the page that opens first, made for a person and a day.
  var today: @Sendable (DayView) -> Reading<TodayPart>? = { _ in nil }
  /// What of its things holds some words, kind by kind.
  var search: @Sendable (SearchView) -> Reading<[SearchPart]>? = { _ in nil }
  /// When something of it takes the time of a person within hours that they work, in any order (RULES 9.20).
  var busy: @Sendable (Range<Instant>, Person) -> Reading<[Range<Instant>]>? = { _, _ in nil }
  /// What happens by itself, made afresh for each worker, so that it may remember whose turn it is.
  var work: @Sendable (WorkBench) -> [WorkKind] = { _ in [] }
  /// What follows of it, in the same transaction, from what somebody did to things of any feature.
  var follows: @Sendable (Change, Context) throws -> Void = { _, _ in }
  /// What follows of it from dates that a job gave habits of a person, for whom its transaction is and whose rows of them it holds.
  var followsHabits: @Sendable ([ID<Habit>], Person, WorkBench, _ now: Instant) throws -> Void = { _, _, _, _ in }
  /// Puts back what one press changed of its things (`PlannerUndo`): how many are as they were, and what those are called that changed since.
  var takesBack: @Sendable (ID<PlannerUndo>, Context) throws -> (undone: Int, kept: [String]) = { _, _ in (0, []) }
  /// Takes back what it keeps itself under that id, for longer than an undo is kept; nil: it keeps nothing under it.
  var takesBackOwn: @Sendable (ID<PlannerUndo>, Context) throws -> (back: Path, undone: Int, kept: [String])? = { _, _ in nil }
  /// Why the person can have no reminder more, in their words; nil: they can.
  var hindersReminder: @Sendable (Context) throws -> String? = { _ in nil }
  /// What of it the line of `heed work --once` counts.
  var counts: [String] = []
  /// What is done step by step: every night, or when somebody asks.
  var jobs: [JobKind] = []
  /// What is kept no longer.
  var retention: [Retention] = []
  /// What each worker has to do for itself, or for the machine it runs on.
  var chores: [Chore] = []
  /// Where it keeps secrets: `heed vault rotate` seals them anew.
  var secrets: [SecretColumn] = []
  /// What an entry of the audit log says; nil for entries of other features.
  var sentence: @Sendable (AuditFacts, Words) -> String? = { _, _ in nil }
  /// What a detail of such an entry is called; nil for details of other features.
  var detail: @Sendable (_ name: String, Words) -> String? = { _, _ in nil }
  /// The things that entries of the audit log are about, as they are now.
  var auditSubjects: [AuditSubject] = []
  /// The rows of it that a new person starts with, who owns the transaction.
  var welcome: @Sendable (ID<User>, _ now: Instant, Connection) throws(PostgresError) -> Void = { _, _, _ in }
  /// What it adds to the demo account.
  var demo: @Sendable (DemoStage) throws -> Void = { _ in }
}

extension Feature {
  /// All of its jobs, with those that throw away what is kept no longer.
  var allJobs: [JobKind] { jobs + retention.map(\.kind) }
}
