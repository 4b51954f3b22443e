// The service worker of Heed: shows what is pushed to this browser, answers by the buttons of a notification, and takes a notification away when
// somebody has answered elsewhere. It keeps no pages, and knows no words: those come with each message, in the person's language.
"use strict";

const icon = "/static/icon-192.png";

self.addEventListener("install", () => self.skipWaiting());

const show = (message) => self.registration.showNotification(message.title, {
  body: message.body,
  tag: message.tag, // a newer one of the same takes its place, and is heard
  renotify: true,
  requireInteraction: message.critical,
  icon,
  badge: icon,
  actions: (message.actions || []).slice(0, Notification.maxActions || 2),
  data: { link: message.link, items: message.items },
});

// Of one that tells of several, what is left stays, without a sound.
const withdraw = async (escalation) => {
  for (const shown of await self.registration.getNotifications()) {
    const items = (shown.data && shown.data.items) || [];
    const left = items.filter((item) => item.escalation !== escalation);
    if (left.length === items.length) continue;
    if (!left.length) {
      shown.close();
      continue;
    }
    await self.registration.showNotification(shown.title, {
      body: left.map((item) => item.title).join("\n"), tag: shown.tag, silent: true, icon, badge: icon,
      data: { link: shown.data.link, items: left },
    });
  }
};

self.addEventListener("push", (event) => {
  const message = event.data.json();
  event.waitUntil(message.close ? withdraw(message.close) : show(message));
});

const open = async (link) => {
  const address = new URL(link, self.location.origin).href;
  const pages = await self.clients.matchAll({ type: "window" });
  const page = pages.find((page) => page.url === address);
  return page ? page.focus() : self.clients.openWindow(address);
};

// The signed link is the right to answer. A redirect says that it was taken; whatever else comes is there to be read.
const answer = async (link, action) => {
  const body = new URLSearchParams({ action });
  if (action === "snooze") body.set("until", "1 hour");
  try {
    const answered = await fetch(link, { method: "POST", body, redirect: "manual", credentials: "omit" });
    if (answered.type === "opaqueredirect") return;
  } catch {
    // Nobody answers: the page can be tried again.
  }
  return open(link);
};

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { link } = event.notification.data;
  event.waitUntil(event.action ? answer(link, event.action) : open(link));
});
