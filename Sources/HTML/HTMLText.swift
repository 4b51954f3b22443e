/// What `{{value}}` accepts in text. Values that hold markup (``SafeHTML``) conform to this one alone.
public protocol HTMLContent {
  /// Appends the value. Everything that comes from outside goes through ``HTMLWriter/text(_:)`` or ``HTMLWriter/escape(_:)-(Span<UInt8>)``.
  func write(into html: inout HTMLWriter)
}

/// What `{{value}}` accepts everywhere: in text, in quoted attributes, in `<title>` and `<textarea>`. Never holds markup.
public protocol HTMLText: HTMLContent {}

/// What `href`, `src`, `action` and `formaction` accept: ``Path`` and ``SafeURL``, whose values cannot be a script or
/// leave the site unseen. A further conformance must keep that promise.
public protocol URLText: HTMLText {}

extension String: HTMLText {
  public func write(into html: inout HTMLWriter) { html.text(self) }
}

extension Substring: HTMLText {
  public func write(into html: inout HTMLWriter) { html.text(self) }
}

extension Int: HTMLText {
  public func write(into html: inout HTMLWriter) { html.number(self) }
}

extension Int64: HTMLText {
  public func write(into html: inout HTMLWriter) { html.number(self) }
}

/// Nothing when nil.
extension Optional: HTMLContent where Wrapped: HTMLContent {
  public func write(into html: inout HTMLWriter) { self?.write(into: &html) }
}

extension Optional: HTMLText where Wrapped: HTMLText {}

/// Markup that is known to be harmless. Only ``Markdown`` makes it; there is no way from a string.
public struct SafeHTML: HTMLContent, Sendable, Hashable {
  /// UTF-8, whole elements.
  public let bytes: [UInt8]

  init(trusted bytes: [UInt8]) {
    self.bytes = bytes
  }

  public func write(into html: inout HTMLWriter) {
    bytes.withUnsafeBufferPointer { html.raw($0) }
  }
}
