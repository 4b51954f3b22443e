import Domain
import HTML
import Postgres
import Web

/// The channels' pages, forms and buttons.
enum DeskChannels {
  /// GET /channels
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try DeskChannelFilter(query, words) }
    let (found, counts) = try web.read(filter.rows(at: web.now), DeskChannelCounts.ours(at: web.now))
    return web.list(try DeskChannelListPage(PageOf(found), counts.first ?? .none, filter, web))
  }

  /// GET /channels/new
  static func new(_ web: Context) throws -> Response { web.page(try NewDeskChannelPage(web.read(ProfileName.mine), web)) }

  /// POST /channels: answered with the page that shows the secret, once.
  static func create(_ web: Context) throws -> Change {
    let person = try web.person
    try EscalationProfile.keep(web)
    let profiles = try web.read(ProfileName.mine)
    return try web.takeForm(askingAgain: { try NewDeskChannelPage(profiles, web, $0) }) {
      let draft = try DeskChannelDraft(web.form, profiles: profiles, hasMaildirs: web.services.maildirs != nil, web.reader)
      let id = ID<DeskChannel>.new(at: web.now)
      try DeskChannelTaken.check(draft, but: id, web)
      let vault = Vault(masters: web.services.masters, db: web.db)
      let secret = try draft.make(id, of: person.account, at: web.now, web.words, vault)
      let page = try DeskSecretPage(id, draft.name, draft.mailbox.inbound, secret, isFirst: true, web)
      return .page(
        web.page(page), again: Paths.channel(id),
        did: [AuditEntry("channel.made", DeskChannel.subject, id.text, ["name": draft.name, "type": draft.type.rawValue]).shared])
    }
  }

  /// GET /channels/:channel
  static func show(_ web: Context, _ id: ID<DeskChannel>) throws -> Response {
    let (channels, profiles, tests) = try web.read(DeskChannel.ours("c.id = \(id)"), ProfileName.mine, DeskTest.newest(of: id))
    guard let channel = channels.first else { throw Failure.notFound }
    return web.page(try DeskChannelPage(channel, profiles, tests.first, web))
  }

  /// POST /channels/:channel
  static func save(_ web: Context, _ id: ID<DeskChannel>) throws -> Change {
    try EscalationProfile.keep(web)
    let commands = try DeskChannelCommands.find(id, web)
    let (profiles, tests) = try web.read(ProfileName.mine, DeskTest.newest(of: id))
    return try web.takeForm(askingAgain: { try DeskChannelPage(commands.channel, profiles, tests.first, web, $0) }) {
      let draft = try DeskChannelDraft(
        web.form, stored: commands.channel, profiles: profiles, hasMaildirs: web.services.maildirs != nil, web.reader)
      return Change(to: Paths.channel(id), says: web.words("Saved."), did: try commands.save(draft), wakes: web.now)
    }
  }

  /// POST /channels/:channel/secret: answered with the page that shows the new one, once.
  static func rotate(_ web: Context, _ id: ID<DeskChannel>) throws -> Change {
    let commands = try DeskChannelCommands.find(id, web)
    let (secret, entries) = try commands.rotate()
    let page = try DeskSecretPage(id, commands.channel.name, commands.channel.inbound, secret, isFirst: false, web)
    return .page(web.page(page), again: Paths.channel(id), did: entries)
  }

  /// POST /channels/:channel/test: a look at its mailbox, if it has one, and a mail to whoever pressed; of a channel that is answered by a webhook, a
  /// message there. The page shows what becomes of them.
  static func test(_ web: Context, _ id: ID<DeskChannel>) throws -> Change {
    let (person, commands) = (try web.person, try DeskChannelCommands.find(id, web))
    guard web.services.trusts(person) else { throw Failure.conflict(AgentText.unverified(person, web.words)) }
    if commands.channel.type.way == .webhook, commands.channel.outboundURL == nil {
      throw Failure.conflict(web.words("Nothing says where answers go. Give the address that takes them, and try again."))
    }
    for limit in [RateLimit.channelTest, RateLimit.channelTestDaily] { try RateLimit.check(limit, person.id.text, web) }
    for limit in [RateLimit.channelTest, RateLimit.channelTestDaily] { try RateLimit.note(limit, person.id.text, web) }
    try DeskTest.ask(commands.channel, by: person, at: web.now, web.db)
    return Change(
      to: Paths.channel(id), says: web.words("The test has begun."),
      did: [AuditEntry("channel.tested", DeskChannel.subject, id.text, ["name": commands.channel.name]).shared], wakes: web.now)
  }

  /// POST /channels/:channel/deletion
  static func delete(_ web: Context, _ id: ID<DeskChannel>) throws -> Change {
    let commands = try DeskChannelCommands.find(id, web)
    return Change(
      to: Paths.channels,
      says: web.words("“{name}” is deleted. Its conversations can still be read.", ["name": commands.channel.name]),
      undo: Paths.restoration(id), did: try commands.delete(), wakes: web.now)
  }

  /// POST /channels/:channel/restoration
  static func restore(_ web: Context, _ id: ID<DeskChannel>) throws -> Change {
    let (name, entries) = try DeskChannelCommands.restore(id, web)
    return Change(to: Paths.channel(id), says: web.words("“{name}” is back.", ["name": name]), did: entries, wakes: web.now)
  }
}
