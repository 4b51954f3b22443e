import Domain
import HTML
import Postgres
import Web

/// By what a reminder is completed besides its person's pressing "done". Mails that complete one come with the watchers.
enum CompletionCriterion: String, CaseIterable, FromColumn, Bindable {
  case manual, webhook, api

  /// Of `reminders r`.
  static let ofReminder: Columns = """
    coalesce((SELECT c.type FROM completion_criteria c WHERE c.reminder_id = r.id AND c.user_id = r.user_id), 'manual') AS criterion
    """

  /// Stores it; which address counts stays.
  func saving(of reminder: ID<Reminder>, _ user: ID<User>, at now: Instant) -> SQL {
    """
    INSERT INTO completion_criteria AS c (reminder_id, user_id, type, created_at, updated_at)
    VALUES (\(reminder), \(user), \(self), \(now), \(now))
    ON CONFLICT (reminder_id) DO UPDATE SET type = \(self), updated_at = \(now) WHERE c.type <> \(self)
    """
  }

  /// As the form offers them.
  static func options(_ words: Words) -> [(value: String, label: String)] {
    [
      ("manual", words("By hand only")), ("webhook", words("By hand, or by a post to an address of its own")),
      ("api", words("By hand, or by a program with an API key")),
    ]
  }
}

/// The right to complete one reminder, in an address. It holds until another takes its place: nothing of it is stored but its number.
struct CompletionLink: Equatable {
  let reminder: ID<Reminder>
  let number: Int

  init(_ reminder: ID<Reminder>, number: Int) { (self.reminder, self.number) = (reminder, number) }

  /// - Returns: nil for a token that is not ours.
  init?(token: String, _ keys: Keys) {
    guard let bytes = Token.read(token, .completion, keys), bytes.count == 20, let id = ID<Reminder>(bytes: bytes[..<16]) else {
      return nil
    }
    reminder = id
    number = Int(bytes[16...].reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
  }

  /// The token, for `/d/…`.
  func token(_ keys: Keys) -> String {
    let number = UInt32(clamping: number)
    return Token.make(reminder.bytes + (0..<4).map { UInt8(truncatingIfNeeded: number >> UInt32(24 - $0 * 8)) }, .completion, keys)
  }

  /// The number of the address that counts; nothing where there never was one.
  static func number(of reminder: ID<Reminder>) -> Query<Int> {
    Query(column: "SELECT link_number FROM completion_criteria WHERE reminder_id = \(reminder) AND user_id = (SELECT me())")
  }
}

/// How a reminder is completed by other programs, on its page.
struct CompletionCard {
  let title: String
  let text: String
  /// How it is tried with a key; nil: an address is the right, and it is shown once.
  let example: String?
  /// Where that address is made; nil: it needs a key.
  let renewal: Path?
  let nonce: HiddenField
  let secret: CSRFField

  /// - Parameters:
  ///   - number: of the address that counts.
  ///   - secret: of the page.
  /// - Returns: nil: by hand alone.
  init?(_ reminder: Reminder, number: Int?, _ secret: CSRFField, _ web: Context) {
    let words = web.words
    self.secret = secret
    nonce = HiddenField(name: "nonce", value: Idempotency.nonce("address", reminder.id.text, String(number ?? 0)))
    switch reminder.criterion {
    case .manual: return nil
    case .webhook:
      title = words("Completed by a post")
      text = words(
        "Whoever posts to its address completes the reminder, or ends what rings of a series. A new address ends the one before.")
      example = nil
      renewal = Paths.completionSecret(reminder.id)
    case .api:
      title = words("Completed by an API key")
      text = words("A program completes it by a key of yours that may do so. Keys are made in the settings.")
      example = "curl -X POST -H 'Authorization: Bearer KEY' '\(web.services.origin)\(Paths.apiCompletion(reminder.id).text)'"
      renewal = nil
    }
  }
}

/// The address that was just made, shown this once.
struct CompletionAddressPage {
  let layout: Layout
  let intro: String
  let address: String
  /// How it is tried.
  let example: String
  let reminder: Path

  init(_ stored: Reminder, number: Int, _ web: Context) throws {
    let words = web.words
    layout = try Layout(words("Address made"), .reminders, web, takesFlash: false)
    intro = words("This address completes “{title}”. Copy it now: it is shown this once.", ["title": stored.title])
    address = web.services.origin + Paths.completionLink(CompletionLink(stored.id, number: number).token(web.services.keys)).text
    example = "curl -X POST '\(address)'"
    reminder = Paths.reminder(stored.id)
  }
}

extension Reminders {
  /// POST /reminders/:reminder/completion-secret: answered with the page that shows the address, once; the one before is worth nothing from then on.
  static func renewLink(_ web: Context, _ id: ID<Reminder>) throws -> Change {
    let reminder = try Reminder.find(id, locked: true, web)
    guard reminder.criterion == .webhook else { throw ReminderRefusal.noLink }
    let number: Int? = try web.db.value(
      """
      UPDATE completion_criteria SET link_number = link_number + 1, updated_at = \(web.now)
      WHERE reminder_id = \(id) AND user_id = \(reminder.user) RETURNING link_number
      """)
    guard let number else { throw ReminderRefusal.noLink }
    return .page(
      web.page(try CompletionAddressPage(reminder, number: number, web)), again: Paths.reminder(id),
      did: [AuditEntry("reminder.link_made", "reminder", id.text)])
  }
}
