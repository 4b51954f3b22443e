import Domain

extension Target {
  /// Two texts with 0xFF between them; whatever they are, the changes lead from the one to the other and back.
  static let edits = Target(
    "edits", longest: 4_096,
    seeds: bytes(["the cat", "um caf\u{E9}\r\n", "\u{1F44D}\u{1F3FB} \u{1F1E7}\u{1F1F7}\u{200D}\u{202E}x"]).map {
      $0 + [0xFF] + $0 + [0x21]
    },
    words: [" ", "\n", "\r\n", "\u{200D}", "\u{301}", "\u{1F3FB}", "the", "\u{200F}"]
  ) { bytes in
    let halves = bytes.split(separator: 0xFF, maxSplits: 1, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    let (old, new) = (halves[0], halves.count > 1 ? halves[1] : "")
    let changes = TextChanges(from: old, to: new)
    try hold(changes.applied(to: old).utf8.elementsEqual(new.utf8), "not the other text")
    try hold(changes.inverse.applied(to: new).utf8.elementsEqual(old.utf8), "not the first text")
    try hold((0...1).contains(changes.distance), "a distance of \(changes.distance)")
    let diff = StoredDiff(from: old, to: new) { Array(repeating: UInt8(truncatingIfNeeded: $0.count), count: 32) }
    try hold(StoredDiff(json: diff.json) == diff, "not read as it was written")
    _ = try? StoredDiff(json: new)
    return "\(size(changes.changes.count)) \(try size(changes.runs(of: old).count))"
  }

  /// What an admin types as hours: read or complained about, and what is said of it is read as the same.
  static let openingHours = Target(
    "hours", longest: 1_024,
    seeds: bytes(["mon-fri 09:00-12:00 13:00-18:00\nsat 9h-12h30", "every day 9am to 5:30pm", "seg a sex 8-18, 19-24:00"]),
    words: ["mon", "-", ":", "feira", "segunda", "to", "pm", "h", "00", "24", ",", "\n"]
  ) { bytes in
    let reading = OpeningHoursReading(String(decoding: bytes, as: UTF8.self))
    try hold((reading.hours == nil) == !reading.complaints.isEmpty, "neither hours nor a complaint")
    guard let hours = reading.hours else { return "\(Set(reading.complaints.map(\.problem)).count)" }
    try hold(OpeningHoursReading(hours.text(.portuguese)).hours == hours, "not read as it was said: \(hours.text(.portuguese))")
    let start = Instant(seconds: 1_800_000_000)
    let late = WorkClock(hours, in: .utc).instant(after: start, minutes: 60)
    try hold(late.map { WorkClock(hours, in: .utc).seconds(from: start, until: $0) == 3_600 } ?? false, "an hour that takes another time")
    return "hours \(hours.text().utf8.count / 16)"
  }

  /// What customers write, on its way out.
  static let outgoing = Target(
    "outgoing", longest: 4_096,
    seeds: bytes([
      "dana@x.example +55 (11) 98765-4321 https://x.example/a?b=c", "529.982.247-25 11.222.333/0001-81 4111 1111 1111 1111",
      "DE89 3704 0044 0532 0130 00",
    ]),
    words: ["@", "?", "+", "(", ")", "-", ".", "/", "%40", "DE89", "4111", "order ", "R$", "\u{200B}", "{{", "}}", "customer.name"]
  ) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    var redaction = Redaction()
    let redacted = redaction.text(text)
    _ = MessageLanguage.language(of: text, conversation: nil, channel: .english)
    let filled = (try? SavedReply(text)).map { $0.filled { _ in text } }
    return "\(size(redacted.utf8.count)) \(redacted.utf8.count { $0 == 0x5B }) \(filled == nil)"
  }
}
