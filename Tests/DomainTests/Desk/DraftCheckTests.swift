import Testing

@testable import Domain

/// RULES 6.16: what of a model's answer is kept.
@Suite struct DraftCheckTests {
  private static let returns = QuotedPassage(
    title: "Returns", url: nil, heading: "Returns",
    text: """
      Returns are free until 20 December 2026. Write to returns@shop.example. Refunds take 5 to 10 days, less 10% of the price.
      Our store in Lisbon opens Monday to Friday, 9 am to 6 pm.
      """)
  private static let signature = "The **shop**, https://shop.example"

  static let english = DraftMaterial(
    .english,
    passages: [
      QuotedPassage(
        title: "Delivery", url: "https://shop.example/delivery", heading: "Times",
        text: "We deliver within three days. Express costs R$ 1.234,50. Orders before 14:00 leave the same day."),
      returns,
    ],
    messages: [
      "Delivery",
      "Hello, my order 48213 was due on 3 March. I am Carla Mendes, see https://evil.example/pay. How much is express?",
    ], signature: signature, names: ["Carla Mendes", "Support"])

  static let portuguese = DraftMaterial(
    .portuguese,
    passages: [
      QuotedPassage(
        title: "Entregas", url: "https://shop.example/entregas", heading: "Prazos",
        text: "Entregamos em três dias. O expresso custa R$ 1.234,50. Pedidos feitos até as 14h saem no mesmo dia."),
      returns,
    ],
    messages: ["Entrega", "Olá, meu pedido 48213 era para 3 de março. Sou a Carla Mendes. Quanto custa o expresso?"],
    signature: signature, names: ["Carla Mendes", "Support"])

  private static let rules = "You write drafts of answers to customers for a support desk, and nothing else at all."

  /// Behind a sentence that is always kept.
  private func outcome(_ text: String, _ passages: [Int], _ material: DraftMaterial) -> String {
    let isEnglish = material.language == .english
    let first = isEnglish ? "This is about your order and its delivery." : "Isto é sobre o seu pedido e a entrega."
    return outcome(DraftAnswer(isEnglish ? "en" : "pt-BR", [.init(first), .init(text, passages)]), material)
  }

  private func outcome(_ answer: DraftAnswer, _ material: DraftMaterial) -> String {
    do throws(DraftRefusal) {
      let draft = try DraftCheck(material, rules: Self.rules).checked(answer)
      return draft.struck.isEmpty ? "kept" : "struck"
    } catch {
      return error.rawValue
    }
  }

  @Test(arguments: [
    ("We deliver within 3 days.", [1]), ("Express costs R$ 1,234.50.", [1]), ("Express costs 1234.50 reais.", [1]),
    ("Express is R$1.234,50.", [1]), ("Orders before 2 pm leave the same day.", [1]), ("Orders before 14h leave the same day.", [1]),
    ("Returns are free until 20/12/2026.", [2]), ("Returns are free until 2026-12-20.", [2]), ("Returns are free until December 20.", [2]),
    ("Returns are free until the 20th of December.", [2]), ("Refunds take five to ten days, Carla.", [2]),
    ("We keep 10 percent of the price.", [2]), ("Your order 48213 was due on March 3rd.", []),
    ("Please write to returns@shop.example.", [2]),
    ("See [our page](https://shop.example/delivery/).", [1]), ("More at https://www.shop.example.", []),
    ("Our store in Lisbon is open on Monday.", [2]), ("It closes at 18:00.", [2]), ("It closes at 6 p.m.", [2]),
    ("One more thing: express leaves first.", [1]), ("Thank you for writing, and sorry for the wait.", []),
  ])
  func `Hard case 16: what its passages say is kept, however it is written`(text: String, passages: [Int]) {
    #expect(outcome(text, passages, Self.english) == "kept")
  }

  @Test(arguments: [
    ("Entregamos em 3 dias.", [1]), ("O expresso custa R$ 1,234.50.", [1]), ("O expresso custa 1234,50 reais.", [1]),
    ("Pedidos até as 14:00 saem no mesmo dia.", [1]), ("A troca é grátis até 20 de dezembro de 2026.", [2]),
    ("A troca é grátis até 20/12.", [2]), ("O reembolso leva de cinco a dez dias.", [2]), ("Descontamos 10 por cento do preço.", [2]),
    ("A loja abre de segunda-feira a sexta-feira.", [2]), ("Seu pedido 48213 era para 3 de março.", []),
    ("Veja em https://shop.example/entregas.", [1]), ("Obrigado por escrever, Carla.", []),
  ])
  func `Hard case 16: the same in Portuguese, from sources in both languages`(text: String, passages: [Int]) {
    #expect(outcome(text, passages, Self.portuguese) == "kept")
  }

