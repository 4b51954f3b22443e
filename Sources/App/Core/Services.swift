import Domain
import FastCGI
import HTML
import Net
import Postgres
import Web

/// What every request and every worker cycle uses and none changes: made once when a process starts.
public struct Services {
  /// Where people reach the site: scheme, host and port, without a slash at the end.
  public let origin: String
  /// The keys derived from the installation's secret.
  public let keys: Keys
  /// What opens the keys of the vault.
  let masters: MasterKeys
  /// The walls against posts from other sites.
  public let csrf: CSRF
  /// Time zones of this machine.
  public let zones: Zones
  /// The addresses of the static files, with their content hashes.
  public let assets: Assets
  /// Whether strangers may make accounts.
  public let signUpIsOpen: Bool
  /// A session unused for so many days has ended.
  public let sessionIdleDays: Int
  /// A session has ended after so many days in any case.
  public let sessionDays: Int
  /// How much a person may keep.
  public let quota: Quota
  /// Where passwords are worked on, of all responders of this host; nil: without a limit.
  public let passwordPlaces: HostSlots?
  /// Whether a test holds the clock: pages then say what time it is, for their countdowns.
  public let holdsClock: Bool
  /// Whether mail leaves this machine, so that nothing but mails about an account goes to an address before it is verified.
  public let checksAddresses: Bool
  /// Which addresses a request may dial that a person named, such as that of a webhook.
  public let addresses: AddressGuard
  /// The model server that the coach may ask; nil: none is set up.
  public var model: ModelServer?
  /// The server that makes vectors for search by meaning; nil: none is set up.
  public var embedding: EmbedServer?
  /// The folder whose folders are Maildirs of channels; nil: none is named.
  public var maildirs: String?
  /// The folder that gets what of the audit log is older than a year; nil: all of it stays in the database.
  public var auditArchive: String?
  /// Sends SMS; nil: nothing does.
  public var sms: SMSGateway?
  /// By which ways people are reached: those that this site is set up for.
  var channels: [Channel] {
    get { knownChannels.filter { $0.isOffered(self) } }
    set { knownChannels = newValue }
  }
  private var knownChannels = App.channels
  /// What the coach says and compares, read from the files that the program carries.
  let coach = CoachLibrary.carried
  /// Who finds its words.
  var voice = CoachVoice.templates
  /// Tells the program from other builds.
  var program: @Sendable () -> String = { Program.mark }
  /// How many dates of a file of habits are written in its request; more are a worker's.
  var importedAtOnce = 20_000
  private let migrator: Migrator?

  /// - Parameters:
  ///   - secret: at least 32 bytes.
  ///   - previous: the secret before, while the vault still holds something of it.
  ///   - migrator: knows which schema this program needs; nil for tests that made it themselves.
  public init(
    origin: String, secret: [UInt8], previous: [UInt8]? = nil, zones: Zones, assets: Assets, migrator: Migrator? = nil,
    signUpIsOpen: Bool = true,
    sessionIdleDays: Int = 30, sessionDays: Int = 90, quota: Quota = .standard, passwordPlaces: HostSlots? = nil,
    holdsClock: Bool = false, checksAddresses: Bool = true, addresses: AddressGuard = AddressGuard()
  ) {
    self.origin = origin
    keys = Keys(secret: secret)
    masters = MasterKeys(keys, previous: previous.map { Keys(secret: $0) })
    csrf = CSRF(keys: keys, publicOrigin: origin)
    self.zones = zones
    self.assets = assets
    self.signUpIsOpen = signUpIsOpen
    self.sessionIdleDays = sessionIdleDays
    self.sessionDays = sessionDays
    self.quota = quota
    self.passwordPlaces = passwordPlaces
    self.holdsClock = holdsClock
    self.checksAddresses = checksAddresses
    self.addresses = addresses
    self.migrator = migrator
  }

  /// Whether the public address is https: cookies are then `Secure` and carry the `__Host-` prefix.
  public var isSecure: Bool { origin.utf8.starts(with: "https://".utf8) }

  /// Whether reminders are sent to a person's address: it is verified, or no mail leaves this machine.
  func trusts(_ person: Person) -> Bool { person.isVerified || !checksAddresses }

  /// What the pages of two processes differ by: the program with its templates, the addresses of its files, and settings that they show. Secrets are
  /// known by their tokens.
  var mark: String {
    let files = [assets.style, assets.script, assets.manifest, assets.favicon, assets.faviconRinging].map(\.text)
    let settings = [
      String(checksAddresses), String(holdsClock), String(sms != nil), model.map { "\($0)" } ?? "", embedding.map { "\($0)" } ?? "",
    ]
    return ([program(), origin] + settings + files).joined(separator: " ")
  }

  /// The words of a language.
  public func words(_ language: Language) -> Words { Words.of(language.rawValue) }

  /// What is wrong with the database's schema; nil: it is this program's.
  func schemaComplaint(_ db: Connection) throws(PostgresError) -> String? {
    guard let status = try migrator?.status(db), status != .current else { return nil }
    return "\(status)"
  }
}

extension CoachLibrary {
  /// The one of this program. What is wrong with its files, a test finds, and `heed check`.
  public static let carried = CoachLibrary(PromptFiles.all)
}

extension Services {
  /// What the settings say, with the files of this machine.
  ///
  /// - Throws: when the zone list or the migrations are not there.
  public init(_ configuration: Configuration) throws {
    var checksAddresses = true
    if case .maildir = configuration.mail { checksAddresses = false }
    self.init(
      origin: configuration.publicURL.text, secret: configuration.secretKey.bytes, previous: configuration.previousKey?.bytes,
      zones: try Zones(folder: configuration.zoneinfo),
      assets: Assets(folder: configuration.root + "/static"), migrator: try Migrator(folder: configuration.root + "/migrations"),
      signUpIsOpen: configuration.signUpIsOpen, sessionIdleDays: configuration.sessionIdleDays, sessionDays: configuration.sessionDays,
      quota: configuration.quota, passwordPlaces: .passwords(Keys(secret: configuration.secretKey.bytes)),
      holdsClock: configuration.clockFile != nil, checksAddresses: checksAddresses,
      addresses: AddressGuard(opening: configuration.allowLAN))
    sms = configuration.sms
    model = configuration.model
    embedding = configuration.embedding
    maildirs = configuration.maildirs
    auditArchive = configuration.auditArchive
    voice = .model(model)
  }
}

extension HostSlots {
  /// Two at once: argon2 takes 50 ms of a core and 19 MB on purpose, and the other responders have pages to send.
  static func passwords(_ keys: Keys) -> HostSlots { HostSlots(name: keys.tag(.attempt, "places to work on passwords"), count: 2) }
}

extension Context {
  /// Hashes or compares a password. Who finds both places of the host taken waits a moment.
  ///
  /// - Throws: ``Failure/busy(seconds:)`` when none becomes free in it.
  func passwordWork<T>(_ body: () throws -> T) throws -> T {
    guard let places = services.passwordPlaces else { return try body() }
    guard let result = try places.run(patience: 100, body) else { throw Failure.busy(seconds: 1) }
    return result
  }
}
