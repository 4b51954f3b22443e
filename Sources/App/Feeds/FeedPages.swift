import Domain
import HTML
import Web

/// The settings of the calendar feed: whether there is an address, what it gives, and a form for another.
struct FeedPage {
  let layout: Layout
  let tabs: SettingsTabs
  let feed: Known?
  let file = Paths.eventsFile
  let deletion = Paths.feedDeletion
  let include: Select
  let detail: RadioGroup
  let descriptions: Checkbox
  let frame: FormFrame
  /// On the button.
  let makes: String

  /// The address that there is.
  struct Known {
    /// "reminders events"
    let parts: String
    let include: String
    /// "full"
    let detail: String
    let says: String
    let made: TimeText
    let read: TimeText?

    init(_ feed: Feed, _ person: Person, _ web: Context) {
      let words = web.words
      parts = feed.parts.map(\.rawValue).joined(separator: " ")
      include = feed.parts.map { FeedText.name($0, words) }.joined(separator: ", ")
      (detail, says) = (feed.detail.rawValue, FeedText.name(feed.detail, words))
      made = TimeText(feed.madeAt, person, web.clock)
      read = feed.readAt.map { TimeText($0, person, web.clock) }
    }
  }

  init(_ stored: Feed?, _ web: Context, _ state: FormState = .fresh) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Calendar feed"), .settings, web)
    tabs = SettingsTabs(.feed, person, words)
    feed = stored.map { Known($0, person, web) }
    var make = FieldBuilder(state)
    include = make.boxes(
      "include", words("What is in it"), (stored?.parts ?? [.reminders]).map(\.rawValue),
      FeedPart.allCases.map { ($0.rawValue, FeedText.name($0, words)) }, sentWith: "detail")
    detail = RadioGroup(
      field: make.choice(
        "detail", words("How much it tells"), (stored?.detail ?? .full).rawValue,
        EventPublishing.Detail.allCases.map { ($0.rawValue, FeedText.name($0, words)) }))
    descriptions = make.tick(
      "descriptions", words("With descriptions and notes"), stored?.hasDescriptions ?? false, says: words.answers,
      help: words("Without, they stay here: whoever keeps the other calendar reads all that the feed tells."))
    frame = FormFrame(make, layout.secret, to: Paths.feedSettings, carrying: [state.nonce("feed", entries: person.entries)])
    makes = stored == nil ? words("Make the address") : words("Make another address")
  }
}

/// The address that was just made, shown this once.
struct FeedMadePage {
  let layout: Layout
  let intro: String
  let address: String
  let settings = Paths.feedSettings

  init(_ token: String, _ draft: FeedDraft, _ web: Context) throws {
    let words = web.words
    layout = try Layout(words("Address made"), .settings, web, takesFlash: false)
    address = web.services.origin + Paths.feed(token).text
    intro =
      draft.detail == .busy
      ? words("Copy it now: it is shown this once. Whoever has it reads when you are busy, and nothing else.")
      : words("Copy it now: it is shown this once. Whoever has it reads what you chose.")
  }
}

/// Feeds in words.
enum FeedText {
  static func name(_ part: FeedPart, _ words: Words) -> String {
    switch part {
    case .reminders: words("Reminders")
    case .events: words("Events")
    case .tasks: words("Tasks that are due")
    case .deadlines: words("Deadlines")
    }
  }

  static func name(_ detail: EventPublishing.Detail, _ words: Words) -> String {
    switch detail {
    case .full: words("Titles and places")
    case .busy: words("Times alone, each called “Busy”")
    }
  }
}
