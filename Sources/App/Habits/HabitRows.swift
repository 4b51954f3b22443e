import Domain
import Postgres

/// Many habits of a person, table by table: for a list of a hundred the arrays that ``Habit/mine(_:_:)`` has made of each take five times as long.
enum HabitRows {
  /// Habits of the person that the transaction is for, with what ``Habit/Reach/days`` reads of them.
  ///
  /// - Parameters:
  ///   - which: a condition on `h`.
  ///   - recent: entries from this date on are read together, whichever habit's they are, and the few before it habit by habit. Only speed depends on
  ///     it.
  static func mine(_ which: SQL, recent: Day) -> Reading<[Habit]> {
    let whose: SQL = "h.user_id = (SELECT me()) AND h.status <> 'deleted'"
    let heads = Query("SELECT \(Habit.own), h.state AS past FROM habits h WHERE \(whose) AND \(which) \(Habit.inOrder)") {
      row throws(PostgresError) in
      try Habit(own: row)
    }
    return Reading(heads, Change.mine, Pause.mine, Entry.before(recent, whose), Entry.from(recent)) {
      heads, changes, pauses, older, newer in
      var habits = heads
      let places = Dictionary(habits.enumerated().map { ($0.element.id, $0.offset) }) { $1 }
      for change in changes { if let place = places[change.habit] { habits[place].changes.append(change.stored) } }
      for pause in pauses { if let place = places[pause.habit] { habits[place].pauses.append(pause.stored) } }
      for entry in older + newer {
        guard let place = places[entry.habit], habits[place].state.map({ $0.next <= entry.date }) ?? true else { continue }
        if let stored = entry.stored { habits[place].entries.append(stored) }
      }
      return habits
    }
  }

  private struct Change {
    let habit: ID<Habit>
    let from: Day
    let frequency: HabitFrequency.Name
    let days: Int
    let times: Int
    let target: Amount?
    let direction: HabitTarget.Direction
    let period: HabitTarget.Period

    /// In the order of their dates.
    static var mine: Query<Change> {
      Query(
        """
        SELECT habit_id AS habit, from_date AS "from", frequency, days, times, target, direction, period FROM habit_frequencies
        WHERE user_id = (SELECT me()) ORDER BY from_date
        """, into: Change.init)
    }

    var stored: HabitChange {
      HabitChange(
        from: from,
        HabitRule(HabitFrequency(frequency, days: days, times: times), target: target.map { HabitTarget($0, direction, per: period) }))
    }
  }

  private struct Pause {
    let habit: ID<Habit>
    let id: ID<StoredPause>
    let from: Day
    let until: Day?
    let reason: SkipReason?
    let isArchive: Bool
    let isOfAll: Bool

    static var mine: Query<Pause> {
      Query(
        """
        SELECT habit_id AS habit, id, from_date AS "from", until_date AS until, reason, kind = 'archive' AS is_archive,
          batch IS NOT NULL AS is_of_all
        FROM habit_pauses WHERE user_id = (SELECT me()) ORDER BY from_date, id
        """, into: Pause.init)
    }

    var stored: StoredPause { StoredPause(id: id, from: from, until: until, reason: reason, isArchive: isArchive, isOfAll: isOfAll) }
  }

  private struct Entry {
    let habit: ID<Habit>
    let date: Day
    let mark: HabitEntry.Mark.Name
    let amount: Amount?
    let reason: SkipReason?
    let hasNote: Bool

    private static let columns: Columns = "d.habit_id AS habit, d.date, d.state AS mark, d.amount, d.reason, d.notes <> '' AS has_note"

    static func from(_ day: Day) -> Query<Entry> {
      Query(
        "SELECT \(columns) FROM habit_days d WHERE d.user_id = (SELECT me()) AND d.date >= \(day) ORDER BY d.date", into: Entry.init)
    }

    /// Those of habits whose stored past ends before that, from there on. Without `coalesce`, as ``Habit/Reach`` says.
    static func before(_ day: Day, _ whose: SQL) -> Query<Entry> {
      Query(
        """
        SELECT \(columns) FROM habits h CROSS JOIN LATERAL (
          SELECT * FROM habit_days d WHERE d.habit_id = h.id AND d.user_id = h.user_id AND d.date < \(day)
            AND d.date >= CASE WHEN h.state_next IS NULL THEN '-infinity' ELSE h.state_next END
          ORDER BY d.date) d
        WHERE \(whose) AND (h.state_next IS NULL OR h.state_next < \(day)) ORDER BY d.date
        """, into: Entry.init)
    }

    var stored: HabitEntry? { HabitEntry(stored: date, mark, amount, reason, hasNote: hasNote) }
  }
}
