import Domain
import Postgres

/// What an event says besides when it is, or one of its instances.
struct EventContent {
  var title: String
  /// Markdown.
  var description = ""
  var type = EventType.meeting
  var status = EventStatus.confirmed
  var visibility = EventVisibility.private
  var busy = true
  /// 1 to 10.
  var importance = 5
  var location = ""
  var place: ID<Place>?
  /// Empty, or a web address.
  var virtualURL = ""

  init(title: String) { self.title = title }

  init(_ event: Event) {
    title = event.title
    (description, type, status, visibility) = (event.description, event.type, event.status, event.visibility)
    (busy, importance, location, place) = (event.busy, event.importance, event.location, event.place)
    virtualURL = event.virtualURL
  }

  /// As one of its instances has it.
  func with(_ own: OverrideContent?) -> EventContent {
    guard let own else { return self }
    var content = self
    content.title = own.title ?? title
    content.description = own.description ?? description
    content.type = own.type ?? type
    content.status = own.status ?? status
    content.visibility = own.visibility ?? visibility
    content.busy = own.busy ?? busy
    content.importance = own.importance ?? importance
    content.location = own.location ?? location
    content.place = own.hasNoPlace ? nil : own.place ?? place
    content.virtualURL = own.virtualURL ?? virtualURL
    return content
  }

  /// What this one says otherwise than another.
  func difference(from other: EventContent) -> OverrideContent {
    var own = OverrideContent()
    own.title = title.utf8.elementsEqual(other.title.utf8) ? nil : title
    own.description = description.utf8.elementsEqual(other.description.utf8) ? nil : description
    own.type = type == other.type ? nil : type
    own.status = status == other.status ? nil : status
    own.visibility = visibility == other.visibility ? nil : visibility
    own.busy = busy == other.busy ? nil : busy
    own.importance = importance == other.importance ? nil : importance
    own.location = location.utf8.elementsEqual(other.location.utf8) ? nil : location
    own.place = place == other.place ? nil : place
    own.hasNoPlace = place == nil && other.place != nil
    own.virtualURL = virtualURL.utf8.elementsEqual(other.virtualURL.utf8) ? nil : virtualURL
    return own
  }

  /// What a form changed of an instance, for the whole series: what it left as it was shown stays as the series has it.
  func changes(from shown: EventContent, onto series: EventContent) -> EventContent {
    series.with(difference(from: shown))
  }
}

extension OverrideContent {
  /// Whether it says nothing.
  var isEmpty: Bool { isSame(as: OverrideContent()) }

  /// Whether it says the same, since whenever it is called off.
  func isSame(as other: OverrideContent) -> Bool {
    var (left, right) = (self, other)
    (left.cancelledAt, right.cancelledAt) = (nil, nil)
    return left == right
  }

  /// Without what the whole series says from now on.
  func without(_ changed: OverrideContent) -> OverrideContent {
    var content = self
    if changed.title != nil { content.title = nil }
    if changed.description != nil { content.description = nil }
    if changed.type != nil { content.type = nil }
    if changed.status != nil { content.status = nil }
    if changed.visibility != nil { content.visibility = nil }
    if changed.busy != nil { content.busy = nil }
    if changed.importance != nil { content.importance = nil }
    if changed.location != nil { content.location = nil }
    if changed.place != nil || changed.hasNoPlace { (content.place, content.hasNoPlace) = (nil, false) }
    if changed.virtualURL != nil { content.virtualURL = nil }
    return content
  }
}

/// When an event's reminder rings.
struct EventRemind {
  /// nil: not at all.
  var offset: DeadlineReminder.Offset?
  /// As typed.
  var words = ""
  /// nil: the one that goes with the importance.
  var profile: ID<EscalationProfile>?

  init() {}

  init(_ event: Event) { (offset, words, profile) = (event.rings, event.remindWords, event.profile) }

  func isSame(as other: EventRemind) -> Bool {
    offset == other.offset && words.utf8.elementsEqual(other.words.utf8) && profile == other.profile
  }
}
