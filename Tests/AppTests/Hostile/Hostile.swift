/// What no browser would send in a field. The names are those of the values' trouble, `encoded` is how they stand in a body or query.
enum Hostile: String, CaseIterable {
  case missing, asList, empty, blank, nul, lineEnds, badUTF8, halfPair, bidi, combining, huge, int64, negative, beyond, fraction
  case markup, sql, brokenEscape, brokenEscapes, path, astral, separator, year, yearZero, word, id, long, longAndWide, rightFirst,
    wrongFirst

  /// The value alone; nil where the trouble is in how the field is sent.
  var encoded: String? {
    switch self {
    case .missing, .asList, .rightFirst, .wrongFirst: nil
    case .empty: ""
    case .blank: "+%09+"
    case .nul: "a%00b"
    case .lineEnds: "a%0D%0ASet-Cookie:+x=1"
    case .badUTF8: "%FF%FE%C0%80"
    case .halfPair: "%ED%A0%80"
    case .bidi: "%E2%80%AEtxt.exe%E2%81%A6"
    case .combining: "e" + String(repeating: "%CC%81", count: 300)
    case .huge: "99999999999999999999999999"
    case .int64: "9223372036854775807"
    case .negative: "-9223372036854775808"
    case .beyond: "9223372036854775808"
    case .fraction: "1.5e9"
    case .markup: "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E"
    case .sql: "%27);DROP+TABLE+users;--"
    case .brokenEscape: "%"
    case .brokenEscapes: "%zz%4"
    case .path: "..%2F..%2Fetc%2Fpasswd"
    case .astral: "%F0%9F%92%A9%F4%8F%BF%BF"
    case .separator: "%E2%80%A8%C2%85"
    case .year: "9999-12-31T23:59"
    case .yearZero: "0000-00-00T24:60"
    case .word: "constructor"
    case .id: "0192f000-0000-7000-8000-000000000000"
    case .long: String(repeating: "a", count: 20_000)
    case .longAndWide: String(repeating: "%E2%82%AC", count: 6_000)
    }
  }

  /// The field as it is sent; "" when it is not. Of two, the first counts.
  func pair(_ name: String, right: String) -> String {
    switch self {
    case .missing: ""
    case .asList: "\(name)[]=\(right)"
    case .rightFirst: "\(name)=\(right)&\(name)=%00"
    case .wrongFirst: "\(name)=%00&\(name)=\(right)"
    default: "\(name)=\(encoded ?? "")"
    }
  }

  /// Whether the path that holds it can be read at all: no bad UTF-8, no NUL, at most 2,048 bytes.
  var makesNoPath: Bool { [.nul, .badUTF8, .halfPair, .long, .longAndWide].contains(self) }
}

/// What SITEMAP and RULES say about the fields: which of the hostile values each kind takes. All others are 422, unless said otherwise.
enum Rule {
  /// Nothing is wrong with any of these as one line of at most 200 characters.
  private static let words: Set<Hostile> = [
    .bidi, .huge, .int64, .negative, .beyond, .fraction, .markup, .sql, .brokenEscape, .brokenEscapes, .path, .astral, .year, .yearZero,
    .word, .id,
  ]
  /// An optional field that is not given means its default.
  private static let absent: Set<Hostile> = [.missing, .asList, .empty]
  /// Not text: NUL or bad UTF-8.
  private static let unreadable: Set<Hostile> = [.nul, .badUTF8, .halfPair, .wrongFirst]

