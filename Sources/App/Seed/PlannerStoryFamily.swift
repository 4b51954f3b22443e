import Domain

extension PlannerStory {
  /// A family of four: a kitchen, a journey, school.
  static let family = PlannerStory(
    goals: [
      GoalLine(
        title: "A kitchen that works", about: "Paint, tiles and an oven that *closes*.", category: .personal, horizon: .quarter, target: 75),
      GoalLine(title: "Lisbon in July, all four of us", category: .personal, horizon: .year, target: 200, ago: 24),
    ],
    problems: [
      ProblemLine(title: "The sink leaks", about: "A bucket a day. The neighbour below has seen a stain.", severity: 4),
      ProblemLine(title: "Nobody knows who fetches the children", severity: 3, ago: 28, deed: .watched),
      ProblemLine(title: "The neighbour's dog barks at five", severity: 2, ago: 12, deed: .thrownAway),
    ],
    tasks: kitchen + journey + school + household,
    links: [
      LinkLine("Fix the leak under the sink", .addressesProblem, "The sink leaks"),
      LinkLine("A table on the fridge: who fetches whom", .addressesProblem, "Nobody knows who fetches the children"),
      LinkLine("Paint the kitchen", .dependsOn, "The sink leaks"),
      LinkLine("Paint the kitchen", .dependsOn, "Choose the tiles"),
      LinkLine("Order the oven", .dependsOn, "Get three quotes for the kitchen"),
      LinkLine("Book the flights", .dependsOn, "Renew Miguel's passport"),
      LinkLine("Book the flights", .dependsOn, "Compare flights to Lisbon"),
      LinkLine("Travel insurance for four", .dependsOn, "Book the flights"),
      LinkLine("Find somebody to feed the cat", .related, "Book the flights"),
      LinkLine("Order Sofia's cake", .dependsOn, "Invite eight children"),
    ],
    deadlines: [
      DeadlineLine(
        title: "The school's answer about the summer camp", due: -2, importance: 6, consequences: "The place goes to the next family.",
        task: "Answer the school about the summer camp"),
      DeadlineLine(
        title: "Miguel at the passport office", due: 9, hour: 9, reminder: "2 days before", importance: 8,
        consequences: "The next free day is in six weeks.", task: "Renew Miguel's passport"),
      DeadlineLine(title: "The bakery takes orders until Thursday", due: 4, deed: .completed(1)),
    ],
    captures: [
      Capture(
        ago: 1,
        lines: [
          Capture.Line("present for Sofia, she is into planets", .joined("Buy a birthday present for Sofia")),
          Capture.Line("the song with the whistle, on the radio at eight", .thrownAway),
          Capture.Line("tiles: the grey ones after all?", .joined("Choose the tiles")),
        ]),
      Capture(
        ago: 0,
        lines: [
          Capture.Line("new school shoes ~30m saturday #children"), Capture.Line("ask Rui about the weekend @rui"),
          Capture.Line("pagar a natação todo dia 5"),
        ]),
    ],
    taken: ["Sign the form of the school trip", "Compare flights to Lisbon"], dismissed: ["Old baby clothes to the shelter"],
    slipped: ["Fix the leak under the sink"])

  private static let kitchen: [TaskLine] = [
    TaskLine(
      "Get three quotes for the kitchen", ago: 20, priority: 2, estimate: 120, goal: "A kitchen that works", tags: ["home"],
      notes: "- Pereira: 8,400\n- Oficina Azul: 7,900, in March\n- Dona Célia's cousin: 6,500, without the oven", .done(8, minutes: 95)),
    TaskLine("Measure the windows", ago: 20, estimate: 20, goal: "A kitchen that works", tags: ["home"], .done(18, minutes: 15)),
    TaskLine(
      "Choose the tiles", ago: 16, due: 3, priority: 2, impact: 3, estimate: 60, goal: "A kitchen that works", tags: ["home"], .begun(2)),
    TaskLine("Fix the leak under the sink", due: -1, priority: 1, impact: 4, estimate: 90, goal: "A kitchen that works", tags: ["home"]),
    TaskLine("Paint the kitchen", due: 20, impact: 4, estimate: 480, goal: "A kitchen that works", tags: ["home"]),
    TaskLine("Buy primer and rollers", ago: 13, due: 15, estimate: 40, under: "Paint the kitchen", tags: ["errands"]),
    TaskLine("Move the fridge out", ago: 13, estimate: 15, under: "Paint the kitchen"),
    TaskLine("Tape the sockets", ago: 13, estimate: 20, under: "Paint the kitchen", .done(3, minutes: 25)),
    TaskLine("Order the oven", ago: 12, due: 7, priority: 3, impact: 3, estimate: 30, goal: "A kitchen that works", tags: ["errands"]),
  ]

