import Foundation
import TestSupport
import Testing

@testable import App
@testable import Domain

/// What the audit page makes of the records.
@Suite struct AuditPageTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func write(_ entries: [AuditEntry], as kind: ActorKind = .user) throws {
    let actor = Actor(kind: kind, address: "192.0.2.9", request: "r")
    try site.owner.transaction {
      try Audit.append(entries, user: ana.user, account: ana.account, by: actor, at: site.now, site.services.keys, site.owner)
    }
  }

  /// The sentences, newest first.
  private func sentences(_ page: String) -> [String] {
    page.components(separatedBy: "<th scope=\"row\">").dropFirst().map { part in
      let cell = part.components(separatedBy: "</th>")[0].components(separatedBy: "<details")[0]
      return cell.replacing(/<[^>]*>/, with: "").trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }

  /// Every kind that the program writes, with what it writes along.
  static let kinds: [(AuditEntry, String, String)] = [
    (AuditEntry("account.made", "user", nil, ["email": "a@x.test"]), "Account made for a@x.test.", "Conta criada para a@x.test."),
    (AuditEntry("agent.changed", "agent", nil, ["type": "email", "enabled": "on"]), "E-mail switched on.", "E-mail ligado."),
    (AuditEntry("agent.changed", "agent", nil, ["type": "email", "enabled": "off"]), "E-mail switched off.", "E-mail desligado."),
    (
      AuditEntry("agent.off", "agent", nil, ["type": "email", "address": "a@x.test", "reason": "550 no"]),
      "E-mail to a@x.test switched off: the address refuses it.", "E-mail para a@x.test desligado: o endereço o recusa."
    ),
    (
      AuditEntry("agent.gone", "agent", nil, ["type": "webhook"]), "Switched off: webhook. Its address says that it is gone.",
      "Desligado: webhook. O endereço diz que não existe mais."
    ),
    (AuditEntry("agent.secret_rotated", "agent", nil, ["type": "webhook"]), "Gave webhook another secret.", "Deu outro segredo: webhook."),
    (
      AuditEntry("agent.unsubscribed", "agent", nil, ["address": "a@x.test"]), "a@x.test asked for no more mail.",
      "a@x.test pediu para não receber mais e-mails."
    ),
    (
      AuditEntry("email.verification_asked", "user"), "Asked for a new link to verify the address.",
      "Novo link para confirmar o e-mail pedido."
    ),
    (AuditEntry("email.verified", "user"), "Address verified.", "E-mail confirmado."),
    (AuditEntry("password.changed", "user"), "Password changed.", "Senha alterada."),
    (AuditEntry("password.reset", "user"), "Password set anew by a link.", "Nova senha definida por um link."),
    (AuditEntry("password.reset_asked", "user"), "Asked for a link to set a new password.", "Link para criar uma nova senha pedido."),
    (AuditEntry("session.opened", "session"), "Signed in.", "Entrada na conta."),
    (AuditEntry("session.ended", "session"), "Signed out.", "Saída da conta."),
    (AuditEntry("session.revoked", "session"), "A session was ended.", "Uma sessão foi encerrada."),
    (AuditEntry("settings.changed", "user", nil, ["theme": "system → dark"]), "Settings changed.", "Ajustes alterados."),
    (
      AuditEntry("vault.rotated", "account", nil, ["secrets": "3"]),
      "The key to the stored passwords of the account was renewed, and they were sealed anew.",
      "A chave das senhas guardadas da conta foi renovada, e elas foram cifradas de novo."
    ),
    (AuditEntry("reminder.made", "reminder", nil, ["title": "<A>"]), "Made “&lt;A&gt;”.", "Criado: “&lt;A&gt;”."),
    (AuditEntry("reminder.deleted", "reminder", nil, ["title": "A"]), "Deleted “A”.", "Excluído: “A”."),
    (AuditEntry("reminder.completed", "reminder", nil, ["title": "A"]), "Completed “A”.", "Concluído: “A”."),
    (AuditEntry("reminder.archived", "reminder"), "Archived “deleted since”.", "Arquivado: “excluído depois”."),
    (AuditEntry("reminder.run", "reminder", nil, ["title": "A"]), "Rang “A” by hand.", "Tocado manualmente: “A”."),
    (
      AuditEntry("escalation.advanced", "escalation"), "Told the next tier of “deleted since”.", "Próximo nível avisado: “excluído depois”."
    ),
    (AuditEntry("a.kind_to_come", "thing"), "a.kind_to_come", "a.kind_to_come"),
  ]

  @Test func `every kind is a sentence in both languages`() throws {
    try write(Self.kinds.map(\.0))
    #expect(sentences(ana.get("/settings/audit").text) == Self.kinds.reversed().map(\.1))
    try site.owner.run("UPDATE users SET language = 'pt-BR' WHERE id = \(ana.user)")
    #expect(sentences(ana.get("/settings/audit").text) == Self.kinds.reversed().map(\.2))
  }

  @Test func `no record that the program writes is without a sentence`() throws {
    let folder = repository + "/Sources/App"
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    let sources = try names.filter { $0.hasSuffix(".swift") }.map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }
      .joined()
    let kinds = Set(sources.matches(of: /(?:AuditEntry|done)\(\s*"([a-z_]+\.[a-z_]+)"/).map { String($0.output.1) })
    #expect(kinds.count > 20)
    let words = site.services.words(.english)
    let untold = kinds.filter { kind in features.allSatisfy { $0.sentence(AuditFacts(kind, [:], title: nil), words) == nil } }
    #expect(untold == [])
  }

  @Test func `what changed unfolds, with times by the reader's clock, and the reminder is linked`() throws {
    let id = try ana.remind(["title": "Pay the rent"])
    #expect(ana.post("/reminders/\(id)/snoozes", ["until": "tomorrow at 9"]).status == 303)
    let page = ana.get("/settings/audit").text
    #expect(sentences(page).prefix(2) == ["Snoozed “Pay the rent”.", "Made “Pay the rent”."])
    #expect(page.contains("<dt>In your words</dt><dd>tomorrow at 9</dd>"))
    #expect(page.contains("<dt>Snoozed until</dt><dd>Sun 22 Nov 2026, 09:00</dd>"))
    #expect(page.contains("<a href=\"/reminders/\(id)\">Made “Pay the rent”.</a>"))
    #expect(!page.contains("{\""))
  }

  @Test func `an erased record says so, and those of somebody else stay unseen`() throws {
    try write([AuditEntry("settings.changed", "user", nil, ["theme": "a secret"])])
    try site.owner.run("UPDATE audit_log SET payload = NULL")
    let page = ana.get("/settings/audit").text
    #expect(page.contains("<dd>erased</dd>") && !page.contains("a secret"))
    #expect(sentences(try site.person("eve@x.test").get("/settings/audit").text).isEmpty)
  }
}
