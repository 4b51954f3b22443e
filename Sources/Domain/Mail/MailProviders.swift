/// The ten largest providers of mailboxes. Their domains are everybody's: that much comes from one says nothing of who writes (RULES 6.51).
public enum MailProviders {
  /// - Parameter domain: in lower case (``MailPerson/domain``).
  public static func isLarge(_ domain: String) -> Bool { domains.contains(domain) }

  private static let domains = Set(
    [
      // Google
      "gmail.com googlemail.com",
      // Microsoft
      "outlook.com outlook.com.br hotmail.com hotmail.com.br hotmail.co.uk hotmail.fr hotmail.de hotmail.it hotmail.es live.com live.co.uk live.fr msn.com",
      // Yahoo and AOL
      "yahoo.com yahoo.com.br yahoo.co.uk yahoo.co.in yahoo.co.jp yahoo.fr yahoo.de yahoo.es yahoo.it yahoo.ca ymail.com rocketmail.com aol.com",
      // Apple
      "icloud.com me.com mac.com",
      // Tencent
      "qq.com foxmail.com",
      // NetEase
      "163.com 126.com yeah.net",
      // VK
      "mail.ru bk.ru inbox.ru list.ru",
      // Yandex
      "yandex.ru yandex.com ya.ru",
      // United Internet
      "gmx.de gmx.net gmx.com gmx.at gmx.ch web.de mail.com",
      // Proton
      "proton.me protonmail.com pm.me",
    ].joined(separator: " ").split(separator: " ").map { String($0) })
}
