// The service worker of Heed: shows what is pushed to this browser, answers by the buttons of a notification, and takes a notification away when
// somebody has answered elsewhere. It keeps no pages, and knows no words: those come with each message, in the person's language.
"use strict";

const icon = "/static/icon-192.png";

self.addEventListener("install", () => self.skipWaiting());

// What it was made of stays with it, so that it can be shown again.
const show = (message, isQuiet = false) => self.registration.showNotification(message.title, {
  body: message.body,
  tag: message.tag, // a newer one of the same takes its place, and is heard
  renotify: !isQuiet,
  silent: isQuiet,
  requireInteraction: Boolean(message.critical),
  icon,
  actions: (message.actions || []).slice(0, Notification.maxActions || 2),
  data: message,
});

// Those that only say that something is answered.
const tidy = async () => {
  for (const shown of await self.registration.getNotifications()) if (shown.data && shown.data.isOver) shown.close();
};

// Of one that tells of several, what is left stays. A browser that is sent something and shows nothing shows words of its own, or ends the
// subscription: so where nothing is left, that stands there for a moment. Neither makes a sound.
const withdraw = async ({ close, title, body, link }) => {
  let isTold = false;
  for (const shown of await self.registration.getNotifications()) {
    const items = (shown.data && shown.data.items) || [];
    const left = items.filter((item) => item.escalation !== close);
    if (left.length === items.length) continue;
    if (!left.length) {
      shown.close();
      continue;
    }
    const [first, ...others] = left.map((item) => item.title);
    const words = others.length ? { body: [first, ...others].join("\n") } : { title: first, body: "" };
    await show({ ...shown.data, ...words, items: left, actions: [], critical: false }, true);
    isTold = true;
  }
  if (isTold) return;
  await show({ title, body, link, tag: close, isOver: true }, true);
  setTimeout(tidy, 3000); // not waited for: whether something is shown is looked at when all is done
};

self.addEventListener("push", (event) => {
  const message = event.data.json();
  event.waitUntil(tidy().then(() => (message.close ? withdraw(message) : show(message))));
});

const open = async (link) => {
  const address = new URL(link, self.location.origin).href;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((page) => page.url === address);
  return page ? page.focus() : self.clients.openWindow(address);
};

// The signed link is the right to answer. A redirect says that it was taken; a refusal is there to be read. When nobody answers, it stands again: a
// page that a browser has waited for is not opened.
const answer = async (message, action) => {
  const body = new URLSearchParams({ action });
  if (action === "snooze") body.set("until", "1 hour");
  try {
    const answered = await fetch(message.link, {
      method: "POST", body, redirect: "manual", credentials: "omit", signal: AbortSignal.timeout(8000),
    });
    if (answered.type === "opaqueredirect") return;
    if (answered.status < 500 && answered.status !== 429) return await open(message.link);
  } catch {
    // As below.
  }
  return show(message, true);
};

self.addEventListener("notificationclick", (event) => {
  const message = event.notification.data;
  event.notification.close();
  event.waitUntil(event.action ? answer(message, event.action) : open(message.link));
});
