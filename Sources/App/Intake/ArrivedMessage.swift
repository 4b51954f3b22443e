import Domain
import Postgres

/// A message that has come to a channel, however it came: what is stored of it.
struct ArrivedMessage {
  /// Which conversation it says it belongs to.
  enum Thread {
    /// A webhook's own name for it.
    case external(String)
    /// The ids that a mail names, newest last, and what it is about.
    case mail(ids: [String])
  }

  struct Address {
    let role: String
    let person: MailPerson
  }

  struct File {
    let name: String
    let type: String
    let size: Int
    /// Empty: not kept.
    let sha256: [UInt8]
    var contentID = ""
    var isInline = false
    let state: String
    var url: String?
    /// To be stored; nil: somewhere else, or not.
    var bytes: [UInt8]?
  }

  /// A member of the account.
  struct Author {
    let id: ID<User>
    let name: String
  }

  let thread: Thread
  let kind: MailKind
  /// SHA-256 of its id, or of what it is where it has none.
  let key: [UInt8]
  /// SHA-256 of what it says.
  let bodyKey: [UInt8]
  var externalID = ""
  var messageID: String?
  var inReplyTo: String?
  var references: [String] = []
  let from: MailPerson
  /// Who is answered; nil: nobody can be.
  let customer: MailPerson?
  var addresses: [Address] = []
  let subject: MailSubject
  let own: String
  let sections: [MailSection]
  var html: String?
  /// nil: too few words tell.
  let language: Language?
  var isGuessed = false
  var isSigned = false
  var notice = ""
  var files: [File] = []
  /// The mail as it came.
  var raw: [UInt8]?
  var dated = ""
  var datedAt: Instant?
  var threadIndex: [UInt8]?
  var threadTopic = ""
  /// JSON text; empty: none.
  var metadata = ""
  /// A filter calls it spam, and the channel believes it.
  var isSpam = false
  /// What a mail server says of one that it could not deliver.
  var bounce: BounceReport?
  /// The member who wrote it; ``Intake`` finds out.
  var author: Author?

  /// By which it counts among those that came from one domain (RULES 6.51): of whoever is answered. nil: a program's, a member's, or without an address.
  var senderDomain: String? { kind == .person && author == nil ? (customer ?? from).domain : nil }

  /// Whether a person of the outside wrote it, and not a program on behalf of our own mail.
  var isReport: Bool { kind == .own || kind == .bounce }
}
