import Domain
import HTML
import Postgres

/// How many channels fail, on Today. Only the number, which comes with the person: the page is told apart by it. Why, the list says.
struct ChannelFailureSection {
  let text: String
  let path = Paths.channels.adding("state", DeskChannelFilter.State.failing.rawValue)

  /// nil: none fails.
  static func part(_ view: DayView) -> Reading<TodayPart>? {
    let count = view.person.counts[.failingChannels]
    if count == 0 { return nil }
    let words = view.words
    let figure = TodayFigure(
      target: "channels", tone: "urgent", icon: "error", label: words("channels that fail"), value: count, isZero: false)
    let section = ChannelFailureSection(
      text: words.count(
        "By {n} channel nothing comes in any more. What customers write waits there.",
        "By {n} channels nothing comes in any more. What customers write waits there.", count))
    let part = TodayPart(sections: [TodaySection(rank: .late, figure: figure, view: section)])
    return Reading(all: [Reading<Void>]()).map { _ in part }
  }
}
