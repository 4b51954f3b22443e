import Domain
import HTML
import Postgres

extension Feature {
  /// How people, places, events, tasks and deadlines are related.
  static let ties = Feature(
    takesBack: { id, web in try RelationshipUndo.takeBack(id, web.plannerWriting) },
    sentence: { facts, words in facts.aboutRelationships(words) },
    detail: { name, words in AuditFacts.relationshipDetail(name, words) })
}

extension AuditFacts {
  /// The sentences about relationships; nil for other entries.
  func aboutRelationships(_ words: Words) -> String? {
    let values: KeyValuePairs = [
      "from": self["related_from"], "verb": RelationshipText.name(self["relationship"], words), "to": self["related_to"],
    ]
    return switch action {
    case "relationship.made": words("Said that “{from}” {verb} “{to}”.", values)
    case "relationship.changed": words("Changed that “{from}” {verb} “{to}”.", values)
    case "relationship.deleted": words("Took away that “{from}” {verb} “{to}”.", values)
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func relationshipDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "related_from": words("From", context: "link")
    case "related_to": words("To", context: "link")
    case "relationship_was": words("Said before")
    case "strength": words("Strength")
    case "relationship_notes": words("Notes")
    case "relationship_since": words("Since")
    case "relationship_until": words("Until")
    default: nil
    }
  }
}
