import Domain
import HTML
import Web

/// The person's settings, as stored or as typed.
struct PersonSettingsPage {
  let layout: Layout
  let tabs: SettingsTabs
  let summary: ErrorSummary?
  let conflict: ConflictTable?
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
  let personality: Select
  let theme: Select
  let version: HiddenField
  let secret: CSRFField
  let action = Paths.profileSettings
  let verification = Paths.emailVerification

  init(_ web: Context, _ errors: FormErrors = FormErrors(), isStale: Bool = false) throws {
    let person = try web.person
    let words = web.words
    let make = FieldBuilder(typed: !errors.isEmpty || isStale ? web.form : nil, errors: errors)
    layout = try Layout(words("Profile"), .settings, web)
    tabs = SettingsTabs(.profile, words)
    conflict = isStale ? ConflictTable(person, web.form, words) : nil
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
      "quiet_from", words("Quiet from"), person.quiet?.from.text ?? "",
      help: words("Messages wait until the quiet hours end; critical reminders do not."), type: "time")
    quietUntil = make.text("quiet_until", words("Quiet until"), person.quiet?.until.text ?? "", type: "time")
    personality = make.choice("personality", words("Coach"), person.personality.rawValue, PersonSettingsPage.coaches(words))
    theme = make.choice("theme", words("Colours"), person.theme.rawValue, PersonSettingsPage.themes(words))
    summary = ErrorSummary(
      errors, [displayName, zone, language, weekStart, dayStart, defaultHour, quietFrom, quietUntil, personality, theme])
    // A stale form is saved over what is stored now, if the person wants that after having seen it.
    version = HiddenField(
      name: "version", value: errors.isEmpty ? String(person.version) : web.form.text("version") ?? String(person.version))
    secret = layout.secret
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

extension ConflictTable {
  init(_ person: Person, _ form: Form, _ words: Words) {
    var quiet = ("", "")
    if let hours = person.quiet { quiet = (hours.from.text, hours.until.text) }
    rows = [
      Row(words("Name"), person.displayName, form.text("display_name")),
      Row(words("Time zone"), person.zone.name, form.text("timezone")),
      Row(words("Language"), person.language.rawValue, form.text("language")),
      Row(words("The week begins on"), WeekdayName(person.weekStart).rawValue, form.text("week_start")),
      Row(words("A new day begins at"), String(person.dayStart), form.text("day_start")),
      Row(words("Default time"), person.defaultTime.text, form.text("default_hour")),
      Row(words("Quiet from"), quiet.0, form.text("quiet_from")),
      Row(words("Quiet until"), quiet.1, form.text("quiet_until")),
      Row(words("Coach"), person.personality.rawValue, form.text("personality")),
      Row(words("Colours"), person.theme.rawValue, form.text("theme")),
    ]
  }
}
