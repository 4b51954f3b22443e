import Postgres
import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let proposals = Footprint(
    parameters: [":proposal": { browser in try browser.proposal() }], owned: [":proposal"],
    posts: [
      // What is not sent is taken as it was proposed.
      "/proposals/:proposal/acceptance": Post(
        entry: "task.made",
        fields: [
          House.Field(name: "title", right: "Buy+paint", rule: .proposedLine), House.Field(name: "notes", right: "b", rule: .markdown),
          House.Field(name: "priority", right: "2", rule: .optionalNumber),
          House.Field(name: "due", right: "2027-06-30", rule: .optionalTime),
          House.Field(name: "private", right: "on", rule: .flag),
        ]),
      "/proposals/:proposal/refusal": Post(entry: "proposal.refused"),
    ],
    queries: [
      "/proposals": [House.Field(name: "state", right: "", rule: .choice), House.Field(name: "after", right: "", rule: .rowAfter)]
    ],
    rows: { browser in _ = try browser.proposal() }, roots: ["proposals"],
    changed: ["proposals": "answered_at answered_by result_id state thing_revision"], worked: ["proposals": "DS"])
}

extension Browser {
  /// An open proposal of a task, as an answer of the assistant leaves it.
  func proposal(_ title: String = "Buy paint") throws -> String {
    let (id, talk) = (ID<Proposal>.new(at: site.now), try openTalk())
    try site.owner.run(
      """
      INSERT INTO proposals (id, user_id, chat_id, exchange, action, kind, title, fields, digest, is_foreign, intent, reasoning, confidence, read,
        state, made_at, expires_at)
      VALUES (\(id), \(user), \(talk)::text::uuid, 1, 'create', 'task', \(title), jsonb_build_array(jsonb_build_array('title', \(title)::text)),
        sha256(convert_to(\(id.text), 'UTF8')), false, 'The kitchen is to be painted.', 'It was asked for.', 80, '[]', 'open', \(site.now),
        \(site.now.advanced(days: 7)))
      """)
    return id.text
  }
}
