import Domain
import HTML

/// The ladder at the side of a timeline: which tiers there are, when each is reached in this run, and what comes next.
struct LadderCard {
  let tone: String
  let next: NextStep?
  let tiers: [TierRow]
  /// How the last tier goes on; nil when it does not.
  let repetition: String?

  struct TierRow {
    let number: String
    /// `past` for what was reached, `ahead` for the rest.
    let style: String
    let isCurrent: Bool
    let time: TimeText
    /// "after 5 min".
    let when: String
    let means: [TierChannel]
  }

  init(_ course: EscalationCourse, isOfDesk: Bool, _ words: Words, _ time: (Instant) -> TimeText) {
    tone = course.state == .active ? "urgent" : "calm"
    next = LadderCard.next(course, words, time)
    tiers = course.ladder.tiers.enumerated().map { index, tier in
      TierRow(
        number: String(index + 1), style: index < course.tier ? "past" : "ahead",
        isCurrent: course.state == .active && index + 1 == course.tier,
        time: time(course.startedAt.advanced(minutes: tier.delayMinutes)),
        when: tier.delayMinutes == 0
          ? words("at once") : words("after {time}", ["time": TierChannel.span(minutes: tier.delayMinutes, words)]),
        means: TierChannel.means(tier, isOfDesk: isOfDesk, words))
    }
    repetition =
      course.ladder.repeatMinutes == 0
      ? nil
      : words.count(
        "Then every {n} minute until somebody answers.", "Then every {n} minutes until somebody answers.", course.ladder.repeatMinutes)
  }

  private static func next(_ course: EscalationCourse, _ words: Words, _ time: (Instant) -> TimeText) -> NextStep? {
    guard let kind = course.nextKind, let at = course.nextAt else { return nil }
    return NextStep(kind, after: course.tier, time(at), words)
  }
}

/// A way in which a tier tells somebody, with its drawing.
struct TierChannel {
  let icon: String
  let name: String

  /// - Parameter isOfDesk: whether the desk reminds, which tells no contacts: a tier of these alone is sent by e-mail.
  static func means(_ tier: Tier, isOfDesk: Bool = false, _ words: Words) -> [TierChannel] {
    let agents = isOfDesk && tier.agents.isEmpty ? [.email] : tier.agents
    return agents.map { TierChannel(icon: $0.rawValue, name: AgentNames.name($0, words)) }
      + (tier.includesContacts && !isOfDesk ? [TierChannel(icon: "contacts", name: words("trusted contacts"))] : [])
  }

  /// "5 min", "3 h".
  static func span(minutes: Int, _ words: Words) -> String {
    minutes % 60 == 0 ? words("{n} h", ["n": String(minutes / 60)]) : words("{n} min", ["n": String(minutes)])
  }
}
