import Domain
import Web

/// How long a new key works.
enum APIKeyLife: String, CaseIterable {
  case month = "30"
  case quarter = "90"
  case year = "365"
  case never

  /// nil: without end.
  private var days: Int64? {
    switch self {
    case .month: 30
    case .quarter: 90
    case .year: 365
    case .never: nil
    }
  }

  func end(from now: Instant) -> Instant? { days.map { now.advanced(days: $0) } }
}

/// The form of a new key as it was posted; its password is read by ``Passwords``.
struct APIKeyDraft {
  let name: String
  /// As they are stored.
  let scopes: [String]
  let life: APIKeyLife

  /// Complaints stay with the reader.
  init(_ read: inout FormReader) {
    name = read.line("name", 1...200)
    let sent = read.form.all("scope")
    scopes = APIScope.allCases.map(\.rawValue).filter { sent.contains(.text($0)) }
    let isKnown = sent.allSatisfy { value in
      if case .text(let text) = value { text.utf8.isEmpty || APIScope(rawValue: text) != nil } else { false }
    }
    if !isKnown {
      read.complain("scope", read.words("Choose one of the values offered."))
    } else if scopes.isEmpty {
      read.complain("scope", read.words("Choose at least one."))
    }
    life = read.choice("expires", .quarter)
  }
}
