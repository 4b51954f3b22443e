import Domain
import HTML

/// What people are told about events of a file: with what less they are taken, and why not.
struct EventFileText {
  let words: Words

  func refusal(_ refusal: EventFile.Refusal) -> String {
    switch refusal {
    case .empty: words("This file is empty.")
    case .tooLarge, .tooMany:
      words(
        "This file holds too much: at most 10 MB and 20,000 events. Nothing of it was taken. Export a part of it, such as one calendar.")
    case .notText: words("This file is not text. Send it as the other program exports it, not packed.")
    case .webPage:
      words("This is a page of the web, not a calendar. The address may ask to sign in: download the file and send that.")
    case .unknown: words("This file holds no calendar that is known here. Send an iCalendar file (.ics).")
    case .cut(let line):
      words("This file ends in its middle, after line {line}. Nothing of it was taken. Download it once more.", ["line": String(line)])
    case .tooLong:
      words("Reading this file took too long, and nothing of it was stored. Export a part of it, such as one list or one year.")
    }
  }

  func passed(line: Int) -> String {
    words("It stands in line {line} in a later telling, which counts.", ["line": String(line)])
  }

  /// Why no event is made of a line.
  func reason(_ reason: EventFile.Reason) -> String {
    switch reason {
    case .brokenOff: words("It has no end: something else begins before.")
    case .noStart: words("It does not say when it begins.")
    case .value(let name, let text): words("Nothing can be made of {field}, which says “{value}”.", ["field": name, "value": text])
    case .endsBeforeStart: words("It ends before it begins.")
    case .tooLong: words("It is longer than 366 days.")
    case .rule(let error): words("It cannot repeat like that.") + " " + EventRepeatWords.complaint(error, of: nil, words)
    case .neverComes(let parts): words("It cannot repeat like that.") + " " + EventRepeatWords.never(parts, words)
    case .exceptionRule: words("Its rule has exceptions by a rule (EXRULE), which is not known here.")
    case .tooMany(let name): words("It has more than 2,000 dates in {field}.", ["field": name])
    case .answer(let method): words("It is an answer to an invitation ({method}), and no event.", ["method": method])
    }
  }

  /// What there is to say of an event that was taken.
  func remark(_ remark: EventRemark) -> String {
    switch remark {
    case .noTitle: words("It has no title.")
    case .cut(let name): words("The end of {field} is left off: it is too long.", ["field": name])
    case .floating: words("Its time says no zone: it is taken for yours.")
    case .zoneMatched(let name, let zone):
      words("The zone “{name}” is taken for {zone}, whose clocks are the same.", ["name": name, "zone": zone.name])
    case .zoneUnknown(let name): words("The zone “{name}” is not known: it is taken for yours.", ["name": name])
    case .zoneKept(let name): words("No place has the clocks of the zone “{name}”: the time is kept in UTC.", ["name": name])
    case .furtherRules(let count):
      words.count("{n} further rule is left off: the first counts.", "{n} further rules are left off: the first counts.", count)
    case .ruleIsOver: words("Its rule ends before it begins: it takes place once.")
    case .periods: words("Its further dates have ends of their own: each is as long as the first.")
    case .range: words("A change of this and all later times is taken for this one alone.")
    case .value(let name, let text): words("Left off: {field}, which says “{value}”.", ["field": name, "value": text])
    case .alarms(let count):
      words.count("Left off: {n} alarm, for reminders are made here.", "Left off: {n} alarms, for reminders are made here.", count)
    case .attachments(let count): words.count("Left off: {n} attached file.", "Left off: {n} attached files.", count)
    case .attendees(let count):
      words.count(
        "Left off: {n} of those who are asked, for 200 are kept.", "Left off: {n} of those who are asked, for 200 are kept.", count)
    case .tags: words("Left off: tags beyond 20, with more than 40 characters, or with a comma.")
    case .metadata: words("Left off: what the other program keeps beside it, which is more than 60 kB.")
    }
  }
}

/// The same about people of a file.
struct PersonFileText {
  let words: Words

  func refusal(_ refusal: PersonFile.Refusal) -> String {
    switch refusal {
    case .empty: words("This file is empty.")
    case .tooLarge, .tooMany: words("This file holds too much: at most 25 MB and 50,000 people. Export a part of it, such as one group.")
    case .notText: words("This file is not text. Send it as the other program exports it, not packed.")
    case .unknown: words("This file holds no people that are known here. Below stands what can be imported.")
    case .tooLong:
      words("Reading this file took too long, and nothing of it was stored. Export a part of it, such as one list or one year.")
    }
  }

  /// Why nobody is made of a line, or what somebody is made without.
  func about(_ about: PersonFile.About) -> String {
    switch about {
    case .noName: words("It has no name, no company and no address.")
    case .longName: words("Its name has more than 200 characters.")
    case .broken: words("It has no end: something else begins before.")
    case .nested: words("It is a card inside of another.")
    case .cells: words("The quotation marks or columns of this line are broken.")
    case .repeated(let line): words("It stands in line {line}, which counts.", ["line": String(line)])
    case .value(let field, let value): words("Left off: {field}, which says “{value}”.", ["field": field, "value": value])
    case .secondName: words("Left off: a second name; the first counts.")
    case .pictures(let count):
      words.count("Left off: {n} picture, sound or key.", "Left off: {n} pictures, sounds or keys.", count)
    case .tags: words("Left off: tags beyond 20, with more than 40 characters, or with a comma.")
    case .addresses: words("Left off: addresses or numbers beyond 20.")
    case .longNotes: words("The end of its notes is left off: they have more than 16 kB.")
    case .longMetadata: words("Left off: what the other program keeps beside it, which is more than 60 kB.")
    case .nameOf(let text): words("It has no name: it is called “{name}”.", ["name": text])
    }
  }
}
