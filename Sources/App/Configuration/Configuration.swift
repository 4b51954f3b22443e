import Logging
import Net

/// All settings of a process, read once at its start, checked and typed.
public struct Configuration: Sendable {
  public let isProduction: Bool
  public let publicURL: PublicURL
  /// libpq URLs of the roles that are configured. ``url(_:)`` gives the one this process asked for.
  public let databaseURLs: [DatabaseRole: String]
  public let secretKey: SecretKey
  /// The one before, while the vault still holds something of it.
  public let previousKey: SecretKey?
  /// Absolute, at most 107 bytes (the size of `sockaddr_un`).
  public let socket: String
  public let socketGroup: String?
  /// Whom to become when started by root, with `Privileges.drop`: an account of this system. nil in a process that is not root's.
  public let user: String?
  public let responders: Int
  public let workers: Int
  public let requestSeconds: Int
  public let requestsPerResponder: Int
  /// False behind a pooler that cannot keep prepared statements.
  public let prepares: Bool
  public let mail: MailTransport
  /// An address, or `Name <address>`.
  public let mailFrom: String
  /// From one mail about reminders to the next that goes to the same address; 0: as many as there are.
  public let mailSeconds: Int
  /// The folder whose folders are Maildirs of channels; nil: none is named.
  public let maildirs: String?
  /// The folder that gets what of the audit log is older than a year; nil: it stays in the database.
  public let auditArchive: String?
  public let signUpIsOpen: Bool
  public let sessionIdleDays: Int
  public let sessionDays: Int
  /// How much a person may keep.
  public let quota: Quota
  /// Private networks that webhooks may reach.
  public let allowLAN: [AddressRange]
  /// nil: no SMS is sent.
  public let sms: SMSGateway?
  /// nil: the coach speaks without a model.
  public let model: ModelServer?
  /// nil: search goes by names and words.
  public let embedding: EmbedServer?
  public let logLevel: Logger.Level
  /// The folder that holds `static/`, `nginx/` and `migrations/`.
  public let root: String
  public let zoneinfo: String
  /// nil: the system's clock.
  public let clockFile: String?
  /// What does not stop a start but deserves a look; `heed check` shows it.
  public let notes: [Mistake]

  /// - Parameter roles: the database roles whose URL must be there; others may be missing.
  /// - Throws: ``Mistakes``, all of them at once.
  public init(_ variables: Variables, as roles: Set<DatabaseRole>) throws(Mistakes) {
    var read = SettingReader(variables)
    // Missing means production. A word that is neither counts as development here, so that its one mistake brings no others along.
    let missing = read.text(.environment) == nil
    isProduction = read.choice(.environment, [("production", true), ("development", false)], standard: missing)
    let url = read.publicURL(isProduction: isProduction)
    databaseURLs = read.databaseURLs(needed: roles)
    let (key, keyNotes) = read.secretKey(isProduction: isProduction)
    previousKey = read.previousKey()
    socket = read.socketPath()
    socketGroup = read.text(.socketGroup)
    let (user, userNotes) = read.user()
    self.user = user
    responders = read.number(.responders, 1...256, standard: 4)
    workers = read.number(.workers, 1...64, standard: 1)
    requestSeconds = read.number(.requestSeconds, 1...600, standard: 20)
    requestsPerResponder = read.number(.requestsPerResponder, 1...10_000_000, standard: 10_000)
    prepares = read.isOn(.prepare, standard: true)
    let transport = read.mailTransport()
    mailFrom = read.mailFrom(host: url?.host)
    mailSeconds = read.number(.mailSeconds, 0...3_600, standard: 60)
    maildirs = read.path(.maildirs, standard: nil)
    auditArchive = read.path(.auditArchive, standard: nil)
    signUpIsOpen = read.choice(.signUp, [("open", true), ("closed", false)], standard: true)
    (sessionIdleDays, sessionDays) = read.sessionDays()
    quota = Quota(
      reminders: read.number(.reminders, 1...10_000_000, standard: Quota.standard.reminders),
      megabytes: read.number(.textMegabytes, 1...100_000, standard: Quota.standard.megabytes))
    allowLAN = read.networks()
    sms = read.sms(calling: url?.text)
    model = read.model()
    embedding = read.embedding()
    logLevel = read.choice(.logLevel, Logger.Level.allCases.map { ($0.rawValue, $0) }, standard: .info)
    root = read.path(.root, standard: nil) ?? Root.find()
    zoneinfo = read.path(.zoneinfo, standard: nil) ?? "/usr/share/zoneinfo"
    clockFile = read.clockFile(isProduction: isProduction)
    notes =
      keyNotes + userNotes + variables.mailNotes + variables.smsNotes + variables.modelNotes + variables.embedNotes
      + variables.unknownNotes
    guard read.mistakes.isEmpty, let url, let key, let transport else { throw Mistakes(read.mistakes) }
    (publicURL, secretKey, mail) = (url, key, transport)
  }

  /// The URL of a role that was asked for in ``init(_:as:)``.
  ///
  /// - Throws: ``Mistakes`` for a role that is not configured.
  public func url(_ role: DatabaseRole) throws(Mistakes) -> String {
    guard let url = databaseURLs[role] else {
      throw Mistakes([Mistake(role.setting.name, "is missing. It is \(role.setting.words).")])
    }
    return url
  }
}
