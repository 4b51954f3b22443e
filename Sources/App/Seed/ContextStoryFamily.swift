import Domain

extension ContextStory {
  /// A family of four with a small firm: relatives, friends, neighbours, colleagues, customers.
  static let family = ContextStory(
    people: relatives + friends + colleagues + around, places: spots, events: happenings, ties: ties,
    twice: [("Bea Moraes", "Beatriz Moraes")])

  private static let relatives: [Somebody] = [
    Somebody(
      "Paulo Ribeiro", .family, email: "paulo@ribeiro.example", phone: "+55 11 98765-4321", importance: 10, birthday: (5, 44),
      met: [(0, "")], notes: "Coffee without sugar."),
    Somebody("Sofia Ribeiro", .family, importance: 10, birthday: (17, 9), tags: "children", notes: "Into planets this year."),
    Somebody("Miguel Ribeiro", .family, importance: 10, birthday: (140, 12), tags: "children"),
    Somebody(
      "Dona Célia", .family, phone: "+55 11 3333-2020", importance: 9, birthday: (2, 73), stay: "every week", met: [(6, "Sunday lunch")]),
    Somebody("Tia Marta Lopes", .family, email: "marta.lopes@heed.example", phone: "+44 7700 900123", importance: 7, birthday: (88, 66)),
    Somebody("Rui Lopes", .family, email: "rui@lopes.example", importance: 7, stay: "every 3 weeks", met: [(19, "Talked about July")]),
    Somebody("Helena Prado", .family, phone: "+55 19 99876-1212", birthday: (301, 39)),
    Somebody("Vô Antônio", .family, phone: "+55 19 3232-1010", importance: 8, birthday: (59, 81), stay: "every 2 weeks", met: [(12, "")]),
  ]

  private static let friends: [Somebody] = [
    Somebody(
      "Bea Moraes", .friend, email: "bea@moraes.example", phone: "+55 11 97777-1001", importance: 8, birthday: (33, 40),
      stay: "every month", met: [(27, "Walked along the river"), (58, "")], tags: "choir"),
    Somebody("Cy Okafor", .friend, email: "cy@okafor.example", importance: 6, met: [(40, "A letter from Lagos")]),
    Somebody("Joana Pires", .friend, email: "joana.pires@mail.example", phone: "+351 912 345 678", birthday: (210, 38), tags: "lisbon"),
    Somebody("Tomás Pires", .friend, email: "tomas@pires.example", tags: "lisbon"),
    Somebody("Lu Andrade", .friend, phone: "+55 11 96666-3003", importance: 6, stay: "every 2 months", met: [(57, "Dinner")]),
    Somebody("Nadia Haddad", .friend, email: "nadia@haddad.example", birthday: (120, 41), tags: "choir"),
    Somebody("Otto Brandt", .friend, email: "otto@brandt.example", phone: "+49 30 901820", tags: "choir"),
    Somebody("Yuki Tanaka", .friend, email: "yuki@tanaka.example"),
    Somebody("Grace Mensah", .friend, email: "grace@mensah.example", phone: "+233 30 222 1111"),
  ]

  private static let colleagues: [Somebody] = [
    Somebody(
      "Carla Nunes", .colleague, email: "carla@azul.example", phone: "+55 11 4002-1000", company: "Oficina Azul", title: "Partner",
      importance: 9, met: [(1, "Numbers of the quarter")]),
    Somebody("Davi Rocha", .colleague, email: "davi@azul.example", company: "Oficina Azul", title: "Joiner", importance: 7),
    Somebody("Elisa Campos", .colleague, email: "elisa@azul.example", company: "Oficina Azul", title: "Books", importance: 6),
    Somebody("Fábio Teles", .colleague, email: "fabio@azul.example", company: "Oficina Azul", title: "Apprentice", birthday: (9, 19)),
    Somebody("Gilberto Pereira", .colleague, email: "gil@pereira.example", company: "Pereira Cozinhas", title: "Owner"),
    Somebody("Ines Duarte", .colleague, email: "ines@duarte.example", company: "Duarte Arquitetura", title: "Architect", importance: 7),
    Somebody(
      "Karim Aziz", .lead, email: "karim@aziz.example", company: "Café Aziz", title: "Owner", importance: 8, met: [(3, "Wants shelves")]),
    Somebody(
      "Lívia Sato", .lead, email: "livia@sato.example", company: "Sato Livros", title: "Buyer", importance: 6, met: [(15, "Quote sent")]),
    Somebody("Mateus Lima", .lead, email: "mateus@lima.example", company: "Escola Lima", importance: 5),
    Somebody("Renata Vidal", .colleague, email: "renata@contas.example", company: "Contas & Cia", title: "Accountant", importance: 8),
    Somebody("Sergio Braga", .colleague, phone: "+55 11 4002-3000", company: "Madeiras Braga", title: "Timber"),
  ]

