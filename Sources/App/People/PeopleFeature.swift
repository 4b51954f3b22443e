import Domain
import HTML
import Postgres

extension NavSection {
  static let people = NavSection(
    group: .context, path: Paths.people, label: { words in words("People") }, icon: "people", key: "x")
}

extension Feature {
  /// Whom a person knows, how they are reached, and when they were heard of.
  static let people = Feature(
    section: .people,
    today: { day in PeopleSection.today(day) },
    search: { view in
      let words = view.words
      return FoundThing.search(view, KnownPerson.subject, "found-people", words("People"), name: words("Person"), list: Paths.people) {
        (id: ID<KnownPerson>) in Paths.person(id)
      }
    },
    work: { bench in PeopleWork(bench).kinds },
    follows: { change, web in try PersonFollowing.follow(change, web) },
    counts: ["met"],
    sentence: { facts, words in facts.aboutPeople(words) },
    detail: { name, words in AuditFacts.personDetail(name, words) },
    auditSubjects: [
      AuditSubject(
        KnownPerson.subject,
        "SELECT id, name AS title FROM people WHERE id = a.subject_id AND user_id = (SELECT me()) AND deleted_at IS NULL"
      ) { Paths.person($0) }
    ])
}

extension AuditFacts {
  /// The sentences about people; nil for other entries.
  func aboutPeople(_ words: Words) -> String? {
    let values: KeyValuePairs = ["name": self["person"]]
    return switch action {
    case "person.made": words("Added {name} to the people.", values)
    case "person.changed": words("Edited {name}.", values)
    case "person.contacted": words("Noted that they were in touch with {name}.", values)
    case "person.contact_removed": words("Took an entry out of the log of {name}.", values)
    case "person.deleted": words("Deleted {name} from the people.", values)
    case "person.restored": words("Brought back {name}.", values)
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func personDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "person": words("Person")
    case "person_type": words("Kind")
    case "emails": words("E-mail addresses")
    case "phones": words("Telephone numbers")
    case "company": words("Company")
    case "person_title": words("What they do there")
    case "person_notes": words("Notes")
    case "birthday": words("Birthday")
    case "stay_in_touch": words("Stay in touch")
    case "stay_events": words("Events with them")
    case "contact_at": words("In touch")
    case "without": words("Without the address")
    default: nil
    }
  }
}
