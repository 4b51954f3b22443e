import Web

extension Target {
  /// Forms with files: what is read is a part of what came, in its order.
  static let multipart = Target(
    "multipart", longest: 8_000,
    seeds: bytes([
      "--XX\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n"
        + "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.ics\"\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n\r\n--XX--\r\n",
      "--XX--\r\n", "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--XX--",
    ]),
    words: ["\r\n", "--XX", "--XX--", "name=\"", "filename=\"", ";", "form-data", "Content-Disposition:", "\r\n\r\n", "file"]
  ) { input in
    let form = Form(multipart: input, type: Array("multipart/form-data; boundary=XX".utf8))
    let file = form.file("file")
    if let file {
      try hold(file.bytes.isEmpty || input.count >= file.bytes.count + 10, "a file longer than what came")
      try hold(file.name.unicodeScalars.count <= 200 && !file.name.unicodeScalars.contains { $0.value < 32 }, "the name \(file.name)")
    }
    return "\(size(form.all("csrf").count)) \(size(file?.bytes.count ?? 0)) \(form.all("a").contains(.unreadable))"
  }
}
