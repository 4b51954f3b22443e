import Domain
import HTML
import Postgres

extension Feature {
  /// What takes place at a time, once or again and again.
  static let events = Feature(
    today: { day in EventSection.today(day) },
    search: { view in
      let words = view.words
      return FoundThing.search(view, Event.subject, "found-events", words("Events"), name: words("Event"), list: Paths.calendar) {
        (id: ID<Event>) in Paths.event(id)
      }
    },
    busy: { hours, person in BusyEvents.within(hours, of: person) },
    work: { bench in EventWork(bench).kinds },
    follows: { change, web in
      // Whole days begin where the person is.
      if !change.did.contains(where: { $0.action == "settings.changed" && $0.payload.keys.contains("timezone") }) { return }
      try web.db.queue([
        "UPDATE events SET bell_at = \(web.now) WHERE user_id = (SELECT me()) AND all_day AND bell_at > \(web.now) AND deleted_at IS NULL"
      ])
    },
    takesBack: { undo, web in try EventUndo.takeBack(undo, web.deadlineWriting) },
    counts: ["event_bells"],
    chores: [
      // By each process, since each has read the zone data of its own machine; what another has done already it does not find.
      Chore("events.kept", [.start, .day, .zones], isUrgent: true) { bench, place, now in try bench.keepEvents(after: place, now) }
    ],
    sentence: { facts, words in facts.aboutEvents(words) },
    detail: { name, words in AuditFacts.eventDetail(name, words) },
    auditSubjects: [
      AuditSubject(Event.subject, "SELECT id, title FROM events WHERE id = a.subject_id AND user_id = (SELECT me()) AND deleted_at IS NULL")
      {
        Paths.event($0)
      }
    ])
}

extension AuditFacts {
  /// The sentences about events; nil for other entries.
  func aboutEvents(_ words: Words) -> String? {
    let values: KeyValuePairs = ["title": self["title"]]
    return switch action {
    case "event.made": words("Put the event “{title}” into the calendar.", values)
    case "event.changed": words("Edited the event “{title}”.", ["title": self["event"]])
    case "event.cut": words("Ended the series “{title}” where another goes on.", values)
    case "event.ended": words("Ended the series “{title}”.", values)
    case "event.left_out": words("Left “{title}” out once.", values)
    case "event.deleted": words("Deleted the event “{title}”.", values)
    case "event.restored": words("Brought back the event “{title}”.", values)
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func eventDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "event": words("Event")
    case "event_type": words("Kind")
    case "event_status": words("How sure")
    case "event_times": words("Starts")
    case "event_place": words("Place")
    case "location": words("Where, in words")
    case "virtual_url": words("Web address")
    case "visibility": words("In other calendars")
    case "busy": words("Its time is")
    case "instance": words("Instance")
    case "scope": words("What is changed")
    default: nil
    }
  }
}
