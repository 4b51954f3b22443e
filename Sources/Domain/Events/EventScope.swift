/// What of a series an edit or a deletion is about (RULES 9.23).
public enum EventScope: String, CaseIterable, Hashable, Sendable { case this, later, all }

/// What somebody changed on the form of an instance or of the whole.
public struct SeriesEdit: Sendable {
  public enum Rule: Hashable, Sendable {
    case same
    /// Nil: it shall not come again.
    case changed(Recurrence?)
  }

  public let scope: EventScope
  /// Whose form it was; nil: that of the whole, which shows the first times.
  public let instance: InstanceKey?
  /// As the form holds them: of ``instance`` as it was shown, or as it was changed.
  public let times: EventTimes
  /// A rule that says the same counts as the same.
  public let rule: Rule
  /// Typed lists stand as they are; nil: theirs go along.
  public let rdates: [SeriesDate]?
  public let exdates: [SeriesDate]?

  public init(
    _ scope: EventScope, of instance: InstanceKey?, times: EventTimes, rule: Rule = .same, rdates: [SeriesDate]? = nil,
    exdates: [SeriesDate]? = nil
  ) {
    (self.scope, self.instance, self.times, self.rule) = (scope, instance, times, rule)
    (self.rdates, self.exdates) = (rdates, exdates)
  }
}

/// What comes of it: all that is to be written. What was before, the caller has, for the undo.
public struct SeriesChange: Equatable, Sendable {
  /// An override whose row gets another name, or goes to the continuation.
  public struct Move: Hashable, Sendable {
    public let from: InstanceKey
    public let to: InstanceKey
    public let isInContinuation: Bool
  }

  /// As it came out: `later` at the first instance is `all`.
  public let scope: EventScope
  /// What stands in its place now; nil: nothing, it is deleted.
  public let series: EventSeries?
  /// What begins at the instance, linked to ``series``.
  public internal(set) var continuation: EventSeries?
  /// Overrides that stay, under another name or in the continuation; their new times are among its overrides.
  public internal(set) var moves: [Move] = []
  /// Overrides of instances that were deleted.
  public internal(set) var removed: [InstanceKey] = []
  /// Overrides and dates that name no instance any more, which nobody meant to lose: the page counts them.
  public internal(set) var droppedOverrides: [InstanceKey] = []
  public internal(set) var droppedDates: [SeriesDate] = []
  /// Whether the rule gives the typed start no instance, so that the first is later: the page says so.
  public internal(set) var isStartMoved = false

  public var dropped: Int { droppedOverrides.count + droppedDates.count }

  init(_ scope: EventScope, _ series: EventSeries?) { (self.scope, self.series) = (scope, series) }
}

/// Why a series cannot be changed like that.
public enum SeriesEditError: Error, Hashable, Sendable {
  /// There is no such instance, or it is left out.
  case noInstance
  /// One instance alone has no rule.
  case ruleOfOne
  case rule(RecurrenceError)
}
