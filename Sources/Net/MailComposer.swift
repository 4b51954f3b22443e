import CMime
import Domain

/// Builds a message with GMime. Everything GMime could do differently from one run to the next is given: boundary, date, id.
enum MailComposer {
  private static let isStarted: Bool = {
    g_mime_init()
    return true
  }()

  static func compose(_ mail: Mail) throws(NetError) -> [UInt8] {
    let plain = try mail.plainHeaders()
    guard isStarted, let message = g_mime_message_new(1) else { throw .unavailable }
    defer { heed_mime_unref(message) }
    if let date = g_date_time_new_from_unix_utc(Int(mail.date.seconds)) {
      g_mime_message_set_date(message, date)
      g_date_time_unref(date)
    }
    g_mime_message_set_message_id(message, mail.messageID.text)
    let people = [("From", [mail.from]), ("To", mail.to), ("Cc", mail.cc), ("Reply-To", mail.replyTo.map { [$0] } ?? [])]
      .filter { !$0.1.isEmpty }.map { HeaderField($0.0, MailWords.mailboxes($0.1)) }
    for header in people + [HeaderField("Subject", MailWords.phrase(mail.subject))] + plain {
      append(header.name, MailWords.folded(header), to: heed_mime_object(message))
    }
    let part = whole(mail)
    g_mime_message_set_mime_part(message, part)
    heed_mime_unref(part)
    return written(heed_mime_object(message))
  }

  /// Written as it stands but for folding. GMime 3.2 would turn a long address of `List-Unsubscribe` into encoded words, where they may
  /// not be (RFC 2047, 5), and in texts it makes them of up to 150 characters where 75 are allowed (RFC 2047, 2; measured).
  private static func append(_ name: String, _ value: String, to object: UnsafeMutablePointer<GMimeObject>?) {
    g_mime_object_append_header(object, name, "", nil)
    let list = g_mime_object_get_header_list(object)
    g_mime_header_set_raw_value(g_mime_header_list_get_header_at(list, g_mime_header_list_get_count(list) - 1), value)
  }

  /// What people wrote, and the files after it. The caller owns the result.
  private static func whole(_ mail: Mail) -> UnsafeMutablePointer<GMimeObject>? {
    let text = content(mail)
    guard !mail.attachments.isEmpty, let mixed = g_mime_multipart_new_with_subtype("mixed") else { return text }
    // As for the alternatives: neither Base64 nor quoted-printable holds "=_". None of the two begins with the other.
    g_mime_multipart_set_boundary(mixed, "=_m\(mail.messageID.fingerprint)")
    let files = mail.attachments.enumerated().map { file(AttachmentHead($0.element, number: $0.offset + 1), $0.element.bytes) }
    for part in [text] + files {
      g_mime_multipart_add(mixed, part)
      heed_mime_unref(part)
    }
    return heed_mime_object(mixed)
  }

  private static func file(_ head: AttachmentHead, _ bytes: [UInt8]) -> UnsafeMutablePointer<GMimeObject>? {
    guard let part = g_mime_part_new_with_type("application", "octet-stream") else { return nil }
    let object = heed_mime_object(part)
    g_mime_header_set_raw_value(g_mime_header_list_get_header(g_mime_object_get_header_list(object), "Content-Type"), head.type)
    append("Content-Disposition", head.disposition, to: object)
    fill(part, bytes, GMIME_CONTENT_ENCODING_BASE64)
    return object
  }

  /// Text alone, or text and HTML as alternatives, the best last (RFC 2046, 5.1.4). The caller owns the result.
  private static func content(_ mail: Mail) -> UnsafeMutablePointer<GMimeObject>? {
    let text = part("plain", mail.text)
    guard let html = mail.html, let both = g_mime_multipart_new_with_subtype("alternative") else { return text }
    // Quoted-printable never holds "=_", so this boundary can stand in no part (RFC 2045, 6.7).
    g_mime_multipart_set_boundary(both, "=_\(mail.messageID.fingerprint)")
    for part in [text, part("html", html)] {
      g_mime_multipart_add(both, part)
      heed_mime_unref(part)
    }
    return heed_mime_object(both)
  }

  private static func part(_ subtype: String, _ text: String) -> UnsafeMutablePointer<GMimeObject>? {
    guard let part = g_mime_part_new_with_type("text", subtype) else { return nil }
    let object = heed_mime_object(part)
    g_mime_object_set_content_type_parameter(object, "charset", "utf-8")
    fill(part, unixLines(text), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE)
    return object
  }

  private static func fill(_ part: UnsafeMutablePointer<GMimePart>, _ bytes: [UInt8], _ encoding: GMimeContentEncoding) {
    let stream = g_mime_stream_mem_new_with_buffer(bytes, bytes.count)
    let wrapper = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT)
    g_mime_part_set_content(part, wrapper)
    heed_mime_unref(wrapper)
    heed_mime_unref(stream)
    g_mime_part_set_content_encoding(part, encoding)
  }

  /// Text from a browser has CRLF, stored text has LF: one of them, so that the encoder sees line ends and nothing but. Ends with one.
  private static func unixLines(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var before: UInt8 = 0
    for byte in text.utf8 {
      if byte != 10 || before != 13 { bytes.append(byte == 13 ? 10 : byte) }
      before = byte
    }
    if bytes.last != 10 { bytes.append(10) }
    return bytes
  }

  private static func written(_ message: UnsafeMutablePointer<GMimeObject>?) -> [UInt8] {
    let options = g_mime_format_options_new()
    defer { g_mime_format_options_free(options) }
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS)
    let stream = g_mime_stream_mem_new()
    defer { heed_mime_unref(stream) }
    g_mime_object_write_to_stream(message, options, stream)
    g_mime_stream_flush(stream)
    guard let array = heed_mime_bytes(stream) else { return [] }
    return [UInt8](UnsafeBufferPointer(start: array.pointee.data, count: Int(array.pointee.len)))
  }
}
