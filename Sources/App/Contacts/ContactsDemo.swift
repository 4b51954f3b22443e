import Domain
import Postgres

/// The contacts of the demo account: one who has agreed, one who has not yet.
enum ContactsDemo {
  static func make(_ stage: DemoStage) throws {
    let zone = stage.services.zones.stored("America/Sao_Paulo", rule: "<-03>3")
    let lisbon = stage.services.zones.stored("Europe/Lisbon", rule: "WET0WEST,M3.5.0/1,M10.5.0")
    let (tia, rui) = (
      ContactDraft(
        // A number that nobody has (Ofcom keeps it for stories).
        name: "Tia Marta", address: "marta@heed.example", phone: "+447700900123", relationship: "Aunt, has the key", zone: zone,
        language: .portuguese, showsNotes: true),
      ContactDraft(name: "Rui", address: "rui@heed.example", relationship: "Friend", zone: lisbon, language: .english, showsNotes: false)
    )
    try stage.act { person in
      for (draft, hasAgreed) in [(tia, true), (rui, false)] {
        let (id, asked) = (ID<Contact>.new(at: stage.now), stage.now.advanced(days: -2))
        try stage.db.run(draft.inserting(id, for: person.id, at: asked))
        try ContactMail.ask(id, at: draft.address, by: person, at: asked, stage.db)
        if hasAgreed {
          try stage.db.run("UPDATE contact_mails SET used_at = \(stage.now) WHERE contact_id = \(id) AND user_id = \(person.id)")
          try stage.db.run("UPDATE contacts SET verified_at = \(stage.now) WHERE id = \(id) AND user_id = \(person.id)")
        }
      }
    }
    _ = try stage.worker.runOnce { stage.now }
  }
}
