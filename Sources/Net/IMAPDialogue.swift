/// The conversation of one look on a connection that is signed in: what to ask next, and what the answers mean. Bytes in, bytes out; it knows no
/// socket.
///
/// `EXAMINE` opens the folder for reading only. `UID SEARCH` names what is new, a stretch of UIDs at a time, so that a folder of a million mails is
/// not named whole for the sake of twenty. Sizes are asked before mails, and mails one by one: no answer is longer than one mail may be.
struct IMAPDialogue {
  enum Next {
    case say([UInt8])
    case wait
    case end(MailboxOutcome)
  }

  private enum Step: Hashable { case examine, search, sizes, mail(UInt32) }

  private let look: MailboxLook
  private var step = Step.examine
  /// Nothing was heard yet.
  private var isFirst = true
  private var number = 0
  private var exists: UInt32 = 0
  private var uidValidity: UInt32?
  private var nextUID: UInt32?
  /// The stretch of UIDs that is searched; the last one nil: to the end.
  private var stretch: (first: UInt32, last: UInt32?) = (1, nil)
  private var width: UInt32 = 10_000
  private var found: [UInt32] = []
  private var sizes: [UInt32: Int] = [:]
  /// Sizes are not known: the server would not tell them.
  private var isBlind = false
  /// What is still to be fetched.
  private var waiting: ArraySlice<UInt32> = []
  private var fetched: FetchedMail.Content?
  private var taken = 0
  private(set) var sight: MailboxSight?

  init(_ look: MailboxLook) { self.look = look }

  /// How many bytes a literal may have that comes next.
  var room: Int {
    guard case .mail = step else { return 65_536 }
    return roomForMail + 65_536
  }

  private var roomForMail: Int { taken == 0 ? look.mailBytes : min(look.mailBytes, max(look.bytes - taken, 0)) }
  private var tag: [UInt8] { Array("h\(number)".utf8) }

  mutating func begin() -> Next { ask(.examine, Array("EXAMINE ".utf8) + IMAPFolder.quoted(look.folder)) }

  mutating func hear(_ response: IMAPResponse) -> Next {
    defer { isFirst = false }
    guard let line = IMAPLine(response.texts[0]) else {
      // Of what a server says in one breath with the end of the sign-in, libcurl keeps the beginning for itself.
      return isFirst ? .wait : .end(garbled(.broken, "the server's answer is not IMAP"))
    }
    switch line {
    case .waiting: return .end(garbled(.broken, "the server waits for more of a whole question"))
    case .status(nil, .bye, _, _, let words): return stop(.refused, words)
    case .status(nil, _, let code, let argument, _):
      if step == .examine {
        note(code, argument)
      } else if code == "UIDVALIDITY", IMAPLine.number(argument) != uidValidity {
        // What is fetched from now on has other UIDs than what was asked for.
        return stop(.broken, "the folder was made anew meanwhile")
      }
      return .wait
    case .status(let tag?, let status, let code, _, let words):
      guard tag == self.tag else { return .end(garbled(.broken, "the server answered what nobody asked")) }
      return status == .ok ? done() : refused(status, code, words)
    case .data(let word, let number, let rest): return take(word, number, rest, response)
    }
  }

  /// A literal of `count` bytes begins, more than there is ``room`` for. It cannot be passed over, so this is the end of the look; not of the mailbox.
  mutating func overflow(_ count: Int) -> MailboxOutcome {
    guard case .mail(let uid) = step, var sight else { return stopped(.tooLarge, "an answer of \(count) bytes") }
    if count > look.mailBytes {
      sight.mails.append(FetchedMail(uid: uid, content: .tooLarge(count)))
      sight.lastUID = uid
    }
    sight.hasMore = true
    return .seen(sight)
  }

