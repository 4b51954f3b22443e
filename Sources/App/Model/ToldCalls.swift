import Domain
import HTML
import Web

/// What left this server: each call of the person's own, and what all of them come to.
struct ToldCalls {
  /// How many calls, and bytes of them: for tools.
  let calls: String
  let bytes: String
  let sum: String
  let rows: [Row]
  let next: Path?
  var hasRows: Bool { !rows.isEmpty }

  struct Row {
    let time: TimeText
    let host: String
    let event: String
    let kinds: String
    /// As the register calls them, with blanks between: for tools.
    let names: String
    let bytes: String
    let size: String
    let model: String
  }

  init(_ found: [ModelTold], _ uses: [ModelOwnUse], _ person: Person, _ web: Context) {
    let words = web.words
    let (count, size) = (uses.reduce(0) { $0 + $1.told }, uses.reduce(0) { $0 + $1.bytes })
    (calls, bytes) = (String(count), String(size))
    sum = words.count(
      "{n} call in the last 90 days, {size} in all.", "{n} calls in the last 90 days, {size} in all.", count,
      ["size": ModelText.size(size, person.language)])
    let page = PageOf(found)
    rows = page.rows.map { call in
      let kinds = call.kinds.compactMap { ModelKind(rawValue: $0) }
      return Row(
        time: TimeText(call.startedAt, person, web.clock), host: call.host, event: ModelText.event(call.event, words),
        kinds: kinds.isEmpty ? words("None", context: "kinds of things") : kinds.map { ModelText.kind($0, words) }.joined(separator: ", "),
        names: kinds.map(\.rawValue).joined(separator: " "), bytes: String(call.bytes), size: ModelText.size(call.bytes, person.language),
        model: call.model)
    }
    next = page.last.map { Paths.privacySettings.adding("after", $0.id.text) }
  }
}
