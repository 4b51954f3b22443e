import HTML
import Web

/// What stands where a list has no rows: why, and a way on.
struct EmptyState {
  let icon: String
  let title: String
  let text: String
  /// nil: there is none, or the page itself says what to do first.
  let way: Way?

  struct Way {
    let label: String
    let path: Path
  }

  init(icon: String, title: String, text: String, way: (label: String, path: Path)? = nil) {
    (self.icon, self.title, self.text) = (icon, title, text)
    self.way = way.map { Way(label: $0.label, path: $0.path) }
  }
}
