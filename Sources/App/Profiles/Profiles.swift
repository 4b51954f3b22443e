import Domain
import HTML
import Postgres
import Web

/// The ladders that reminders climb.
enum Profiles {
  /// GET /profiles
  static func list(_ web: Context) throws -> Response {
    let (profiles, agents, muted, told) = try web.read(EscalationProfile.mine, Agent.mine, MutedAddress.mine, Contact.areTold)
    return web.list(try ProfilesPage(profiles, agents.first { $0.type == .email }, muted, tellsContacts: told.first ?? false, web))
  }
}

/// The list of profiles, each with its ladder and what its dry run finds (RULES 3.10).
struct ProfilesPage {
  let layout: Layout
  let agents = Paths.agents
  let rows: [Item]
  /// What keeps all of them from reaching anybody as they should, said once.
  let notes: ProfileNotes?

  struct Item {
    let anchor: String
    let name: String
    let description: String
    let steps: [Step]
    let repetition: String
    let notes: ProfileNotes?
  }

  struct Step {
    let when: String
    let agents: [TierChannel]
  }

  /// - Parameter tellsContacts: whether there is a contact who can be told.
  init(_ profiles: [EscalationProfile], _ email: Agent?, _ muted: [MutedAddress], tellsContacts: Bool, _ web: Context) throws {
    let person = try web.person
    let words = web.words
    layout = try Layout(words("Profiles"), .profiles, web)
    let isReached = (email?.isOn ?? true) && !muted.contains { $0.address.utf8.elementsEqual(EmailAddress.key(person.email).utf8) }
    let found = profiles.map { profile in
      ProfilesPage.warnings(profile, person, isReached: isReached, isUnverified: !web.services.trusts(person), words)
        + ProfilesPage.withoutContacts(profile, tellsContacts, words)
    }
    let shared = (found.first ?? []).filter { line in found.allSatisfy { $0.contains(line) } }
    notes = ProfileNotes(shared)
    rows = zip(profiles, found).map { profile, lines in
      let isPreset = profile.preset != nil
      return Item(
        anchor: "profile-" + profile.id.text, name: ProfileWords.name(profile.name, isPreset: isPreset, words),
        description: ProfileWords.name(profile.description, isPreset: isPreset, words),
        steps: profile.ladder.tiers.map { ProfilesPage.step($0, words) }, repetition: ProfilesPage.repetition(profile.ladder, words),
        notes: ProfileNotes(lines.filter { !shared.contains($0) }))
    }
  }

  private static func step(_ tier: Tier, _ words: Words) -> Step {
    let when = tier.delayMinutes == 0 ? words("at once") : TierChannel.span(minutes: tier.delayMinutes, words)
    return Step(when: when, agents: TierChannel.means(tier, words))
  }

  private static func repetition(_ ladder: Ladder, _ words: Words) -> String {
    if ladder.repeatMinutes == 0 { return words("Expires a day after the last tier.") }
    let every = words.count(
      "Then every {n} minute until somebody answers.", "Then every {n} minutes until somebody answers.", ladder.repeatMinutes)
    guard ladder.repeatLimit > 0 else { return every }
    return every + " " + words.count("At most {n} time.", "At most {n} times.", ladder.repeatLimit)
  }

  private static func withoutContacts(_ profile: EscalationProfile, _ areTold: Bool, _ words: Words) -> [String] {
    guard !areTold, profile.ladder.tiers.contains(where: \.includesContacts) else { return [] }
    return [words("No trusted contact can be told: those tiers tell only you.")]
  }

  /// What keeps a ladder from reaching anybody, before it matters.
  private static func warnings(_ profile: EscalationProfile, _ person: Person, isReached: Bool, isUnverified: Bool, _ words: Words)
    -> [String]
  {
    var lines: [String] = []
    let missing = AgentType.allCases.filter { type in
      type != .email && !profile.means.contains(type) && profile.ladder.tiers.contains { $0.agents.contains(type) }
    }
    if !missing.isEmpty {
      let names = missing.map { AgentNames.name($0, words) }.joined(separator: ", ")
      lines.append(words("Not set up: {agents}. Tiers with nothing else are sent by e-mail.", ["agents": names]))
    }
    if !isReached {
      let others = profile.means.filter { $0 != .email }
      let reaching = profile.ladder.tiers.filter { tier in others.contains { tier.agents.contains($0) } }
      if reaching.isEmpty {
        lines.append(words("E-mail is off: no tier reaches you."))
      } else if reaching.count < profile.ladder.tiers.count {
        lines.append(words("E-mail is off: tiers with nothing else do not reach you."))
      }
    }
    if isUnverified { lines.append(words("Your address is not verified: mails wait until it is.")) }
    if let quiet = person.quiet {
      let values: KeyValuePairs = ["from": quiet.from.text, "until": quiet.until.text]
      lines.append(words("Between {from} and {until} messages wait, except those of critical reminders.", values))
    }
    return lines
  }
}
