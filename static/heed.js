// Heed in the browser. Every page works without this file; it adds keys, live lists, countdowns and a guard against
// pressing twice. It makes no markup of its own but text, and no words: those stand in the page, in its language.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const words = document.documentElement.dataset;

  // ---- Pressing twice -------------------------------------------------------------------------------------------
  // The first press sends; more presses of the same form are dropped. aria-disabled, not disabled: the button keeps
  // its focus and its value still travels.
  const release = (form) => {
    delete form.dataset.sent;
    [...form.elements].filter((button) => button.dataset.busy).forEach((button) => {
      button.removeAttribute("aria-disabled");
      delete button.dataset.busy;
    });
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    if (event.submitter) {
      event.submitter.setAttribute("aria-disabled", "true");
      event.submitter.dataset.busy = "1";
    }
    setTimeout(release, 10000, form); // the answer may have been a file, or never have come
  });
  addEventListener("pageshow", () => all("form[data-sent]").forEach(release)); // back from the browser's page cache

  // ---- Quick entry ----------------------------------------------------------------------------------------------
  // The line under the field of a reminder or the inbox says what would be understood, in the server's words; without this file "Preview" asks.
  all("form[data-heard]").forEach((form) => {
    const [field, line] = [form.elements.quick || form.elements.text, form.querySelector("[aria-live]")];
    const example = field.value ? "" : line.textContent;
    let waiting = 0, asking = null;
    const ask = async () => {
      if (asking) asking.abort();
      asking = new AbortController();
      if (!field.value.trim()) return void (line.textContent = example);
      const body = new URLSearchParams({ csrf: form.elements.csrf.value, [field.name]: field.value });
      try {
        const answer = await fetch(form.dataset.heard, { method: "POST", body, redirect: "manual", signal: asking.signal });
        const text = await answer.text();
        if (answer.ok || answer.status === 422) line.textContent = text;
      } catch {
        // Another letter was typed meanwhile, or nobody answers: sending the form will tell.
      }
    };
    field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 300); });
  });

  // ---- Countdowns -----------------------------------------------------------------------------------------------
  // <time data-countdown datetime="…Z">: "4:09", "1:04:09", "2 d 01:04:09"; at zero the word of data-word-now.
  // The server's clock counts, not this machine's. <html data-now> stands only where the server's clock is held by a
  // test; then nothing counts.
  let skew = 0;
  const counted = new Set(); // the instants whose zero has been seen
  const now = () => (words.now ? Date.parse(words.now) : Date.now() + skew);
  const two = (n) => String(n).padStart(2, "0");
  const left = (seconds) => {
    const days = Math.floor(seconds / 86400), h = Math.floor(seconds / 3600) % 24, m = Math.floor(seconds / 60) % 60;
    const clock = days || h ? `${days ? two(h) : h}:${two(m)}:${two(seconds % 60)}` : `${m}:${two(seconds % 60)}`;
    return days ? `${days} ${words.wordDays || "d"} ${clock}` : clock;
  };
  const tick = () => {
    for (const time of all("time[data-countdown]")) {
      const seconds = Math.ceil((Date.parse(time.dateTime) - now()) / 1000);
      if (Number.isNaN(seconds)) continue;
      const text = seconds > 0 ? left(seconds) : words.wordNow || "0:00";
      if (time.textContent !== text) time.textContent = text;
      if (seconds <= 0 && !counted.has(time.dateTime)) {
        counted.add(time.dateTime);
        soon(1500); // what was counted down to has happened: look
      }
    }
  };

  // ---- Live regions ---------------------------------------------------------------------------------------------
  // Every element with an id and data-refresh="SECONDS" is fetched again with its page and swapped when it differs.
  const regions = () => all("[data-refresh][id]");
  const lastHTML = new Map(); // id → the region as the server last wrote it (before countdowns and ticks changed it)
  let tag = null, failures = 0, timer = 0, lastInput = 0, stopped = false;

  const period = () => Math.min(...regions().map((region) => Number(region.dataset.refresh) || 60)) * 1000;
  const soon = (delay) => {
    clearTimeout(timer);
    if (!stopped && !document.hidden && regions().length) timer = setTimeout(look, delay);
  };
  const later = () => soon(Math.min(period() * 2 ** failures, 300000));

  const isText = (field) => field.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=hidden])");
  const isChanged = (field) => {
    if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
    const chosen = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(0, chosen);
  };
  /** Somebody is typing here, has typed here, or a form is on its way: leave it alone. */
  const isInUse = (region) => {
    const active = document.activeElement;
    return (region.contains(active) && isText(active)) || document.querySelector("form[data-sent]")
      || all("input, textarea, select", region).some((field) => isText(field) && isChanged(field));
  };

  /** A name for an element by which the same one is found in the next rendering. */
  const name = (element, region) => {
    const row = element.closest(".row, .alarm"); // known by where its title leads: ids in it are those of its place
    const home = row || element.closest("[id]") || region;
    return [row ? row.querySelector("a").href : home.id, element.tagName, element.name || "", element.value || "",
      element.getAttribute("href") || element.getAttribute("formaction") || all(element.tagName, home).indexOf(element)].join("\n");
  };

  const swap = (region, fresh) => {
    const html = fresh.innerHTML;
    if (lastHTML.get(region.id) === html || isInUse(region)) return;
    // What it tells of changes the whole page: that is asked for, unless somebody types on it.
    if ("reload" in region.dataset) return void (isInUse(document.body) || location.reload());
    lastHTML.set(region.id, html);
    const open = new Set(all("details[open]", region).map((details) => name(details, region)));
    const ticked = new Set(all("input:checked", region).map((input) => name(input, region)));
    const focused = region.contains(document.activeElement) ? name(document.activeElement, region) : null;
    region.replaceChildren(...fresh.childNodes);
    all("details", region).forEach((details) => { if (open.has(name(details, region))) details.open = true; });
    all("input[type=checkbox]", region).forEach((input) => { if (ticked.has(name(input, region))) input.checked = true; });
    if (focused) {
      const same = all("a, button, input, select, textarea, summary, [tabindex]", region).find((e) => name(e, region) === focused);
      if (same) same.focus({ preventScroll: true });
    }
  };

  const look = async () => {
    if (Date.now() - lastInput < 1200) return soon(1200); // nothing moves under a moving hand
    try {
      const headers = tag ? { "If-None-Match": tag } : {};
      const answer = await fetch(location.href.split("#")[0], { headers, cache: "no-store", redirect: "manual" });
      if (answer.type === "opaqueredirect" || [401, 403, 404, 405].includes(answer.status)) return void (stopped = true);
      if (answer.status !== 304 && !answer.ok) throw new Error(String(answer.status));
      failures = 0;
      const off = Date.parse(answer.headers.get("Date")) - Date.now();
      skew = Math.abs(off) > 5000 ? off : 0;
      if (answer.status === 200) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (words.now) words.now = page.documentElement.dataset.now || words.now;
        let skipped = false;
        for (const region of regions()) {
          const fresh = page.getElementById(region.id);
          if (!fresh) continue;
          skipped = skipped || isInUse(region);
          swap(region, fresh);
        }
        tag = skipped ? null : answer.headers.get("ETag"); // what was left out must be asked for again
        document.title = page.title;
        const [icon, fresh] = [document, page].map((each) => each.querySelector("link[rel=icon]"));
        if (fresh && icon.getAttribute("href") !== fresh.getAttribute("href")) icon.setAttribute("href", fresh.getAttribute("href"));
        tick();
      }
    } catch {
      failures = Math.min(failures + 1, 6);
    }
    later();
  };
  for (const kind of ["keydown", "pointermove", "pointerdown"]) addEventListener(kind, () => { lastInput = Date.now(); }, { passive: true });
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : soon(300)));

  // ---- Unfolding panels: one at a time, closed by Escape or a press elsewhere ------------------------------------
  const closePanels = (except) => all("details.more[open]").forEach((details) => { if (details !== except) details.open = false; });
  document.addEventListener("click", (event) => closePanels(event.target.closest("details.more")));
  // Snoozing a row stands once on the page, for the row that is unfolded; without this file its link leads to where it is snoozed.
  const snoozeInPlace = (link) => {
    const copy = document.getElementById("in-place").content.cloneNode(true);
    const form = copy.querySelector("form");
    form.action = `${link.pathname}/snoozes`;
    form.append(document.querySelector("#f [name=csrf]").cloneNode());
    copy.querySelector("a").href = `${link.pathname}/edit`;
    link.replaceWith(copy);
  };
  document.addEventListener("toggle", (event) => {
    const panel = event.target.open && event.target.matches("details.more") && event.target.querySelector(":scope > div");
    if (!panel) return;
    all("a[href$='#snooze']", panel).forEach(snoozeInPlace);
    panel.scrollIntoView({ block: "nearest" });
  }, true); // toggle does not bubble

  // ---- Keys -----------------------------------------------------------------------------------------------------
  // Single letters can be switched off in the list of keys (WCAG 2.1.4); the choice stays in this browser.
  const sheet = document.getElementById("keys");
  const stored = (value) => {
    try {
      return value === undefined ? localStorage.getItem("heed-keys") : localStorage.setItem("heed-keys", value);
    } catch {
      return null; // storage may be refused
    }
  };
  const keySwitch = sheet && sheet.querySelector("[data-keys-switch]");
  if (keySwitch) {
    keySwitch.checked = stored() !== "off";
    keySwitch.addEventListener("change", () => stored(keySwitch.checked ? "on" : "off"));
  }
  // Where the rail has no room for words, they are its tips; and they say themselves where their keys lead.
  all(".rail a").forEach((link) => { link.title = link.querySelector("span").textContent; });
  if (sheet) {
    const last = sheet.querySelector("[data-keys-last]");
    all(".rail a[data-key]").forEach((link) => {
      const key = document.createElement("dt");
      key.append(Object.assign(document.createElement("kbd"), { textContent: `g ${link.dataset.key}` }));
      last.before(key, Object.assign(document.createElement("dd"), { textContent: link.title }));
    });
  }
  all("[data-keys-open]").forEach((button) => {
    button.hidden = !sheet;
    button.addEventListener("click", () => { closePanels(); sheet.showModal(); });
  });

  const moveRow = (step) => {
    const links = all(".row :is(h2, h3) a");
    const current = document.activeElement && document.activeElement.closest(".row");
    const at = links.findIndex((link) => link.closest(".row") === current);
    const next = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.max(0, Math.min(links.length - 1, at + step))];
    if (next) next.focus();
  };
  let waiting = 0; // until when a letter after "g" counts
  // On the pages of drafts and conversations, letters lead to their controls. What sends asks once: the first press goes to the button.
  const isAtDesk = /^\/(drafts|conversations)(\/|$)/.test(location.pathname);
  const desk = document.getElementById("review") || document.getElementById("reply");
  const lead = (control) => {
    if (!control) return false;
    const details = control.closest("details");
    if (details) details.open = true;
    return control.focus(), true;
  };
  const main = (selector) => document.querySelector(`main ${selector}`);
  const push = (control) => (control ? (control.click(), true) : false);
  const pressAtDesk = (key) => {
    const send = desk && desk.querySelector("button.primary");
    switch (key) {
      case "e": return lead(desk && desk.elements.text);
      case "a": return send && document.activeElement === send ? push(send) : lead(send);
      case "i": return lead(desk && desk.elements.saved);
      case "r": return lead(main('form[action$="/rejection"] select'));
      case "g": return lead(main('form[action$="/regeneration"] textarea'));
      case "n": return lead(main('form[action$="/notes"] textarea'));
      case "z": return lead(main('form[action$="/snoozes"] input:not([type=hidden])'));
      case "m": return push(main("button[data-me]")) || lead(main('form[action$="/assignment"] select'));
      case "u": return push(main('form[action$="/undo"] button'));
      case "c": return push(main('form[action$="/claim"] button'));
      case "s": return push(main("a[data-skip]"));
      case "[": return push(main('a[rel="prev"]'));
      case "]": return push(main('a[rel="next"]'));
      case "d": return document.getElementById("diff") ? (document.getElementById("diff").scrollIntoView(), true) : false;
      default: return false;
    }
  };
  // On the pages of the planner, letters do to the row, or to the thing that the page is about, what its buttons do. What a row has no button for
  // does the bar of ticked rows, to whatever is ticked.
  const isAtPlanner = /^\/(tasks|plan|deadlines|problems|goals)(\/|$)/.test(location.pathname);
  const bar = (row, selector) => {
    const control = main(`#bulk ${selector}`);
    const box = row && row.querySelector(":scope > label input");
    if (!control || !(box || main(".row > label input:checked"))) return null;
    if (box && !box.checked) box.click();
    return control;
  };
  const pressAtPlanner = (key, row) => {
    const page = row && row.querySelector("h2 a, h3 a");
    const own = (deed) => main(`.head form[action$="/${deed}"] button`);
    switch (key) {
      case "d": return push(row ? row.querySelector('button[formaction$="/completion"]') : own("completion"));
      case "s": return push(row ? bar(row, 'button[value="start"]') : own("start"));
      case "w": return lead(row ? bar(row, '[name="until"]') : main('form[action$="/deferral"] input:not([type=hidden])'));
      case "e": return row ? page && (location.assign(`${page.pathname}/edit`), true) : push(main('.head a[href$="/edit"]'));
      case "l": {
        const thing = row && row.querySelector(":scope > label input");
        return thing ? (location.assign(`/links/new?from=task:${thing.value}`), true) : lead(main('form[action="/links/new"] [name="q"]'));
      }
      case "#": return push(row ? bar(row, 'button[value="deletion"]') : own("deletion"));
      default: return false;
    }
  };
  // On the calendar, letters and arrows are its links; an arrow in something that is scrolled scrolls it.
  const pressAtCalendar = (key) => {
    if (key.startsWith("Arrow") && document.activeElement.closest(".scroll")) return false;
    return push(main(`a[data-calendar-key="${CSS.escape(key)}"]`));
  };
  const press = (key) => {
    if (isAtDesk && waiting <= Date.now() && pressAtDesk(key)) return true;
    if (waiting > Date.now()) {
      waiting = 0;
      const link = document.querySelector(`a[data-key="${CSS.escape(key)}"]`);
      return link ? (link.click(), true) : false;
    }
    const row = document.activeElement.closest(".row");
    if (isAtPlanner && pressAtPlanner(key, row)) return true;
    if (location.pathname === "/calendar" && pressAtCalendar(key)) return true;
    switch (key) {
      case "?": return sheet ? (sheet.showModal(), true) : false;
      case "/": {
        const search = document.querySelector("main input[type=search], input[type=search]");
        return search ? (search.focus(), search.select(), true) : push(document.querySelector('a[href="/search"]'));
      }
      case "j": return moveRow(1), true;
      case "k": return moveRow(-1), true;
      case "x": {
        const box = row && row.querySelector(":scope > label input");
        return box ? (box.click(), true) : false;
      }
      case "n": return push(main('.head a.primary[href*="/new"]'));
      case "g": return (waiting = Date.now() + 1500), true;
      // The field of the inbox, where the page has it; else the inbox, which the browser opens at its field.
      case "i": {
        const field = main("[data-capture]");
        const inbox = document.querySelector('.rail a[href="/inbox"]');
        return field ? lead(field) : inbox ? (location.assign(inbox.href + "#text"), true) : false;
      }
      // Sorting out: what was understood is taken, the last is taken back, the kinds by their numbers.
      case "Enter": return document.activeElement === document.body && push(main("[data-triage] button.primary"));
      case "z": return main("[data-triage]") ? push(main('.flash form[action$="/restoration"] button')) : false;
      default: return /^[1-8]$/.test(key) ? push(main(`[data-triage] [data-kind-key="${key}"]`)) : false;
    }
  };
  document.addEventListener("keydown", (event) => {
    if (desk && event.target === desk.elements.text) {
      if (event.key === "Enter" && event.ctrlKey) return event.preventDefault(), desk.requestSubmit(desk.querySelector("button.primary"));
      if (event.key === "Escape") return event.target.blur();
    }
    // The field of the inbox takes many lines from a paste, and sends what is typed.
    if (event.target.matches("textarea[data-capture]") && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      return event.preventDefault(), event.target.form.requestSubmit();
    }
    if (event.key === "Escape") {
      const details = document.activeElement.closest("details.more[open]");
      if (details) details.querySelector("summary").focus();
      return closePanels();
    }
    const typing = document.activeElement.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (keySwitch && !keySwitch.checked) return;
    if (event.repeat && !"jk".includes(event.key)) return; // one that is held is one press: the second sends
    if (press(event.key)) event.preventDefault();
  });

  // ---- A schedule, looked at while it is typed --------------------------------------------------------------------
  // The form goes where its Preview button sends it; of the answer only what the schedule means is shown. A form that is not right yet changes
  // nothing but that: complaints wait until it is sent.
  const lookAhead = (place) => {
    const form = place.closest("form");
    let waiting = 0, asked = 0;
    const ask = async () => {
      const number = ++asked;
      const fields = new URLSearchParams(new FormData(form));
      fields.set("title", fields.get("title").trim() || "-"); // not what is looked at
      fields.set("description", "");
      try {
        const answer = await fetch(place.dataset.preview, { method: "POST", body: fields, redirect: "manual" });
        const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(place.id);
        if (number !== asked) return; // something else has been typed since
        place.replaceChildren(...(fresh ? fresh.childNodes : []));
      } catch { /* the button still works */ }
    };
    form.addEventListener("input", (event) => {
      if (event.target.closest("#schedule")) (clearTimeout(waiting), waiting = setTimeout(ask, 400));
    });
  };
  all("[data-preview]").forEach(lookAhead);

  // ---- A board ----------------------------------------------------------------------------------------------------
  // A card that is dropped on a column is ticked alone, and moved by the form that stands below.
  for (const board of all("[data-board]")) {
    const form = document.getElementById(board.dataset.board);
    let card = null;
    const over = (column) => board.querySelectorAll("[data-over]").forEach((it) => it !== column && delete it.dataset.over);
    board.addEventListener("pointerdown", (event) => {
      const row = event.target.closest(".row");
      if (row && event.pointerType === "mouse") row.draggable = true;
    });
    board.addEventListener("dragstart", (event) => {
      card = event.target.closest(".row");
      if (card) event.dataTransfer.effectAllowed = "move";
    });
    board.addEventListener("dragover", (event) => {
      const column = card && event.target.closest("[data-move]");
      over(column);
      if (!column) return;
      event.preventDefault();
      column.dataset.over = "";
    });
    board.addEventListener("drop", (event) => {
      const column = event.target.closest("[data-move]");
      if (!card || !column || column.contains(card)) return;
      event.preventDefault();
      for (const box of board.querySelectorAll("input[name=id]")) box.checked = card.contains(box);
      form.elements.action.value = column.dataset.move;
      form.requestSubmit();
    });
    board.addEventListener("dragend", () => { card = null; over(null); });
  }

  // ---- An answer that is being written ----------------------------------------------------------------------------
  // What is typed over a draft is kept every ten seconds, as its Keep button does. A refusal ends that: the text is in the box, and the next press
  // of a button says what happened. A press waits for what is on its way, so that it carries the version that comes of it.
  all("form[data-keep]").forEach((form) => {
    const { text, version, csrf } = form.elements;
    let kept = text.value, isAway = false, pressed = null;
    const keep = async () => {
      const typed = text.value;
      if (isAway || form.dataset.sent || typed === kept || !typed.trim()) return;
      isAway = true;
      try {
        const body = new URLSearchParams({ csrf: csrf.value, version: version.value, text: typed });
        const answer = await fetch(form.dataset.keep, { method: "POST", body, signal: AbortSignal.timeout(15000) });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fact = page.querySelector('main [data-fact="version"]');
        if (answer.ok && answer.redirected && fact) (kept = typed, version.value = fact.value);
        else clearInterval(clock);
      } catch { /* tried again */ }
      isAway = false;
      const button = pressed;
      pressed = null;
      if (button) form.requestSubmit(button);
    };
    const clock = setInterval(keep, 10000);
    form.addEventListener("submit", (event) => {
      if (!isAway) return;
      event.preventDefault();
      pressed = event.submitter || form.querySelector("button.primary");
    });
  });

  // ---- Notifications on this device ---------------------------------------------------------------------------------
  // The form that adds this browser to those that are told: what the browser says when it subscribes is what is sent.
  all("form[data-push]").forEach((form) => {
    const say = (what) => ["unable", "unsafe", "denied", "default", "failed"].forEach((other) => {
      form.parentElement.querySelector(`[data-push-${other}]`).hidden = other !== what;
    });
    form.hidden = !("serviceWorker" in navigator && "PushManager" in window && "Notification" in window);
    if (form.hidden) return say(isSecureContext ? "unable" : "unsafe");
    const subscribe = async () => {
      await navigator.serviceWorker.register("/worker.js", { scope: "/" });
      const { pushManager } = await navigator.serviceWorker.ready;
      const options = { userVisibleOnly: true, applicationServerKey: form.dataset.push };
      try {
        return await pushManager.subscribe(options);
      } catch (error) {
        // It is subscribed under a key that the site had before.
        const old = await pushManager.getSubscription();
        if (!old) throw error;
        await old.unsubscribe();
        return pushManager.subscribe(options);
      }
    };
    form.addEventListener("submit", async (event) => {
      if (form.elements.subscription.value) return;
      event.preventDefault();
      say();
      try {
        const permission = await Notification.requestPermission();
        if (permission !== "granted") return say(permission); // denied, or default: nobody has answered
        form.elements.subscription.value = JSON.stringify(await subscribe());
        form.requestSubmit();
      } catch {
        say("failed");
      }
    });
  });

  // ---- Small things ---------------------------------------------------------------------------------------------
  // A box that ticks the whole page; what unfolds is printed unfolded; complaints get the focus.
  all("[data-tick-all]").forEach((box) => {
    (box.closest("label") || box).hidden = false;
    box.addEventListener("change", () => all(".row > label input").forEach((input) => { input.checked = box.checked; }));
  });
  addEventListener("beforeprint", () => all("main details:not(.more):not([open])").forEach((details) => { details.open = true; details.dataset.printed = ""; }));
  addEventListener("afterprint", () => all("details[data-printed]").forEach((details) => { details.open = false; delete details.dataset.printed; }));
  // A new account's time zone is the browser's, until somebody types another.
  all("[data-fill-timezone] input[name=timezone]").forEach((input) => {
    input.value = input.value || Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  });
  // The current one may be off the edge of a phone. Only the strip moves, never the page.
  all(".subnav [aria-current], .chips [aria-current]").forEach((tab) => {
    const strip = tab.closest("ul");
    const [inner, outer] = [tab.getBoundingClientRect(), strip.getBoundingClientRect()];
    if (inner.right > outer.right) strip.scrollLeft += inner.right - outer.right + 16;
  });
  const complaints = document.querySelector(".complaints[tabindex]");
  if (complaints) complaints.focus();

  regions().forEach((region) => lastHTML.set(region.id, region.innerHTML));
  tick();
  setInterval(tick, 1000);
  if (regions().length) later();
})();
