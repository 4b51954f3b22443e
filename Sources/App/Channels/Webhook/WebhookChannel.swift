import Domain
import HTML
import Net

extension Channel {
  /// A program of the person's, or a chat that takes posts.
  static let webhook = Channel(
    type: .webhook, toggle: { words in words("Post reminders to a webhook") }, fields: [.webhookURL, .webhookFormat], isSigned: true,
    about: ChannelAbout(
      description: { words in
        words("Posts to a program, signed, or to a chat: Slack, Discord, Matrix, ntfy, Gotify. The program may answer by a signed command.")
      }, canPull: true, minimumPlan: .personal),
    compose: { content, composing in
      guard let url = composing.settings.values[ChannelField.webhookURL.name], let secrets = SigningSecrets(composing.settings) else {
        throw MissingChannel()
      }
      let format = WebhookFormat(rawValue: composing.settings.values[ChannelField.webhookFormat.name] ?? "") ?? .standard
      let post = try WebhookBody(content, at: composing.now).post(format, to: url)
      return .request(
        try SignedPost.request(post.body, to: post.url, id: content.key.id, secrets: secrets.good(at: composing.now), at: composing.now))
    },
    judge: { outcome, now in
      // It stays as it is until somebody renews it, who is not waited for.
      if case .web(.failed(let failure)) = outcome, failure.kind == .certificate {
        return Judgement(.failed, .untrusted, detail: failure.text)
      }
      return Judgement(outcome, at: now)
    })
}

/// How a webhook wants what is posted.
enum WebhookFormat: String, CaseIterable {
  case standard, slack, discord, matrix, ntfy, gotify

  func name(_ words: Words) -> String {
    switch self {
    case .standard: words("Standard Webhooks")
    case .slack: "Slack"
    case .discord: "Discord"
    case .matrix: "Matrix (hookshot)"
    case .ntfy: "ntfy"
    case .gotify: "Gotify"
    }
  }
}

extension ChannelField {
  static let webhookURL = ChannelField(
    name: "webhookUrl", label: { words in words("Address of the webhook") }, type: "url",
    read: { read, name in
      let text = read.line(name, 1...2_000)
      if HTTPTarget(text) == nil {
        read.complain(name, read.words("Give an address such as https://example.org/hook, without a name and password."))
      } else if read.form.text(ChannelField.webhookFormat.name) == WebhookFormat.ntfy.rawValue, NtfyTopic(text) == nil {
        read.complain(name, read.words("The address of ntfy ends with a topic, such as https://ntfy.sh/my-topic."))
      }
      return text
    },
    help: { words in words("It is kept sealed, and each message is posted there.") },
    refusal: { text, addresses, words in
      guard let target = HTTPTarget(text) else { return nil }
      if target.isForeignPort { return words("At port {port} another protocol lives. Choose another.", ["port": String(target.port)]) }
      guard let address = target.address, addresses.refusal(of: address) != nil else { return nil }
      return words("No message may go there: the address belongs to a private network.")
    })

  static let webhookFormat = ChannelField(
    name: "format", label: { words in words("Format") },
    read: { read, name in read.choice(name, WebhookFormat.standard).rawValue },
    help: { words in words("What the other side understands.") },
    options: { words in WebhookFormat.allCases.map { ($0.rawValue, $0.name(words)) } })
}
