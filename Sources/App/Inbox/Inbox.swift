import Domain
import HTML
import Postgres
import Web

/// The inbox: what somebody writes down, and sorts out one after the other.
enum Inbox {
  /// GET /inbox: what an address says stands in the field, and nothing is stored.
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try InboxFilter(query, words) }
    let found: PageOf<InboxItem> = PageOf(try web.read(filter.query))
    let state = filter.offered.utf8.isEmpty ? FormState.fresh : .shown(Form([("text", filter.offered)]))
    return web.page(try InboxListPage(found, filter, web, state))
  }

  /// POST /inbox
  static func capture(_ web: Context) throws -> Change {
    let writing = try web.plannerWriting
    return try web.takeForm(askingAgain: { try asking($0, web) }) {
      let message = try InboxMessage(web.form, web.reader)
      let place = web.back(or: Paths.inbox)
      do {
        let capture = try InboxCommands.capture(message, writing)
        return Change(to: place, says: says(message, capture, web.words), undo: undo(capture), did: capture.entries)
      } catch {
        guard let refusal = error as? InboxRefusal else { throw error }
        throw FormErrors("text", refusal.sentence(web.words))
      }
    }
  }

  /// POST /inbox/quick: what the last of the lines would be understood as, while it is typed.
  static func hear(_ web: Context) throws -> Response {
    let person = try web.person
    do {
      guard let line = try InboxMessage(web.form, web.reader).lines.last,
        let said = try InboxUnderstanding.read(lines: [(text: line, at: web.now)], web).first
      else { throw Failure.notFound }
      return .text(InboxText.understood(said, person, web.clock, web.words))
    } catch let errors as FormErrors {
      return .text(errors.complaints.first?.text ?? "", status: 422)
    }
  }

  /// The page of the list, with what was typed.
  private static func asking(_ state: FormState, _ web: Context) throws -> InboxListPage {
    let filter = InboxFilter()
    return try InboxListPage(PageOf(web.read(filter.query)), filter, web, state)
  }

  private static func says(_ message: InboxMessage, _ capture: InboxCommands.Capture, _ words: Words) -> String {
    if capture.entries.isEmpty { return words("It is in the inbox already.") }
    guard capture.items.count == 1, let line = message.lines.first else {
      return words.count("{n} line is in the inbox.", "{n} lines are in the inbox.", capture.items.count)
    }
    return words("“{title}” is in the inbox.", ["title": InboxItem.short(line, 80)])
  }

  /// A single line is taken back by deleting it.
  private static func undo(_ capture: InboxCommands.Capture) -> Path? {
    guard !capture.entries.isEmpty, capture.items.count == 1, let item = capture.items.first else { return nil }
    return Paths.deletion(item)
  }

  // MARK: - Sorting out

  /// GET /inbox/triage: the next item, or that there is none.
  static func next(_ web: Context) throws -> Response {
    let after = try web.query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      let after: ID<InboxItem>? = read.after()
      try read.finish()
      return after
    }
    var item = try web.read(InboxItem.next(after: after)).first
    // Behind the last come those again that were left for later.
    if item == nil, after != nil { item = try web.read(InboxItem.next(after: nil)).first }
    if let item { return web.page(try InboxTriagePage(item, nil, web)) }
    return web.page(try InboxDonePage(web))
  }

  /// GET /inbox/:item/triage
  static func show(_ web: Context, _ id: ID<InboxItem>) throws -> Response {
    guard let item = try web.read(InboxItem.mine("i.id = \(id)")).first, item.deletedAt == nil else { throw Failure.notFound }
    let kind = try web.query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      let text = read.raw("kind")
      let kind = text.utf8.isEmpty ? nil : read.picked("kind", as: InboxChoice.self)
      try read.finish()
      return kind
    }
    if !item.isOpen { return web.page(try InboxSortedPage(item, web)) }
    return web.page(try InboxTriagePage(item, kind?.kind, web))
  }

  /// POST /inbox/:item/triage
  static func sort(_ web: Context, _ id: ID<InboxItem>) throws -> Change {
    let commands = try InboxCommands.find(id, web.plannerWriting)
    let said = web.form.text("kind").flatMap { InboxChoice(rawValue: $0) }
    return try web.takeForm(askingAgain: { try InboxTriagePage(commands.item, said?.kind, web, $0) }) {
      var read = FormReader(web.form, web.words)
      let picked = read.picked("kind", as: InboxChoice.self)
      let choice = try read.finish(picked)
      let target = try choice == .join ? joined(web) : nil
      if try commands.isSorted(as: choice, joining: target) {
        return Change(to: Paths.inboxTriage, says: web.words("It was so already."), did: [])
      }
      let made = try choice.kind.map { try InboxSorting.make($0, web) }
      let thing = made?.thing ?? target
      let entries = try commands.sort(into: thing, isJoined: target != nil)
      return Change(
        to: Paths.inboxTriage, says: InboxText.sorted(commands.item, thing, isJoined: target != nil, web.words),
        undo: Paths.restoration(id), keeping: made.flatMap { QuickTasks.wording(commands.item.raw, of: $0.thing) },
        did: (made?.entries ?? []) + entries, wakes: made?.wakes)
    }
  }

  /// What the form names to join: one that is missing, over or somebody else's is one complaint.
  private static func joined(_ web: Context) throws -> InboxThing {
    let parts = (web.form.text("target") ?? "").utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    if parts.count == 2, let kind = InboxLine.Kind(rawValue: parts[0]), let id = ID<Thing>(parts[1]),
      let thing = try web.db.row(InboxThing.one(kind, id))
    {
      return thing
    }
    throw FormErrors("target", web.words("Choose something that is on your list."))
  }

  // MARK: - Deleting, and taking back

  /// POST /inbox/:item/deletion
  static func delete(_ web: Context, _ id: ID<InboxItem>) throws -> Change {
    let commands = try InboxCommands.find(id, web.plannerWriting)
    let entries = try commands.delete()
    return Change(
      to: web.back(or: Paths.inbox), says: web.words("“{name}” is deleted.", ["name": commands.item.short]), undo: Paths.restoration(id),
      did: entries)
  }

  /// POST /inbox/:item/restoration: it is as it was before it was deleted, or before it was sorted.
  static func restore(_ web: Context, _ id: ID<InboxItem>) throws -> Change {
    let commands = try InboxCommands.find(id, deleted: true, web.plannerWriting)
    let (item, words) = (commands.item, web.words)
    if item.isOpen { return Change(to: Paths.triage(id), says: words("It was so already."), did: []) }
    if item.deletedAt != nil {
      return Change(to: Paths.inbox, says: words("“{title}” is back.", ["title": item.short]), did: try commands.restore())
    }
    if let sorted = item.sortedAt, web.now >= sorted.advanced(hours: PlannerUndo.hours) { throw UndoRefusal.over }
    let back = try InboxSorting.takeBack(item, web)
    let entries = try commands.restore()
    var says = words("“{title}” is to be sorted again.", ["title": item.short])
    if back.stays, let title = item.becameTitle {
      says += " " + words("Left, for it changed since: {names}.", ["names": "“\(title)”"])
    }
    return Change(to: Paths.triage(id), says: says, did: back.entries + entries)
  }
}
