import Domain
import Postgres

/// The sources of the demo account: a small shop's pages in both languages, one whose address fails, one that is stale, one that is off.
struct SourcesDemo {
  /// A page of the shop.
  struct Page {
    /// The last part of its address.
    let key: String
    let title: String
    let text: String

    init(_ key: String, _ title: String, _ text: String) { (self.key, self.title, self.text) = (key, title, text) }

    var url: String { "https://shop.example/" + key }
  }

  private let stage: DemoStage

  init(_ stage: DemoStage) { self.stage = stage }

  /// Writes them down, each in its own time.
  func tell() throws {
    try stage.act { person in
      let days = Int64(SourcesDemo.english.count + SourcesDemo.portuguese.count)
      let pages = SourcesDemo.english.map { ($0, Language.english) } + SourcesDemo.portuguese.map { ($0, Language.portuguese) }
      for (place, (page, language)) in pages.enumerated() {
        try make(SourceDraft(title: page.title, url: page.url, text: page.text, language: language), ago: days - Int64(place), person)
      }
      let old = SourceDraft(
        title: "Christmas 2025: last day to order", url: nil,
        text: "# Christmas 2025\n\nOrder until 20 December, 12:00, and your parcel arrives before Christmas Eve.", language: .english)
      try make(old, ago: 190, person)
      let off = SourceDraft(
        title: "Summer sale", url: nil, text: "# Summer sale\n\nSandals are 30% off until the end of August.", language: .english,
        isEnabled: false)
      try make(off, ago: 50, person)
      let failing = SourceDraft(
        title: "Terms of the carrier", url: "https://carrier.example/terms",
        text: "# Terms of the carrier\n\nParcels weigh at most 31.5 kg and measure at most 120 × 60 × 60 cm.", language: .english)
      let id = try make(failing, ago: 30, person)
      try stage.db.run(
        """
        UPDATE sources SET checked_at = \(stage.now.advanced(days: -9)), failing_since = \(stage.now.advanced(days: -2)),
          error = 'status 503' WHERE id = \(id)
        """)
    }
  }

  @discardableResult
  private func make(_ draft: SourceDraft, ago: Int64, _ person: Person) throws -> ID<SourceDocument> {
    let now = stage.now.advanced(days: -ago)
    let id = ID<SourceDocument>.new(at: now)
    try draft.make(id, of: person.account, at: now, stage.services.words(person.language), stage.db)
    return id
  }
}
