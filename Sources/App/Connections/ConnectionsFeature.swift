extension Feature {
  /// Accounts elsewhere: what fills them comes with the integrations.
  static let connections = Feature(secrets: [ConnectedAccount.secretColumn])
}
