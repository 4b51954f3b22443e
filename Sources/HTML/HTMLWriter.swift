/// Builds one page as UTF-8 bytes. Whatever is not a literal of a template is escaped on the way in.
///
/// Escaping works on bytes and never on `Character`s: a scalar that clings to its neighbour (U+0600 before `<`,
/// U+0301 after `"`) would carry the special character through unseen.
///
/// One buffer of its own, not copyable: appending to an `[UInt8]` took twice as long on a page of 50 rows, most of it in
/// asking whether the array is shared. The buffer stays in here; ``bytes`` copies it once, at the end.
public struct HTMLWriter: ~Copyable {
  @usableFromInline var start: UnsafeMutablePointer<UInt8>
  @usableFromInline var count = 0
  @usableFromInline var capacity: Int
  /// What `{{#once}}` has rendered on this page, and where it stands.
  var kept: [Once.Piece] = []

  /// The catalogue that ``word(_:)`` looks into: the language of this page.
  public let words: Words

  /// - Parameter capacity: Bytes set aside at once; a page that grows past it is moved, not cut.
  public init(words: Words, capacity: Int = 110_000) {
    self.words = words
    self.capacity = max(capacity, 64)
    start = .allocate(capacity: self.capacity)
  }

  deinit { start.deallocate() }

  /// What has been written so far, copied.
  ///
  /// Not `Array(UnsafeBufferPointer…)`, which goes byte by byte.
  public var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { copy, copied in
      copy.baseAddress?.update(from: start, count: count)
      copied = count
    }
  }

  /// Writes markup as it is. Only a constant of the program can be a `StaticString`, so no data comes this way.
  ///
  /// Always inlined: with its length known to the compiler a short literal is a few moves, and a row of a list has forty of them.
  @inlinable @inline(__always)
  public mutating func literal(_ markup: StaticString) {
    if markup.hasPointerRepresentation {
      append(markup.utf8Start, markup.utf8CodeUnitCount)
    } else {
      markup.withUTF8Buffer { raw($0) }
    }
  }

  /// Writes `string` with `& < > " '` escaped: right in text, in quoted attributes, in `<title>` and `<textarea>`.
  public mutating func text(_ string: some StringProtocol) {
    if string.utf8.withContiguousStorageIfAvailable({ escape(unchecked: $0) }) == nil { escape(Array(string.utf8)) }
  }

  /// Writes a constant that is no markup, escaped as in ``text(_:)``.
  mutating func constant(_ text: StaticString) {
    text.withUTF8Buffer { escape(unchecked: $0) }
  }

  /// Writes bytes that should be UTF-8, escaped as in ``text(_:)``. Malformed sequences become U+FFFD.
  public mutating func escape(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBufferPointer { escape(unchecked: $0) }
  }

  /// Writes bytes that should be UTF-8, escaped as in ``text(_:)``. Malformed sequences become U+FFFD.
  public mutating func escape(_ bytes: some Sequence<UInt8>) {
    if bytes.withContiguousStorageIfAvailable({ escape(unchecked: $0) }) == nil { escape(Array(bytes).span) }
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
    let length = words.length(of: index)
    if length == 0 { return }
    reserve(length)
    // Straight to its place: handing the bytes on through a method of self would have the catalogue retained, 14 ns a word.
    words.copy(index, length: length, to: start + count)
    count &+= length
  }

  @usableFromInline mutating func raw(_ bytes: UnsafeBufferPointer<UInt8>) {
    if let first = bytes.baseAddress { append(first, bytes.count) }
  }

  @inlinable @inline(__always)
  mutating func append(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
    reserve(length)
    (start + count).update(from: bytes, count: length)
    count &+= length
  }

  /// Makes room for `length` more bytes.
  @inlinable @inline(__always)
  mutating func reserve(_ length: Int) {
    if capacity &- count < length { grow(length) }
  }

  @inline(never)
  @usableFromInline mutating func grow(_ length: Int) {
    capacity = max(capacity * 2, count + length)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }
}
