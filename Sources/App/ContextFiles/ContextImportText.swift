import Domain
import HTML

/// What people are told about files of people and events.
struct ContextImportText {
  let words: Words

  func refusal(_ refusal: ContextFile.Refusal) -> String {
    switch refusal {
    case .people(let refusal): PersonFileText(words: words).refusal(refusal)
    case .events(let refusal): EventFileText(words: words).refusal(refusal)
    }
  }

  func outcome(_ outcome: ContextImport.Outcome) -> String {
    switch outcome {
    case .new: words("New", context: "import")
    case .same: words("There already", context: "import")
    case .known: words("There otherwise: stays as it is", context: "import")
    case .updated: words("Updated", context: "import")
    case .trashed: words("In the trash", context: "import")
    case .restored: words("Brought back", context: "import")
    case .refused: words("Not taken", context: "import")
    }
  }

  /// What there is to say of an entry beside what becomes of it; nil: nothing.
  func about(_ found: ContextPlan.Found) -> String? {
    switch found {
    case .new, .equal, .trashed: nil
    case .touched(let names): kept(names)
    case .changed(let names): names.isEmpty ? nil : kept(names)
    case .older: words("A later telling of it is here.")
    case .own: words("It was written from here, and is otherwise by now.")
    case .taken(let name): words("{name} has this address.", ["name": name])
    }
  }

  /// What somebody changed by hand, and what no file changes therefore.
  func kept(_ names: [String]) -> String {
    words("Kept as you changed it: {fields}.", ["fields": names.map(field).joined(separator: ", ")])
  }

  private func field(_ name: String) -> String {
    switch name {
    case "name": words("Name")
    case "emails": words("E-mail addresses")
    case "phones": words("Phone numbers")
    case "type": words("Kind")
    case "importance": words("Importance")
    case "company": words("Company")
    case "notes": words("Notes")
    case "birthday": words("Birthday")
    case "stay_in_touch": words("Stay in touch")
    case "tags": words("Tags")
    case "private": words("Private")
    case "title": words("Title")
    case "description": words("Description")
    case "status": words("How sure")
    case "visibility": words("In other calendars")
    case "busy": words("Its time is")
    case "location": words("Where, in words")
    case "virtual_url": words("Web address")
    case "times": words("When it is")
    case "rule": words("How it repeats")
    case "dates": words("Dates besides and without")
    case "changes": words("Changed instances")
    default: name
    }
  }

  func name(_ kind: ContextImport.Kind) -> String {
    switch kind {
    case .vcf: words("vCard (.vcf)")
    case .csv: words("Table (CSV)")
    case .ics: words("iCalendar (.ics)")
    }
  }

  func title(_ noun: ContextImport.Noun) -> String {
    switch noun {
    case .people: words("Import people")
    case .events: words("Import events")
    }
  }

  /// What was taken back, and what stayed, by name.
  func undone(_ count: Int, kept: Int, _ names: [String]) -> String {
    let first =
      count == 0
      ? words("Nothing was taken back: all of it was changed since.")
      : words.count("{n} entry is as it was before.", "{n} entries are as they were before.", count)
    if kept == 0 { return first }
    let stayed = words.count("{n} was changed since and stays", "{n} were changed since and stay", kept)
    return first + " " + stayed + (names.isEmpty ? "." : ": " + names.joined(separator: ", ") + (names.count < kept ? " …" : "."))
  }
}
