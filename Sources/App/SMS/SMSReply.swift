import Domain
import Web

/// What is said to who has sent an SMS: TwiML (https://www.twilio.com/docs/messaging/twiml), which the gateway sends as a message.
enum SMSReply {
  static let nothing = response("")

  static func saying(_ text: String) -> Response {
    response("<Message>" + escaped(SMSText.fitting(text, parts: SMSSending.mostParts).text) + "</Message>")
  }

  private static func response(_ inside: String) -> Response {
    let xml = #"<?xml version="1.0" encoding="UTF-8"?><Response>"# + inside + "</Response>"
    return Response(status: 200, headers: [("Content-Type", "text/xml; charset=utf-8")], body: Array(xml.utf8))
  }

  /// Characters that XML has none of go.
  private static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "&": out += "&amp;"
      case "\n", " "..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}": out.unicodeScalars.append(scalar)
      default: break
      }
    }
    return out
  }
}
