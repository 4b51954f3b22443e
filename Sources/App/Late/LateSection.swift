import Domain
import HTML
import Postgres

extension Count {
  /// Conversations to which an answer is owed by some time: at most ``LateSection/most``.
  static let owed = Count("owed")
  /// Tells these times from any others: a page that shows what has come of them is told apart by it.
  static let owedTimes = Count("owedTimes")
}

/// Customers who wait too long, and those who will within the hour, on Today.
enum LateSection {
  /// As many are counted.
  static let most = 100

  static let numbers = Numbers(ofDesk: [.owed, .owedTimes], "late_numbers()")

  /// nil: nothing is owed to anybody.
  static func part(_ view: DayView) -> Reading<TodayPart>? {
    if view.person.counts[.owed] == 0 { return nil }
    let times = Query<Instant>(
      column: """
        SELECT late_at FROM conversations WHERE account_id = (SELECT my_account()) AND late_at IS NOT NULL ORDER BY late_at LIMIT \(most)
        """)
    return Reading(times) { times in TodayPart(sections: sections(times, view)) }
  }

  private static func sections(_ times: [Instant], _ view: DayView) -> [TodaySection] {
    let (words, clock) = (view.words, view.clock)
    let late = times.count { clock.hasCome($0) }
    // Of all: until when the page stays as it is depends on each.
    let soon = times.count { clock.hasCome($0.advanced(hours: -1)) } - late
    var sections: [TodaySection] = []
    if late > 0 {
      let section = DeskSection(
        id: "late", heading: words("Customers who wait too long"),
        text: words.count("{n} customer should have had an answer by now.", "{n} customers should have had an answer by now.", late),
        path: Paths.conversations.adding("state", "late"))
      sections.append(section.ranked(.late, "urgent", "late", words("wait too long"), late))
    }
    if soon > 0 {
      let section = DeskSection(
        id: "soon", heading: words("Late within the hour"),
        text: words.count(
          "{n} customer is to have an answer within the hour.", "{n} customers are to have an answer within the hour.", soon),
        path: Paths.conversations.adding("state", "soon"))
      sections.append(section.ranked(.today, "due", "clock", words("late within the hour", context: "customers"), soon))
    }
    return sections
  }
}
