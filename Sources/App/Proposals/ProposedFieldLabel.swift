import HTML

extension ProposedFieldText {
  /// What a field is called, as on the form of its kind; nil: that form has no such field, so it does nothing.
  func label(_ name: String) -> String? {
    switch name {
    case "title": kind == .person ? words("What they do there") : words("Title")
    case "name": words("Name")
    case "notes", "description": words("Notes")
    case "tags": words("Tags")
    case "private": words("Private")
    case "importance": words("Importance")
    case "profile": words("Profile")
    case "remind": words("Remind me")
    case "timezone": words("Time zone")
    case "type": kind == .link ? words("Link") : words("Kind")
    case "until": words("Until")
    case "since": words("Since")
    case "reason": words("Reason")
    case "date": words("Date")
    case "from": words("From", context: "link")
    case "to": words("To", context: "link")
    case "status": kind == .event ? words("How sure") : words("Status")
    default: ofKind(name) ?? ofSeries(name)
    }
  }

  private func ofKind(_ name: String) -> String? {
    switch kind {
    case .task: ofTask(name)
    case .deadline, .goal, .problem: ofPlan(name)
    case .reminder: ofReminder(name)
    case .habit: ofHabit(name)
    case .person: ofPerson(name)
    case .place: ofPlace(name)
    case .event: ofEvent(name)
    case .relationship, .link: ofRelationship(name)
    }
  }

  private func ofTask(_ name: String) -> String? {
    switch name {
    case "due": words("Due")
    case "priority": words("Priority")
    case "impact": words("Impact")
    case "estimate": words("Estimate")
    case "actual": words("Time spent")
    case "deferred_until": words("Deferred until")
    case "assignee": words("Who does it")
    case "goal": words("Supports the goal")
    case "parent": words("Is a part of")
    case "repeat_from": words("The next one counts from")
    default: nil
    }
  }

  private func ofPlan(_ name: String) -> String? {
    switch name {
    case "due": words("Due")
    case "consequences": words("What if it is missed?")
    case "task": words("Completed by the task")
    case "event": words("Belongs to the event")
    case "category": words("Category")
    case "deadline": words("Deadline")
    case "horizon": words("Horizon")
    case "severity": words("Severity")
    default: nil
    }
  }

  private func ofReminder(_ name: String) -> String? {
    switch name {
    case "schedule": words("When")
    case "at": words("Date and time")
    case "every_minutes": words("Minutes between")
    case "exclude_dates": words("Not on these dates")
    case "exclude_weekends": words("Not on Saturdays and Sundays")
    case "criteria": words("Completed")
    case "repeat_from": words("First day")
    default: nil
    }
  }

  private func ofHabit(_ name: String) -> String? {
    switch name {
    case "frequency": words("How often")
    case "day": words("On these days")
    case "times_per_week": words("Times a week")
    case "times_per_month": words("Times a month")
    case "kind": words("What you write down")
    case "unit": words("Unit")
    case "target": words("Target")
    case "direction": words("Kept with")
    case "period": words("The target is for")
    case "step": words("One press adds")
    case "preferred_time": words("Preferred time")
    case "reminder": words("Remind me at this time, while it asks for something")
    case "group": words("Group")
    case "goal": words("Goals it serves")
    case "colour": words("Colour")
    default: nil
    }
  }

  private func ofPerson(_ name: String) -> String? {
    switch name {
    case "email": words("E-mail address")
    case "phone": words("Phone")
    case "more_emails": words("More e-mail addresses")
    case "more_phones": words("More telephone numbers")
    case "birthday": words("Birthday")
    case "stay_in_touch": words("Stay in touch")
    case "stay_events": words("Events with them")
    case "company": words("Company")
    default: nil
    }
  }

  private func ofPlace(_ name: String) -> String? {
    switch name {
    case "address": words("Street and number")
    case "city": words("City")
    case "state": words("State or region")
    case "country": words("Country")
    case "latitude": words("Latitude")
    case "longitude": words("Longitude")
    default: nil
    }
  }

  private func ofEvent(_ name: String) -> String? {
    switch name {
    case "starts": words("Starts")
    case "ends": words("Ends")
    case "all_day": words("All day")
    case "ends_timezone": words("Time zone of the end")
    case "place": words("Place")
    case "location": words("Where, in words")
    case "virtual_url": words("Web address")
    case "exdates": words("Left out")
    case "rdates": words("Besides")
    case "busy": words("Its time is")
    case "visibility": words("In other calendars")
    default: nil
    }
  }

  private func ofRelationship(_ name: String) -> String? {
    switch name {
    case "relationship": words("What is between them?")
    case "reverse": words("Seen from the other end")
    case "two_way": words("These words hold both ways")
    case "strength": words("Strength")
    default: nil
    }
  }

  private func ofSeries(_ name: String) -> String? {
    switch name {
    case "repeat", "cron": words("How it repeats")
    case "repeat_every": words("Every so many")
    case "repeat_days": words("On these days")
    case "repeat_on": words("On this day")
    case "repeat_date": words("Month and day")
    case "repeat_at": words("At these times")
    case "repeat_until": words("Last day")
    case "repeat_times": words("Number of times")
    default: nil
    }
  }
}
