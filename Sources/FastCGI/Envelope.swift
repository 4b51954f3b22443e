/// The records of one request as they arrive, checked before libfcgi sees any of them.
///
/// libfcgi 2.4.2 reads from a socket that it blocks on, and can be killed through it: a huge declared length fails an
/// assertion, 20 names in FCGI_GET_VALUES overrun 64 bytes of stack, a foreign empty record swallows the next one without
/// an error. So the bytes are collected here, without blocking, until the empty FCGI_STDIN record is there.
/// Only a sequence of exactly one request gets that far: begin, parameters, their end, body, its end. Reading the records ourselves
/// altogether would be less code, but then the library's job would be ours; this is only a gate in front of it.
struct Envelope {
  private enum Stage { case begin, parameters, body, whole }

  /// Record types of the FastCGI specification, section 8.
  private enum Kind {
    static let begin: UInt8 = 1
    static let abort: UInt8 = 2
    static let parameters: UInt8 = 4
    static let body: UInt8 = 5
  }

  private struct Header {
    static let size = 8
    let kind: UInt8
    let request: UInt16
    let length: Int
    let padding: Int
    var total: Int { Header.size + length + padding }
  }

  /// Everything received and kept; when ``isWhole``, a complete request (what may follow it is ignored).
  private(set) var bytes: [UInt8] = []
  /// The content of the parameter records, joined.
  private(set) var parameters: [UInt8] = []
  /// Bytes of body received, kept or not.
  private(set) var bodyLength = 0
  /// The body was over the limit and has been thrown away.
  private(set) var isOversized = false

  private var stage = Stage.begin
  private var request: UInt16 = 0
  private var position = 0
  private var bodyStart = 0

  var isWhole: Bool { stage == .whole }

  /// Takes what a read gave. Complexity: each byte is looked at once.
  mutating func append(_ chunk: some Collection<UInt8>, _ limits: Limits) throws(ProtocolFault) {
    bytes.append(contentsOf: chunk)
    while stage != .whole, let header = try nextHeader(limits), bytes.count - position >= header.total {
      take(header, limits)
    }
    if bytes.count > 2 * (parameters.count + min(bodyLength, limits.bodyBytes)) + 0x20000 { throw .overhead }
  }

  /// The header at `position`, checked; nil while it has not arrived.
  private func nextHeader(_ limits: Limits) throws(ProtocolFault) -> Header? {
    guard bytes.count - position >= Header.size else { return nil }
    if bytes[position] != 1 { throw .version }
    let header = Header(
      kind: bytes[position + 1],
      request: UInt16(bytes[position + 2]) << 8 | UInt16(bytes[position + 3]),
      length: Int(bytes[position + 4]) << 8 | Int(bytes[position + 5]),
      padding: Int(bytes[position + 6]))
    if header.request == 0 { throw .management }
    if stage == .begin {
      try checkBegin(header)
    } else {
      try check(header, limits)
    }
    return header
  }

  private func checkBegin(_ header: Header) throws(ProtocolFault) {
    guard header.kind == Kind.begin, header.length == 8 else { throw .begin }
    // The content begins with the role, 1 for a responder.
    guard bytes.count - position >= Header.size + 2 else { return }
    guard bytes[position + Header.size] == 0, bytes[position + Header.size + 1] == 1 else { throw .begin }
  }

  private func check(_ header: Header, _ limits: Limits) throws(ProtocolFault) {
    if header.request != request { throw .foreignRequest }
    switch header.kind {
    case Kind.abort: throw .aborted
    case Kind.parameters where stage == .parameters:
      if parameters.count + header.length > limits.parameterBytes { throw .parameters }
    case Kind.body where stage == .body:
      if bodyLength > 4 * limits.bodyBytes + 0x100000 { throw .body }
    default: throw .type
    }
  }

  /// Moves past a record that is there as a whole.
  private mutating func take(_ header: Header, _ limits: Limits) {
    let content = position + Header.size
    var end = position + header.total
    if header.padding > 0, stage == .begin || (stage == .parameters && header.length == 0) {
      // Where libfcgi turns to another kind of record it forgets what padding is left, and would read that as the next header.
      bytes.removeSubrange(content + header.length..<end)
      bytes[position + 6] = 0
      end = content + header.length
    }
    switch stage {
    case .begin:
      request = header.request
      stage = .parameters
    case .parameters:
      parameters.append(contentsOf: bytes[content..<content + header.length])
      if header.length == 0 { stage = .body }
    case .body where header.length == 0: stage = .whole
    case .body:
      if bodyStart == 0 { bodyStart = position }
      bodyLength += header.length
      if bodyLength > limits.bodyBytes {
        // What is left is a request with an empty body: good enough to be answered.
        isOversized = true
        bytes.removeSubrange(bodyStart..<end)
        position = bodyStart
        return
      }
    case .whole: return
    }
    position = end
  }

  /// Lets go of the bytes, which by then are in libfcgi's hands.
  mutating func clear() {
    bytes = []
    parameters = []
  }
}
