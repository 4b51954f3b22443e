import Domain
import HTML
import Web

/// The list of profiles, each with its ladder and what its dry check finds (RULES 3.10).
struct ProfilesPage {
  let layout: Layout
  let agents = Paths.agents
  let new = Paths.newProfile
  let secret: CSRFField
  let rows: [Item]
  /// What keeps all of them from reaching anybody as they should, said once.
  let notes: ProfileNotes?
  /// Nobody has made one of their own yet.
  let hasNoOwn: Bool

  struct Item {
    let anchor: String
    let name: String
    let description: String
    let steps: [ProfileStep]
    let repetition: String
    let notes: ProfileNotes?
    /// What the specification calls a preset.
    let preset: String?
    let page: Path
    let copy: Path
    let nonce: HiddenField
  }

  init(_ profiles: [EscalationProfile], _ reach: ProfileReach, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Profiles"), .profiles, web)
    secret = layout.secret
    let found = profiles.map { profile -> [String] in
      let text = DryCheckText(reach.check(profile.ladder), words)
      return text.findings + text.quiet(person.quiet, person.zone, at: web.now) { TimeText($0, person, web.clock).when.text }
    }
    let shared = (found.first ?? []).filter { line in found.allSatisfy { $0.contains(line) } }
    notes = ProfileNotes(shared)
    hasNoOwn = profiles.allSatisfy { $0.preset != nil }
    rows = zip(profiles, found).map { profile, lines in
      Item(
        anchor: "profile-" + profile.id.text, name: profile.shownName(words), description: profile.shownDescription(words),
        steps: profile.ladder.tiers.map { ProfileStep($0, words) }, repetition: ProfileText.repetition(profile.ladder, words),
        notes: ProfileNotes(lines.filter { !shared.contains($0) }), preset: profile.preset?.specifiedID,
        page: Paths.editProfile(profile.id), copy: Paths.copy(profile.id),
        nonce: ProfileText.copying(profile.id, entries: person.entries))
    }
  }
}

/// A tier in the small picture of a ladder.
struct ProfileStep {
  let when: String
  let agents: [TierChannel]

  init(_ tier: Tier, _ words: Words) {
    when = tier.delayMinutes == 0 ? words("at once") : TierChannel.span(minutes: tier.delayMinutes, words)
    agents = TierChannel.means(tier, words)
  }
}
