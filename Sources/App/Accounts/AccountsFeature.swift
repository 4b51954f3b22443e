import Domain
import HTML
import Postgres
import Web

extension NavSection {
  static let settings = NavSection(path: Paths.profileSettings, label: { words in words("Settings") }, icon: "settings", key: "s")
}

extension Feature {
  /// People, their sessions and the mails about their accounts.
  static let accounts = Feature(
    section: .settings,
    work: { bench in AccountMailWork(bench).kinds },
    counts: ["letters"],
    retention: [
      Retention { now, _ in
        """
        DELETE FROM account_mails WHERE id IN (SELECT id FROM account_mails
          WHERE id < \(Retention.id(30, before: now) as ID<AccountMail>) AND expires_at < \(now.advanced(days: -30)) LIMIT \(Chore.slice))
        """
      },
      Retention { now, services in
        """
        DELETE FROM web_sessions WHERE id IN (SELECT id FROM web_sessions
          WHERE created_at < \(now.advanced(days: -Int64(services.sessionDays)))
            OR seen_at < \(now.advanced(days: -Int64(services.sessionIdleDays))) LIMIT \(Chore.slice))
        """
      },
    ],
    sentence: { facts, words in facts.aboutAccounts(words) },
    detail: { name, words in AuditFacts.accountDetail(name, words) })
}
