import Domain

extension PlannerStory {
  /// A workshop that makes bags and belts, and its shop.
  static let firm = PlannerStory(
    goals: [
      GoalLine(
        title: "A second shop in Pinheiros by spring", about: "Small, with a window, and paid for **before** it opens.", category: .career,
        horizon: .year, target: 130, ago: 40),
      GoalLine(title: "Answer every customer within four hours", category: .career, horizon: .quarter, target: 60),
      GoalLine(title: "Sell in Portugal", category: .career, horizon: .year, isPaused: true),
    ],
    problems: [
      ProblemLine(title: "Returns take eleven days", about: "Most of it in the parcel shop.", severity: 4),
      ProblemLine(title: "The card reader drops out", severity: 3, deed: .watched),
      ProblemLine(title: "Both suppliers of zips are late", severity: 2),
      ProblemLine(title: "Invoices without the tax number", severity: 3, ago: 35, deed: .resolved),
    ],
    tasks: premises + customers + workshop + books,
    links: [
      LinkLine("Sign the lease", .dependsOn, "Visit three premises"),
      LinkLine("Sign the lease", .dependsOn, "Have a lawyer read the lease"),
      LinkLine("Hire somebody for Saturdays", .dependsOn, "Sign the lease"),
      LinkLine("Order the shelves", .dependsOn, "Sign the lease"),
      LinkLine("A return label in every parcel", .addressesProblem, "Returns take eleven days"),
      LinkLine("Have the carrier fetch returns at the door", .addressesProblem, "Returns take eleven days"),
      LinkLine("A new SIM for the card reader", .addressesProblem, "The card reader drops out"),
      LinkLine("Find a third supplier of zips", .addressesProblem, "Both suppliers of zips are late"),
      LinkLine("Write the descriptions of the autumn bags", .dependsOn, "Photograph the autumn bags"),
      LinkLine("Newsletter about gifts", .dependsOn, "Write the descriptions of the autumn bags"),
      LinkLine("Stocktake before Christmas", .related, "Hand the receipts to the accountant"),
    ],
    deadlines: [
      DeadlineLine(
        title: "The trade licence runs out", due: 2, reminder: "2 days before", importance: 9,
        consequences: "A fine of 2,000, and the shop stays closed until it is paid.", task: "Renew the trade licence", deed: .rings),
      DeadlineLine(
        title: "Offer for the Hotel Aurora", due: -1, hour: 17, reminder: "1 day before", importance: 7,
        consequences: "They buy sixty key fobs elsewhere.", task: "Work out the offer for the Hotel Aurora",
        deed: .extended(3, to: 5, because: "They want to see a second colour.")),
      DeadlineLine(
        title: "The landlord's offer ends", due: 16, hour: 12, reminder: "7 days before", importance: 8,
        consequences: "Somebody else takes the corner.", task: "Sign the lease"),
    ],
    captures: [
      Capture(
        ago: 0,
        lines: [
          Capture.Line("late parcels: who pays?"), Capture.Line("order 40 m of waxed thread friday !2 #workshop"),
          Capture.Line("Christmas opening hours on the door"),
        ])
    ],
    taken: ["Repair Mrs Okafor's satchel", "Renew the trade licence"], dismissed: ["Find a third supplier of zips"],
    slipped: ["Hand the receipts to the accountant"])

  private static let premises: [TaskLine] = [
    TaskLine(
      "Ask the bank about a loan", ago: 30, priority: 1, impact: 5, estimate: 90, goal: "A second shop in Pinheiros by spring",
      tags: ["shop"], .done(9, minutes: 70)),
    TaskLine(
      "Visit three premises", ago: 20, due: 6, priority: 2, impact: 4, estimate: 180, goal: "A second shop in Pinheiros by spring",
      tags: ["shop"], .begun(5)),
    TaskLine("Rua dos Pinheiros 612", ago: 20, estimate: 60, under: "Visit three premises", .done(5, minutes: 50)),
    TaskLine("Rua Mateus Grou 88", ago: 20, due: 2, hour: 15, estimate: 60, under: "Visit three premises"),
    TaskLine("Rua Cardeal Arcoverde 1240", ago: 20, due: 6, hour: 11, estimate: 60, under: "Visit three premises"),
    TaskLine("Have a lawyer read the lease", due: 10, priority: 2, impact: 5, estimate: 30, tags: ["shop", "papers"]),
    TaskLine("Sign the lease", due: 15, priority: 1, impact: 5, estimate: 60, goal: "A second shop in Pinheiros by spring", tags: ["shop"]),
    TaskLine("Hire somebody for Saturdays", due: 45, impact: 3, goal: "A second shop in Pinheiros by spring", tags: ["shop"]),
    TaskLine("Order the shelves", due: 30, estimate: 45, goal: "A second shop in Pinheiros by spring", tags: ["shop"]),
  ]

