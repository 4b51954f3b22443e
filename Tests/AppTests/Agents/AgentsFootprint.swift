import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let agents = Footprint(
    parameters: [":type": { _ in "email" }],
    posts: [
      "/agents/:type": Post(entry: "agent.changed", fields: [House.Field(name: "enabled", right: "off", rule: .flag)]),
      // Of whoever has none: what it leaves of others, WebhookSecretTests say.
      "/agents/webhook/secret": Post(entry: nil, fields: [House.Field(name: "nonce", right: "s", rule: .ignored)], status: 409),
      // Of a site without a gateway; of one with it, PhoneTests say.
      "/agents/sms/codes": Post(entry: nil, fields: [House.Field(name: "nonce", right: "c", rule: .ignored)], status: 409),
      "/agents/sms/verification": Post(entry: nil, fields: [House.Field(name: "code", right: "123456", rule: .ignored)], status: 409),
      "/agents/:type/test": Post(entry: "agent.tested", fields: [House.Field(name: "nonce", right: "t", rule: .ignored)]),
    ],
    rows: { browser in
      #expect(browser.post("/agents/email", ["enabled": "off"]).status == 303)
      try AgentTest.ask(.email, for: browser.user, at: browser.site.now, browser.site.owner)
      try browser.site.owner.run(
        """
        INSERT INTO muted_addresses (user_id, agent, address, reason, at)
        VALUES (\(browser.user), 'email', 'x@x.test', 'gone', \(browser.site.now))
        """)
    },
    roots: ["agents"], changed: ["agents": "configuration enabled gone_at updated_at version"],
    worked: ["agents": "S", "agent_tests": "DS", "muted_addresses": "IS"], doors: ["agent_hook web", "unmute web"])
}
