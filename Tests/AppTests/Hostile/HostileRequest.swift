import Testing
import Web

@testable import App

/// One request of the walk and the status that SITEMAP gives it.
struct HostileRequest {
  let guest: House.Guest
  let method: Web.Method
  let target: String
  let body: String
  let status: Int
  /// For the report of a failure.
  let place: String

  /// - Parameter status: unless the body is too large to be looked at.
  init(guest: House.Guest, method: Web.Method, target: String, body: String, status: Int, place: String) {
    (self.guest, self.method, self.target, self.body, self.place) = (guest, method, target, body, place)
    self.status = body.utf8.count > 1_000_000 ? 413 : status
  }
}

/// The table, under a name that a property of the tests cannot hide.
/// What other programs post is walked by ChannelHookTests: it is no form.
private let routeTable = App.site.filter { $0.access != .hook }

extension House {
  /// A field of a form with a hostile value; nil: all fields of it.
  private struct Trial {
    let route: Route<Context, Change>
    var fields: [Field] = []
    var wrong: Field?
    let value: Hostile
  }

  /// Each field of each form with hostile values, all other fields right, by the owner.
  var ownForms: [HostileRequest] {
    let owner = guests[0]
    let trials = routeTable.filter { $0.method == .post }.flatMap { route in
      let csrf = route.access == .bearer || route.access == .bearerFromAnywhere ? Rule.ignored : .csrf
      let all = fields(route.pattern) + [Field(name: "csrf", right: owner.csrf, rule: csrf)]
      return all.flatMap { wrong in Hostile.allCases.map { Trial(route: route, fields: all, wrong: wrong, value: $0) } }
    }
    let chosen = HostileChoice.thinned(
      trials, by: { "\($0.wrong?.rule ?? .ignored)" }, name: { "\($0.route.pattern) \($0.wrong?.name ?? "") \($0.value)" }, value: \.value)
    return chosen.compactMap { trial in
      guard let wrong = trial.wrong else { return nil }
      let (pattern, value) = (trial.route.pattern, trial.value)
      let pairs = trial.fields.map { field in
        field.name == wrong.name ? value.pair(field.name, right: field.right) : "\(field.name)=\(wrong.with[field.name] ?? field.right)"
      }
      return HostileRequest(
        guest: owner, method: .post, target: path(pattern), body: pairs.filter { !$0.isEmpty }.joined(separator: "&"),
        status: wrong.rule.refusal(value) ?? House.success(pattern), place: "\(pattern) \(wrong.name) \(value)")
    }
  }

  /// Each form of the owner's with hostile values in all of its fields, by everybody else.
  var formsOfOthers: [HostileRequest] {
    guests.dropFirst().flatMap { guest in
      let trials = routeTable.filter { $0.method == .post }.flatMap { route in
        // The right values are the owner's: for others they are hostile only where all of the row is the owner's.
        Hostile.allCases.filter { $0 != .rightFirst || House.isOwned(route.pattern) }.map { Trial(route: route, value: $0) }
      }
      return HostileChoice.thinned(
        trials, by: { _ in guest.name }, name: { "\(guest.name) \($0.route.pattern) \($0.value)" }, value: \.value
      )
      .map { trial in
        let (route, value) = (trial.route, trial.value)
        let fields = fields(route.pattern)
        let pairs = ["csrf=" + guest.csrf] + fields.map { value.pair($0.name, right: $0.right) }
        return HostileRequest(
          guest: guest, method: .post, target: path(route.pattern), body: pairs.filter { !$0.isEmpty }.joined(separator: "&"),
          status: status(route, guest, fields.compactMap { $0.rule.refusal(value) }), place: "\(guest.name) \(route.pattern) \(value)")
      }
    }
  }

  /// What SITEMAP's order of checks makes of a post whose fields have these complaints: nobody, then the row, then the fields.
  private func status(_ route: Route<Context, Change>, _ guest: Guest, _ refusals: [Int]) -> Int {
    if guest.isNobody, route.access >= .member { return 401 }
    if guest.name == "housemate", route.access > .member || House.isShared(route.pattern) { return 403 }
    if guest.name == "stranger", House.isShared(route.pattern) { return 404 }
    if House.isOwned(route.pattern) || refusals.contains(404) { return 404 }
    return refusals.first ?? House.success(route.pattern)
  }

  /// Every address that holds an id or a token, with something else in its place: never there, whoever asks.
  var addresses: [HostileRequest] {
    guests.flatMap { guest in
      let trials = routeTable.filter { $0.pattern.contains(":") }.flatMap { route in
        Hostile.allCases.filter { $0.encoded?.isEmpty == false }.map { Trial(route: route, value: $0) }
      }
      return HostileChoice.thinned(
        trials, always: HostileChoice.everyAddress, by: { "\(guest.name) \($0.route.method)" },
        name: { "\(guest.name) \($0.route.method) \($0.route.pattern) \($0.value)" }, value: \.value
      ).map { trial in
        let (route, value) = (trial.route, trial.value)
        let target = path(route.pattern, value.encoded)
        // What is longer than any path of ours is none.
        let isPath = !value.makesNoPath && target.utf8.count <= 2_048
        let needsSomebody = guest.isNobody && route.access >= .member && isPath
        let isForbidden = guest.name == "housemate" && route.access >= .agent && isPath
        let isPress = House.presses.contains(route.pattern) && value == .id
        return HostileRequest(
          guest: guest, method: route.method, target: target, body: "csrf=" + guest.csrf,
          status: needsSomebody ? route.method == .get ? 303 : 401 : isForbidden ? 403 : isPress ? 303 : 404,
          place: "\(guest.name) \(route.method) \(route.pattern) \(value)"
        )
      }
    }
  }

  /// Every page with hostile values behind its address: one by one for the owner, all together for the others, a few where a page reads none.
  var queries: [HostileRequest] {
    guests.flatMap { guest in
      routeTable.filter { $0.method == .get && !House.leading.contains($0.pattern) }.flatMap { route in
        let fields = House.queries(route.pattern)
        let isRead = fields.contains { $0.rule.refusal(.nul) != nil }
        return (guest.isOwner && isRead ? fields.map { [$0] } : [fields]).flatMap { group in
          // Others ask the readers that the owner has asked with each value.
          let isWhole = isRead && (guest.isOwner || HostileChoice.isWhole)
          let values = isWhole ? Hostile.allCases : [.missing, .nul, .badUTF8, .markup, .brokenEscape, .long]
          return values.map { value in
            let query = group.map { value.pair($0.name, right: $0.right) }.filter { !$0.isEmpty }.joined(separator: "&")
            return HostileRequest(
              guest: guest, method: .get, target: path(route.pattern) + "?" + query, body: "",
              status: pageStatus(route, guest, group.compactMap { $0.rule.refusal(value) }),
              place: "\(guest.name) \(route.pattern)?\(group.map(\.name)) \(value)")
          }
        }
      }
    }
  }

  /// The same for a page: nobody is led to sign-in, and who is signed in from there home.
  private func pageStatus(_ route: Route<Context, Change>, _ guest: Guest, _ refusals: [Int]) -> Int {
    if guest.isNobody, route.access >= .member { return 303 }
    if !guest.isNobody, ["/sign-in", "/sign-up"].contains(route.pattern) { return 303 }
    if House.isOwned(route.pattern), !guest.isOwner { return 404 }
    if House.isShared(route.pattern), guest.name == "stranger" { return 404 }
    if route.access >= .agent, guest.name == "housemate" { return 403 }
    return refusals.first ?? 200
  }
}
