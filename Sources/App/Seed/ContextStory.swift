import Domain

/// Whom somebody of the demo knows, where they go and what takes place: in days from today, so that it reads the same whenever the demo is made.
struct ContextStory {
  let people: [Somebody]
  let places: [Spot]
  let events: [Happening]
  let ties: [Tie]
  /// Who is one with whom.
  let twice: [(name: String, other: String)]

  struct Somebody {
    let name: String
    let type: PersonType
    var email = ""
    var phone = ""
    var company = ""
    var title = ""
    var importance = 5
    /// Days until the next birthday, and how old they become; 0: nobody knows.
    var birthday: (ahead: Int, age: Int)?
    /// "every 3 weeks".
    var stay = ""
    /// When they were met or spoken to, in days before today, and about what.
    var met: [(ago: Int, words: String)] = []
    var tags = ""
    var notes = ""

    init(
      _ name: String, _ type: PersonType, email: String = "", phone: String = "", company: String = "", title: String = "",
      importance: Int = 5, birthday: (ahead: Int, age: Int)? = nil, stay: String = "", met: [(ago: Int, words: String)] = [],
      tags: String = "", notes: String = ""
    ) {
      (self.name, self.type, self.email, self.phone, self.company) = (name, type, email, phone, company)
      (self.title, self.importance, self.birthday, self.stay) = (title, importance, birthday, stay)
      (self.met, self.tags, self.notes) = (met, tags, notes)
    }
  }

  struct Spot {
    let name: String
    let type: String
    var address = ""
    var city = "São Paulo"
    var latitude = ""
    var longitude = ""
    var notes = ""

    init(
      _ name: String, _ type: String, address: String = "", city: String = "São Paulo", latitude: String = "", longitude: String = "",
      notes: String = ""
    ) {
      (self.name, self.type, self.address, self.city) = (name, type, address, city)
      (self.latitude, self.longitude, self.notes) = (latitude, longitude, notes)
    }
  }

  struct Happening {
    let title: String
    /// Days ahead, or behind.
    let day: Int
    /// "09:30"; empty: all day.
    var at = ""
    /// "1h30"; of one that takes all day how many days it lasts.
    var lasts = ""
    var type = "meeting"
    var status = "confirmed"
    /// As a calendar file says it.
    var rule = ""
    var place: String?
    var remind = ""
    var description = ""
    /// Whether the next of the series is two hours later than it would be.
    var isMoved = false

    init(
      _ title: String, day: Int, at: String = "", lasts: String = "", type: String = "meeting", status: String = "confirmed",
      rule: String = "", place: String? = nil, remind: String = "", description: String = "", isMoved: Bool = false
    ) {
      (self.title, self.day, self.at, self.lasts, self.type) = (title, day, at, lasts, type)
      (self.status, self.rule, self.place, self.remind) = (status, rule, place, remind)
      (self.description, self.isMoved) = (description, isMoved)
    }
  }

  struct Tie {
    let from: String
    /// A word of the list, or words of one's own.
    let word: String
    let to: String
    var strength = 5
    var reverse = ""
    /// Whether it was over a month ago.
    var isOver = false

    init(_ from: String, _ word: String, _ to: String, _ strength: Int = 5, reverse: String = "", isOver: Bool = false) {
      (self.from, self.word, self.to, self.strength) = (from, word, to, strength)
      (self.reverse, self.isOver) = (reverse, isOver)
    }
  }
}
