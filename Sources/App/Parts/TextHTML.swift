import Domain
import HTML
import Postgres

/// A column's bytes go into a page without becoming a string.
extension Text: HTMLText {
  public func write(into html: inout HTMLWriter) {
    withBytes { html.escape($0) }
  }
}

/// Lower-case canonical text.
extension ID: HTMLContent {
  public func write(into html: inout HTMLWriter) {
    html.uuid(high, low)
  }
}

extension ID: HTMLText {}
