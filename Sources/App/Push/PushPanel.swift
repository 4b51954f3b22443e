import Domain
import HTML
import Web

/// The devices on the page of the agent push, and the button that adds the browser in which it is read.
struct PushPanel {
  let rows: [Row]
  let secret: CSRFField
  let action = Paths.pushSubscriptions
  /// For which key a browser subscribes.
  let key: String
  let summary: ErrorSummary?
  /// What is wrong with what the browser said.
  let complaint: String?
  let label: TextField
  var isEmpty: Bool { rows.isEmpty }

  struct Row {
    let label: String
    /// "By fcm.googleapis.com, since Sat 21 Nov 2026, 09:00."
    let facts: String
    let deletion: Path
    let secret: CSRFField
  }

  init(_ devices: [PushDevice], _ state: FormState, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    let secret = web.csrfField()
    self.secret = secret
    rows = devices.map { device in
      let added = TimeWords.dateTime(device.createdAt, person.zone, person.language)
      return Row(
        label: device.label, facts: words("By {service}, since {time}.", ["service": device.service, "time": added]),
        deletion: Paths.deletion(device.id), secret: secret)
    }
    key = try VAPID(web.services.keys).publicKey
    var make = FieldBuilder(state)
    make.add("subscription", words("This browser"))
    label = make.text(
      "label", words("Name of the device"), help: words("Empty: the name of the browser."), optional: true, maxLength: 60)
    (summary, complaint) = (make.summary, state.errors["subscription"])
  }
}

extension Response {
  /// A page that registers our service worker.
  func working() -> Response {
    var response = self
    response.set("Content-Security-Policy", SecurityHeaders.workerPolicy)
    return response
  }
}
