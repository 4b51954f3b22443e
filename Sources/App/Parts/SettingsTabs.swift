import HTML

/// The pages of the settings.
struct SettingsTabs {
  enum Tab { case profile, agents, password, sessions, audit }

  struct Item {
    let path: Path
    let label: String
    let isCurrent: Bool
  }

  let items: [Item]

  init(_ current: Tab, _ words: Words) {
    items = [
      Item(path: Paths.profileSettings, label: words("Profile"), isCurrent: current == .profile),
      Item(path: Paths.agents, label: words("Agents"), isCurrent: current == .agents),
      Item(path: Paths.passwordSettings, label: words("Password"), isCurrent: current == .password),
      Item(path: Paths.sessions, label: words("Sessions"), isCurrent: current == .sessions),
      Item(path: Paths.audit, label: words("Audit"), isCurrent: current == .audit),
    ]
  }
}
