import Domain
import HTML
import Postgres
import Web

/// The ladders that reminders climb: their list, their forms and buttons.
enum Profiles {
  /// GET /profiles
  static func list(_ web: Context) throws -> Response {
    let (profiles, agents, muted, contacts) = try web.read(
      EscalationProfile.mine, Agent.mine, MutedAddress.mine, Contact.told(web.services.zones))
    let person = try web.person
    let reach = ProfileReach(
      person, agents, muted, contacts, trusted: web.services.trusts(person), sendsSMS: web.services.sms != nil)
    return web.list(try ProfilesPage(profiles, reach, web))
  }

  /// GET /profiles/new
  static func new(_ web: Context) throws -> Response { web.page(try ProfileFormPage(web, ProfileReach.read(web))) }

  /// POST /profiles
  static func create(_ web: Context) throws -> Change {
    let reach = try ProfileReach.read(web)
    return try web.takeForm(askingAgain: { try ProfileFormPage(web, reach, $0) }) {
      let draft = try ProfileDraft(web.form, web.reader)
      if try !hasRoom(web) { throw FormErrors("name", ProfileRefusal.tooMany.sentence(web.words)) }
      return try make(draft, says: ProfileText.saved(draft, isNew: true, web.words), web)
    }
  }

  /// POST /profiles/preview: the form with its dry check, or with one tier more or less.
  static func preview(_ web: Context) throws -> Response {
    _ = try web.person
    let (stored, reach) = (try edited(web), try ProfileReach.read(web))
    for (button, by) in [("more", 1), ("less", -1)] where web.form.firstFilled(button) != nil {
      let typed = TypedTiers(web.form)
      return web.page(try ProfileFormPage(web, reach, .shown(typed.form(tiers: typed.count(web.words) + by)), stored: stored))
    }
    do {
      let draft = try ProfileDraft(web.form, stored: stored, isSaved: false, web.reader)
      return web.page(try ProfileFormPage(web, reach, .shown(web.form), stored: stored, draft: draft))
    } catch let errors as FormErrors {
      let state = FormState.refused(web.form, errors)
      return web.page(try ProfileFormPage(web, reach, state, stored: stored), status: state.status)
    }
  }

  /// GET /profiles/:ladder/edit: the form of one's own, a page to read of a preset.
  static func edit(_ web: Context, _ id: ID<EscalationProfile>) throws -> Response {
    let person = try web.person
    guard let profile = try web.read(EscalationProfile.query(id, of: person.id)).first else { throw Failure.notFound }
    let reach = try ProfileReach.read(web)
    if profile.preset != nil { return web.page(try ProfilePage(profile, reach, web)) }
    return web.page(try ProfileFormPage(web, reach, stored: profile))
  }

  /// POST /profiles/:ladder
  static func save(_ web: Context, _ id: ID<EscalationProfile>) throws -> Change {
    let (stored, reach) = (try own(id, web), try ProfileReach.read(web))
    return try web.takeForm(askingAgain: { try ProfileFormPage(web, reach, $0, stored: stored) }) {
      let draft = try ProfileDraft(web.form, stored: stored, web.reader)
      guard draft.version == stored.version else { throw StaleForm() }
      let says = ProfileText.saved(draft, isNew: false, web.words)
      if draft.changes.isEmpty { return Change(to: Paths.editProfile(id), says: says, did: []) }
      try web.db.queue([
        """
        UPDATE profiles SET \(draft.fields.assignments), version = version + 1, updated_at = \(web.now)
        WHERE id = \(id) AND user_id = (SELECT me()) AND preset IS NULL
        """
      ])
      let facts = ["title": draft.name].merging(draft.changes) { $1 }
      return Change(to: Paths.editProfile(id), says: says, did: [AuditEntry("profile.changed", EscalationProfile.subject, id.text, facts)])
    }
  }

  /// POST /profiles/:ladder/copy
  static func copy(_ web: Context, _ id: ID<EscalationProfile>) throws -> Change {
    let (profile, words) = (try EscalationProfile.find(id, web), web.words)
    if try !hasRoom(web) { throw ProfileRefusal.tooMany }
    let draft = ProfileDraft(
      name: ProfileText.copyName(profile.shownName(words), words), description: profile.shownDescription(words), ladder: profile.ladder)
    return try make(draft, says: words("“{name}” is yours to change.", ["name": draft.name]), web)
  }

