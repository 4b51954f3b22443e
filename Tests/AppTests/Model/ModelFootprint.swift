import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let model = Footprint(
    rows: { browser in
      try browser.modelRun()
      try browser.site.owner.run("INSERT INTO model_days (user_id, date, calls) VALUES (\(browser.user), '2026-11-21', 1)")
      try browser.site.owner.run(
        """
        INSERT INTO model_account_days (account_id, date, calls) VALUES (\(browser.account), '2026-11-21', 1) ON CONFLICT DO NOTHING
        """)
    },
    worked: ["prompt_runs": "DISU", "prompt_texts": "DISU", "model_days": "DISU", "model_account_days": "DISU", "model_servers": "ISU"],
    asked: ["prompt_runs": "", "prompt_texts": "S", "model_days": "S", "model_account_days": "S", "model_servers": "S"],
    doors: ["model_calls web", "model_uses web"])
}

extension Browser {
  /// A call that was made for them.
  func modelRun(
    _ event: CoachEvent = .streak, on day: Day? = nil, reason: String = "", milliseconds: Int = 100, tokens: Int = 10
  ) throws {
    let outcome = reason.isEmpty ? "taken" : "failed"
    try site.owner.run(
      """
      INSERT INTO prompt_runs (id, account_id, user_id, call, date, event, prompt, model, host, outcome, reason, prompt_bytes, prompt_hash,
        prompt_tokens, answer_tokens, milliseconds, started_at, ended_at)
      VALUES (\(ID<ModelRun>.new(at: site.now)), \(account), \(user), 1, \(day ?? Zone.utc.local(site.now).day), \(event.rawValue), 'streak.1',
        'm', 'h', \(outcome), \(reason), 1, sha256('x'), \(tokens), \(tokens), \(milliseconds), \(site.now), \(site.now))
      """)
  }
}
