import Domain
import HTML
import Web

/// The form of a person's own ladder, with its dry check.
struct ProfileFormPage {
  let layout: Layout
  let name: TextField
  let description: TextField
  let count: TextField
  let tiers: [TierFields]
  let repeatMinutes: TextField
  let repeatLimit: TextField
  let frame: FormFrame
  /// What was typed, else what is stored; nil: it is no ladder, or a new one.
  let check: DryCheckCard?
  /// Said where what was typed is to be put in order.
  let sorting: String?
  let previewAction = Paths.profilePreview
  /// What was asked for stands below the form.
  let previewPlace = Paths.profilePreview.fragment("checked")
  let canAdd: Bool
  let canRemove: Bool
  /// nil: it is not there yet.
  let ways: Ways?

  /// What else can be done with it.
  struct Ways {
    let copy: Path
    let deletion: Path
    let nonce: HiddenField
  }

  /// - Parameters:
  ///   - stored: the profile that is edited; nil: a new one.
  ///   - draft: what was typed, where it is looked at.
  init(
    _ web: Context, _ reach: ProfileReach, _ state: FormState = .fresh, stored: EscalationProfile? = nil, draft: ProfileDraft? = nil
  ) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(stored == nil ? words("New profile") : words("Edit profile"), .profiles, web, takesFlash: state.typed == nil)
    let ladder = stored?.ladder ?? ProfileFormPage.example
    var make = FieldBuilder(state)
    name = make.text("name", words("Name"), stored?.name ?? "", required: true, maxLength: 100)
    description = make.text("description", words("Description"), stored?.description ?? "", optional: true, maxLength: 1_000)
    let shown = state.typed.map { TypedTiers($0).count(words) } ?? ladder.tiers.count
    count = make.text(
      "tiers", words("Number of tiers"), String(ladder.tiers.count),
      help: words("Up to {n}. Tiers beyond this number are left out when you save.", ["n": String(Ladder.tierRange.upperBound)]),
      type: "number")
    tiers = (1...shown).map { TierFields($0, ladder.tier($0), &make, words) }
    repeatMinutes = make.text(
      "repeat_minutes", words("Repeat the last tier after minutes"), String(ladder.repeatMinutes), help: words("0: it is not repeated."),
      type: "number")
    repeatLimit = make.text(
      "repeat_limit", words("Repetitions at most"), String(ladder.repeatLimit), help: words("0: until somebody answers."), type: "number")
    let hidden = stored.map { [state.version($0.version), HiddenField(name: "profile", value: $0.id.text)] } ?? [state.nonce]
    frame = FormFrame(
      make, layout.secret, to: stored.map { Paths.saving($0.id) } ?? Paths.profiles, cancel: Paths.profiles, carrying: hidden)
    (canAdd, canRemove) = (shown < Ladder.tierRange.upperBound, shown > Ladder.tierRange.lowerBound)
    let checked = draft?.ladder ?? (state.typed == nil ? stored?.ladder : nil)
    check = checked.map { DryCheckCard($0, reach, person, words, web.clock) }
    sorting = draft?.isSorted == true ? ProfileText.sorted(words) : nil
    ways = stored.map {
      Ways(
        copy: Paths.copy($0.id), deletion: Paths.askDeletion($0.id), nonce: ProfileText.copying($0.id, entries: person.entries))
    }
  }

  /// What a new one begins with.
  private static let example = LadderPreset.gentle.ladder
}

/// The fields of a tier.
struct TierFields {
  let legend: String
  let delay: TextField
  let agents: Select
  let contacts: Checkbox

  /// Agents as people choose them: those that reach a phone first.
  static let order: [AgentType] = [.push, .sms, .email, .webhook, .pull]

  /// - Parameter stored: nil: a new one.
  init(_ number: Int, _ stored: Tier?, _ make: inout FieldBuilder, _ words: Words) {
    let values: KeyValuePairs = ["tier": String(number)]
    let name = { ProfileDraft.field(number, $0) }
    legend = words("Tier {tier}", values)
    delay = make.text(
      name("delay"), words("Minutes after it rang"), stored.map { String($0.delayMinutes) } ?? "",
      short: words("Minutes of tier {tier}", values), type: "number")
    agents = make.boxes(
      name("agent"), words("Tells you by"), (stored?.agents ?? []).map(\.rawValue),
      TierFields.order.map { ($0.rawValue, AgentNames.name($0, words)) }, sentWith: name("delay"))
    contacts = make.tick(
      name("contacts"), words("Tells your trusted contacts too"), stored?.includesContacts ?? false, says: words.answers)
  }
}
