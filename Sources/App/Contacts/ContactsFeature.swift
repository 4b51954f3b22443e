import Domain
import HTML
import Postgres

extension NavSection {
  static let contacts = NavSection(
    group: .settings, path: Paths.contacts, label: { words in words("Contacts") }, icon: "contacts", key: "k")
}

extension Feature {
  /// People who are told when somebody does not answer.
  static let contacts = Feature(
    section: .contacts,
    search: { view in
      let words = view.words
      return FoundThing.search(
        view, Contact.subject, "contacts", words("Contacts"), name: words("Contact"), list: Paths.contacts
      ) { (id: ID<Contact>) in Paths.editContact(id) }
    },
    work: { bench in [OutboxWork(.contactMails, bench).kind("contacts", share: .half)] },
    counts: ["contacts"],
    retention: [
      // Timelines name them as long as those are kept.
      Retention("contacts.deleted", days: 90) { before in
        "DELETE FROM contacts WHERE id IN (SELECT id FROM contacts WHERE deleted_at < \(before) LIMIT \(Chore.slice))"
      },
      Retention("contact_mails", days: 30) { before in
        "DELETE FROM contact_mails WHERE id IN (SELECT id FROM contact_mails WHERE expires_at < \(before) LIMIT \(Chore.slice))"
      },
    ],
    sentence: { facts, words in facts.aboutContacts(words) },
    detail: { name, words in AuditFacts.contactDetail(name, words) },
    auditSubjects: [
      AuditSubject(
        Contact.subject, "SELECT id, name AS title FROM contacts WHERE id = a.subject_id AND user_id = (SELECT me()) AND deleted_at IS NULL"
      ) { Paths.editContact($0) }
    ],
    demo: { stage in try ContactsDemo.make(stage) })
}

extension AuditFacts {
  /// The sentences about contacts; nil for other entries.
  func aboutContacts(_ words: Words) -> String? {
    let values: KeyValuePairs = ["name": self["name"], "email": self["email"]]
    return switch action {
    case "contact.made": words("Made {name} a contact.", values)
    case "contact.changed": words("Edited the contact {name}.", ["name": self["who"]])
    case "contact.asked": words("Sent {name} the letter again.", values)
    case "contact.code_asked": words("Sent {name} a code by SMS.", values)
    case "contact.phone_verified": words("Verified the phone of {name}.", values)
    case "contact.sms_stopped": words("STOP came from the phone of {name}: no more SMS go there.", values)
    case "contact.sms_resumed": words("START came from the phone of {name}: SMS go there again.", values)
    case "contact.deleted": words("Deleted the contact {name}.", values)
    case "contact.restored": words("Brought back the contact {name}.", values)
    case "contact.agreed": words("{email} agreed to be a contact.", values)
    case "contact.stopped": words("{email} asked for no more mails as a contact.", values)
    case "contact.resumed": words("{email} takes mails as a contact again.", values)
    case "contact.refused": words("{email} refused mails twice: nothing more is sent there.", values)
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func contactDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "contact", "who": words("Contact")
    case "phone": words("Phone")
    case "relationship": words("Relationship")
    case "notify_email": words("Told by e-mail")
    case "notify_sms": words("Told by SMS")
    case "shows_notes": words("Reads the notes")
    default: nil
    }
  }
}
