import Postgres

@testable import App
@testable import Domain

extension Footprint {
  static let push = Footprint(
    parameters: [":device": { browser in try PushFootprint.device(browser).text }], owned: [":device"],
    posts: [
      "/agents/push/subscriptions": Post(
        entry: "device.added",
        fields: [House.Field(name: "subscription", right: Browser.encoded(PushFootprint.subscription()), rule: .exactly)]),
      "/agents/push/subscriptions/:device/deletion": Post(entry: "device.removed"),
    ],
    rows: { browser in
      let device = try PushFootprint.device(browser)
      try browser.site.owner.run(
        """
        INSERT INTO push_closings (id, user_id, device_id, escalation_id, created_at)
        VALUES (gen_random_uuid(), \(browser.user), \(device), gen_random_uuid(), \(browser.site.now))
        """)
    },
    changed: ["push_devices": "label subscription"], worked: ["push_devices": "DS", "push_closings": "DIS"],
    doors: ["delete_push_device web"])
}

enum PushFootprint {
  /// The first of somebody's devices, made where there is none.
  static func device(_ browser: Browser) throws -> ID<PushDevice> {
    let known: ID<PushDevice>? = try browser.site.owner.value(
      "SELECT id FROM push_devices WHERE user_id = \(browser.user) ORDER BY id LIMIT 1")
    return try known ?? browser.device("https://push.example.org/known")
  }

  /// What a browser says when it subscribes.
  static func subscription(
    _ endpoint: String = "https://push.example.org/send/1", _ point: String = Pushed.point, _ auth: String = Pushed.auth
  ) -> String {
    #"{"endpoint":"\#(endpoint)","expirationTime":null,"keys":{"p256dh":"\#(point)","auth":"\#(auth)"}}"#
  }
}
