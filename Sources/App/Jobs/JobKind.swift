import Domain
import Net
import Postgres

/// One kind of job: what it is called, when there is one, what a step of it does. A feature lists its own (``Feature/jobs``).
struct JobKind: Sendable {
  /// Its own among those of all features: `retention.snoozes`.
  let name: String
  let occasion: Occasion
  /// How long what it looks after is kept, in words; nil: it throws nothing away.
  let kept: String?
  /// Does one step: at most a few hundred rows, or what is to be done between two transfers.
  ///
  /// It runs in a transaction, in which its progress is stored as well; what it does outside of the database may be done twice. An error undoes
  /// it, and it is tried again from the same place, as messages are (``RetrySchedule``), for a day.
  let step: @Sendable (inout JobRun, WorkBench, Instant) throws -> JobStep

  enum Occasion: Sendable {
    /// When somebody asks (``Job/asking(for:key:at:of:_:now:)``).
    case asked
    /// Once a day (UTC) for the whole installation, whichever worker comes to it; and once more on a day on which its `edition` is another.
    case nightly(edition: String = "")
  }

  init(
    _ name: String, _ occasion: Occasion = .asked, kept: String? = nil,
    _ step: @escaping @Sendable (inout JobRun, WorkBench, Instant) throws -> JobStep
  ) {
    (self.name, self.occasion, self.kept, self.step) = (name, occasion, kept, step)
  }

  /// Work that goes through a table in the order of its ids.
  ///
  /// - Parameter slice: does a slice of the rows after an id, all zero at the beginning; returns the id to go on after, nil at the end.
  init<Row>(
    _ name: String, _ occasion: Occasion, _ slice: @escaping @Sendable (_ bench: WorkBench, _ after: ID<Row>, Instant) throws -> ID<Row>?
  ) {
    self.init(name, occasion) { run, bench, now in
      guard let last = try slice(bench, ID(run.place) ?? ID(high: 0, low: 0), now) else { return .done }
      run.place = last.text
      return .again
    }
  }

  var isNightly: Bool {
    if case .nightly = occasion { true } else { false }
  }

  /// What there is one of on a day; nil: it is there when it is asked for.
  func key(on day: Day) -> String? {
    guard case .nightly(let edition) = occasion else { return nil }
    return edition.isEmpty ? day.iso : "\(day.iso) \(edition)"
  }
}

/// What a step comes to.
enum JobStep {
  /// There is more to do, at ``JobRun/place``: in a moment, when nothing that is due waits.
  case again
  /// Go on when this has been answered, with the answer. Nobody waits for it meanwhile. The address guard is asked before anything is
  /// dialled. It begins after so many milliseconds.
  case transfer(HTTPRequest, after: Int = 0)
  case done
  /// It cannot be done: nobody tries again, and operators are told why.
  case failed(String)
}

/// What is kept no longer (RULES 7.3): thrown away every night.
struct Retention: Sendable {
  /// What it throws away: a table as a rule.
  let noun: String
  /// How long it is kept, in words.
  let kept: String
  /// Deletes at most ``Chore/slice`` rows.
  let deletion: @Sendable (_ now: Instant, Services) -> SQL

  init(_ noun: String, kept: String, _ deletion: @escaping @Sendable (_ now: Instant, Services) -> SQL) {
    (self.noun, self.kept, self.deletion) = (noun, kept, deletion)
  }

  /// The usual.
  init(_ noun: String, days: Int64, _ deletion: @escaping @Sendable (_ before: Instant) -> SQL) {
    self.init(noun, kept: "\(days) days") { now, _ in deletion(now.advanced(days: -days)) }
  }

  /// Every night, slice by slice.
  var kind: JobKind {
    JobKind("retention.\(noun)", .nightly(), kept: kept) { run, bench, now in
      let count = try bench.db.run(deletion(now, bench.services))
      run.done += count
      return count == Chore.slice ? .again : .done
    }
  }
}
