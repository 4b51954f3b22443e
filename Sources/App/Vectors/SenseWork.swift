import Domain
import Postgres

/// Has the vector of what somebody looks for made for a page that waits for it (RULES 9.44).
enum SenseWork {
  static let name = "vectors.query"
  /// For the call: an answer that comes late serves the next look.
  private static let seconds = 10

  static func asking(for id: ID<SenseQuestion>, of person: Person, at now: Instant) -> SQL {
    Job.asking(for: name, at: id.text, of: person.account, person.id, now: now)
  }

  static let kind = JobKind(name) { run, bench, now in
    // "QUESTION", then "QUESTION RUN".
    let place = run.place.split(separator: " ").map { String($0) }
    guard let user = run.user, let id = place.first.flatMap({ ID<SenseQuestion>($0) }), let person = try Person.acting(user, bench) else {
      return .done
    }
    let call = SenseCall(person: person, bench: bench, now: now)
    if place.count > 1 {
      if let open = ID<ModelRun>(place[1]) { try call.hear(open, id, run.moment) }
      return .done
    }
    guard let question = try bench.db.row(SenseQuestion.query(id)), question.state == .asked,
      let made = try call.begin(question, seconds: seconds)
    else { return .done }
    run.place = "\(id.text) \(made.run.text)"
    return .transfer(made.request)
  }
}
