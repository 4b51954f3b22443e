import Domain
import HTML
import Postgres
import Web

extension Feature {
  /// Who shares an account, and who is invited.
  static let team = Feature(
    work: { bench in [OutboxWork(.invitations, bench).kind("invitations", share: .half)] },
    counts: ["invitations"],
    retention: [
      Retention("invitations", days: 30) { before in
        """
        DELETE FROM invitations WHERE id IN (SELECT id FROM invitations WHERE expires_at < \(before) LIMIT \(Chore.slice))
        """
      }
    ],
    sentence: { facts, words in facts.aboutTeam(words) },
    detail: { name, words in name.utf8.elementsEqual("until".utf8) ? words("Until") : nil },
    demo: { stage in try TeamDemo.make(stage) })
}

extension AuditFacts {
  /// The sentences about members; nil for other entries.
  fileprivate func aboutTeam(_ words: Words) -> String? {
    switch action {
    case "member.invited": words("{email} was invited.", ["email": self["email"]])
    case "member.invitation_revoked": words("An invitation was taken back.")
    case "member.role_changed": words("{name} got another role.", ["name": self["name"]])
    case "member.absence":
      self["until"].utf8.isEmpty
        ? words("{name} is back.", ["name": self["name"]]) : words("{name} is away.", ["name": self["name"]])
    case "member.removed": words("{name} was taken out of the team.", ["name": self["name"]])
    case "member.left": words("{name} left the team.", ["name": self["name"]])
    case "member.joined": words("{name} joined the team.", ["name": self["name"]])
    default: nil
    }
  }
}