  /// What comes is no answer any more, and where the next one begins nobody can tell: the end of the look. A mail that was asked for counts as one that
  /// cannot be read, so that the next look is not for it again.
  mutating func garbled(_ kind: MailboxFailure.Kind, _ words: String) -> MailboxOutcome {
    if case .mail(let uid) = step {
      keep(fetched ?? .garbled(nil), uid)
      step = .sizes
    }
    return stopped(kind, words)
  }

  /// The look ends early: what was fetched counts.
  func stopped(_ kind: MailboxFailure.Kind, _ words: String) -> MailboxOutcome {
    let failure = MailboxFailure(kind: kind, text: look.server.tidy(words))
    var stuckAt: UInt32?
    if case .mail(let uid) = step, kind != .cancelled { stuckAt = uid }
    guard var sight, stuckAt != nil || !sight.mails.isEmpty else { return .failed(failure) }
    (sight.failure, sight.hasMore, sight.stuckAt) = (failure, true, stuckAt)
    return .seen(sight)
  }

  private func stop(_ kind: MailboxFailure.Kind, _ words: String) -> Next { .end(stopped(kind, words)) }

  private mutating func ask(_ step: Step, _ command: [UInt8]) -> Next {
    self.step = step
    number += 1
    return .say(tag + [32] + command + [13, 10])
  }
}

// What comes while an answer is awaited.
extension IMAPDialogue {
  private mutating func note(_ code: String, _ argument: [UInt8]) {
    switch code {
    case "UIDVALIDITY": uidValidity = IMAPLine.number(argument)
    // UIDs begin with 1: what some server says in jest is as good as nothing.
    case "UIDNEXT": nextUID = IMAPLine.number(argument).flatMap { $0 == 0 ? nil : $0 }
    default: break
    }
  }

  private mutating func take(_ word: String, _ number: UInt32?, _ rest: Int, _ response: IMAPResponse) -> Next {
    switch (word, step) {
    case ("EXISTS", .examine): exists = number ?? 0
    case ("SEARCH", .search): found += uids(response.texts[0][rest...])
    case ("FETCH", .sizes):
      guard let fetch = IMAPFetch(response, rest: rest) else {
        // A mail whose size nobody can read is there all the same.
        isBlind = true
        return .wait
      }
      if let uid = fetch.uid, let size = fetch.size, waiting.contains(uid) { sizes[uid] = size }
    case ("FETCH", .mail(let uid)): take(IMAPFetch(response, rest: rest), uid, response)
    default: break
    }
    return .wait
  }

  /// - Parameter fetch: nil: it cannot be taken apart. One mail was asked for, so it is most likely that one's.
  private mutating func take(_ fetch: IMAPFetch?, _ uid: UInt32, _ response: IMAPResponse) {
    guard let fetch, fetch.uid != nil || fetch.mail == nil else {
      if fetched == nil { fetched = .garbled(response.literals.filter { $0.count <= look.mailBytes }.max { $0.count < $1.count }) }
      return
    }
    guard fetch.uid == uid else { return }
    if let mail = fetch.mail {
      fetched = mail.count <= look.mailBytes ? .whole(mail) : .tooLarge(mail.count)
    } else if fetched == nil {
      fetched = .withheld("the server gave nothing")
    }
  }

  /// Those within the stretch: `n:*` also names the last mail where it comes before n.
  private func uids(_ text: ArraySlice<UInt8>) -> [UInt32] {
    text.split(separator: 32).compactMap { IMAPLine.number($0) }.filter { $0 >= stretch.first && $0 <= stretch.last ?? UInt32.max }
  }
}

// What comes after an answer.
extension IMAPDialogue {
  private mutating func done() -> Next {
    switch step {
    case .examine: return opened()
    case .search: return searched()
    case .sizes: return nextMail()
    case .mail(let uid):
      keep(fetched, uid)
      return nextMail()
    }
  }

