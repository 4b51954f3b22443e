import CMime
import Domain

/// Takes a mail apart with GMime: which parts there are and where they stand. Heads and contents are read by us from the bytes themselves,
/// because GMime's own decoding loses letters (8-bit ones of a part that calls itself us-ascii, all behind a NUL).
public enum MailParser {
  private static let isStarted: Bool = {
    g_mime_init()
    return true
  }()

  /// - Throws: why the mail is in quarantine.
  public static func parse(_ mail: [UInt8]) throws(IncomingMail.Fault) -> MailTree {
    guard mail.count <= IncomingMail.mostBytes else { throw .tooLarge }
    let bytes = whole(mail)
    guard bytes.contains(where: { $0 > 0x20 }) else { throw .empty }
    let head = MailHead(bytes, from: 0, to: bytes.count)
    let start = head.isEmpty ? 0 : head.end
    let type = head["content-type"] ?? []
    guard type.count > 10, MailHead.isMultipart(type) else {
      // Nothing to take apart.
      let form: MailTree.Node.Form = MailHead.isMessage(type) ? .message : .leaf
      return MailTree(bytes: bytes, nodes: [MailTree.Node(form, head: 0..<start, content: start..<bytes.count, end: 1)])
    }
    guard BoundaryLines.count(bytes, from: start, type: type) <= 4 * IncomingMail.mostParts else { throw .tooManyParts }
    return MailTree(bytes: bytes, nodes: try parts(bytes, head: 0..<start, type: type))
  }

  /// - Parameter type: the value of the mail's `Content-Type`. GMime gets no more of the head than that: the rest would be half of its work.
  private static func parts(_ bytes: [UInt8], head: Range<Int>, type: ArraySlice<UInt8>) throws(IncomingMail.Fault) -> [MailTree.Node] {
    var input: [UInt8] = []
    input.reserveCapacity(bytes.count - head.count + type.count + 32)
    input += "Content-Type: ".utf8
    input += type.map { $0 == 0 ? 0x20 : $0 }
    input += [0x0A, 0x0A]
    let shift = head.upperBound - input.count
    input += bytes[head.upperBound...]
    guard isStarted, let stream = g_mime_stream_mem_new_with_buffer(input, input.count) else { throw .unreadable }
    defer { heed_mime_unref(stream) }
    guard let parser = g_mime_parser_new_with_stream(stream) else { throw .unreadable }
    defer { heed_mime_unref(parser) }
    guard let message = g_mime_parser_construct_message(parser, nil) else { throw .unreadable }
    defer { heed_mime_unref(message) }
    var walk = MailWalk(bytes, shift: shift)
    walk.visit(g_mime_message_get_mime_part(message), head: head)
    guard walk.nodes.count <= IncomingMail.mostParts else { throw .tooManyParts }
    return walk.nodes
  }

  /// SHA-256.
  public static func digest(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    guard let sum = g_checksum_new(G_CHECKSUM_SHA256) else { return [] }
    defer { g_checksum_free(sum) }
    bytes.withUnsafeBufferPointer { g_checksum_update(sum, $0.baseAddress, $0.count) }
    var length = gsize(32)
    return [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      g_checksum_get_digest(sum, buffer.baseAddress, &length)
      count = Int(length)
    }
  }

  /// Without blanks and the line of an mbox file that may stand first; lines that end with CR alone end with LF, else GMime finds no head.
  private static func whole(_ mail: [UInt8]) -> [UInt8] {
    var bytes = mail
    if let first = mail.first, first <= 0x20 { bytes.removeSubrange(0..<(mail.firstIndex { $0 > 0x20 } ?? mail.count)) }
    if bytes.starts(with: "From ".utf8), let end = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
      let isPair = bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A
      bytes.removeSubrange(0..<(end + (isPair ? 2 : 1)))
    }
    guard !bytes.contains(0x0A), bytes.contains(0x0D) else { return bytes }
    return bytes.map { $0 == 0x0D ? 0x0A : $0 }
  }
}

/// Goes through the parts that GMime found and notes their places.
private struct MailWalk {
  private(set) var nodes: [MailTree.Node] = []
  private let bytes: [UInt8]
  /// What is added to a place that GMime says.
  private let shift: Int
  /// Of the parts that are open around, outermost first.
  private var boundaries: [[UInt8]] = []

  init(_ bytes: [UInt8], shift: Int) {
    self.bytes = bytes
    self.shift = shift
  }

  /// - Parameter known: where the part's head stands; nil: where GMime found its first field.
  mutating func visit(_ part: UnsafeMutablePointer<GMimeObject>?, head known: Range<Int>? = nil) {
    guard let part, nodes.count <= IncomingMail.mostParts else { return }
    let index = nodes.count
    let head = known ?? self.head(of: part)
    let headEnd = head.upperBound
    if heed_mime_is_multipart(part) != 0 {
      let count = g_mime_multipart_get_count(heed_mime_multipart(part))
      guard count > 0 else {
        nodes.append(MailTree.Node(.leaf, head: head, content: headEnd..<end(from: headEnd), end: index + 1))
        return
      }
      nodes.append(MailTree.Node(.multipart, head: head, content: headEnd..<headEnd, end: index + 1))
      let boundary = g_mime_multipart_get_boundary(heed_mime_multipart(part)).map { [UInt8](String(cString: $0).utf8) }
      if let boundary { boundaries.append(boundary) }
      for child in 0..<count { visit(g_mime_multipart_get_part(heed_mime_multipart(part), child)) }
      if boundary != nil { boundaries.removeLast() }
      nodes[index].end = nodes.count
    } else if heed_mime_is_message_part(part) != 0 {
      nodes.append(MailTree.Node(.message, head: head, content: headEnd..<end(from: headEnd), end: index + 1))
    } else {
      nodes.append(MailTree.Node(.leaf, head: head, content: content(of: part), end: index + 1))
    }
  }

  private func head(of part: UnsafeMutablePointer<GMimeObject>) -> Range<Int> {
    let first = heed_mime_head_offset(part)
    guard first >= 0, Int(first) + shift < bytes.count else { return 0..<0 }
    let start = max(0, Int(first) + shift)
    return start..<MailHead(bytes, from: start, to: bytes.count).end
  }

  private func content(of part: UnsafeMutablePointer<GMimeObject>) -> Range<Int> {
    var (from, to): (gint64, gint64) = (0, 0)
    guard heed_mime_content_bounds(part, &from, &to) != 0 else { return 0..<0 }
    let end = to < 0 ? bytes.count : min(max(0, Int(to) + shift), bytes.count)
    return min(max(0, Int(from) + shift), end)..<end
  }

  /// Where the content that begins at `start` ends: before the next line that is a boundary of a part around it.
  private func end(from start: Int) -> Int {
    let around = boundaries.suffix(8)
    if around.isEmpty { return bytes.count }
    var line = start
    while line < bytes.count {
      if line + 2 < bytes.count, bytes[line] == 0x2D, bytes[line + 1] == 0x2D,
        around.contains(where: { bytes[(line + 2)...].starts(with: $0) })
      {
        var end = line
        if end > start, bytes[end - 1] == 0x0A { end -= 1 }
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return end
      }
      line = (bytes[line...].firstIndex(of: 0x0A) ?? bytes.count) + 1
    }
    return bytes.count
  }
}