  private static let around: [Somebody] = [
    Somebody("Dr. Vera Pinho", .contact, phone: "+55 11 3030-4040", title: "Dentist", tags: "health"),
    Somebody("Dr. Ivo Salles", .contact, phone: "+55 11 3030-5050", title: "Paediatrician", importance: 7, tags: "health,children"),
    Somebody("Professora Clara", .contact, email: "clara@escola.example", title: "Sofia's teacher", importance: 6, tags: "children"),
    Somebody("Wagner Dias", .contact, phone: "+55 11 95555-7070", title: "Plumber", notes: "Comes on Saturdays, too."),
    Somebody("Zilda Moura", .contact, phone: "+55 11 94444-8080", title: "Neighbour below", importance: 6),
    Somebody("Heitor Moura", .contact, title: "Neighbour below"),
    Somebody("Penha Alves", .contact, phone: "+55 11 93333-9090", title: "Feeds the cat"),
    Somebody("Ugo Ferri", .contact, email: "ugo@ferri.example", title: "Choirmaster", importance: 6, tags: "choir"),
    Somebody("Quitéria Sá", .contact, email: "quiteria@escola.example", title: "School office", tags: "children"),
    Somebody("Xavier Ramos", .contact, phone: "+55 11 92222-1212", title: "Bakery"),
    Somebody("Beatriz Moraes", .contact, phone: "+55 11 97777-1001", notes: "From the old telephone."),
    Somebody("Tania Reis", .contact, email: "tania@reis.example", title: "Swimming teacher", tags: "children"),
  ]

  private static let spots: [Spot] = [
    Spot("Home", "home", address: "Rua das Acácias 120", latitude: "-23.5563", longitude: "-46.6917"),
    Spot(
      "Oficina Azul", "office", address: "Rua do Porto 8", latitude: "-23.5329", longitude: "-46.6395", notes: "The bell is broken: knock."),
    Spot("Escola do Parque", "location", address: "Avenida do Parque 300"),
    Spot("Cantina da Lu", "restaurant", address: "Rua Augusta 1500", notes: "Closed on Mondays."),
    Spot("Casa do Coro", "venue", address: "Largo da Matriz 2"),
    Spot("Centro de Congressos", "venue", city: "Porto", latitude: "41.1496", longitude: "-8.6110"),
  ]

