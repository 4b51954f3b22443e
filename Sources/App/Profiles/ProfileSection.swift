import Domain
import HTML
import Postgres

/// What Today says of ladders that reminders climb and that tell by e-mail what they were to tell by something else (RULES 3.11).
struct ProfileSection {
  let rows: [Row]

  struct Row {
    let name: String
    let text: String
    let path: Path
  }

  /// Own ladders of open reminders.
  private static var climbed: Query<EscalationProfile> {
    Query(
      """
      SELECT \(EscalationProfile.columns) FROM profiles p WHERE p.user_id = (SELECT me()) AND p.preset IS NULL AND EXISTS (
        SELECT FROM reminders r WHERE r.profile_id = p.id AND r.user_id = p.user_id AND r.status IN ('active', 'snoozed'))
      ORDER BY p.name, p.id LIMIT \(EscalationProfile.mostOwn)
      """)
  }

  static func today(_ day: DayView) -> Reading<TodayPart>? {
    let words = day.words
    return Reading(rows: climbed).map { profiles in
      let rows = profiles.compactMap { ProfileSection.row($0, words) }
      return TodayPart(sections: [TodaySection(rank: .inHand, figure: nil, view: rows.isEmpty ? nil : ProfileSection(rows: rows))])
    }
  }

  /// nil: each of its tiers tells by something that it names, or its contacts where it names nothing.
  private static func row(_ profile: EscalationProfile, _ words: Words) -> Row? {
    let gaps = profile.ladder.tiers.enumerated().filter { _, tier in
      TierTold(tier.agents, profile.means, tellsContacts: tier.includesContacts && profile.hasContacts).isInstead
    }
    if gaps.isEmpty { return nil }
    let missing = AgentType.allCases.filter { agent in gaps.contains { $0.element.agents.contains(agent) } }
    let values: KeyValuePairs = [
      "tiers": gaps.map { String($0.offset + 1) }.joined(separator: ", "), "agents": AgentNames.list(missing, words),
    ]
    return Row(
      name: profile.name, text: text(values, isOne: gaps.count == 1, isMissing: !missing.isEmpty, words),
      path: Paths.editProfile(profile.id))
  }

  /// - Parameter isMissing: whether an agent is not set up; else there is no contact.
  private static func text(_ values: KeyValuePairs<String, String>, isOne: Bool, isMissing: Bool, _ words: Words) -> String {
    switch (isOne, isMissing) {
    case (true, true): words("Tier {tiers} comes by e-mail instead. Not set up: {agents}.", values)
    case (false, true): words("Tiers {tiers} come by e-mail instead. Not set up: {agents}.", values)
    case (true, false): words("Tier {tiers} comes by e-mail instead: no trusted contact can be told.", values)
    case (false, false): words("Tiers {tiers} come by e-mail instead: no trusted contact can be told.", values)
    }
  }
}