  private static let customers: [TaskLine] = [
    TaskLine(
      "Write the answer about late parcels", ago: 9, priority: 2, estimate: 45, goal: "Answer every customer within four hours",
      tags: ["desk"], .done(2, minutes: 40)),
    TaskLine(
      "Rota of the desk for December", ago: 9, due: 4, priority: 2, impact: 4, estimate: 40,
      goal: "Answer every customer within four hours", tags: ["desk"]),
    TaskLine("A return label in every parcel", ago: 15, due: 9, priority: 1, impact: 5, estimate: 240, tags: ["desk"], .begun(4)),
    TaskLine("Have the carrier fetch returns at the door", ago: 15, due: 12, priority: 3, impact: 4, estimate: 60, tags: ["desk"]),
    TaskLine("A new SIM for the card reader", ago: 10, estimate: 30, tags: ["shop"], .done(6, minutes: 25)),
    TaskLine("Work out the offer for the Hotel Aurora", ago: 9, due: 5, priority: 2, impact: 4, estimate: 120, tags: ["desk"]),
    TaskLine("Find out what the customs form asks", ago: 26, estimate: 60, goal: "Sell in Portugal"),
    TaskLine("Answer the trade fair", ago: 13, .thrownAway(3)),
  ]

  private static let workshop: [TaskLine] = [
    TaskLine("Find a third supplier of zips", due: 18, priority: 3, impact: 4, estimate: 90, tags: ["workshop"]),
    TaskLine("Photograph the autumn bags", ago: 16, estimate: 180, tags: ["shop"], .done(12, minutes: 200)),
    TaskLine("Write the descriptions of the autumn bags", ago: 16, due: 1, priority: 2, impact: 3, estimate: 120, tags: ["shop"]),
    TaskLine("Newsletter about gifts", ago: 16, due: 5, impact: 3, estimate: 90, tags: ["shop"]),
    TaskLine("Repair Mrs Okafor's satchel", ago: 6, due: 0, hour: 17, priority: 2, estimate: 90, tags: ["workshop"]),
    TaskLine("Try the new glue", ago: 11, estimate: 60, tags: ["workshop"], .putOff(5, until: 14)),
    TaskLine("Change the code of the alarm", ago: 8, estimate: 10, tags: ["shop"], .done(4, minutes: 10)),
    TaskLine("Redraw the logo", ago: 40, .cancelled(15)),
  ]

  private static let books: [TaskLine] = [
    TaskLine(
      "Send the week's invoices", ago: 12, priority: 2, estimate: 45, tags: ["papers"], again: "every monday", .done(4, minutes: 50)),
    TaskLine("Hand the receipts to the accountant", ago: 8, due: -1, priority: 2, estimate: 30, tags: ["papers"], .begun(1)),
    TaskLine("Renew the trade licence", ago: 10, due: 2, priority: 1, impact: 5, estimate: 60, tags: ["papers"]),
    TaskLine("Stocktake before Christmas", ago: 12, due: 12, estimate: 300, tags: ["workshop", "papers"]),
    TaskLine("Count the belts", ago: 12, due: 11, estimate: 90, under: "Stocktake before Christmas"),
    TaskLine("Count the bags", ago: 12, due: 11, estimate: 120, under: "Stocktake before Christmas"),
    TaskLine("Compare with the books", ago: 12, due: 12, estimate: 90, under: "Stocktake before Christmas"),
  ]

  /// What a colleague has of it, in Portuguese.
  static let colleague = PlannerStory(
    goals: [GoalLine(title: "Responder trocas no mesmo dia", category: .career, horizon: .quarter, target: 50, ago: 20)],
    problems: [ProblemLine(title: "Caixas amassadas na entrega", severity: 3, ago: 15)],
    tasks: [
      TaskLine(
        "Separar as trocas da semana", ago: 12, priority: 2, estimate: 60, goal: "Responder trocas no mesmo dia", tags: ["atendimento"],
        again: "toda segunda", .done(4, minutes: 55)),
      TaskLine("Modelo de resposta para trocas", ago: 10, due: 2, priority: 1, impact: 4, goal: "Responder trocas no mesmo dia", .begun(1)),
      TaskLine("Pedir caixas mais firmes", ago: 10, due: 4, priority: 2, impact: 3, estimate: 30, tags: ["envios"]),
      TaskLine("Testar a caixa nova com três envios", ago: 10, due: 9, estimate: 45, tags: ["envios"]),
      TaskLine("Escala de dezembro com a Ana", ago: 5, due: 0, estimate: 20, tags: ["atendimento"]),
      TaskLine("Trocar a senha da impressora", ago: 9, .done(2, minutes: 5)),
      TaskLine("Curso de fotografia", ago: 14, .putOff(6, until: 21)),
      TaskLine("Arrumar o depósito antigo", ago: 14, .thrownAway(3)),
    ],
    links: [
      LinkLine("Pedir caixas mais firmes", .addressesProblem, "Caixas amassadas na entrega"),
      LinkLine("Testar a caixa nova com três envios", .dependsOn, "Pedir caixas mais firmes"),
    ],
    deadlines: [
      DeadlineLine(
        title: "Pedido de caixas ao fornecedor", due: 4, hour: 16, reminder: "2 dias antes", importance: 6,
        consequences: "Sem caixas na semana da Black Friday.", task: "Pedir caixas mais firmes")
    ],
    captures: [
      Capture(
        ago: 0,
        lines: [
          Capture.Line("perguntar à Ana sobre as etiquetas", .joined("Modelo de resposta para trocas")),
          Capture.Line("comprar fita adesiva sexta ~15m"),
        ])
    ],
    taken: ["Escala de dezembro com a Ana"])
}
