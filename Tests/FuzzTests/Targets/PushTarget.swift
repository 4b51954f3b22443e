import Domain
import HTML
import Net
import Web

@testable import App

extension Target {
  /// What a browser says when it subscribes: what is taken can be posted to, with keys that are some. And the cutting of what is pushed.
  static let subscriptions = Target(
    "subscriptions", longest: 5_000,
    seeds: bytes([
      #"{"endpoint":"https://push.example.org/1","expirationTime":null,"keys":{"p256dh":"\#(point)","auth":"BTBZMqHH6r4Tts7J_aSIgg"}}"#,
      #"{"endpoint":"https://[2606:4700::1]:8443/","keys":{"auth":"BTBZMqHH6r4Tts7J_aSIgg==","p256dh":"\#(point)"}}"#,
      #"{"endpoint":"https://10.0.0.1/","keys":{}}"#, "{}", "",
    ]),
    words: [
      "\"", "{", "}", ":", ",", "https://", "http://", "@", "\\u0000", "\\ud83d", "=", "-", "_", "[", "]", "null", "keys", "auth",
      "👩‍👩‍👧‍👦", "e\u{301}",
    ]
  ) { input in
    let text = String(decoding: input, as: UTF8.self)
    var read = FormReader(Form([("subscription", text)]), Words.of("en"))
    let found = PushDeviceForm.subscription(&read, AddressGuard())
    try hold((found == nil) == !read.errors.isEmpty, "refused without a word, or taken with a complaint")
    if let found {
      try hold(found.keys.point.count == 65 && found.keys.auth.count == 16, "keys of other lengths")
      try hold(VAPID.origin(of: found.endpoint)?.hasPrefix("https://") == true, "an address of another origin: \(found.endpoint)")
      try hold((try? HTTPRequest(.post, found.endpoint)) != nil, "an address that cannot be posted to: \(found.endpoint)")
      try hold(PushSubscription(found.settings) != nil, "kept, and not read again")
    }
    for most in [0, 3, 4, 100] {
      let cut = PushPayload.cut(text, most)
      try hold(JSONText.string(cut).text.utf8.count - 2 <= most, "cut to \(most), and longer")
    }
    return "\(found != nil) \(read.errors.complaints.first?.text ?? "-")"
  }

  private static let point = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
}