  /// A line that must be there, and one that may be empty.
  case line, optionalLine
  /// One that must be there and was proposed: not sent, it is what was.
  case proposedLine
  /// A line of at most 2,000 characters that may be empty.
  case question
  /// Text of several lines, at most 16 kB, and one of at most 4,000 bytes that must be there.
  case markdown, note
  /// Text of several lines, at most 256 kB, of which something must be seen.
  case document
  /// The same of which something must be seen.
  case said
  /// One of a set of words, with a default.
  case choice
  /// One of a set of words that must be chosen, a number or a time that must be there, a right password, words for a time: nothing else.
  case exactly
  /// A number, a time or a zone; none or blanks mean the default.
  case optionalNumber
  /// A single time. No end is set to how far ahead it may be.
  case optionalTime, time
  case dates
  /// A box: whatever is sent ticks it.
  case flag
  /// Boxes of one name of which one must be ticked.
  case boxes
  case newPassword
  /// Read by nobody, or so that nothing is wrong: an unknown place to go to is home, a nonce that cannot be one makes a new thing.
  case ignored
  /// Rows by their ids: none at all is 422, one that is not there 404. Of one that need not be named the same.
  case ids, row
  /// The same, but those that are not there are passed over.
  case anyIDs
  /// A row by its id in an address, which need not be named.
  case optionalRow
  /// A row by its id that must be named.
  case oneRow
  /// Text of several lines, at most 16 kB, of which something must be seen.
  case letter
  /// The newest message that was seen: another is 409. The same where it need not be said.
  case seen, optionalSeen
  /// Rows of one's own by their ids, any number, none too.
  case picks
  /// Boxes of one name, none too; one of what is offered, which need not be said where there is one alone.
  case anyBoxes, offered
  /// Tags of at most 30 characters each, with commas between them, none too.
  case tags
  /// A whole number within Int64; the id of any row; the place in a list.
  case position, rowAfter, cursor
  case csrf

  /// The hostile values that are taken beside right ones.
  var taken: Set<Hostile> {
    let all = Set(Hostile.allCases)
    switch self {
    case .line: return Rule.words
    case .proposedLine: return Rule.words.union([.missing, .asList])
    case .optionalLine: return Rule.words.union(Rule.absent).union([.blank])
    case .question: return Rule.words.union(Rule.absent).union([.blank, .combining])
    case .markdown: return all.subtracting(Rule.unreadable).subtracting([.long, .longAndWide])
    case .document: return all.subtracting(Rule.unreadable).subtracting(Rule.absent).subtracting([.blank])
    case .note: return Rule.words.union([.lineEnds, .combining, .separator])
    case .said: return Rule.words.union([.lineEnds, .combining])
    case .choice, .row, .optionalRow, .anyBoxes, .offered: return Rule.absent
    case .tags: return Rule.words.union(Rule.absent).union([.blank, .separator]).subtracting([.id])
    case .exactly, .csrf, .ids, .boxes, .seen, .oneRow: return []
    case .letter: return all.subtracting(Rule.unreadable).subtracting(Rule.absent).subtracting([.blank, .long, .longAndWide])
    case .anyIDs: return [.id]
    // Who has seen none says so with an empty one.
    case .optionalSeen: return Rule.absent.subtracting([.empty])
    case .optionalNumber, .dates, .picks: return Rule.absent.union([.blank])
    case .optionalTime: return Rule.absent.union([.blank, .year])
    case .time: return [.year]
    case .flag: return all.subtracting(Rule.unreadable)
    case .newPassword:
      // Ten bytes and more, and not one pattern again and again.
      return [.lineEnds, .bidi, .combining, .int64, .negative, .beyond, .markup, .sql, .path, .year, .yearZero, .word, .id]
    case .ignored: return all
    case .position: return Rule.absent.union([.blank, .int64, .negative])
    case .rowAfter: return Rule.absent.union([.id])
    case .cursor: return Rule.absent
    }
  }

  /// The status that this value leads to; nil: it is taken.
  func refusal(_ value: Hostile) -> Int? {
    switch self {
    case _ where value == .rightFirst && !isMany: return nil
    case .ids, .anyIDs: return [.missing, .asList].contains(value) ? 422 : taken.contains(value) ? nil : 404
    case .oneRow: return value == .id ? 404 : 422
    case .optionalRow: return taken.contains(value) ? nil : value == .id ? 404 : 422
    case .optionalSeen where value == .empty: return 409
    case .seen, .optionalSeen: return value == .id ? 409 : taken.contains(value) ? nil : 422
    case .csrf: return 403
    case .row: return taken.contains(value) ? nil : 404
    default: return taken.contains(value) ? nil : 422
    }
  }

  /// All values of the field are read, not the first alone.
  private var isMany: Bool {
    switch self {
    case .ids, .anyIDs, .boxes, .anyBoxes, .picks: true
    default: false
    }
  }
}
