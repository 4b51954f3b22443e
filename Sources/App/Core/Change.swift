import Domain
import HTML
import Postgres
import Web

/// What a post did: the one answer of a handler that changes something. The dispatcher carries it out (``Context/carryOut(_:_:)``), so no handler
/// redirects, writes the audit log, sets the line of the next page, remembers a nonce or wakes a worker by itself.
struct Change {
  /// How the browser is answered.
  enum Answer {
    /// 303: the page that shows the result.
    case place(Path)
    /// A page in its place, where there is none to show it, and where the same post leads when it comes again; nil: nowhere, it is done again.
    case page(Response, again: Path?)
  }

  /// What becomes of the browser's session.
  enum Session {
    case stays
    /// The next page is one for nobody.
    case isOver
    /// As before, and the browser is told to forget it.
    case ends
  }

  let answer: Answer
  let says: String?
  let undo: Path?
  let wording: Flash.Wording?
  let offer: Flash.Offered?
  let facts: [Flash.Fact]
  private(set) var did: [AuditEntry]
  private(set) var actor: ActorKind
  let wakes: Instant?
  /// Whether features are asked what comes of it.
  let isFollowed: Bool
  let session: Session

  /// A change, or the news that everything was so already.
  ///
  /// - Parameters:
  ///   - place: the page that shows the result.
  ///   - says: the line on that page; nil where the page says it all.
  ///   - undo: where a post takes the change back.
  ///   - wording: where a post keeps the words that were typed as they are, where they were taken to mean something.
  ///   - offer: a post that may be wanted next.
  ///   - facts: what tools read beside the line.
  ///   - did: what the audit log records; nothing where nothing changed.
  ///   - actor: who did it.
  ///   - wakes: when something is due because of it.
  ///   - isFollowed: whether something may come of it elsewhere (``Feature/follows``); false where what was locked says that nothing does.
  init(
    to place: Path, says: String?, undo: Path? = nil, keeping wording: Flash.Wording? = nil, offering offer: Flash.Offered? = nil,
    facts: KeyValuePairs<String, String> = [:], did: [AuditEntry], as actor: ActorKind = .user, wakes: Instant? = nil,
    isFollowed: Bool = true, session: Session = .stays
  ) {
    (answer, self.says, self.undo, self.did) = (.place(place), says, undo, did)
    (self.wording, self.actor, self.wakes, self.isFollowed, self.session) = (wording, actor, wakes, isFollowed, session)
    (self.offer, self.facts) = (offer, facts.map { Flash.Fact(name: $0.key, value: $0.value) })
  }

  private init(page: Response, again: Path?, did: [AuditEntry], as actor: ActorKind) {
    (answer, says, undo, wording, self.did, self.actor) = (.page(page, again: again), nil, nil, nil, did, actor)
    (wakes, isFollowed, session, offer, facts) = (nil, true, .stays, nil, [])
  }

  /// A change that is answered with a page.
  ///
  /// - Parameter again: where the same nonce leads when it comes again: the page may show what is shown once.
  static func page(_ page: Response, again: Path? = nil, did: [AuditEntry], as actor: ActorKind = .user) -> Change {
    Change(page: page, again: again, did: did, as: actor)
  }

  /// Nothing was done: what was written is taken back, but for what ``Context/keepsChanges`` keeps, and the nonce is free again.
  ///
  /// - Parameter page: says why; its status is 400 or above.
  static func refused(_ page: Response) -> Change { Change(page: page, again: nil, did: [], as: .user) }

  /// The same, as what somebody else began and the person agreed to.
  ///
  /// - Parameters:
  ///   - facts: what the audit log records of each thing beside what was done to it.
  ///   - more: what came of it besides.
  func agreed(by actor: ActorKind, recording facts: [String: String], and more: [AuditEntry] = []) -> Change {
    var change = self
    (change.did, change.actor) = ((did + more).map { $0.adding(facts) }, actor)
    return change
  }

  /// The status of the answer.
  var status: Int {
    switch answer {
    case .place: 303
    case .page(let page, _): page.status
    }
  }

  /// Whether nothing was done.
  var isRefused: Bool { status >= 400 }
}

extension Context {
  /// Writes down what a change did, remembers where its nonce leads and wakes whom it concerns, all together with the end of the transaction; then
  /// answers. The audit log comes last: its end is locked from then on.
  func carryOut(_ change: Change, _ key: IdempotencyKey?) throws -> Response {
    if !change.did.isEmpty {
      if change.isFollowed { for feature in features { try feature.follows(change, self) } }
      try audit(change)
    }
    try db.queue(Waking.statements(change.wakes, at: now))
    if let says = change.says {
      let reader = change.session == .stays ? session : nil
      let token = Flash.token(
        says, undo: change.undo, change.wording, offering: change.offer, facts: change.facts, for: reader, services.keys)
      setCookie(Flash.cookie(services), token, seconds: 60)
    }
    switch change.answer {
    case .page(let page, let again):
      if let key, let again { try db.queue([key.remembering(again)]) }
      return page
    case .place(let place):
      if let key { try db.queue([key.remembering(place)]) }
      let response = Response.seeOther(place.text)
      guard change.session == .ends else { return response }
      setCookie(SessionCookie.name(services), "", seconds: 0)
      return response.adding("Clear-Site-Data", "\"cache\"")
    }
  }

  private func audit(_ change: Change) throws {
    let (user, account) = try owner.map { ($0.user, $0.account) } ?? (person.id, person.account)
    let actor = actor(change.actor, change.actor == .link ? user : known?.id ?? user)
    try Audit.append(change.did, user: user, account: account, by: actor, at: now, services.keys, db)
  }
}
