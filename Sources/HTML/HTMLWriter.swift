/// Builds one page as UTF-8 bytes. Whatever is not a literal of a template is escaped on the way in.
///
/// Escaping works on bytes and never on `Character`s: a scalar that clings to its neighbour (U+0600 before `<`,
/// U+0301 after `"`) would carry the special character through unseen (PITFALLS 0.1).
///
/// Appending to `[UInt8]` was chosen over `String` and over a tree of nodes: one buffer, one copy of each byte.
public struct HTMLWriter {
  var storage: [UInt8] = []

  /// The catalogue that ``word(_:)`` looks into: the language of this page.
  public let words: Words

  /// - Parameter capacity: Bytes set aside at once; a page that grows past it is moved, not cut.
  public init(words: Words, capacity: Int = 49_152) {
    self.words = words
    storage.reserveCapacity(capacity)
  }

  /// What has been written so far.
  public var bytes: [UInt8] { storage }

  /// Writes markup as it is. Only a constant of the program can be a `StaticString`, so no data comes this way.
  public mutating func literal(_ markup: StaticString) {
    markup.withUTF8Buffer { storage.append(contentsOf: $0) }
  }

  /// Writes `string` with `& < > " '` escaped: right in text, in quoted attributes, in `<title>` and `<textarea>`.
  public mutating func text(_ string: some StringProtocol) {
    let done: Void? = string.utf8.withContiguousStorageIfAvailable { escape(unchecked: $0) }
    if done == nil { escape(Array(string.utf8).span) }
  }

  /// Writes bytes that should be UTF-8, escaped as in ``text(_:)``. Malformed sequences become U+FFFD.
  public mutating func escape(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBufferPointer { escape(unchecked: $0) }
  }

  /// Writes bytes that should be UTF-8, escaped as in ``text(_:)``. Malformed sequences become U+FFFD.
  public mutating func escape(_ bytes: some Sequence<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { escape(unchecked: $0) }
    if done == nil { escape(Array(bytes).span) }
  }

  /// Writes a decimal number.
  public mutating func number(_ value: some FixedWidthInteger) {
    var rest = UInt64(truncatingIfNeeded: value.magnitude)
    var digits: InlineArray<20, UInt8> = .init(repeating: 0)
    var start = 20
    repeat {
      start &-= 1
      digits[start] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    if value < 0 { storage.append(0x2D) }
    while start < 20 {
      storage.append(digits[start])
      start &+= 1
    }
  }

  /// Writes the value of a template in text: escaped, unless it is ``SafeHTML``.
  @inlinable
  public mutating func write(_ value: some HTMLContent) {
    value.write(into: &self)
  }

  /// Writes the value of a template inside a quoted attribute, `<title>` or `<textarea>`, where markup has no place.
  @inlinable
  public mutating func attribute(_ value: some HTMLText) {
    value.write(into: &self)
  }

  /// Writes the value of `href`, `src`, `action` and the like.
  @inlinable
  public mutating func url(_ value: some URLText) {
    value.write(into: &self)
  }

  /// Writes the view of another type: `{{> row}}`.
  @inlinable
  public mutating func render(_ view: some Template) {
    view.render(into: &self)
  }

  /// Writes a fixed word of the templates in the page's language.
  ///
  /// - Parameter index: Its place in the table that the template compiler made; a foreign index writes nothing.
  public mutating func word(_ index: Int) {
    storage.append(contentsOf: words.escaped(at: index))
  }

  mutating func raw(_ bytes: [UInt8]) {
    storage.append(contentsOf: bytes)
  }
}
