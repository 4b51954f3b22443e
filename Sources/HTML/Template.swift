/// A type that a template is the view of. The conformance is written by the template compiler, never by hand:
/// `templates/drafts/row.html` that begins with `{{! DraftRow }}` makes `DraftRow` a `Template`.
public protocol Template {
  /// Appends the view of this value.
  func render(into html: inout HTMLWriter)
}

extension Template {
  /// The whole page in the language of `words`.
  public func rendered(_ words: Words) -> [UInt8] {
    var html = HTMLWriter(words: words)
    render(into: &html)
    return html.bytes
  }
}

/// A type whose template surrounds other markup: it holds `{{> @body}}`, and others use it as
/// `{{#layout Layout title=title}}…{{/layout}}`. Also written by the template compiler.
public protocol LayoutTemplate {
  /// Appends the view of this value and calls `body` where the template says `{{> @body}}`. No buffer in between.
  func render(into html: inout HTMLWriter, body: (inout HTMLWriter) -> Void)
}
