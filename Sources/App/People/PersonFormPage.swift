import Domain
import HTML
import Postgres
import Web

/// The form that makes or edits somebody.
struct PersonFormPage {
  let layout: Layout
  let name: TextField
  let email: TextField
  let phone: TextField
  let type: Select
  let company: TextField
  let title: TextField
  let birthday: TextField
  let stay: TextField
  let stayEvents: Select
  let importance: Select
  let tags: TextField
  let notes: TextArea
  let moreEmails: TextArea
  let morePhones: TextArea
  let isPrivate: Checkbox
  /// Who has an address that was typed.
  let holders: [Holder]
  /// Whether what few have is shown at once.
  let isOpen: Bool
  var frame: FormFrame

  struct Holder {
    let path: Path
    let name: String
    let address: String
  }

  /// - Parameter person: whoever is edited; nil: somebody new.
  init(_ web: Context, _ state: FormState = .fresh, stored person: KnownPerson? = nil) throws {
    let words = web.words
    var make = FieldBuilder(state)
    layout = try Layout(person == nil ? words("New person") : words("Edit person"), .people, web)
    name = make.text("name", words("Name"), person?.name ?? "", required: true, maxLength: PersonFields.longestName)
    email = make.text("email", words("E-mail address"), person?.email ?? "", type: "email", optional: true, maxLength: 254)
    phone = make.text("phone", words("Phone"), person?.phone ?? "", type: "tel", optional: true, maxLength: PersonAddress.longestPhone)
    type = make.choice("type", words("Kind"), (person?.type ?? .contact).rawValue, PersonText.types(words))
    birthday = make.text(
      "birthday", words("Birthday"), person?.birthday?.text ?? "", help: words("1985-04-12, --04-12 without the year, or 1985."),
      optional: true,
      maxLength: 40)
    stay = make.text(
      "stay_in_touch", words("Stay in touch"), person?.stayWords ?? "",
      help: words("Such as “every 3 weeks”: a reminder rings when you have not been in touch for so long."), optional: true, maxLength: 200)
    tags = make.tags(person?.tags ?? [], words)
    company = make.text("company", words("Company"), person?.company ?? "", optional: true, maxLength: PersonFields.longestWords)
    title = make.text("title", words("What they do there"), person?.title ?? "", optional: true, maxLength: PersonFields.longestWords)
    importance = make.choice(
      "importance", words("Importance"), String(person?.importance ?? 5),
      (1...10).map { (String($0), PersonText.importance($0, words)) })
    moreEmails = make.area(
      "more_emails", words("More e-mail addresses"), person?.moreEmails.joined(separator: "\n") ?? "", help: words("One a line."), rows: 2)
    morePhones = make.area(
      "more_phones", words("More telephone numbers"), person?.morePhones.joined(separator: "\n") ?? "", help: words("One a line."), rows: 2)
    stayEvents = make.choice(
      "stay_events", words("Events with them"), person?.stayEvents ?? true ? "on" : "off",
      [("on", words("Count as contact when they end")), ("off", words("Do not count as contact"))])
    notes = make.area("notes", words("Notes"), person?.notes ?? "", help: words("Markdown works here."))
    isPrivate = make.privacy(person?.isPrivate ?? false, words)
    isOpen = person != nil || state.typed != nil
    holders = try PersonFormPage.holders(state, but: person?.id, web)
    let place = person.map { Paths.person($0.id) }
    frame = FormFrame(
      make, layout.secret, to: place ?? Paths.people, cancel: place ?? Paths.people,
      carrying: [person.map { state.version($0.version) } ?? state.nonce])
  }

  /// Where a refused address is to be found.
  private static func holders(_ state: FormState, but id: ID<KnownPerson>?, _ web: Context) throws -> [Holder] {
    guard let typed = state.typed, state.errors["email"] != nil || state.errors["more_emails"] != nil else { return [] }
    let more = (typed.text("more_emails") ?? "").utf8.split { $0 == 10 || $0 == 13 }.prefix(PersonFields.mostOthers)
    let keys = ([typed.text("email") ?? ""] + more.map { String(decoding: $0, as: UTF8.self) }).compactMap { PersonAddress(email: $0)?.key }
    if keys.isEmpty { return [] }
    return try web.read(AddressHolder.of(keys, but: id)).map { Holder(path: Paths.person($0.id), name: $0.name, address: $0.key) }
  }
}