  private static let journey: [TaskLine] = [
    TaskLine(
      "Renew Miguel's passport", due: 9, priority: 1, impact: 5, estimate: 120, goal: "Lisbon in July, all four of us",
      tags: ["papers"], notes: "Bring the old one, his birth certificate, **both** of us."),
    TaskLine("Compare flights to Lisbon", due: 1, priority: 3, estimate: 45, goal: "Lisbon in July, all four of us"),
    TaskLine("Book the flights", due: 25, priority: 2, impact: 5, estimate: 30, goal: "Lisbon in July, all four of us"),
    TaskLine("Travel insurance for four", ago: 10, estimate: 20, goal: "Lisbon in July, all four of us", tags: ["papers"]),
    TaskLine("Find somebody to feed the cat", ago: 10, estimate: 15, .putOff(4, until: 30)),
    TaskLine("Ask Tia Marta whether July suits her", ago: 22, goal: "Lisbon in July, all four of us", .done(19, minutes: 20)),
  ]

  private static let school: [TaskLine] = [
    TaskLine("Sign the form of the school trip", ago: 4, due: 0, priority: 1, estimate: 10, tags: ["children", "papers"]),
    TaskLine("Answer the school about the summer camp", due: -2, priority: 2, estimate: 15, tags: ["children"]),
    TaskLine("Book the dentist for both children", ago: 7, due: 5, estimate: 15, tags: ["children"]),
    TaskLine("Scan both vaccination cards", ago: 11, estimate: 15, tags: ["children", "papers"], .done(5, minutes: 10)),
    TaskLine("Buy a birthday present for Sofia", ago: 3, due: 6, priority: 3, estimate: 60, tags: ["children", "errands"]),
    TaskLine("Invite eight children", ago: 12, estimate: 30, tags: ["children"], .done(3, minutes: 40)),
    TaskLine("Order Sofia's cake", ago: 8, due: 4, estimate: 10, tags: ["children", "errands"], .done(1, minutes: 10)),
    TaskLine("A table on the fridge: who fetches whom", ago: 26, estimate: 30, tags: ["children"], .done(20, minutes: 30)),
  ]

  private static let household: [TaskLine] = [
    TaskLine("Clean the aquarium", ago: 12, estimate: 30, tags: ["home"], again: "every sunday", .done(4, minutes: 25)),
    TaskLine("Old baby clothes to the shelter", ago: 9, due: 8, estimate: 40, tags: ["errands"]),
    TaskLine("Sort the photographs of 2019", ago: 30, estimate: 240, .putOff(14, until: nil)),
    TaskLine("Sell the piano", ago: 25, .cancelled(9)),
    TaskLine("Copy the family laptop to the disk", ago: 15, estimate: 30, tags: ["home"], .done(10, minutes: 30)),
    TaskLine("Change the filter of the coffee machine", ago: 28, estimate: 10, tags: ["home"], .archived(11)),
    TaskLine("Call the landlord about the heating", ago: 18, .thrownAway(6)),
    TaskLine("Look for another flat", ago: 18, .thrownAway(2)),
    TaskLine("Ask two agents", ago: 17, under: "Look for another flat"),
    TaskLine("See the one in Vila Madalena", ago: 17, under: "Look for another flat"),
  ]
}