  @Test(arguments: [
    ("Express costs R$ 1,243.50.", [1]), ("Express costs $1,234.50.", [1]), ("Express costs R$ 3.", [1]),
    ("We deliver within twelve days.", [1]),
    // Said by a passage that it does not cite.
    ("Orders before 14:00 leave the same day.", [2]), ("Refunds take 5 to 10 days.", [1]), ("Refunds take 5 to 10 days.", []),
    ("Returns are free until 21 December 2026.", [2]), ("Returns are free until 20 December 2027.", [2]),
    ("Returns are free until 20/11.", [2]), ("Returns are free until January.", [2]), ("It opens on Sunday.", [2]),
    ("It closes at 7 pm.", [2]), ("We keep 20 percent of the price.", [2]), ("See https://shop.example/pay-now.", [1]),
    ("Please pay at https://evil.example/pay.", []), ("Please pay at evil.example/pay.", []), ("[Pay here](//evil.example).", [1]),
    ("Write to refunds@shop.example.", [2]), ("Please ask Roberto about it.", [1]), ("Our store in Porto is closed.", [2]),
    ("I am told: \"you write drafts of answers to customers for a support desk\".", []), ("It costs ٤٢ more.", [1]),
    ("That is ½ of it.", [1]),
  ])
  func `Hard case 16: an invented number, price, date, link or name is struck`(text: String, passages: [Int]) {
    #expect(outcome(text, passages, Self.english) == "struck")
  }

  @Test(arguments: [
    ("O expresso custa R$ 1.243,50.", [1]), ("O expresso custa US$ 1.234,50.", [1]), ("Entregamos em doze dias.", [1]),
    ("A troca é grátis até 21 de dezembro.", [2]), ("A troca é grátis até janeiro.", [2]), ("Fale com o Roberto.", [1]),
    ("Veja https://loja.example.", [1]), ("A loja abre no domingo.", [2]), ("Pedidos até as 15h saem no mesmo dia.", [1]),
  ])
  func `Hard case 16: the same in Portuguese`(text: String, passages: [Int]) {
    #expect(outcome(text, passages, Self.portuguese) == "struck")
  }

  @Test(arguments: [
    (DraftAnswer("en", [.init("We deliver within three days.", [9])]), "passages"),
    (DraftAnswer("en", [.init("We deliver within three days [9].", [1])]), "passages"),
    (DraftAnswer("en", [.init("We deliver within three days.", [0])]), "passages"),
    (DraftAnswer("en", nothingFits: true, []), "nothing_fits"), (DraftAnswer("en", []), "ungrounded"),
    (DraftAnswer("en", [.init("Hello Carla,"), .init("Kind regards")]), "ungrounded"),
    (DraftAnswer("en", [.init("Express costs R$ 7.", [1])]), "ungrounded"),
    (DraftAnswer("en", [.init("Nós entregamos em três dias e o pedido sai hoje.", [1])]), "language"),
    (DraftAnswer("pt", [.init("We deliver within three days.", [1])]), "language"),
    (DraftAnswer("de", [.init("We deliver within three days.", [1])]), "language"),
    (DraftAnswer("en", [.init("The weather is fine and the sea is calm.")]), "unrelated"),
  ])
  func `Hard case 16: what is no draft has its reason`(answer: DraftAnswer, reason: String) {
    #expect(outcome(answer, Self.english) == reason)
  }

  @Test(arguments: [
    ("We deliver within three days [1].", "We deliver within three days."), ("We deliver [1, 2] soon.", "We deliver soon."),
    ("We deliver【1†Delivery】 soon.", "We deliver soon."),
    ("See [page 3](https://shop.example/delivery).", "See [page 3](https://shop.example/delivery)."),
    ("We\u{200B} deliver\nsoon. [1]", "We deliver soon."),
  ])
  func `marks of passages never reach the customer`(text: String, left: String) throws {
    let draft = try DraftCheck(Self.english, rules: "").checked(DraftAnswer("en", [.init("It is about your order."), .init(text, [1])]))
    #expect(draft.kept.last?.text == left && draft.kept.last?.passages.contains(1) == true, "\(draft)")
  }

  @Test func `a draft is greeted and closed by the desk, once`() throws {
    let answer = DraftAnswer(
      "en",
      [
        .init("Hello Carla,"), .init("We deliver within three days.", [1]), .init("Express costs R$ 1.234,50.", [1]),
        .init("Returns are free.", [2], beginsParagraph: true), .init("Kind regards"),
      ])
    let draft = try DraftCheck(Self.english, rules: "").checked(answer)
    #expect(
      draft.text(.english, to: "Carla")
        == "Hello Carla,\n\nWe deliver within three days. Express costs R$ 1.234,50.\n\nReturns are free.\n\nKind regards")
    #expect(draft.sentences(citing: 2) == ["Returns are free."])
  }
}
