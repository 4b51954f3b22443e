import Domain
import HTML
import Web

/// The frame of every page of somebody who is signed in: rail, account menu, flash line.
struct Layout {
  let title: String
  let language: String
  let theme: String
  /// Now, where a test holds the clock: the countdowns of the page then stand still at it. Nil everywhere else, so that a page does not differ
  /// from one rendering to the next.
  let heldNow: String?
  let assets: Assets
  let items: [NavItem]
  let person: String
  /// The first letter of the name, for the round mark beside it.
  let initial: String
  let flash: Flash?
  let secret: CSRFField
  let mustVerify: Bool
  /// Why, and what to do.
  let verifyReason: String
  let settings: Path
  let signOut: Path
  let verification: Path

  /// - Parameter takesFlash: false on a refusal: the line is for the page that the last post led to.
  /// - Throws: ``Failure/signedOut``.
  init(_ title: String, _ place: NavSection?, _ web: Context, takesFlash: Bool = true) throws {
    let person = try web.person
    let words = web.words
    self.title = title
    language = person.language.rawValue
    theme = person.theme
    heldNow = web.services.holdsClock ? web.now.iso : nil
    assets = web.services.assets
    items = NavSection.allCases.map { NavItem($0, isCurrent: $0 == place, person.counts, words) }
    self.person = person.displayName
    initial = person.displayName.unicodeScalars.first.map { String($0) } ?? ""
    flash = takesFlash ? web.takeFlash() : nil
    secret = CSRFField(token: web.csrfToken ?? "")
    mustVerify = !person.isVerified
    verifyReason =
      web.services.trusts(person)
      ? words("Please verify your address: we sent you a mail with a link.")
      : words(
        "Your address is not verified, so mails about your reminders wait. Open the link of the mail we sent to {email}.",
        ["email": person.email])
    settings = Paths.profileSettings
    signOut = Paths.signOut
    verification = Paths.emailVerification
  }
}

/// The places of the navigation. Only what works is here.
enum NavSection: CaseIterable {
  case today, reminders, escalations, profiles, settings
}

/// One entry of the navigation.
struct NavItem {
  let path: Path
  let label: String
  /// A drawing of `icons.svg`.
  let icon: String
  /// The key that goes there after `g`.
  let key: String
  /// Shown beside the label; nil for none.
  let count: String?
  /// What is counted, for who cannot see where the number stands.
  let counted: String
  let isUrgent: Bool
  let isCurrent: Bool

  init(_ place: NavSection, isCurrent: Bool, _ counts: Person.Counts, _ words: Words) {
    self.isCurrent = isCurrent
    isUrgent = place == .escalations
    counted = isUrgent ? words("escalating") : words("open")
    switch place {
    case .today: (path, label, icon, key, count) = (Paths.today, words("Today"), "today", "t", nil)
    case .reminders:
      (path, label, icon, key, count) = (
        Paths.reminders, words("Reminders"), "reminders", "r", NavItem.number(counts.active + counts.snoozed)
      )
    case .escalations:
      (path, label, icon, key, count) = (
        Paths.escalations, words("Escalations"), "escalations", "e", NavItem.number(counts.ringing)
      )
    case .profiles: (path, label, icon, key, count) = (Paths.profiles, words("Profiles"), "profiles", "p", nil)
    case .settings: (path, label, icon, key, count) = (Paths.profileSettings, words("Settings"), "settings", "s", nil)
    }
  }

  private static func number(_ count: Int) -> String? { count == 0 ? nil : count > 99 ? "99+" : String(count) }
}

/// The frame of pages that nobody need be signed in for.
struct PublicLayout {
  let title: String
  let language: String
  let theme: String
  let assets: Assets
  let flash: Flash?
  let home: Path

  /// - Parameter takesFlash: whether the page tells what the last post did, which is then told.
  init(title: String, _ web: Context, takesFlash: Bool = false) {
    let flash = takesFlash ? web.takeFlash() : nil
    self.init(title: title, web.language, web.services, theme: web.known?.theme ?? "system", flash: flash)
  }

  init(title: String, _ language: Language, _ services: Services, theme: String = "system", flash: Flash? = nil) {
    self.title = title
    self.language = language.rawValue
    self.theme = theme
    assets = services.assets
    self.flash = flash
    home = Paths.today
  }
}
