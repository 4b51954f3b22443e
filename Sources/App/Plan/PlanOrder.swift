import Domain
import Postgres

/// A list of tasks in the order of the plan's sum: first those that it can lift, by it, then the rest by their dates. Below a few hundred tasks that is all
/// of them; however many there are, no page looks at more.
enum PlanOrder {
  static func page(_ filter: TaskFilter, _ today: TaskFilter.Moment, _ web: Context) throws -> PageOf<Task> {
    let person = try web.person
    let whole = PlanMoment(person, web.clock)
    let moment = whole.busy(try web.read(whole.taken(of: person)))
    var ranked = try web.read(ranking(filter, today, moment))
    var place = filter.after.flatMap { ranked.firstIndex(of: $0) }
    if let after = filter.after, place == nil, try web.read(Task.mine("t.id = \(after) AND \(filter.all(today))")).isEmpty {
      // It went since the page before was made: this one begins where it stood.
      ranked = try web.read(ranking(filter, today, moment, with: after))
      place = ranked.firstIndex(of: after)
    }
    var ids: [ID<Task>] = []
    if filter.after == nil || place != nil { ids = Array(ranked[(place.map { $0 + 1 } ?? 0)...].prefix(PageSize.read)) }
    var rest: [Task] = []
    if ids.count < PageSize.read {
      let behind: SQL = filter.after == nil || place != nil ? "true" : filter.behind
      rest = try web.read(
        Task.listed("\(filter.all(today)) AND t.id <> ALL (\(ranked)) AND \(behind) \(filter.order) LIMIT \(PageSize.read - ids.count)"))
    }
    let found: [Task] = ids.isEmpty ? [] : try web.read(Task.listed("t.id = ANY (\(ids))"))
    let known = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return PageOf(ids.compactMap { known[$0] } + rest)
  }

  /// The tasks that the sum orders, the first first.
  ///
  /// - Parameter gone: one that stands among them, although it is not of the list any more.
  static func ranking(
    _ filter: TaskFilter, _ today: TaskFilter.Moment, _ moment: PlanMoment, with gone: ID<Task>? = nil
  ) -> Query<ID<Task>> {
    let list: SQL = "t.deleted_at IS NULL AND \(filter.all(today))"
    var which: SQL = "t.user_id = (SELECT me()) AND \(list)"
    if let gone { which = "t.user_id = (SELECT me()) AND (\(list) OR t.id = \(gone))" }
    return Query(
      column: """
        WITH chosen AS (
          SELECT t.id FROM (\(PlanSum.first(which, limit: "LIMIT 300"))) t UNION \(PlanSum.linked(which, limit: "LIMIT 300")))
        SELECT t.id FROM chosen i JOIN tasks t ON t.id = i.id AND t.user_id = (SELECT me()) \(PlanSum.hanging)
        ORDER BY \(PlanSum.own(moment)) + \(PlanSum.ofLinks(moment)) DESC, coalesce(t.due, 'infinity'), coalesce(t.due_at, 'infinity'),
          coalesce(t.priority, 5), t.id
        """)
  }
}
