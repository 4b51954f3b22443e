import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let deskChannels = Footprint(
    parameters: [":channel": { try $0.someChannel() }, ":me": { $0.user.text }],
    shared: [":channel"],
    posts: [
      "/channels": Post(
        entry: "channel.made", fields: Self.channelFields + [House.Field(name: "nonce", right: "n", rule: .ignored)], status: 200),
      "/channels/:channel": Post(
        entry: "channel.changed",
        fields: Self.channelFields.filter { $0.name != "type" } + [
          House.Field(name: "type", right: "chat", rule: .ignored), House.Field(name: "version", right: "1", rule: .exactly),
        ]),
      "/channels/:channel/secret": Post(
        entry: "channel.secret_rotated", fields: [House.Field(name: "nonce", right: "n", rule: .ignored)], status: 200),
      "/channels/:channel/rota": Post(
        entry: "rota.changed",
        fields: [
          House.Field(name: "line_1_days", right: "mon-fri", rule: .boxes),
          House.Field(name: "line_1_member", right: ":me", rule: .exactly), House.Field(name: "version", right: "1", rule: .exactly),
        ]),
      "/channels/:channel/test": Post(entry: "channel.tested", fields: [House.Field(name: "nonce", right: "t", rule: .ignored)]),
      "/channels/:channel/deletion": Post(entry: "channel.deleted"),
      "/channels/:channel/restoration": Post(entry: "channel.restored", after: "/channels/:channel/deletion"),
      "/settings/desk": Post(
        entry: "desk.changed",
        fields: [
          House.Field(name: "undo_seconds", right: "10", rule: .optionalNumber),
          House.Field(name: "retention", right: "365", rule: .choice),
          House.Field(name: "llm_daily", right: "5", rule: .optionalNumber),
          House.Field(name: "confidence_floor", right: "0.4", rule: .optionalNumber),
          House.Field(name: "version", right: "0", rule: .exactly),
        ]),
    ],
    queries: [
      "/channels": [House.Field(name: "state", right: "", rule: .choice), House.Field(name: "after", right: "", rule: .rowAfter)]
    ],
    rows: { browser in
      let id = try browser.someChannel()
      let place = "/channels/\(id)/rota"
      let rota: KeyValuePairs = [
        "line_1_days": "mon-fri", "line_1_from": "09:00", "line_1_until": "18:00", "line_1_member": browser.user.text,
        "version": browser.get(place).field("version", ofForm: place) ?? "",
      ]
      #expect(browser.post(place, rota).status == 303)
      #expect(browser.post("/channels/\(id)/test").status == 303)
      // What a team shares may have been changed by another of it.
      let version = browser.get("/settings/desk").field("version", ofForm: "/settings/desk") ?? ""
      #expect(browser.post("/settings/desk", ["undo_seconds": "5", "version": version]).status == 303)
    },
    roots: ["channels", "desk_settings"],
    changed: [
      "channels":
        "acknowledge acknowledge_when address aliases auto_draft closed_on deleted_at enabled external_id folder hours imap_folder imap_host "
        + "imap_password imap_port imap_security imap_user inbound language name old_secret old_secret_until outbound_url profile_id secret "
        + "signature smtp_host smtp_password smtp_port smtp_security smtp_user target_minutes timezone trusts_spam updated_at version",
      "channel_states": "error failing_since last_good_at last_look_at last_message_at last_uid mailbox uid_validity",
      "desk_settings": "confidence_floor llm_daily retention_days undo_seconds updated_at version",
    ],
    worked: [
      "channels": "S", "channel_failures": "DISU", "channel_states": "SU", "channel_tests": "DS", "desk_settings": "S", "rotas": "S",
    ],
    doors: ["channel_hook web", "drop_rota web", "empty_conversations work", "empty_raw_mails work"])

  private static let channelFields = [
    House.Field(name: "name", right: "B", rule: .line), House.Field(name: "type", right: "email", rule: .choice),
    House.Field(name: "external_id", right: "", rule: .optionalLine),
    House.Field(name: "address", right: "b%40shop.example", rule: .exactly), House.Field(name: "aliases", right: "", rule: .optionalNumber),
    House.Field(name: "inbound", right: "", rule: .choice), House.Field(name: "folder", right: "", rule: .ignored),
    House.Field(name: "language", right: "en", rule: .choice),
    House.Field(name: "timezone", right: "UTC", rule: .optionalNumber),
    House.Field(name: "target_minutes", right: "60", rule: .optionalNumber),
    House.Field(name: "closed_on", right: "", rule: .dates), House.Field(name: "profile", right: "", rule: .choice),
    House.Field(name: "acknowledge_when", right: "", rule: .choice), House.Field(name: "auto_draft", right: "on", rule: .flag),
    House.Field(name: "enabled", right: "on", rule: .flag),
  ]
}

extension Browser {
  /// The first channel of somebody's account, made where there is none.
  func someChannel() throws -> String {
    let known = try site.text("SELECT id::text FROM channels WHERE account_id = \(account) AND deleted_at IS NULL ORDER BY id LIMIT 1")
    if let known { return known }
    return try channel(["name": "Support", "address": "support@shop.example"]).id
  }

  /// Makes a channel.
  @discardableResult
  func channel(_ fields: KeyValuePairs<String, String>) throws -> (id: String, secret: String) {
    let page = post("/channels", fields)
    #expect(page.status == 200, "\(page.complaints)")
    let webhook = try #require(page.fact("webhook"))
    return (try #require(webhook.split(separator: "/").last.map { String($0) }), try #require(page.fact("secret")))
  }
}
