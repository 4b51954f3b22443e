import Domain
import HTML
import Postgres
import Web

extension NavSection {
  static let profiles = NavSection(
    group: .settings, path: Paths.profiles, label: { words in words("Profiles") }, icon: "profiles", key: "f")
}

extension Feature {
  /// The ladders that reminders climb.
  static let profiles = Feature(
    section: .profiles,
    today: { day in ProfileSection.today(day) },
    search: { view in
      let words = view.words
      return FoundThing.search(
        view, EscalationProfile.subject, "profiles", words("Profiles"), name: words("Profile"), list: Paths.profiles
      ) { (id: ID<EscalationProfile>) in Paths.profile(id) }
    },
    sentence: { facts, words in facts.aboutProfiles(words) },
    detail: { name, words in AuditFacts.profileDetail(name, words) },
    auditSubjects: [
      AuditSubject("profile", "SELECT id, name AS title FROM profiles WHERE id = a.subject_id AND user_id = (SELECT me())") {
        Paths.editProfile($0)
      }
    ],
    welcome: { user, now, db throws(PostgresError) in try EscalationProfile.insertPresets(for: user, at: now, db) },
    demo: { stage in try ProfilesDemo.tell(stage) })
}

extension AuditFacts {
  /// The sentences about profiles; nil for other entries.
  fileprivate func aboutProfiles(_ words: Words) -> String? {
    let values: KeyValuePairs = ["title": self["title"]]
    return switch action {
    case "profile.made": words("Made the profile “{title}”.", values)
    case "profile.changed": words("Edited the profile “{title}”.", values)
    case "profile.deleted": words("Deleted the profile “{title}”.", values)
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  fileprivate static func profileDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "tiers": words("Tiers")
    case "instead": words("In its place")
    default: nil
    }
  }
}

/// A ladder of their own for the demo account.
enum ProfilesDemo {
  static func tell(_ stage: DemoStage) throws {
    let draft = ProfileDraft(
      name: "Medicine", description: "A push, then mails until it is taken.",
      ladder: try Ladder(
        tiers: [
          Tier(delayMinutes: 0, agents: [.push, .email]), Tier(delayMinutes: 10, agents: [.email]),
          Tier(delayMinutes: 30, agents: [.sms, .email], includesContacts: true),
        ], repeatMinutes: 30, repeatLimit: 4))
    let made = stage.now.advanced(days: -60)
    try stage.act { person in try stage.db.run(draft.inserting(.new(at: made), for: person.id, at: made)) }
  }
}
