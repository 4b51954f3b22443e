import Domain
import Postgres
import Testing

@testable import App

@Suite("The jobs of an account")
struct JobMonitorTests {
  let site: Site
  let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func make(_ kind: String, _ state: String, of browser: Browser? = nil, _ user: Browser? = nil, error: String = "") throws
    -> String
  {
    let id = ID<Job>.new(at: site.now)
    let isOver = ["done", "failed", "cancelled"].contains(state)
    try site.owner.run(
      """
      INSERT INTO jobs (id, kind, account_id, user_id, state, due_at, lease_until, done, total, error, created_at, finished_at, metrics)
      VALUES (\(id), \(kind), \((browser ?? ana).account), \(user?.user), \(state), \(site.now.advanced(days: 1)),
        CASE WHEN \(state) = 'running' THEN clock_timestamp() + interval '1 hour' END, 3, 10, \(error), \(site.now),
        \(isOver ? site.now : nil), '{"steps":4}')
      """)
    return id.text
  }

  @Test func `No jobs yet says so; each is shown with its state, its progress and its error`() throws {
    #expect(ana.get("/jobs").text.contains("No jobs yet"))
    let failed = try make("draft", "failed", error: "the writer broke")
    _ = try make("sources.refresh", "done")
    let page = ana.get("/jobs")
    #expect(page.text.contains("Write a draft") && page.text.contains("Look at the address of a source"))
    let job = ana.get("/jobs/\(failed)")
    #expect(job.fact("state") == "failed")
    #expect(job.fact("progress") == "3/10")
    #expect(job.fact("error") == "the writer broke")
    #expect(job.fact("type") == "draft")
    #expect(ana.get("/jobs?type=crawl").fact("state") == "succeeded")
    #expect(ana.get("/jobs?state=failed").fact("state") == "failed")
    #expect(ana.get("/jobs?state=queued").text.contains("Nothing matches"))
    #expect(ana.get("/jobs?state=x").status == 422)
    #expect(ana.get("/jobs?type=x").status == 422)
  }

  @Test func `What is a person's, or another account's, is not there, and agents have no business here`() throws {
    let eve = try site.person("eve@x.test")
    let agent = try site.person("bia@x.test", sharing: ana, role: .agent)
    let mine = try make("draft", "failed")
    for id in [try make("habits", "failed", of: nil, ana), try make("draft", "failed", of: eve), ID<Job>.new(at: site.now).text] {
      #expect(ana.get("/jobs/\(id)").status == 404)
      #expect(ana.post("/jobs/\(id)/retry").status == 404)
      #expect(ana.post("/jobs/\(id)/cancellation").status == 404)
    }
    #expect(ana.get("/jobs").text.components(separatedBy: "data-job").count == 2)
    for path in ["/jobs", "/jobs/\(mine)"] { #expect(agent.get(path).status == 403) }
    #expect(agent.post("/jobs/\(mine)/retry").status == 403)
    #expect(agent.post("/jobs", ["type": "crawl"]).status == 403)
    #expect(try site.count("SELECT count(*) FROM jobs WHERE state <> 'failed' AND account_id = \(ana.account)") == 0)
  }

  @Test func `One that failed is tried again, one that waits or runs is stopped, and what is over stays so`() throws {
    let (failed, done, running) = (try make("draft", "failed", error: "x"), try make("draft", "done"), try make("draft", "running"))
    #expect(ana.post("/jobs/\(failed)/retry").status == 303)
    #expect(ana.get("/jobs/\(failed)").fact("state") == "queued")
    #expect(ana.get("/jobs/\(failed)").fact("error") == "")
    #expect(ana.post("/jobs/\(failed)/retry").status == 303)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'job.retried'") == 1)
    #expect(ana.post("/jobs/\(failed)/cancellation").status == 303)
    #expect(ana.get("/jobs/\(failed)").fact("state") == "cancelled")
    #expect(ana.post("/jobs/\(running)/cancellation").status == 303)
    #expect(ana.get("/jobs/\(running)").fact("state") == "cancelled")
    #expect(ana.post("/jobs/\(running)/cancellation").status == 409)
    #expect(ana.post("/jobs/\(done)/cancellation").status == 409)
    #expect(ana.post("/jobs/\(done)/retry").status == 409)
  }

  @Test func `Those who run the account ask for some kinds, for each once at a time`() throws {
    try ana.source(["title": "Delivery", "url": "https://shop.example/delivery", "text": "# Delivery\n\nWe deliver within three days."])
    #expect(ana.post("/sources/golden", ["file": "How long does delivery take?,https://shop.example/delivery"]).status == 303)
    let asked = ana.post("/jobs", ["type": "ingest_goldens"])
    #expect(asked.status == 303)
    #expect(ana.post("/jobs", ["type": "ingest_goldens"]).location == asked.location)
    try site.work()
    let page = ana.get(asked.location ?? "")
    #expect(page.fact("state") == "succeeded")
    #expect(page.fact("progress") == "1/1")
    #expect(try site.text("SELECT found || '/' || questions FROM golden_runs ORDER BY id DESC LIMIT 1") == "1/1")
    #expect(ana.post("/jobs", ["type": "crawl"]).status == 303)
    for type in ["", "draft", "erase", "x"] { #expect(ana.post("/jobs", ["type": type]).status == 422, "\(type)") }
  }

  @Test func `Stopped while it runs, a job ends at its next step`() throws {
    let account = ana.account
    let feature = Feature(jobs: [
      JobKind("draft") { run, _, _ in
        run.done += 1
        return .again
      },
      // Stops the other between two of its steps; which of them begins is left open.
      JobKind("stopper") { _, bench, now in
        let stopped = try bench.db.rows(
          Query<ID<Job>>(
            column: """
              UPDATE jobs SET state = 'cancelled', lease_until = NULL, finished_at = \(now) WHERE kind = 'draft' AND state = 'running'
              RETURNING id
              """))
        return stopped.isEmpty ? .again : .done
      },
    ])
    for kind in ["draft", "stopper"] { try site.owner.run(Job.asking(for: kind, of: account, now: site.now)) }
    _ = try site.worker(doing: [feature]).runOnce { site.now }
    #expect(try site.text("SELECT state FROM jobs WHERE kind = 'draft'") == "cancelled")
    #expect(try site.count("SELECT done FROM jobs WHERE kind = 'draft'") < 10)
  }
}
