import Domain
import HTML
import Postgres
import Web

/// The page of a preset, which is read only.
struct ProfilePage {
  let layout: Layout
  let back = Paths.profiles
  let description: String
  let steps: [ProfileStep]
  let repetition: String
  let check: DryCheckCard
  let copy: Path
  let nonce: HiddenField

  init(_ profile: EscalationProfile, _ reach: ProfileReach, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(profile.shownName(words), .profiles, web)
    description = profile.shownDescription(words)
    steps = profile.ladder.tiers.map { ProfileStep($0, words) }
    repetition = ProfileText.repetition(profile.ladder, words)
    check = DryCheckCard(profile.ladder, reach, person, words, web.clock)
    (copy, nonce) = (Paths.copy(profile.id), ProfileText.copying(profile.id, entries: person.entries))
  }
}

/// What climbs a profile of the person.
struct ProfileUses {
  let reminders: Int
  let habits: Int
  let channels: Int

  var isNone: Bool { reminders == 0 && habits == 0 && channels == 0 }

  static func of(_ id: ID<EscalationProfile>) -> Query<ProfileUses> {
    Query("SELECT reminders, habits, channels FROM door.profile_uses(\(id))", into: ProfileUses.init)
  }
}

/// Asks before a ladder is deleted, and for another one where something climbs it.
struct ProfileDeletionPage {
  let layout: Layout
  let back: Path
  let name: String
  let lede: String
  /// nil: nothing climbs it.
  let instead: Select?
  let frame: FormFrame

  /// - Parameter others: what may take its place.
  init(
    _ profile: EscalationProfile, _ uses: ProfileUses, _ others: [EscalationProfile], _ web: Context, _ state: FormState = .fresh
  ) throws {
    let words = web.words
    layout = try Layout(words("Delete this profile?"), .profiles, web, takesFlash: state.typed == nil)
    (back, name) = (Paths.editProfile(profile.id), profile.name)
    let values: KeyValuePairs = ["name": profile.name, "uses": ProfileText.uses(uses, words) ?? ""]
    lede =
      uses.isNone
      ? words("Nothing uses “{name}”. This cannot be undone.", values)
      : words("“{name}” is used by {uses}. Choose what they climb from now on; what rings already keeps its plan.", values)
    var make = FieldBuilder(state)
    if uses.isNone {
      instead = nil
    } else {
      instead = make.choice(
        "profile", words("Profile in its place"), "",
        [("", words("Choose one"))] + others.map { ($0.id.text, $0.shownName(words)) })
    }
    frame = FormFrame(make, layout.secret, to: Paths.deletion(profile.id), cancel: back)
  }
}
