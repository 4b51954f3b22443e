import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let agents = Footprint(
    parameters: [":type": { _ in "email" }],
    posts: ["/agents/:type": Post(entry: "agent.changed", fields: [House.Field(name: "enabled", right: "off", rule: .flag)])],
    rows: { browser in
      #expect(browser.post("/agents/email", ["enabled": "off"]).status == 303)
      try browser.site.owner.run(
        """
        INSERT INTO muted_addresses (user_id, agent, address, reason, at)
        VALUES (\(browser.user), 'email', 'x@x.test', 'gone', \(browser.site.now))
        """)
    },
    roots: ["agents"], changed: ["agents": "enabled updated_at version"], worked: ["agents": "S", "muted_addresses": "IS"],
    doors: ["unmute web"])
}
