import Postgres

@testable import App
@testable import Domain

extension Footprint {
  static let monitor = Footprint(
    parameters: [":job": { try $0.someJob() }],
    shared: [":job"],
    posts: [
      "/jobs": Post(entry: "job.asked", fields: [House.Field(name: "type", right: "corrections_sync", rule: .exactly)]),
      "/jobs/:job/cancellation": Post(entry: "job.cancelled"),
      "/jobs/:job/retry": Post(entry: "job.retried", after: "/jobs/:job/cancellation"),
    ],
    queries: [
      "/jobs": [
        House.Field(name: "state", right: "", rule: .choice), House.Field(name: "type", right: "", rule: .choice),
        House.Field(name: "after", right: "", rule: .rowAfter),
      ]
    ],
    doors: ["cancel_job web", "retry_job web"])
}

extension Browser {
  /// A job of somebody's account that waits.
  func someJob() throws -> String {
    let known = try site.text("SELECT id::text FROM jobs WHERE account_id = \(account) AND user_id IS NULL ORDER BY id LIMIT 1")
    if let known { return known }
    let id = ID<Job>.new(at: site.now)
    try site.owner.run(Job.asking(for: "index", of: account, as: id, now: site.now))
    return id.text
  }
}
