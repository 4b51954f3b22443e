/// Domains at which anybody can have an address: they say nothing about an employer (RULES 9.40).
public enum FreeMail {
  /// - Parameter domain: in lower case.
  public static func holds(_ domain: String) -> Bool {
    if domains.contains(domain) { return true }
    let labels = domain.utf8.split(separator: UInt8(ascii: "."))
    // `yahoo.com.ar`, `hotmail.fr`: the same houses in every country.
    return labels.count >= 2 && houses.contains(String(decoding: labels[0], as: UTF8.self))
  }

  /// The domain of an address in lower case; nil: it has none, or anybody can have one there.
  public static func employer(of address: String) -> String? {
    guard let at = address.utf8.lastIndex(of: UInt8(ascii: "@")) else { return nil }
    let domain = String(decoding: address.utf8[address.utf8.index(after: at)...], as: UTF8.self).lowercased()
    guard domain.utf8.contains(UInt8(ascii: ".")), !holds(domain) else { return nil }
    return domain
  }

  private static let houses: Set<String> = [
    "gmail", "googlemail", "yahoo", "ymail", "rocketmail", "hotmail", "outlook", "live", "msn", "aol", "gmx",
  ]

  private static let domains: Set<String> = [
    // Everywhere.
    "icloud.com", "me.com", "mac.com", "passport.com", "proton.me", "protonmail.com", "protonmail.ch", "pm.me", "tutanota.com",
    "tutanota.de",
    "tuta.io", "tuta.com", "tutamail.com", "keemail.me", "fastmail.com", "fastmail.fm", "hey.com", "zoho.com", "zohomail.com", "mail.com",
    "email.com", "usa.com", "post.com", "hushmail.com", "mailfence.com", "runbox.com", "posteo.de", "posteo.net", "mailbox.org",
    "disroot.org",
    "riseup.net", "duck.com", "mozmail.com", "inbox.com", "lycos.com", "excite.com", "rediffmail.com", "kolabnow.com", "startmail.com",
    "privaterelay.appleid.com", "users.noreply.github.com", "simplelogin.com", "anonaddy.com", "mailinator.com", "guerrillamail.com",
    // Brazil and Portugal.
    "uol.com.br", "bol.com.br", "terra.com.br", "ig.com.br", "globo.com", "globomail.com", "r7.com", "zipmail.com.br", "oi.com.br",
    "superig.com.br", "pop.com.br", "ibest.com.br", "click21.com.br", "brturbo.com.br", "veloxmail.com.br", "sapo.pt", "clix.pt", "iol.pt",
    "netcabo.pt", "mail.telepac.pt",
    // North America.
    "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "bellsouth.net", "cox.net", "charter.net", "earthlink.net", "juno.com",
    "netzero.net", "optonline.net", "frontier.com", "windstream.net", "rogers.com", "shaw.ca", "sympatico.ca", "telus.net", "videotron.ca",
    "bell.net",
    // Europe.
    "web.de", "t-online.de", "freenet.de", "arcor.de", "online.de", "vodafone.de", "email.de", "1und1.de", "bluewin.ch", "sunrise.ch",
    "hispeed.ch",
    "aon.at", "chello.at", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "neuf.fr", "bbox.fr", "numericable.fr",
    "libero.it",
    "virgilio.it", "tiscali.it", "alice.it", "tin.it", "inwind.it", "telefonica.net", "terra.es", "btinternet.com", "virginmedia.com",
    "sky.com",
    "talktalk.net", "ntlworld.com", "blueyonder.co.uk", "tiscali.co.uk", "eircom.net", "telenet.be", "skynet.be", "ziggo.nl", "kpnmail.nl",
    "planet.nl", "xs4all.nl", "home.nl", "hetnet.nl", "telia.com", "online.no", "wp.pl", "o2.pl", "onet.pl", "interia.pl", "seznam.cz",
    "centrum.cz",
    "azet.sk", "freemail.hu", "citromail.hu", "abv.bg", "mail.bg", "ukr.net", "i.ua", "mail.ru", "bk.ru", "list.ru", "inbox.ru",
    "yandex.ru",
    "yandex.com", "ya.ru", "rambler.ru", "otenet.gr",
    // Asia, Africa and Oceania.
    "qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "sina.com", "sina.cn", "sohu.com", "aliyun.com", "139.com", "naver.com",
    "hanmail.net",
    "daum.net", "nate.com", "docomo.ne.jp", "ezweb.ne.jp", "softbank.ne.jp", "i.softbank.jp", "nifty.com", "walla.com", "walla.co.il",
    "bigpond.com",
    "bigpond.net.au", "optusnet.com.au", "iinet.net.au", "tpg.com.au", "xtra.co.nz", "webmail.co.za", "mweb.co.za", "telkomsa.net",
  ]
}
