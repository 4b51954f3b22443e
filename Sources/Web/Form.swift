import Domain

/// The fields of a posted form or of a query, in the order they came. A field may come more than once: `first` reads the first,
/// as PHP-like servers would read the last; every reader here goes through these two functions, so all agree.
public struct Form: Sendable {
  /// What a field holds: text, or bytes that are not text (bad UTF-8, NUL), which every reader refuses.
  public enum Value: Equatable, Sendable {
    case text(String)
    case unreadable
  }

  private let fields: [(name: String, value: Value)]
  private var files: [(name: String, file: SentFile)] = []
  /// Whether all that was sent was read: false beyond ``mostFields``, and for a form with files that breaks off.
  public private(set) var isWhole = true

  /// At most this many fields are read; a form of ours has fewer, but for a bulk action on a page of rows, and five for each of 500 imported habits.
  public static let mostFields = 3_000

  /// An empty form.
  public init() { fields = [] }

  /// For tests and for prefilled pages.
  public init(_ fields: [(String, String)]) { self.fields = fields.map { ($0.0, .text($0.1)) } }

  /// Reads `application/x-www-form-urlencoded` (WHATWG URL, section 5.1). Fields whose name is not valid UTF-8 are dropped: no form of ours has one.
  public init(urlEncoded body: [UInt8]) {
    var read: [(name: String, value: Value)] = []
    var rest = body[...]
    while read.count < Form.mostFields, !rest.isEmpty {
      let pair = rest.prefix { $0 != UInt8(ascii: "&") }
      rest = rest.dropFirst(pair.count + 1)
      if pair.isEmpty { continue }
      let mark = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      guard let name = Bytes.validText(ASCII.percentDecoded(pair[..<mark], plusIsBlank: true)) else { continue }
      let bytes = mark < pair.endIndex ? ASCII.percentDecoded(pair[(mark + 1)...], plusIsBlank: true) : []
      read.append((name, Form.value(bytes)))
    }
    fields = read
    isWhole = rest.isEmpty
  }

  /// Reads `multipart/form-data`. A field with a file has no text, a body that is no such form no fields.
  ///
  /// - Parameter type: the value of `Content-Type`.
  public init(multipart body: [UInt8], type: [UInt8]) {
    let form = Multipart(body, type: type)
    let parts = form?.parts ?? []
    fields = parts.filter { $0.file == nil }.map { ($0.field, Form.value(Array($0.bytes))) }
    files = parts.compactMap { part in part.file.map { (part.field, SentFile(name: $0, bytes: Array(part.bytes))) } }
    isWhole = form != nil
  }

  private static func value(_ bytes: [UInt8]) -> Value {
    guard !bytes.contains(0), let text = Bytes.validText(bytes) else { return .unreadable }
    return .text(text)
  }

  /// The first value of a field; nil when it was not sent.
  public func first(_ name: String) -> Value? {
    // By bytes: `==` on String would take canonically equivalent names for the same.
    fields.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
  }

  /// The first value of a field that is not an empty text; nil when there is none.
  public func firstFilled(_ name: String) -> Value? {
    fields.first { $0.name.utf8.elementsEqual(name.utf8) && $0.value != .text("") }?.value
  }

  /// The first value of a field as text; nil when it was not sent or cannot be read.
  public func text(_ name: String) -> String? {
    if case .text(let text)? = first(name) { text } else { nil }
  }

  /// The first file of a field; nil when none was chosen: browsers then send one without a name and without bytes.
  public func file(_ name: String) -> SentFile? {
    files.first { $0.name.utf8.elementsEqual(name.utf8) && !($0.file.name.isEmpty && $0.file.bytes.isEmpty) }?.file
  }

  /// All files of a field, in their order.
  public func files(_ name: String) -> [SentFile] {
    files.filter { $0.name.utf8.elementsEqual(name.utf8) && !($0.file.name.isEmpty && $0.file.bytes.isEmpty) }.map(\.file)
  }

  /// All fields in their order; nil when one of them cannot be read, or not all were.
  public var pairs: [(name: String, text: String)]? {
    var pairs: [(name: String, text: String)] = []
    for field in fields {
      guard isWhole, case .text(let text) = field.value else { return nil }
      pairs.append((field.name, text))
    }
    return pairs
  }

  /// All values of a field that may be sent many times.
  public func all(_ name: String) -> [Value] {
    fields.filter { $0.name.utf8.elementsEqual(name.utf8) }.map(\.value)
  }
}
