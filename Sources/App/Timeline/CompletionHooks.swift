import Domain
import HTML
import Postgres
import Web

/// How other programs complete a reminder of a person's, where that one lets them.
enum CompletionHooks {
  /// POST /d/:token: the address is the right. Nothing is read of the body.
  static func byLink(_ web: Context, _ token: String) throws -> Response {
    guard let link = CompletionLink(token: token, web.services.keys), let number = Int32(exactly: link.number) else {
      return HookAnswer.refusal(404, "there is no such address")
    }
    let found = try web.db.row(
      "SELECT user_id, account_id FROM door.completion_link(\(link.reminder), \(number))", into: OwnerIDs.init)
    guard let owner = found else { return HookAnswer.refusal(404, "there is no such address") }
    try web.act(for: owner.user, of: owner.account)
    guard let person = try web.db.row(Person.mine(web.services.zones)) else { return HookAnswer.refusal(404, "there is no such address") }
    web.adopt(person, nil)
    do {
      return try complete(link.reminder, when: .webhook, as: .webhook, web)
    } catch let refused as any Refusal {
      return HookAnswer.refusal(409, refused.sentence(web.words))
    } catch Failure.notFound {
      return HookAnswer.refusal(404, "there is no such address")
    } catch Failure.conflict(let why) {
      return HookAnswer.refusal(409, why)
    }
  }

  /// POST /api/v1/reminders/:reminder/completion, with a key that may act on reminders.
  static func byKey(_ web: Context, _ id: ID<Reminder>) throws -> Response {
    _ = try KeyHolder.find(for: .act, web)
    guard let person = try web.db.row(Person.mine(web.services.zones)) else { throw Failure.notFound }
    web.adopt(person, nil)
    do {
      return try complete(id, when: .api, as: .key, web)
    } catch let refused as any Refusal {
      throw APIRefusal(status: 409, error: refused.sentence(web.words))
    }
  }

  /// Twice is as once: what is done already is so.
  private static func complete(
    _ id: ID<Reminder>, when criterion: CompletionCriterion, as kind: ActorKind, _ web: Context
  ) throws -> Response {
    let commands = try ReminderCommands.find(id, as: kind, web)
    guard commands.reminder.criterion == criterion else {
      throw Failure.conflict(web.words("This reminder is not completed that way."))
    }
    let outcome = try commands.complete()
    let answer = HookAnswer.json(
      200, .object([("reminder", .string(id.text)), ("changed", .bool(outcome != .already && outcome != .nothing))]))
    return try web.carryOut(.page(answer, did: outcome.entries, as: kind), nil)
  }
}
