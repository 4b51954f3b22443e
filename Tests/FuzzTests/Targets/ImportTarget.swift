@testable import Domain

extension Target {
  /// Files of other programs: whatever they hold, what is planned is after now, fits its columns, and is planned again from the same bytes.
  static let imports = Target(
    "imports", longest: 6_000,
    seeds: bytes([
      "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:a\r\nSUMMARY:Pay\\, th\r\n e rent\r\nDUE;TZID=Europe/Berlin:20270401T090000\r\nPRIORITY:1\r\nEND:VTODO\r\n"
        + "END:VCALENDAR\r\n",
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:b\nSUMMARY:S\nDTSTART:20260907T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=MO\nEXDATE:20261123T100000\n"
        + "BEGIN:VALARM\nTRIGGER;RELATED=END:-PT15M\nEND:VALARM\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\nRECURRENCE-ID:20270315T100000\nSUMMARY:M\n"
        + "DTSTART:20270316T100000\nBEGIN:VALARM\nTRIGGER;VALUE=DATE-TIME:20270316T080000Z\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR",
      "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:X\nX-LIC-LOCATION:UTC\nEND:VTIMEZONE\nBEGIN:VTODO\nSUMMARY:T\nDTSTART;TZID=X:20270320T080000\n"
        + "DUE;VALUE=DATE:20270321\nRRULE:FREQ=YEARLY;UNTIL=20300101\nRDATE:20280101\nEND:VTODO",
      "TYPE,CONTENT,DESCRIPTION,PRIORITY,DATE,DATE_LANG,TIMEZONE\r\ntask,\"Pay \"\"it\"\"\",\"a\nb\",1,every monday at 9,en,Europe/Berlin\r\n"
        + "note,More,,,,,\r\ntask,Two,,4,2027-04-01 10:00,,\r\n",
      "\u{FEFF}TYPE;CONTENT;DATE\ntask;Água;amanhã às 9h\n",
      "{\"kind\":\"tasks#taskLists\",\"items\":[{\"kind\":\"tasks#tasks\",\"items\":[{\"kind\":\"tasks#task\",\"id\":\"a\",\"title\":\"\\u00c1gua \\ud83d\\ude00\","
        + "\"notes\":\"x\\ny\",\"status\":\"needsAction\",\"due\":\"2027-04-01T00:00:00.000Z\"}]}]}", "",
    ]),
    words: [
      "BEGIN:VTODO\n", "END:VTODO\n", "BEGIN:VEVENT\n", "END:VEVENT\n", "BEGIN:VALARM\nTRIGGER:-PT15M\n", "END:VALARM\n", "UID:a\n",
      "SUMMARY:S\n", "DUE:20270401T090000\n", "DTSTART;VALUE=DATE:20270401\n", "DTEND:20270401T100000Z\n", "RRULE:FREQ=DAILY\n",
      ";COUNT=3", ";UNTIL=20270601", ";BYDAY=-1FR", "EXDATE:20270401\n", "TRIGGER:P1W\n", "STATUS:CANCELLED\n", "\r\n ", ";TZID=\"", "\\n",
      "task,A,tomorrow\n", "note,", "\"", "\"\"", ",", ";", "{", "}", "[", "]", ":", "\"items\":[", "\"title\":\"A\",", "\"due\":", "\\u",
      "null",
    ]
  ) { input in
    var kinds: Set<String> = []
    for reader in Readers.all {
      guard let entries = read(input, reader) else {
        kinds.insert("refused")
        continue
      }
      try hold(entries == read(input, reader), "read again it is something else")
      for entry in entries {
        try hold(entry.title.unicodeScalars.count <= 200 && entry.notes.utf8.count <= 16_384, "line \(entry.line) is too long")
        try hold(entry.line > 0 && !entry.key.isEmpty, "line \(entry.line) has no key")
        guard case .planned(let plan) = entry.outcome else {
          kinds.insert("left out")
          continue
        }
        try hold(plan.next > reader.now && !entry.title.isEmpty, "line \(entry.line) rings at \(plan.next.iso)")
        // What is stored is what the preview says: a schedule whose next time that is.
        let next = try plan.schedule.next(after: reader.now, lastScheduled: nil)
        try hold(next == plan.next, "line \(entry.line) rings at \(next?.iso ?? "no time"), not at \(plan.next.iso)")
        let isRule = if case .rule = plan.schedule.kind { true } else { false }
        kinds.insert("\(isRule) \(entry.remarks.count)")
      }
    }
    return kinds.sorted().joined(separator: " ")
  }

  private static func read(_ input: [UInt8], _ reader: PhraseReader) -> [ImportEntry]? {
    let zones = [reader.zone, .utc]
    return try? ImportFile(input, reader: reader, zone: { name in zones.first { $0.name == name } }).entries  // Refused is an answer.
  }
}
