import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// A person whose devices are paths of a listener that misbehaves on order, and who is told by push alone.
final class Pushed {
  /// The keys of the browser of RFC 8291, appendix A.
  static let point = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
  static let auth = "BTBZMqHH6r4Tts7J_aSIgg"
  private static let secret = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"

  let site: Site
  let ana: Browser
  let sink: Sink

  init(channels: [Channel] = App.channels) throws {
    site = try Site(addresses: try AddressGuard(opening: "127.0.0.0/8"), channels: channels)
    sink = try Sink("http_sink.py")
    ana = try site.person("ana@x.test")
    try tell([.push])
  }

  /// What all tiers use, at once.
  func tell(_ agents: [AgentType]...) throws {
    let ladder = try Ladder(tiers: agents.enumerated().map { Tier(delayMinutes: $0 * 5, agents: $1) })
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
  }

  /// A device of somebody's, whose push service answers as the path says.
  @discardableResult
  func device(_ path: String, _ label: String = "Phone", of browser: Browser? = nil) throws -> ID<PushDevice> {
    try (browser ?? ana).device("http://127.0.0.1:\(sink.port)\(path)", label)
  }

  /// Lets a reminder ring and be told.
  @discardableResult
  func ring(_ title: String = "Pay the rent", _ importance: Importance = .low) throws -> ID<Reminder> {
    let id = try ana.remind(nil, importance, title: title)
    site.pass(hours: 1)
    try site.work()
    return id
  }

  /// "state attempts code reason" of each message about an escalation, in the order of their devices.
  func messages() throws -> [String] {
    try site.owner.rows(
      Query(
        column: """
          SELECT concat_ws(' ', state, attempts, code, reason) FROM outbox WHERE subject = 'escalation' AND channel = 'push'
          ORDER BY created_at, address, id
          """))
  }

  /// What came to the listener, opened by other people's programs.
  func opened() throws -> [JSONValue] {
    let log = sink.folder.appendingPathComponent("log.jsonl").path
    let said = try Sink.run("push_open.py", log, Pushed.secret, Pushed.auth)
    return try said.split(separator: "\n").map { try JSONValue($0.utf8).unwrapped }
  }

  /// The labels of the devices that there are.
  func devices() throws -> [String] { try site.owner.rows(Query(column: "SELECT label FROM push_devices ORDER BY label")) }
}

extension Browser {
  /// Adds a device past the form, which takes `https` alone, and switches push on.
  func device(_ endpoint: String, _ label: String = "Phone") throws -> ID<PushDevice> {
    let (id, hash) = (ID<PushDevice>.new(at: site.now), PushDevice.hash(endpoint))
    let subscription = try PushSubscription(endpoint: endpoint, point: Pushed.point, auth: Pushed.auth).unwrapped
    let vault = Vault(masters: site.services.masters, db: site.owner)
    let sealed = try subscription.settings.sealed(at: PushDevice.place(of: user, hash), account, vault, site.now)
    try site.owner.runAll([
      """
      INSERT INTO push_devices (id, user_id, label, service, endpoint_hash, subscription, created_at)
      VALUES (\(id), \(user), \(label), 'push.example.org', \(hash), \(sealed), \(site.now))
      """,
      """
      INSERT INTO agents (id, user_id, type, enabled, created_at, updated_at)
      VALUES (\(ID<Agent>.new(at: site.now)), \(user), 'push', true, \(site.now), \(site.now)) ON CONFLICT DO NOTHING
      """,
    ])
    return id
  }
}
