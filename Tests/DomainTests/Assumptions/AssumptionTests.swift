import Testing

@testable import Domain

/// What an assumption says, when it is asked again, and what is read for it (RULES 9.36 to 9.40).
@Suite struct AssumptionTests {
  private let now = Instant(microseconds: 1_803_834_000_000_000)
  private func id(_ number: UInt64) -> ID<Thing> { ID(high: 1, low: number) }
  private func mark(_ number: UInt64, _ kind: String = "task", part: String = "") -> EvidenceMark {
    EvidenceMark(kind, id(number), part: part)
  }

  @Test func `Hard case 34: what was answered is asked again from new evidence alone, and once in 30 days`() {
    let (old, new): (Set<EvidenceMark>, Set<EvidenceMark>) = ([mark(1)], [mark(1), mark(2)])
    let long = now.advanced(days: -31)
    let rows: [(AssumptionState, AssumptionFading?, Instant?, Set<EvidenceMark>, InferredAgain)] = [
      (.open, nil, nil, old, .nothing), (.open, nil, nil, new, .adds), (.open, nil, now, new, .adds),
      (.confirmed, nil, nil, old, .nothing), (.confirmed, nil, nil, new, .adds),
      (.dismissed, nil, nil, old, .nothing), (.dismissed, nil, nil, new, .asks), (.dismissed, nil, now, new, .nothing),
      (.dismissed, nil, long, new, .asks), (.dismissed, nil, now.advanced(days: -29), new, .nothing),
      (.dismissed, nil, now.advanced(days: -30), new, .asks),
      (.corrected, nil, nil, old, .nothing), (.corrected, nil, nil, new, .asks), (.corrected, nil, now, new, .nothing),
      (.faded, .time, nil, old, .nothing), (.faded, .time, nil, new, .makes), (.faded, .room, nil, old, .makes),
      (.faded, .evidence, nil, old, .nothing),
      (.dismissed, nil, nil, [], .nothing), (.open, nil, nil, [mark(9, "summary")], .nothing),
    ]
    for (state, fading, again, evidence, outcome) in rows {
      let known = InferredAgain.Known(state, fading: fading, weighed: old, askedAgainAt: again)
      #expect(InferredAgain(known, from: evidence, at: now) == outcome, "\(state) \(String(describing: fading)) \(evidence.count)")
    }
    // Another address of the same person is new evidence.
    let known = InferredAgain.Known(.dismissed, weighed: [mark(1, "person", part: "a@acme.example")])
    #expect(InferredAgain(known, from: [mark(1, "person", part: "b@acme.example")], at: now) == .asks)
  }

  @Test func `Hard case 38: what the assistant said, a summary, another assumption or a proposal is no ground`() {
    for kind in ["answer", "summary", "assumption", "proposal", "run", "chat", ""] {
      #expect(InferredAgain(nil, from: [mark(1, kind)], at: now) == .nothing, "\(kind)")
    }
    for kind in ["message", "task", "person", "event", "habit"] {
      #expect(InferredAgain(nil, from: [mark(1, kind)], at: now) == .makes, "\(kind)")
    }
    #expect(InferredAgain(nil, from: [], at: now) == .nothing)
  }

