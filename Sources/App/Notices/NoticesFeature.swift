import Domain
import HTML
import Postgres

extension Count {
  /// At most 100.
  static let unreadNotices = Count("unreadNotices")
}

extension NavSection {
  static let notices = NavSection(
    group: .desk, path: Paths.notifications, label: { words in words("Notifications") }, icon: "info", key: "n",
    count: { $0[.unreadNotices] }, counted: { words in words("unread", context: "notifications") }, needsChannel: true)
}

extension Feature {
  /// What people are told of their work at the desk.
  static let notices = Feature(
    section: .notices,
    numbers: Numbers(ofDesk: [.unreadNotices], "notice_numbers()"),
    retention: [
      Retention("notifications", days: 90) { before in
        "DELETE FROM notifications WHERE id IN (SELECT id FROM notifications WHERE at < \(before) ORDER BY at LIMIT \(Chore.slice))"
      }
    ],
    sentence: { facts, words in facts.action == "notifications.changed" ? words("Chose what to be told.") : nil },
    detail: { name, words in name.utf8.elementsEqual("tell".utf8) ? words("Tell me") : nil })
}
