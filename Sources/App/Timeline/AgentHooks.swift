import Domain
import HTML
import Postgres
import Web

/// Takes commands that a person's program posts, signed with the secret of their webhook: it answers an escalation as they could.
enum AgentHooks {
  /// Bytes of a body that are read.
  static let longest = 65_536

  /// POST /hooks/agents/:agent. Nothing of the body is read before its signature is right.
  static func receive(_ web: Context, _ id: ID<Agent>) throws -> Response {
    let found = try web.db.row("SELECT user_id, account_id FROM door.agent_hook(\(id))", into: OwnerIDs.init)
    guard let owner = found else { return HookAnswer.refusal(404, "there is no such agent") }
    if web.request.body.count > longest { return HookAnswer.refusal(413, "at most 64 kB") }
    try web.act(for: owner.user, of: owner.account)
    // Its row is not locked: whoever sends holds rows of reminders' messages before it.
    let agent = try web.db.rows(Agent.mine).first { $0.id == id }
    let settings = try ChannelSettings.open(agent?.configuration, .webhook, of: owner.user, owner.account, web.vault)
    guard let secrets = SigningSecrets(settings)?.good(at: web.now), web.request.isSigned(by: secrets, at: web.now) else {
      return HookAnswer.refusal(401, "the signature is missing, wrong or too old")
    }
    guard let person = try web.db.row(Person.mine(web.services.zones)) else { return HookAnswer.refusal(404, "there is no such agent") }
    web.adopt(person, nil)
    do {
      return try obey(AgentCommand(web.request.body), web)
    } catch let wrong as AgentCommandComplaint {
      return HookAnswer.refusal(422, wrong.reason)
    } catch let wrong as FormErrors {
      return HookAnswer.refusal(422, wrong.complaints.map { $0.text }.joined(separator: " "))
    } catch let refused as any Refusal {
      return HookAnswer.refusal(409, refused.sentence(web.words))
    } catch Failure.conflict(let why) {
      return HookAnswer.refusal(409, why)
    } catch Failure.notFound {
      return HookAnswer.refusal(404, "there is no such escalation")
    }
  }

  /// Does it, once for each `webhook-id`: who is not sure that it came posts it again. Another command under the same id is refused, or it would be lost.
  private static func obey(_ command: AgentCommand, _ web: Context) throws -> Response {
    let sent = Bytes.hex(Keys.sha256(Array((web.request.headerText("webhook-id") ?? "").utf8)))
    let body = Bytes.hex(Keys.sha256(web.request.body))
    if let key = IdempotencyKey(Form([("nonce", "hook " + sent)])) {
      if try web.db.rows(key.taking(at: web.now)).isEmpty {
        guard try key.mark(web.db) == body else { return HookAnswer.refusal(409, "another body came under this webhook-id") }
        return answer(command, isDone: false)
      }
      try web.db.run(key.marking(body))
    }
    let commands = try ReminderCommands.find(answering: command.escalation, as: .webhook, web)
    let entries = try carry(command, commands, web)
    return try web.carryOut(.page(answer(command, isDone: !entries.isEmpty), did: entries, as: .webhook), nil)
  }

  /// - Returns: what the audit log records; nothing where it was so already.
  static func carry(_ command: AgentCommand, _ commands: ReminderCommands, _ web: Context) throws -> [AuditEntry] {
    // Each escalation of a habit is for a date of its own, which can be answered after later ones have rung.
    if command.action == .completion, let answer = try HabitAnswer(commands, by: .webhook, web) {
      if answer.isAmount { throw Failure.conflict(web.words("How much was it? Enter it on the habit's page.")) }
      return try answer.complete().entries
    }
    try commands.requireNewest()
    return switch command.action {
    case .acknowledgement: try commands.acknowledge().entries
    case .completion: try commands.complete().entries
    case .snooze: try commands.snooze(SnoozeForm(Form([("until", command.until)]), web.reader)).entries
    }
  }

  private static func answer(_ command: AgentCommand, isDone: Bool) -> Response {
    HookAnswer.json(
      200,
      .object([
        ("escalation", .string(command.escalation.text)), ("action", .string(command.action.rawValue)), ("changed", .bool(isDone)),
      ]))
  }
}

/// Why a command cannot be read, for whoever wrote the program that sent it.
struct AgentCommandComplaint: Error {
  let reason: String
}

/// What a program asks for: `{"escalation","action","until"}`. Unknown members are passed over.
struct AgentCommand {
  enum Action: String {
    case acknowledgement, snooze, completion

    /// - Parameter word: ours, or the specification's.
    init?(word: String) {
      switch word {
      case "acknowledgement", "acknowledge", "dismiss": self = .acknowledgement
      case "snooze": self = .snooze
      case "completion", "complete": self = .completion
      default: return nil
      }
    }
  }

  let escalation: ID<Escalation>
  let action: Action
  /// As people say it; of a snooze alone.
  let until: String

  init(_ escalation: ID<Escalation>, _ action: Action, until: String = "") {
    (self.escalation, self.action, self.until) = (escalation, action, until)
  }

  init(_ body: [UInt8]) throws(AgentCommandComplaint) {
    guard !body.contains(0), let root = JSONValue(body), root.isObject else {
      throw AgentCommandComplaint(reason: "the body is no JSON object of at most 32 levels, in UTF-8 and without NUL")
    }
    guard let escalation = root["escalation"]?.text.flatMap({ ID<Escalation>($0) }) else {
      throw AgentCommandComplaint(reason: "escalation is missing, or no id")
    }
    guard let action = root["action"]?.text.flatMap({ Action(word: $0) }) else {
      throw AgentCommandComplaint(reason: "action is missing, or none of acknowledgement, snooze, completion")
    }
    var until: String? = ""
    if let given = root["until"] { until = given.text }
    guard let until, !until.utf8.contains(0), action != .snooze || !until.utf8.isEmpty else {
      throw AgentCommandComplaint(reason: "until is missing, or no text")
    }
    (self.escalation, self.action, self.until) = (escalation, action, until)
  }
}