  @Test func `The same is known by its key, whichever end it is said from, and mere words by their letters`() {
    let (ana, bea, acme) = (AssumedThing("person", id(1)), AssumedThing("person", id(2)), AssumedThing("place", id(3)))
    #expect(AssumptionKey(bea, "works_with", ana).text == AssumptionKey(ana, "works_with", bea).text)
    #expect(AssumptionKey(ana, "works_with", bea).text == "person:\(id(1).text) works_with person:\(id(2).text)")
    #expect(
      AssumptionKey(ana, "works_at", nil, object: "  ÚMBRELLA, Inc.").text
        == AssumptionKey(ana, "works_at", nil, object: "umbrella inc").text)
    #expect(AssumptionKey(nil, "", nil, words: "Gosta de café — à tarde").text == "me gosta de cafe a tarde")
    #expect(AssumptionKey(nil, "", nil, words: String(repeating: "palavra ", count: 200)).text.unicodeScalars.count <= 400)
    // Hard case 36: two employers are contrary, two people whom one knows are not.
    let umbrella = AssumptionKey(ana, "works_at", nil, object: "Umbrella")
    #expect(AssumptionKey(ana, "works_at", acme).isContrary(to: umbrella) && umbrella.isContrary(to: AssumptionKey(ana, "works_at", acme)))
    #expect(!AssumptionKey(ana, "knows", bea).isContrary(to: AssumptionKey(ana, "knows", AssumedThing("person", id(4)))))
    #expect(!AssumptionKey(bea, "works_at", acme).isContrary(to: umbrella) && !umbrella.isContrary(to: umbrella))
    #expect(AssumptionKey(ana, "works_at", acme).relationship != nil && umbrella.relationship == nil)
    #expect(AssumptionKey(ana, "works_at", bea).relationship == nil && AssumptionKey(nil, "knows", bea).relationship == nil)
  }

  @Test func `Hard case 37: addresses that anybody can have say nothing about an employer`() {
    for domain in [
      "gmail.com", "GMail.com", "googlemail.com", "outlook.com", "hotmail.fr", "yahoo.com.br", "proton.me", "gmx.net", "gmx.at", "web.de",
      "uol.com.br",
      "bol.com.br", "terra.com.br", "icloud.com", "live.co.uk", "qq.com",
    ] { #expect(FreeMail.employer(of: "ana@" + domain) == nil, "\(domain)") }
    for (address, domain) in [
      ("ana@Acme.example", "acme.example"), ("a@b@mail.acme.com.br", "mail.acme.com.br"), ("x@outlooks.example", "outlooks.example"),
    ] {
      #expect(FreeMail.employer(of: address) == domain)
    }
    for address in ["", "ana", "ana@", "ana@localhost"] { #expect(FreeMail.employer(of: address) == nil, "\(address)") }
  }

  @Test func `A title names whom it says is to be called, in both languages`() {
    let rows: [(String, [String])] = [
      ("Call Ana", ["Ana"]),
      ("call ana souza about the lease", ["ana souza about the lease", "ana souza about the", "ana souza about", "ana souza", "ana"]),
      ("Call: Ana.", ["Ana"]), ("Ligar para a Ana", ["Ana"]), ("LIGAR PARA João", ["João"]), ("ligar pra Bia!", ["Bia"]),
      ("Telefonar para o Zé", ["Zé"]),
      ("Call", []), ("Call the", []), ("Recall Ana", []), ("Calling Ana", []), ("Ligar o forno", []), ("", []), ("— call Ana", ["Ana"]),
    ]
    for (title, names) in rows { #expect(CalledName.candidates(title) == names, "\(title)") }
  }

  @Test func `Hard case 35: a correction may name what is known, and never what it says is not so`() {
    for text in [
      "no, at Acme", "No, at Acme.", "não, na Acme", "Acme", "not at Umbrella, but at “Acme”", "No longer there: Acme since May",
    ] {
      #expect(CorrectionReading.candidates(text).contains("Acme"), "\(text)")
    }
    #expect(!CorrectionReading.candidates("not at Acme").contains("Acme"))
    #expect(!CorrectionReading.candidates("ela não trabalha na Acme").contains("Acme"))
    #expect(!CorrectionReading.candidates("she doesn't work at Acme").contains("Acme"))
    #expect(CorrectionReading.candidates("no, at Acme Foods").first == "no at Acme Foods")
    #expect(CorrectionReading.candidates("").isEmpty && CorrectionReading.candidates("…, !").isEmpty)
    #expect(CorrectionReading.candidates(String(repeating: "word ", count: 400)).count <= 360)
  }

  @Test func `Hours are usual only where most times fall into them`() {
    #expect(UsualHours.hour(of: Array(repeating: 425, count: 9)) == nil)
    let morning = UsualHours.hour(of: Array(repeating: 425, count: 9) + [1_200])
    #expect(morning.map { "\($0.fromText) \($0.untilText) \($0.count)/\($0.total) \($0.confidence)" } == "07:00 08:00 9/10 72")
    #expect(UsualHours.hour(of: Array(stride(from: 0, to: 1_440, by: 60))) == nil)
    let office = Array(stride(from: 545, to: 1_055, by: 10))
    let working = UsualHours.working(office, days: 9)
    #expect(working.map { "\($0.fromText) \($0.untilText)" } == "09:00 17:00")
    #expect(working.map { $0.confidence <= AssumptionLimits.ofRules } == true)
    #expect(UsualHours.working(office, days: 7) == nil && UsualHours.working(Array(office.prefix(39)), days: 9) == nil)
    #expect(UsualHours.working(Array(stride(from: 0, to: 1_440, by: 20)), days: 20) == nil)
    // No rule is surer than 0.80.
    for count in 0...60 { #expect((RuleConfidence.meetings(count) ?? 0) <= 80 && RuleConfidence.sameDomain(people: count) <= 80) }
    #expect(RuleConfidence.meetings(2) == nil && RuleConfidence.meetings(3) == 60)
    #expect(
      Sureness.text(70) == "0.70" && Sureness.text(5) == "0.05" && Sureness.text(100) == "1.00" && Sureness(30) == .unsure
        && Sureness(80) == .sure)
  }
}
