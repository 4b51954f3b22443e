import HTML
import Web

/// The field of the inbox on the pages of the planner.
///
/// It is the same until something changes (``Person/entries``), so that a list can be answered 304: the same words from the same page are one press.
struct CaptureBar {
  let action = Paths.inbox
  let hearing = Paths.inboxHearing
  let secret: CSRFField
  let seen: String
  /// The page that it stands on.
  let next: String

  /// - Returns: nil for places that are not the planner's, and the inbox, which has the field itself.
  init?(_ place: NavSection?, _ secret: CSRFField, _ person: Person, _ request: Request) {
    guard let place, place.group == .planner, place.path.text != Paths.inbox.text else { return nil }
    self.secret = secret
    (seen, next) = (String(person.entries), String(decoding: request.target, as: UTF8.self))
  }
}
