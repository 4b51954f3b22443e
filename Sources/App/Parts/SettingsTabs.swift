import HTML

/// The pages of the settings.
struct SettingsTabs {
  enum Tab {
    case profile, quiet, privacy, coach, agents, notifications, password, sessions, keys, feed, connections, team, audit, data, desk, model
  }

  struct Item {
    let path: Path
    let label: String
    let isCurrent: Bool
  }

  let items: [Item]

  init(_ current: Tab, _ person: Person, _ words: Words) {
    let isOperator = person.role == .owner || person.role == .admin
    items =
      [
        Item(path: Paths.profileSettings, label: words("Profile"), isCurrent: current == .profile),
        Item(path: Paths.quietSettings, label: words("Quiet hours"), isCurrent: current == .quiet),
        Item(path: Paths.privacySettings, label: words("Privacy"), isCurrent: current == .privacy),
        Item(path: Paths.modelSettings, label: words("Model"), isCurrent: current == .model),
        Item(path: Paths.coachSettings, label: words("Coach"), isCurrent: current == .coach),
        Item(path: Paths.agents, label: words("Agents"), isCurrent: current == .agents),
        Item(path: Paths.notificationSettings, label: words("Notifications"), isCurrent: current == .notifications),
        Item(path: Paths.passwordSettings, label: words("Password"), isCurrent: current == .password),
        Item(path: Paths.sessions, label: words("Sessions"), isCurrent: current == .sessions),
        Item(path: Paths.apiKeys, label: words("API keys"), isCurrent: current == .keys),
        Item(path: Paths.feedSettings, label: words("Calendar feed"), isCurrent: current == .feed),
        Item(path: Paths.connections, label: words("Connections"), isCurrent: current == .connections),
        Item(path: isOperator ? Paths.members : Paths.team, label: words("Team"), isCurrent: current == .team),
        Item(path: Paths.audit, label: words("Audit"), isCurrent: current == .audit),
        Item(path: Paths.personData, label: words("Your data"), isCurrent: current == .data),
      ]
      + (isOperator ? [Item(path: Paths.deskSettings, label: words("Desk"), isCurrent: current == .desk)] : [])
  }
}