  /// GET /profiles/:ladder/delete
  static func askDeletion(_ web: Context, _ id: ID<EscalationProfile>) throws -> Response {
    _ = try web.person
    let (profiles, found) = try web.read(EscalationProfile.mine, ProfileUses.of(id))
    guard let profile = profiles.first(where: { $0.id == id }), let uses = found.first else { throw Failure.notFound }
    if profile.preset != nil { throw ProfileRefusal.preset }
    return web.page(try ProfileDeletionPage(profile, uses, profiles.filter { $0.id != id }, web))
  }

  /// POST /profiles/:ladder/deletion
  static func delete(_ web: Context, _ id: ID<EscalationProfile>) throws -> Change {
    let person = try web.person
    // Whoever is about to use it waits, and what uses it by now is counted.
    let (_, profiles, counted) = try web.db.read(EscalationProfile.lock(id, of: person.id), EscalationProfile.mine, ProfileUses.of(id))
    guard let profile = profiles.first(where: { $0.id == id }), let uses = counted.first else { throw Failure.notFound }
    if profile.preset != nil { throw ProfileRefusal.preset }
    let others = profiles.filter { $0.id != id }
    return try web.takeForm(askingAgain: { try ProfileDeletionPage(profile, uses, others, web, $0) }) {
      let instead = try uses.isNone ? nil : replacement(others, web)
      let found: [ID<DeskChannel>]?? = try web.db.value("SELECT door.delete_profile(\(id), \(instead?.id)::uuid, \(web.now))")
      guard let channels = found ?? nil else { throw Failure.notFound }
      var facts = ["title": profile.name]
      if let instead { facts["instead"] = instead.shownName(web.words) }
      let values: KeyValuePairs = ["name": profile.name, "instead": facts["instead"] ?? ""]
      let says =
        instead == nil
        ? web.words("“{name}” is deleted.", values) : web.words("“{name}” is deleted. What used it climbs “{instead}” now.", values)
      // As by their own form.
      let moved = channels.map { AuditEntry("channel.changed", "channel", $0.text, ["profile": instead?.id.text ?? ""]).shared }
      return Change(to: Paths.profiles, says: says, did: [AuditEntry("profile.deleted", EscalationProfile.subject, id.text, facts)] + moved)
    }
  }

  /// What the form of a deletion puts in the place of a profile that something climbs.
  private static func replacement(_ others: [EscalationProfile], _ web: Context) throws(FormErrors) -> EscalationProfile {
    var read = FormReader(web.form, web.words)
    let text = read.raw("profile")
    let chosen = others.first { $0.id.text.utf8.elementsEqual(text.utf8) }
    if chosen == nil { read.complain("profile", web.words("Choose another profile for what uses this one.")) }
    return try read.finish(chosen)
  }

  /// The profile whose form is looked at, as its field `profile` says; nil: a new one.
  ///
  /// - Throws: ``Failure/notFound`` for what is no id, and for one that is missing or somebody else's.
  private static func edited(_ web: Context) throws -> EscalationProfile? {
    guard let value = web.form.first("profile"), value != .text("") else { return nil }
    guard case .text(let text) = value, let id = ID<EscalationProfile>(text) else { throw Failure.notFound }
    return try own(id, web)
  }

  /// - Throws: ``Failure/notFound``, ``ProfileRefusal/preset``.
  private static func own(_ id: ID<EscalationProfile>, _ web: Context) throws -> EscalationProfile {
    let profile = try EscalationProfile.find(id, web)
    if profile.preset != nil { throw ProfileRefusal.preset }
    return profile
  }

  private static func hasRoom(_ web: Context) throws -> Bool {
    let count: Int? = try web.db.value("SELECT count(*) FROM profiles WHERE user_id = (SELECT me()) AND preset IS NULL")
    return (count ?? 0) < EscalationProfile.mostOwn
  }

  private static func make(_ draft: ProfileDraft, says: String, _ web: Context) throws -> Change {
    let id = ID<EscalationProfile>.new(at: web.now)
    try web.db.queue([draft.inserting(id, for: try web.person.id, at: web.now)])
    return Change(
      to: Paths.editProfile(id), says: says,
      did: [AuditEntry("profile.made", EscalationProfile.subject, id.text, ["title": draft.name, "tiers": draft.ladder.summary])])
  }
}