  private static let happenings: [Happening] = [
    Happening("Stand-up", day: -30, at: "09:30", lasts: "15m", rule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", place: "Oficina Azul"),
    Happening("Choir", day: -28, at: "19:30", lasts: "2h", rule: "FREQ=WEEKLY", description: "Bring the **blue** folder.", isMoved: true),
    Happening("Swimming, Sofia", day: -26, at: "16:00", lasts: "1h", rule: "FREQ=WEEKLY;COUNT=10"),
    Happening("Sunday lunch at Dona Célia's", day: -27, at: "12:30", lasts: "3h", rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"),
    Happening("Accounts of the month", day: -20, at: "14:00", lasts: "1h", type: "call", rule: "FREQ=MONTHLY;BYDAY=-1FR"),
    Happening("Shelves for Karim", day: -3, at: "10:00", lasts: "1h", place: "Oficina Azul"),
    Happening("Parents' evening", day: -11, at: "19:00", lasts: "1h30", place: "Escola do Parque"),
    Happening("Dentist", day: 4, at: "08:30", lasts: "45m", remind: "2 hours before"),
    Happening("Lunch with Bea", day: 2, at: "12:30", lasts: "1h30", place: "Cantina da Lu"),
    Happening("Call with the architect", day: 3, at: "11:00", lasts: "30m", type: "call"),
    Happening("Also a call with the bank", day: 3, at: "11:15", lasts: "30m", type: "call"),
    Happening(
      "Fair in Porto", day: 12, lasts: "4", type: "travel", place: "Centro de Congressos", description: "Tickets are in the inbox."),
    Happening("Night flight to Porto", day: 11, at: "22:10", lasts: "11h", type: "travel"),
    Happening("Concert of the choir", day: 20, at: "20:00", lasts: "2h", status: "tentative", place: "Casa do Coro"),
    Happening("Quote for Sato Livros", day: 6, at: "15:00", lasts: "1h", status: "cancelled"),
    Happening("Sofia's party", day: 17, at: "15:00", lasts: "3h", place: "Home"),
    Happening("Holiday of the workshop", day: 25, lasts: "2"),
  ]

  private static let ties: [Tie] = [
    Tie("Carla Nunes", "manages", "Davi Rocha", 7), Tie("Carla Nunes", "manages", "Elisa Campos", 6),
    Tie("Davi Rocha", "manages", "Fábio Teles", 8), Tie("Davi Rocha", "works_with", "Elisa Campos", 5),
    Tie("Carla Nunes", "works_at", "Oficina Azul", 9), Tie("Davi Rocha", "works_at", "Oficina Azul", 7),
    Tie("Elisa Campos", "works_at", "Oficina Azul", 6), Tie("Fábio Teles", "works_at", "Oficina Azul", 5),
    Tie("Gilberto Pereira", "works_at", "Oficina Azul", 4, isOver: true), Tie("Paulo Ribeiro", "lives_at", "Home", 10),
    Tie("Sofia Ribeiro", "lives_at", "Home", 10), Tie("Miguel Ribeiro", "lives_at", "Home", 10),
    Tie("Paulo Ribeiro", "father of", "Sofia Ribeiro", 10, reverse: "daughter of"),
    Tie("Paulo Ribeiro", "father of", "Miguel Ribeiro", 10, reverse: "son of"),
    Tie("Dona Célia", "mother of", "Paulo Ribeiro", 9, reverse: "son of"), Tie("Rui Lopes", "knows", "Tia Marta Lopes", 9),
    Tie("Bea Moraes", "works_with", "Cy Okafor", 6), Tie("Bea Moraes", "knows", "Paulo Ribeiro", 7),
    Tie("Cy Okafor", "knows", "Grace Mensah", 5),
    Tie("Bea Moraes", "knows", "Nadia Haddad", 6), Tie("Ugo Ferri", "organizes", "Choir", 8), Tie("Bea Moraes", "attends", "Choir", 7),
    Tie("Nadia Haddad", "attends", "Choir", 6), Tie("Otto Brandt", "declined", "Choir", 3),
    Tie("Lu Andrade", "works_at", "Cantina da Lu", 9),
    Tie("Bea Moraes", "attends", "Lunch with Bea", 8), Tie("Karim Aziz", "attends", "Shelves for Karim", 6),
    Tie("Davi Rocha", "attends", "Shelves for Karim", 5), Tie("Ines Duarte", "attends", "Call with the architect", 6),
    Tie("Renata Vidal", "attends", "Accounts of the month", 7), Tie("Professora Clara", "works_at", "Escola do Parque", 6),
    Tie("Quitéria Sá", "works_at", "Escola do Parque", 4), Tie("Sofia Ribeiro", "frequents", "Escola do Parque", 8),
    Tie("Joana Pires", "sister of", "Tomás Pires", 9, reverse: "brother of"), Tie("Zilda Moura", "knows", "Penha Alves", 5),
    Tie("Beatriz Moraes", "knows", "Paulo Ribeiro", 3), Tie("Joana Pires", "knows", "Rui Lopes", 5),
  ]
}