  private mutating func refused(_ status: IMAPLine.Status, _ code: String, _ words: String) -> Next {
    switch step {
    case .examine where status == .no && !IMAPGreeting.isPassing(code): return stop(.noFolder, words)
    case .examine, .search: return stop(.refused, words)
    case .sizes:
      isBlind = true
      return nextMail()
    case .mail(let uid):
      keep(fetched ?? .withheld(look.server.tidy(words)), uid)
      return nextMail()
    }
  }

  private mutating func opened() -> Next {
    guard let uidValidity else { return stop(.broken, "the server names no UIDVALIDITY") }
    let isRenumbered = look.uidValidity.map { $0 != uidValidity } ?? false
    let last = isRenumbered ? 0 : look.lastUID
    let isNew = exists > 0 && last < UInt32.max && nextUID.map { $0 > last + 1 } ?? true
    let sight = MailboxSight(
      uidValidity: uidValidity, isRenumbered: isRenumbered, mails: [], lastUID: last, hasMore: isNew, nextUID: nextUID, failure: nil)
    self.sight = sight
    if look.mails == 0 { return .end(.seen(sight)) }
    return isNew ? search(from: last + 1) : finish(at: last, hasMore: false)
  }

  private mutating func search(from first: UInt32) -> Next {
    let (end, isOver) = first.addingReportingOverflow(width - 1)
    stretch = (first, nextUID.map { min(isOver ? UInt32.max : end, max($0 - 1, first)) })
    found = []
    return ask(.search, Array("UID SEARCH UID \(first):\(stretch.last.map { "\($0)" } ?? "*")".utf8))
  }

  private mutating func searched() -> Next {
    let uids = Set(found).sorted()
    let isLast = stretch.last.map { $0 >= (nextUID ?? 1) &- 1 } ?? true
    guard let newest = uids.last else {
      guard let end = stretch.last, !isLast else { return finish(at: max(sight?.lastUID ?? 0, stretch.last ?? 0), hasMore: false) }
      // A long stretch of nothing: the next one is longer.
      width = width.multipliedReportingOverflow(by: 16).overflow ? UInt32.max : width * 16
      sight?.lastUID = end
      return search(from: end + 1)
    }
    waiting = uids.prefix(look.mails)
    let isAll = uids.count <= look.mails
    // Where the look ends when everything comes.
    stretch.last = isAll ? stretch.last ?? newest : waiting.last
    sight?.hasMore = !isAll || !isLast
    return ask(.sizes, Array("UID FETCH \(waiting.map { "\($0)" }.joined(separator: ",")) (UID RFC822.SIZE)".utf8))
  }

  private mutating func nextMail() -> Next {
    while let uid = waiting.first {
      let size = sizes[uid]
      if size == nil, !isBlind {
        keep(nil, uid)
      } else if let size, size > look.mailBytes {
        keep(.tooLarge(size), uid)
      } else if taken > 0, size ?? 0 > roomForMail || roomForMail == 0 {
        return finish(at: sight?.lastUID ?? 0, hasMore: true)
      } else {
        fetched = nil
        return ask(.mail(uid), Array("UID FETCH \(uid) (UID BODY.PEEK[])".utf8))
      }
    }
    return finish(at: max(sight?.lastUID ?? 0, stretch.last ?? 0), hasMore: sight?.hasMore ?? false)
  }

  /// - Parameter content: nil: it went away meanwhile.
  private mutating func keep(_ content: FetchedMail.Content?, _ uid: UInt32) {
    if waiting.first == uid { waiting.removeFirst() }
    if case .whole(let bytes) = content { taken += bytes.count }
    if let content { sight?.mails.append(FetchedMail(uid: uid, content: content)) }
    sight?.lastUID = uid
    fetched = nil
  }

  private func finish(at last: UInt32, hasMore: Bool) -> Next {
    guard var sight else { return stop(.broken, "the server's answer is not IMAP") }
    (sight.lastUID, sight.hasMore) = (last, hasMore)
    return .end(.seen(sight))
  }
}
