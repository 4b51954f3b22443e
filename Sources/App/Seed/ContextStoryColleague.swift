import Domain

extension ContextStory {
  /// Somebody who answers customers, speaks Portuguese and sings in no choir: family, friends, whom the shop works with.
  static let colleague = ContextStory(
    people: own + work, places: spots, events: happenings, ties: ties, twice: [("Rafa Nogueira", "Rafael Nogueira")])

  private static let own: [Somebody] = [
    Somebody(
      "Marina Costa", .family, email: "marina@costa.example", phone: "+55 11 98111-2020", importance: 10, birthday: (8, 34),
      met: [(0, "")], notes: "Não come camarão."),
    Somebody("Seu Jorge Costa", .family, phone: "+55 21 2222-3030", importance: 9, birthday: (44, 70), stay: "toda semana", met: [(5, "")]),
    Somebody("Dona Ivete Costa", .family, phone: "+55 21 2222-3030", importance: 9, birthday: (122, 68)),
    Somebody(
      "Rafa Nogueira", .friend, email: "rafa@nogueira.example", phone: "+55 11 97222-4040", importance: 7, birthday: (21, 33),
      stay: "todo mês", met: [(26, "Cinema na Augusta"), (55, "")], tags: "futebol"),
    Somebody("Tati Freire", .friend, email: "tati@freire.example", importance: 6, met: [(13, "Aniversário da Lia")]),
    Somebody("Léo Batista", .friend, phone: "+55 11 96333-5050", tags: "futebol"),
  ]

  private static let work: [Somebody] = [
    Somebody(
      "Vanessa Prates", .colleague, email: "vanessa@caixasprates.example", phone: "+55 11 4003-1010", company: "Caixas Prates",
      title: "Vendas", importance: 7, met: [(4, "Preço das caixas mais firmes")]),
    Somebody("Hugo Prates", .colleague, email: "hugo@caixasprates.example", company: "Caixas Prates", title: "Dono"),
    Somebody("Sandra Melo", .colleague, phone: "+55 11 4003-2020", company: "Transportes Melo", title: "Coletas", importance: 6),
    Somebody("Clara Yamada", .lead, email: "clara@hotelaurora.example", company: "Hotel Aurora", title: "Compras", met: [(9, "")]),
    Somebody("Dr. Paulo Reis", .contact, phone: "+55 11 3131-6060", title: "Dentista", tags: "saúde"),
    Somebody("Rafael Nogueira", .contact, phone: "+55 11 97222-4041", notes: "O mesmo Rafa, de outra agenda."),
  ]

  private static let spots: [Spot] = [
    Spot("Minha casa", "home", address: "Rua Tucuna 45"),
    Spot("Depósito", "office", address: "Rua Clélia 900", notes: "O portão fecha às 18h."),
    Spot("Padaria do Zé", "restaurant", address: "Rua Clélia 1010"),
    Spot("Quadra da Lapa", "venue", latitude: "-23.5270", longitude: "-46.7030"),
  ]

  private static let happenings: [Happening] = [
    Happening("Conversa da equipe", day: -28, at: "09:00", lasts: "20m", rule: "FREQ=WEEKLY;BYDAY=MO", place: "Depósito"),
    Happening(
      "Futebol", day: -26, at: "20:00", lasts: "1h30", rule: "FREQ=WEEKLY", place: "Quadra da Lapa", description: "Levar a **bola**.",
      isMoved: true),
    Happening("Dentista", day: 5, at: "08:00", lasts: "45m", remind: "2 horas antes"),
    Happening("Visita às Caixas Prates", day: 3, at: "14:00", lasts: "1h", status: "tentative"),
    Happening("Ligação com a transportadora", day: 2, at: "11:00", lasts: "30m", type: "call"),
    Happening("Aniversário da Marina", day: 8, at: "19:30", lasts: "3h", place: "Minha casa"),
    Happening("Viagem ao Rio", day: 16, lasts: "3", type: "travel"),
    Happening("Curso de fotografia", day: 10, at: "19:00", lasts: "2h", status: "cancelled"),
  ]

  private static let ties: [Tie] = [
    Tie("Marina Costa", "lives_at", "Minha casa", 10), Tie("Seu Jorge Costa", "knows", "Marina Costa", 8),
    Tie("Seu Jorge Costa", "casado com", "Dona Ivete Costa", 10, reverse: "casada com"),
    Tie("Hugo Prates", "manages", "Vanessa Prates", 6), Tie("Rafa Nogueira", "knows", "Léo Batista", 7),
    Tie("Rafa Nogueira", "attends", "Futebol", 8), Tie("Léo Batista", "attends", "Futebol", 8),
    Tie("Vanessa Prates", "attends", "Visita às Caixas Prates", 5), Tie("Sandra Melo", "attends", "Ligação com a transportadora", 5),
    Tie("Tati Freire", "knows", "Marina Costa", 6), Tie("Rafael Nogueira", "knows", "Marina Costa", 3),
  ]
}
