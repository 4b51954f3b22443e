import Domain
import HTML
import Net
import Web

/// The page of what a model may be told: whom it goes to, what goes of each kind, and what has gone.
struct PrivacySettingsPage {
  let layout: Layout
  let tabs: SettingsTabs
  /// Where it would go, and what for: a sentence for each server.
  let servers: [Server]
  let coach = Paths.coachSettings
  let kinds: Select
  let frame: FormFrame
  let told: ToldCalls

  struct Server {
    /// `models.example:8443`, for tools; empty: nobody has set one up.
    let host: String
    let says: String
  }

  /// - Parameter after: where the list of calls begins.
  init(_ web: Context, _ state: FormState = .fresh, after: ID<ModelRun>? = nil) throws {
    let (calls, uses) = try web.read(ModelTold.query(after: after), ModelOwnUse.query)
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Privacy"), .settings, web)
    tabs = SettingsTabs(.privacy, person, words)
    servers = PrivacySettingsPage.servers(web.services, words)
    var make = FieldBuilder(state)
    let boxes = make.boxes(
      "model", words("A model may be told of"), ModelKind.allCases.filter { person.modelKinds.contains($0) }.map(\.rawValue),
      ModelKind.allCases.map { ($0.rawValue, ModelText.kind($0, words)) }, sentWith: "version")
    kinds = Select(
      name: boxes.name, label: boxes.label,
      options: boxes.options.map { option in
        var option = option
        option.help = ModelKind(rawValue: option.value).map { PrivacySettingsPage.told(of: $0, words) }
        return option
      }, help: boxes.help, error: boxes.error)
    frame = FormFrame(make, layout.secret, to: Paths.privacySettings, carrying: [state.version(person.version)])
    told = ToldCalls(calls, uses, person, web)
  }

  private static func servers(_ services: Services, _ words: Words) -> [Server] {
    var servers: [Server] = []
    if let model = services.model {
      let says = words(
        "{model} at {host} answers in the assistant and words the summaries of your days and weeks. For that what you tick goes there, and what you write to the assistant.",
        ["model": model.model, "host": model.endpoint.host])
      servers.append(Server(host: model.endpoint.host, says: says + reach(of: model.endpoint.url, services, words)))
    }
    if let embedding = services.embedding {
      let says = words(
        "{model} at {host} makes numbers of texts, so that search finds by meaning. For that names and texts of what you tick go there, and what you look for by meaning; never addresses or telephones.",
        ["model": embedding.model, "host": embedding.endpoint.host])
      servers.append(Server(host: embedding.endpoint.host, says: says + reach(of: embedding.endpoint.url, services, words)))
    }
    return servers.isEmpty
      ? [Server(host: "", says: words("Whoever runs this Heed has set up no model: nothing is sent to one."))] : servers
  }

  /// What is said of an address that does not lead out.
  private static func reach(of url: String, _ services: Services, _ words: Words) -> String {
    guard let target = HTTPTarget(url) else { return "" }
    guard let address = target.address else { return "" }
    switch AddressGuard().refusal(of: address) {
    case .local: return " " + words("This address is on the machine that Heed runs on.")
    case .privateNetwork where services.addresses.allows(address):
      return " " + words("This address is in the network of whoever runs this Heed.")
    default: return ""
    }
  }

  /// What of a kind goes there at most.
  private static func told(of kind: ModelKind, _ words: Words) -> String {
    switch kind {
    case .task: words("Titles, notes, dates, priorities and tags; what they wait for.")
    case .goal: words("Titles, descriptions, dates and how far they are.")
    case .problem: words("Titles, descriptions and how grave they are.")
    case .deadline: words("Titles, descriptions, dates and what happens when they pass.")
    case .person: words("Names, addresses, telephones, birthdays, notes, whom they know and when you last met.")
    case .place: words("Names, addresses and notes.")
    case .event: words("Titles, times, places, descriptions and who is invited.")
    case .reminder: words("Titles, notes and times.")
    case .habit: words("Names, notes and how they went.")
    }
  }
}
