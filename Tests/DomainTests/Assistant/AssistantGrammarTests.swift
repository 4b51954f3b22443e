import Testing

@testable import Domain

/// What is understood where there is no model.
@Suite struct AssistantGrammarTests {
  private func grammar(_ language: Language, _ now: String = "2027-03-01T10:00") throws -> AssistantGrammar {
    let reader = try plannerReader(now, "America/New_York", language)
    return AssistantGrammar(reader, today: reader.zone.local(reader.now).day, weekStart: .monday)
  }

  private func said(_ days: AssistantDays?) -> String {
    guard let days else { return "-" }
    return days.isUntil ? "..\(days.last.iso)" : "\(days.first.iso)..\(days.last.iso)"
  }

  private func hour(_ days: AssistantDays?) -> String {
    guard let at = days?.at, let clocks = try? zone("America/New_York") else { return "" }
    return " at \(clocks.local(at).time.text)"
  }

  private func said(_ target: AssistantTarget) -> String { target.name + (target.kind.map { " (\($0))" } ?? "") }

  private func said(_ wish: AssistantWish?) -> String {
    switch wish {
    case nil: "-"
    case .task(let line): "task \(line)"
    case .reminder(let line): "reminder \(line)"
    case .event(let line): "event \(line)"
    case .person(let line): "person \(line)"
    case .due(let days): "due \(said(days))"
    case .overdue: "overdue"
    case .recent: "recent"
    case .who(let name): "who \(name)"
    case .lastSeen(let name): "last \(name)"
    case .nextSeen(let name): "next \(name)"
    case .find(let words): "find \(words)"
    case .free(let days, let minutes): "free \(said(days)) \(minutes.map { String($0) } ?? "-")" + hour(days)
    case .agenda(let days): "agenda \(said(days))"
    case .nextEvent: "next event"
    case .advice: "advice"
    case .snooze(let target, let until): "snooze \(said(target)) until \(until ?? "-")"
    case .done(let target): "done \(said(target))"
    case .start(let target): "start \(said(target))"
    case .reopen(let target): "reopen \(said(target))"
    case .delete(let target): "delete \(said(target))"
    case .deleteAll: "delete all"
    case .yes: "yes"
    case .no: "no"
    case .help: "help"
    case .thanks: "thanks"
    case .hello: "hello"
    case .noTime(let typed): "no time \(typed)"
    case .unclearDate(let date): "unclear \(date)"
    }
  }

  @Test func `What is typed in English is understood`() throws {
    let grammar = try grammar(.english)
    for (text, meaning) in AssistantSentenceTable.english { #expect(said(grammar.read(text)) == meaning, "\(text)") }
  }

  @Test func `What is typed in Portuguese is understood, with accents and without`() throws {
    let grammar = try grammar(.portuguese)
    let bare: [Character: String] = [
      "á": "a", "ã": "a", "ç": "c", "é": "e", "ê": "e", "í": "i", "ó": "o", "õ": "o", "ú": "u", "à": "a", "ô": "o",
    ]
    for (text, meaning) in AssistantSentenceTable.portuguese {
      #expect(said(grammar.read(text)) == meaning, "\(text)")
      let plain = text.map { bare[$0] ?? String($0) }.joined()
      let plainMeaning = meaning.map { bare[$0] ?? String($0) }.joined()
      #expect(said(grammar.read(plain)) == plainMeaning, "\(plain)")
      #expect(said(grammar.read(text.uppercased())).split(separator: " ").first == meaning.split(separator: " ").first, "\(text)")
    }
  }

  @Test func `Both languages are understood whatever the person reads`() throws {
    let (english, portuguese) = (try grammar(.english), try grammar(.portuguese))
    for (text, meaning) in [("quem é Ana", "who Ana"), ("o que vence hoje", "due 2027-03-01..2027-03-01"), ("apague tudo", "delete all")] {
      #expect(said(english.read(text)) == meaning)
    }
    for (text, meaning) in [
      ("who is Ana", "who Ana"), ("what is due today", "due 2027-03-01..2027-03-01"), ("delete everything", "delete all"),
    ] {
      #expect(said(portuguese.read(text)) == meaning)
    }
  }

  @Test func `A date in figures, said in the other language, may be two days`() throws {
    let (english, portuguese) = (try grammar(.english), try grammar(.portuguese))
    for text in ["o que vence em 3/4", "estou livre em 3/4 às 10", "me lembre de pagar em 3/4", "adie o dentista para 3/4/2027"] {
      #expect(said(english.read(text)) == "unclear 3/4", "\(text)")
      #expect(said(portuguese.read(text)).hasPrefix("unclear") == false, "\(text)")
    }
    #expect(said(portuguese.read("what is due on 3/4")) == "unclear 3/4")
    #expect(said(english.read("what is due on 3/4")) == "due 2027-03-04..2027-03-04")
    // These are one day whoever says them, or no date.
    #expect(said(english.read("o que vence em 15/3")) == "due 2027-03-15..2027-03-15")
    #expect(said(english.read("anote comprar 1/2 kg de arroz")) == "task comprar 1/2 kg de arroz")
  }

  @Test func `Whatever is typed is answered in a moment`() throws {
    let grammar = try grammar(.english)
    let words = [
      "snooze", "delete", "until", "friday", "for", "60", "minutes", "free", "mark", "as", "is", "done", "\u{202E}", "\0", "👩‍👩‍👧", "é",
    ]
    for first in words {
      for second in words {
        let text = Array(repeating: "\(first) \(second)", count: 60).joined(separator: " ")
        _ = grammar.read(text)
        #expect(grammar.read(text + String(repeating: " x", count: 600)) == nil)
      }
    }
  }

  @Test func `Days are those of the person's calendar`() throws {
    let sunday = try grammar(.english, "2027-03-07T10:00")
    #expect(said(sunday.read("what is on this weekend")) == "agenda 2027-03-07..2027-03-07")
    #expect(said(sunday.read("what is due this week")) == "due 2027-03-07..2027-03-07")
    #expect(said(sunday.read("what is due next month")) == "due 2027-04-01..2027-04-30")
    #expect(said(sunday.read("what is on 2027-12-24")) == "agenda 2027-12-24..2027-12-24")
  }
}
