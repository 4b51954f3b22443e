import Domain
import HTML
import Web

/// The form of a contact.
struct ContactFormPage {
  let layout: Layout
  let back = Paths.contacts
  let name: TextField
  let email: TextField
  let phone: TextField
  let relationship: TextField
  let notifyEmail: Checkbox
  /// nil: this site sends none.
  let notifySMS: Checkbox?
  let showsNotes: Checkbox
  let language: Select
  let zone: TextField
  let zones: [String]
  let quiet: QuietFields
  let frame: FormFrame
  let secret: CSRFField
  /// nil: it is a new one.
  let deletion: Path?
  /// Whether the phone is known to be theirs; nil: they have none, or this site sends no SMS.
  let phoneCard: PhoneCard?

  /// - Parameters:
  ///   - stored: the contact that is edited.
  ///   - phone: theirs, as far as it is known.
  ///   - code: how the form with a code for it stands.
  ///   - begin: what is known of whoever is to be one.
  init(
    _ web: Context, _ state: FormState = .fresh, stored: Contact? = nil, phone known: Phone? = nil, code: FormState = .fresh,
    beginning begin: (name: String, email: String, phone: String)? = nil
  ) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(stored?.name ?? words("New contact"), .contacts, web, takesFlash: state.typed == nil)
    secret = layout.secret
    var make = FieldBuilder(state)
    name = make.text("name", words("Name"), stored?.name ?? begin?.name ?? "", required: true, maxLength: 100)
    email = make.text(
      "email", words("E-mail address"), stored?.address ?? begin?.email ?? "",
      help: words("They get a letter that asks whether they agree. Before that nothing else is sent."), type: "email", maxLength: 254)
    phone = make.text(
      "phone", words("Phone"), stored?.phone ?? begin?.phone ?? "",
      help: web.services.sms == nil
        ? words("With + and the code of the country. Nothing is sent there.")
        : words("With + and the code of the country. They get a code by SMS first, and give it to you if they agree."),
      type: "tel", optional: true, maxLength: 40)
    relationship = make.text(
      "relationship", words("Relationship"), stored?.relationship ?? "", help: words("Such as sister, neighbour or colleague."),
      optional: true, maxLength: 100)
    notifyEmail = make.tick(
      "notify_email", words("Tell them by e-mail"), stored?.notifyEmail ?? true, says: words.answers,
      help: words("When a tier that tells contacts is reached."))
    notifySMS =
      web.services.sms == nil
      ? nil
      : make.tick(
        "notify_sms", words("Tell them by SMS"), stored?.notifySMS ?? false, says: words.answers,
        help: words("Once a code has shown that the phone is theirs."))
    showsNotes = make.tick(
      "shows_notes", words("Show them the notes of reminders"), stored?.showsNotes ?? false, says: words.answers,
      help: words("Titles they always see."))
    language = make.choice("language", words("Language"), (stored?.language ?? person.language).rawValue, Options.languages)
    zone = make.text(
      "timezone", words("Time zone"), stored?.zone.name ?? person.zone.name, help: words("Their mails tell times by this clock."),
      list: "zones")
    zones = web.services.zones.names
    quiet = QuietFields(
      &make, stored?.quiet ?? QuietHours(), person, words,
      help: words("By their clock: messages wait until the quiet hours end."))
    frame = FormFrame(
      make, layout.secret, to: stored.map { Paths.contact($0.id) } ?? Paths.contacts, cancel: Paths.contacts,
      carrying: [stored.map { state.version($0.version) } ?? state.nonce])
    deletion = stored.map { Paths.deletion($0.id) }
    let csrf = layout.secret
    phoneCard =
      web.services.sms == nil
      ? nil
      : stored.flatMap { contact in
        PhoneCard(known, (Paths.codes(contact.id), Paths.phoneVerification(contact.id)), csrf, code, words) {
          TimeWords.dateTime($0, person.zone, person.language)
        }
      }
  }
}
