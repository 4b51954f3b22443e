import Domain
import HTML

/// People's and places'.
extension Paths {
  static let people: Path = "/people"
  static let newPerson: Path = "/people/new"
  static let duplicates: Path = "/people/duplicates"
  static let peopleCards: Path = "/people/export.vcf"
  static let peopleTable: Path = "/people/export.csv"
  static let peopleImport: Path = "/people/import"
  static func person(_ id: ID<KnownPerson>) -> Path { "/people/\(id)" }
  static func editPerson(_ id: ID<KnownPerson>) -> Path { "/people/\(id)/edit" }
  static func deletion(_ id: ID<KnownPerson>) -> Path { "/people/\(id)/deletion" }
  static func merge(_ id: ID<KnownPerson>) -> Path { "/people/\(id)/merge" }
  static func contactsLog(_ id: ID<KnownPerson>) -> Path { "/people/\(id)/contacts-log" }
  static func deletion(_ id: ID<KnownPerson>, _ entry: ID<LoggedContact>) -> Path { "/people/\(id)/contacts-log/\(entry)/deletion" }
  static func graph(_ id: ID<KnownPerson>) -> Path { "/people/\(id)/graph" }
  static func way(_ id: ID<KnownPerson>) -> Path { "/people/\(id)/path" }
  static func personRestoration(_ id: ID<KnownPerson>) -> Path { "/trash/person/\(id)/restoration" }
  static let places: Path = "/places"
  static let newPlace: Path = "/places/new"
  static let placesTable: Path = "/places/export.csv"
  static func place(_ id: ID<Place>) -> Path { "/places/\(id)" }
  static func editPlace(_ id: ID<Place>) -> Path { "/places/\(id)/edit" }
  static func deletion(_ id: ID<Place>) -> Path { "/places/\(id)/deletion" }
  static func placeRestoration(_ id: ID<Place>) -> Path { "/trash/place/\(id)/restoration" }
}

/// The calendar's.
extension Paths {
  static let calendar: Path = "/calendar"
  static let free: Path = "/free"
  static let calendarEvents: Path = "/events"
  static let newEvent: Path = "/events/new"
  static let eventPreview: Path = "/events/preview"
  static let eventsImport: Path = "/events/import"
  static let eventsFile: Path = "/events/export.ics"
  static let feedSettings: Path = "/settings/feed"
  static let feedDeletion: Path = "/settings/feed/deletion"
  static func feed(_ token: String) -> Path { "/ics/\(token).ics" }
  static func event(_ id: ID<Event>) -> Path { "/events/\(id)" }
  static func editEvent(_ id: ID<Event>) -> Path { "/events/\(id)/edit" }
  static func deletion(_ id: ID<Event>) -> Path { "/events/\(id)/deletion" }
  static func instance(_ id: ID<Event>, _ instance: InstanceKey) -> Path { "/events/\(id)/on/\(instance.text)" }
  static func eventRestoration(_ id: ID<Event>) -> Path { "/trash/event/\(id)/restoration" }
}

/// What is brought along of people and events.
extension Paths {
  static func peopleImport(_ id: ID<ContextImport>) -> Path { "/people/import/\(id)" }
  static func peopleImportConfirmation(_ id: ID<ContextImport>) -> Path { "/people/import/\(id)/confirmation" }
  static func peopleImportUndo(_ id: ID<ContextImport>) -> Path { "/people/import/\(id)/undo" }
  static func peopleImportDeletion(_ id: ID<ContextImport>) -> Path { "/people/import/\(id)/deletion" }
  static func eventsImport(_ id: ID<ContextImport>) -> Path { "/events/import/\(id)" }
  static func eventsImportConfirmation(_ id: ID<ContextImport>) -> Path { "/events/import/\(id)/confirmation" }
  static func eventsImportUndo(_ id: ID<ContextImport>) -> Path { "/events/import/\(id)/undo" }
  static func eventsImportDeletion(_ id: ID<ContextImport>) -> Path { "/events/import/\(id)/deletion" }
}

/// Of relationships and of accounts elsewhere.
extension Paths {
  static let relationships: Path = "/relationships"
  static let newRelationship: Path = "/relationships/new"
  static func relationship(_ id: ID<Relationship>) -> Path { "/relationships/\(id)" }
  static func editRelationship(_ id: ID<Relationship>) -> Path { "/relationships/\(id)/edit" }
  static func deletion(_ id: ID<Relationship>) -> Path { "/relationships/\(id)/deletion" }
  static let connections: Path = "/connections"
}
