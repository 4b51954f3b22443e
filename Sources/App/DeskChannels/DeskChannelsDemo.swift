import Domain
import HTML
import Postgres
import Web

/// The channels of the demo account: a shop's support address, with hours, and its chat, in Portuguese.
struct DeskChannelsDemo {
  private let stage: DemoStage

  init(_ stage: DemoStage) { self.stage = stage }

  static let support = [
    ("name", "Support"), ("type", "email"), ("address", "support@shop.example"), ("aliases", "help@shop.example"), ("language", "en"),
    ("timezone", "America/Sao_Paulo"), ("target_minutes", "240"), ("hours", "mon-fri 09:00-18:00\nsat 09:00-13:00"),
    ("closed_on", "2026-12-25\n2027-01-01"), ("signature", "**Shop support**\nhttps://shop.example · Mon to Fri 9–18, Sat 9–13"),
    ("acknowledge_when", "closed"),
    ("acknowledge", "Thank you for your message. We are closed at the moment, and answer as soon as we are back."), ("auto_draft", "on"),
  ]

  static let chat = [
    ("name", "Shop chat"), ("type", "chat"), ("external_id", "shop-chat"), ("outbound_url", "https://chat.shop.example/messages"),
    ("language", "pt-BR"), ("timezone", "America/Sao_Paulo"), ("target_minutes", "30"), ("hours", "seg-sex 9h-18h"),
    ("signature", "Equipe da loja"), ("auto_draft", "on"),
  ]

  /// Writes them down, made two months ago.
  func tell() throws {
    try stage.act { person in
      let profiles = try stage.db.rows(ProfileName.mine)
      let urgent = profiles.first { $0.preset == .urgent }.map { [("profile", $0.id.text)] } ?? []
      let support = try make(DeskChannelsDemo.support + urgent, ago: 58, profiles, person)
      try make(DeskChannelsDemo.chat, ago: 57, profiles, person)
      guard let day = OpeningHours.Span(from: 540, until: 1_080) else { return }
      let line = DutyLine(n: 1, days: .workdays, span: day, member: person.id)
      try stage.db.queue(DutyRotaDraft(lines: [line]).replacing(support, of: person.account, at: stage.now.advanced(days: -58)))
    }
  }

  @discardableResult
  private func make(_ fields: [(String, String)], ago: Int64, _ profiles: [ProfileName], _ person: Person) throws -> ID<DeskChannel> {
    let now = stage.now.advanced(days: -ago)
    let words = stage.services.words(person.language)
    let reader = Reader(person: person, words: words, zones: stage.services.zones, now: now)
    let draft = try DeskChannelDraft(Form(fields), profiles: profiles, hasMaildirs: false, reader)
    let id = ID<DeskChannel>.new(at: now)
    _ = try draft.make(id, of: person.account, at: now, words, Vault(masters: stage.services.masters, db: stage.db))
    return id
  }
}
