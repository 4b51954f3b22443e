import Domain
import HTML
import Postgres
import Web

extension NavSection {
  static let settings = NavSection(
    group: .settings, path: Paths.profileSettings, label: { words in words("Settings") }, icon: "settings", key: "s")
}

extension Feature {
  /// People, their sessions and the mails about their accounts.
  static let accounts = Feature(
    section: .settings,
    work: { bench in AccountMailWork(bench).kinds },
    counts: ["letters"],
    retention: [
      Retention("account_mails", days: 30) { before in
        """
        DELETE FROM account_mails WHERE id IN (SELECT id FROM account_mails
          WHERE id < \(ID<AccountMail>.first(from: before)) AND expires_at < \(before) LIMIT \(Chore.slice))
        """
      },
      Retention("web_sessions", kept: "HEED_SESSION_(IDLE_)DAYS") { now, services in
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
