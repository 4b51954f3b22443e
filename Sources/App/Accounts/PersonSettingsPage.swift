import Domain
import HTML
import Web

/// The person's settings, as stored or as typed.
struct PersonSettingsPage {
  let layout: Layout
  let tabs: SettingsTabs
  let email: String
  let isVerified: Bool
  let displayName: TextField
  let zone: TextField
  let zones: [String]
  let language: Select
  let weekStart: Select
  let dayStart: Select
  let defaultHour: TextField
  let quietFrom: TextField
  let quietUntil: TextField
  /// Where the rest is said of when they want no messages.
  let moreQuiet = Paths.quietSettings
  let workFrom: TextField
  let workUntil: TextField
  let workDays: Select
  let personality: Select
  let theme: Select
  let frame: FormFrame

  init(_ web: Context, _ state: FormState = .fresh) throws {
    let person = try web.person
    let words = web.words
    var make = FieldBuilder(state)
    layout = try Layout(words("Profile"), .settings, web)
    tabs = SettingsTabs(.profile, person, words)
    email = person.email
    isVerified = person.isVerified
    displayName = make.text("display_name", words("Name"), person.displayName, autocomplete: "name", required: true, maxLength: 100)
    zone = make.text(
      "timezone", words("Time zone"), person.zone.name,
      help: person.isZoneLost ? ZoneWarnings.person(person.zone, words) : words("Reminders ring by this clock."), list: "zones")
    zones = web.services.zones.names
    language = make.choice("language", words("Language"), person.language.rawValue, Options.languages)
    weekStart = make.choice(
      "week_start", words("The week begins on"), WeekdayName(person.weekStart).rawValue, PersonSettingsPage.days(words))
    dayStart = make.choice(
      "day_start", words("A new day begins at"), String(person.dayStart), (0...6).map { (String($0), "0\($0):00") },
      help: words("If you stay up past midnight: until then it still counts as yesterday."))
    defaultHour = make.text(
      "default_hour", words("Default time"), person.defaultTime.text, help: words("The time of “tomorrow” when you name no time."),
      type: "time")
    quietFrom = make.text(
      "quiet_from", words("Quiet from"), person.quiet.usual?.from.text ?? "",
      help: words("Messages wait until the quiet hours end; several then come as one."), type: "time")
    quietUntil = make.text("quiet_until", words("Quiet until"), person.quiet.usual?.until.text ?? "", type: "time")
    workFrom = make.text(
      "work_from", words("Working hours from"), person.work.span?.from.text ?? "",
      help: words("The plan of the day fits into them. Empty: 09:00 to 17:00."), type: "time")
    workUntil = make.text("work_until", words("Working hours until"), person.work.span?.until.text ?? "", type: "time")
    workDays = make.boxes(
      "work_days", words("Days on which I work"), person.work.days.days(from: person.weekStart).map(\.field),
      Weekday.week(from: person.weekStart).map { ($0.field, "\(TimeWords.name($0, person.language))") }, sentWith: "work_from")
    personality = make.choice(
      "personality", words("Coach"), person.personality.rawValue, PersonSettingsPage.coaches(words))
    theme = make.choice("theme", words("Colours"), person.theme.rawValue, PersonSettingsPage.themes(words))
    frame = FormFrame(make, layout.secret, to: Paths.profileSettings, carrying: [state.version(person.version)])
  }

  private static func days(_ words: Words) -> [(value: String, label: String)] {
    [
      ("monday", words("Monday")), ("tuesday", words("Tuesday")), ("wednesday", words("Wednesday")), ("thursday", words("Thursday")),
      ("friday", words("Friday")), ("saturday", words("Saturday")), ("sunday", words("Sunday")),
    ]
  }

  private static func coaches(_ words: Words) -> [(value: String, label: String)] {
    [("general", words("Plain")), ("mentor", words("Mentor")), ("yoda", words("Old master"))]
  }

  private static func themes(_ words: Words) -> [(value: String, label: String)] {
    [("system", words("As the system")), ("light", words("Light")), ("dark", words("Dark"))]
  }
}
