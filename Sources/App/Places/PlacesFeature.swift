import Domain
import HTML
import Postgres

extension NavSection {
  static let places = NavSection(group: .context, path: Paths.places, label: { words in words("Places") }, icon: "place", key: "z")
}

extension Feature {
  /// Where a person goes.
  static let places = Feature(
    section: .places,
    search: { view in
      let words = view.words
      return FoundThing.search(view, Place.subject, "found-places", words("Places"), name: words("Place"), list: Paths.places) {
        (id: ID<Place>) in Paths.place(id)
      }
    },
    sentence: { facts, words in facts.aboutPlaces(words) },
    detail: { name, words in AuditFacts.placeDetail(name, words) },
    auditSubjects: [
      AuditSubject(
        Place.subject, "SELECT id, name AS title FROM places WHERE id = a.subject_id AND user_id = (SELECT me()) AND deleted_at IS NULL"
      ) { Paths.place($0) }
    ])
}

extension AuditFacts {
  /// The sentences about places; nil for other entries.
  func aboutPlaces(_ words: Words) -> String? {
    let values: KeyValuePairs = ["place": self["place"]]
    return switch action {
    case "place.made": words("Kept the place “{place}”.", values)
    case "place.changed": words("Edited the place “{place}”.", values)
    case "place.deleted": words("Deleted the place “{place}”.", values)
    case "place.restored": words("Brought back the place “{place}”.", values)
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func placeDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "place": words("Place")
    case "place_type": words("Kind")
    case "address": words("Address")
    case "city": words("City")
    case "state": words("State or region")
    case "country": words("Country")
    case "place_notes": words("Notes")
    case "coordinates": words("Latitude and longitude")
    default: nil
    }
  }
}
