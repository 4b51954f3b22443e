import Domain
import HTML
import Web

/// The frame of every page of somebody who is signed in: rail, account menu, flash line.
struct Layout {
  let title: String
  /// What the browser's tab says: with how many escalations ring, where that is counted.
  let tab: String
  /// With a mark where some do.
  let favicon: Path
  let language: String
  let theme: String
  /// Now, where a test holds the clock: the countdowns of the page then stand still at it. Nil everywhere else, so that a page does not differ
  /// from one rendering to the next.
  let heldNow: String?
  let assets: Assets
  let items: [NavItem]
  /// As many as a phone's bar has room for; the others are behind "More" there.
  private static let inBar = 4

  var firstItems: [NavItem] { Array(items.prefix(Layout.inBar)) }
  var otherItems: [NavItem] { Array(items.dropFirst(Layout.inBar)) }
  var isElsewhere: Bool { otherItems.contains(where: \.isCurrent) }

  let person: String
  /// The first letter of the name, for the round mark beside it.
  let initial: String
  let flash: Flash?
  let secret: CSRFField
  let mustVerify: Bool
  /// Why, and what to do.
  let verifyReason: String
  let search = Paths.search
  let settings: Path
  let signOut: Path
  let verification: Path
  /// Whether something on it comes in a moment: a browser without scripts then asks for the page again, every three seconds.
  var isAwaited = false
  /// On pages of the planner.
  let capture: CaptureBar?
  /// Whether customers are answered on it: the list of keys has those that do so.
  let hasDeskKeys: Bool
  /// The same of pages of the planner, but for the inbox; and of those where that is sorted out.
  let hasPlannerKeys: Bool
  let hasTriageKeys: Bool
  /// The same of the calendar.
  var hasCalendarKeys = false

  /// - Parameters:
  ///   - takesFlash: false on a refusal: the line is for the page that the last post led to.
  ///   - countsRinging: whether the tab says how many escalations ring: of pages that show them and look again by themselves, so that it stays true.
  /// - Throws: ``Failure/signedOut``.
  init(_ title: String, _ place: NavSection?, _ web: Context, takesFlash: Bool = true, countsRinging: Bool = false) throws {
    let person = try web.person
    let words = web.words
    self.title = title
    let ringing = countsRinging ? NavItem.number(person.counts[.ringing]) : nil
    tab = ringing.map { "(\($0)) \(title)" } ?? title
    favicon = ringing == nil ? web.services.assets.favicon : web.services.assets.faviconRinging
    language = person.language.rawValue
    theme = person.theme.rawValue
    heldNow = web.services.holdsClock ? web.clock.iso : nil
    assets = web.services.assets
    // Where an account has no channel, there is no desk but for what makes one.
    let sections = features.compactMap(\.section).filter {
      !$0.needsChannel || person.counts[.deskChannels] > 0 || place?.path.text == $0.path.text
    }
    let groups: [NavGroup?] = sections.map(\.group)
    items = zip([nil] + groups, sections).map { before, section in
      NavItem(section, begins: section.group != before, isCurrent: section.path.text == place?.path.text, person.counts, words)
    }
    hasDeskKeys = place?.path.text == Paths.drafts.text || place?.path.text == Paths.conversations.text
    let isInbox = place?.path.text == Paths.inbox.text
    (hasPlannerKeys, hasTriageKeys) = (place?.group == .planner && !isInbox, isInbox)
    self.person = person.displayName
    initial = person.displayName.unicodeScalars.first.map { String($0) } ?? ""
    flash = takesFlash ? web.takeFlash() : nil
    secret = web.csrfField()
    capture = CaptureBar(place, secret, person, web.request)
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

/// Places of the navigation that are about one kind of work; in the order of ``features`` they stand together.
enum NavGroup: Sendable {
  case attention, habits, planner, context, desk, settings

  /// nil: a line is enough.
  func heading(_ words: Words) -> String? {
    switch self {
    case .attention: words("Attention")
    case .habits: words("Habits")
    case .planner: words("Planner")
    case .context: words("People and calendar")
    case .desk: words("Desk")
    case .settings: nil
    }
  }
}

/// A place of the navigation, as its feature says it (``Feature/section``). Only what works is here.
struct NavSection: Sendable {
  let group: NavGroup
  let path: Path
  let label: @Sendable (Words) -> String
  /// A drawing of `icons.svg`.
  let icon: String
  /// The key that goes there after `g`.
  let key: String
  /// The number beside the label; zero is not shown.
  var count: @Sendable (Counts) -> Int = { _ in 0 }
  /// What is counted, for who cannot see where the number stands.
  var counted: @Sendable (Words) -> String = { _ in "" }
  /// Whether what is counted wants an answer.
  var isUrgent = false
  /// Whether it is of no use before there is a channel.
  var needsChannel = false
}

/// One entry of the navigation.
struct NavItem {
  /// Whether it is the first of its group.
  let isFirst: Bool
  let heading: String?
  let path: Path
  let label: String
  let icon: String
  let key: String
  /// Shown beside the label; nil for none.
  let count: String?
  let counted: String
  let isUrgent: Bool
  let isCurrent: Bool

  init(_ section: NavSection, begins isFirst: Bool, isCurrent: Bool, _ counts: Counts, _ words: Words) {
    self.isFirst = isFirst
    heading = isFirst ? section.group.heading(words) : nil
    (path, icon, key, isUrgent) = (section.path, section.icon, section.key, section.isUrgent)
    self.isCurrent = isCurrent
    label = section.label(words)
    counted = section.counted(words)
    count = NavItem.number(section.count(counts))
  }

  /// nil for none: zero is not shown.
  static func number(_ count: Int) -> String? { count == 0 ? nil : count > 99 ? "99+" : String(count) }
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
    self.init(title: title, web.language, web.services, theme: (web.known?.theme ?? .system).rawValue, flash: flash)
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
