import Domain
import HTML
import Postgres
import Web

extension Agents {
  /// POST /agents/webhook/secret: answered with the page that shows the new one, once. The old one signs and is taken for another day.
  static func rotate(_ web: Context) throws -> Change {
    let (person, type) = (try web.person, AgentType.webhook)
    let agent = try Agent.find(type, web.db)
    let settings = try ChannelSettings.open(agent?.configuration, type, of: person.id, person.account, web.vault)
    guard let agent, let secrets = SigningSecrets(settings)?.rotated(at: web.now) else {
      throw Failure.conflict(web.words("Fill in the form of this agent first and save it."))
    }
    try RateLimit.check(RateLimit.agentSecret, person.id.text, web)
    try RateLimit.note(RateLimit.agentSecret, person.id.text, web)
    let sealed = try secrets.kept(in: settings).sealed(type, of: person.id, person.account, web.vault, at: web.now)
    try web.db.run("UPDATE agents SET configuration = \(sealed), updated_at = \(web.now) WHERE id = \(agent.id) AND user_id = \(person.id)")
    let page = web.page(try AgentSecretPage(agent.id, type, secrets.present, isFirst: false, web))
    return .page(page, again: Paths.agent(type), did: [AuditEntry("agent.secret_rotated", "agent", nil, ["type": type.rawValue])])
  }
}

/// A secret that was just made, shown this once.
struct AgentSecretPage {
  let layout: Layout
  let intro: String
  let secret: String
  let webhook: String
  let example: String
  let agent: Path

  /// - Parameter isFirst: whether the agent was just set up.
  init(_ id: ID<Agent>, _ type: AgentType, _ secret: String, isFirst: Bool, _ web: Context) throws {
    let words = web.words
    layout = try Layout(isFirst ? words("Saved") : words("New secret"), .settings, web, takesFlash: false)
    (self.secret, agent) = (secret, Paths.agent(type))
    webhook = web.services.origin + Paths.hook(id).text
    intro =
      isFirst
      ? words("This is the secret of your webhook. Copy it now: it is shown this once.")
      : words("This is the new secret of your webhook. Copy it now: it is shown this once. The old one is good for 24 more hours.")
    example = SignedPost.example(#"{"escalation":"…","action":"snooze","until":"2 hours"}"#, to: webhook)
  }
}
