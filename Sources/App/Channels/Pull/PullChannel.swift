import Domain

/// How long what is laid out to be fetched stays there (RULES 4.8).
enum Pull {
  /// Hours in which a message may be fetched and its receipt may come: less than an escalation takes to expire after its last step, so that its
  /// timeline says both. Of a test, for which somebody waits, fewer.
  static let hours = 23
  static let hoursOfTest = 1
  /// Seconds after which what was given out is given out again.
  static let secondsUntilAgain = 60
}

extension Channel {
  /// Messages that wait until a program of the person's fetches them over the API.
  static let pull = Channel(
    type: .pull, toggle: { words in words("Lay reminders out to be fetched") }, isFetched: true,
    help: { words in
      words("A program of yours fetches them from /api/v1/notifications/pending?agent=pull, with an API key that you make in the settings.")
    },
    about: ChannelAbout(
      description: { words in words("Messages that wait until a program of yours fetches them.") }, canPush: false, canPull: true,
      actions: []),
    // Nothing of it goes over the network.
    compose: { _, _ in throw MissingChannel() })
}
