import Domain
import HTML
import Postgres
import Web

/// The pages about all sources.
struct SourceTabs {
  enum Tab { case list, trial, golden }

  let items: [Item]

  struct Item {
    let path: Path
    let label: String
    let isCurrent: Bool
  }

  init(_ current: Tab, _ words: Words) {
    let all: [(Tab, Path, String)] = [
      (.list, Paths.sources, words("Sources")), (.trial, Paths.sourceTrial, words("Try a question")),
      (.golden, Paths.goldenQuestions, words("Golden questions")),
    ]
    items = all.map { Item(path: $1, label: $2, isCurrent: $0 == current) }
  }
}

/// The page of one source.
struct SourcePage {
  let layout: Layout
  let back = Paths.sources
  let state: String
  let badge: StatusBadge
  let language: String
  let why: String?
  let url: SafeURL?
  /// For tools: how many, when they were cut, whether they are stale.
  let count: Int
  /// How many drafts quote it.
  let used: Int
  let indexed: TimeText
  let stale: String
  let checked: TimeText?
  /// nil: nobody looks at it by night.
  let schedule: String?
  let passages: [PassageItem]
  let more: String?
  let empty: String?
  /// nil: whoever reads this changes nothing.
  let actions: Actions?

  struct Actions {
    let secret: CSRFField
    let edit: Path
    let deletion: Path
    /// nil: it has no address, or is off.
    let refresh: Path?
  }

  init(_ source: SourceDocument, _ found: [StoredPassage], used: Int, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    let text = SourceText(source, person, web.clock, words)
    layout = try Layout(source.title, .sources, web)
    (state, badge, language, why) = (source.state.rawValue, text.badge, text.language, text.why)
    url = source.url.flatMap { SafeURL($0) }
    (count, self.used) = (source.passages, used)
    indexed = TimeText(source.indexedAt, person, web.clock)
    stale = source.isStale ? "yes" : "no"
    checked = source.checkedAt.map { TimeText($0, person, web.clock) }
    schedule = source.refresh == .never ? nil : SourceText.name(source.refresh, words)
    passages = found.map { PassageItem($0.heading, $0.text, anchor: "p\($0.n)") }
    let hidden = source.passages - found.count
    more = hidden > 0 ? words.count("{n} more passage is not shown here.", "{n} more passages are not shown here.", hidden) : nil
    empty =
      !found.isEmpty
      ? nil
      : source.state == .off
        ? words("It is off: nothing of it is found.")
        : source.state == .fetching ? words("It is being fetched. Reload this page in a moment.") : words("Nothing of it can be found.")
    actions =
      person.changesSources
      ? Actions(
        secret: layout.secret, edit: Paths.editSource(source.id), deletion: Paths.deletion(source.id),
        refresh: source.url == nil || !source.isEnabled ? nil : Paths.refresh(source.id)) : nil
  }
}

/// A passage as a page shows it.
struct PassageItem {
  let anchor: String
  let heading: String?
  let text: SafeHTML

  init(_ heading: String, _ text: String, anchor: String) {
    (self.anchor, self.heading) = (anchor, heading.utf8.isEmpty ? nil : heading)
    self.text = Markdown.rendered(text).html
  }
}

/// The form of a source.
struct SourceFormPage {
  let layout: Layout
  let frame: FormFrame
  let title: TextField
  let url: TextField
  let refresh: Select
  let text: TextArea
  /// nil: of one that is edited.
  let file: FileField?
  let language: Select
  let enabled: Checkbox?

  var sendsFiles: Bool { file != nil }

  /// Where a file is chosen.
  struct FileField {
    let error: String?
  }

  /// - Parameter stored: the source that is edited; nil: it makes one.
  init(_ web: Context, _ state: FormState = .fresh, stored: SourceDocument? = nil) throws {
    let words = web.words
    var make = FieldBuilder(state)
    layout = try Layout(stored == nil ? words("New source") : words("Edit source"), .sources, web)
    title = make.text(
      "title", words("Title"), stored?.title ?? "", help: words("Drafts quote it. Without one the first heading counts."), optional: true,
      maxLength: 200)
    url = make.text(
      "url", words("Address"), stored?.url ?? "", help: words("Quotes link there. Without a text Heed fetches what stands there."),
      type: "url",
      optional: true, maxLength: 2_048)
    refresh = make.choice(
      "refresh", words("Look at the address again"), (stored?.refresh ?? .never).rawValue,
      SourceDocument.Refresh.allCases.map { ($0.rawValue, SourceText.name($0, words)) })
    text = make.area(
      "text", words("Text"), stored?.text ?? "", help: words("Markdown, at most 256 kB. Headings make better passages."), rows: 14)
    if stored == nil {
      make.add("file", words("Or a file"))
      file = FileField(error: state.errors["file"])
    } else {
      file = nil
    }
    language = make.choice(
      "language", words("Language"), stored?.language.rawValue ?? SourceDraft.Tongue.auto.rawValue,
      [(SourceDraft.Tongue.auto.rawValue, words("As the text tells"))]
        + Language.allCases.map { ($0.rawValue, SourceText.name($0, words)) })
    enabled = stored.map { make.tick("enabled", words("Drafts may quote from it"), $0.isEnabled, says: words.answers) }
    frame = FormFrame(
      make, layout.secret, to: stored.map { Paths.source($0.id) } ?? Paths.sources,
      cancel: stored.map { Paths.source($0.id) } ?? Paths.sources,
      carrying: [stored.map { state.version($0.version) } ?? state.nonce])
  }
}
