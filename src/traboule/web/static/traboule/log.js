/* The log of a meeting, with or without a network. See web/duo/log_later.py for the server's half.

   Kept on the phone: logs that are not sent yet, and, while the network is away or logs wait, a copy of the
   page. Both are deleted once everything is sent. Each log bears a key: sent twice, it counts once. */
"use strict";
(() => {
  const box = document.querySelector("[data-log-kept]");
  if (!box || !window.fetch || !window.localStorage || !window.DOMParser) return;
  const words = box.dataset;
  const STORE = "traboule-logs";
  const PAGES = "traboule-log-pages";
  const ASSETS = "traboule-log-assets";
  const HERE = location.pathname + location.search;
  const isCopy = document.documentElement.dataset.copy === "yes";
  const status = box.querySelector("[data-status]");
  const list = box.querySelector("[data-list]");
  let sending = false;
  let again = 0;
  let sentSomething = false;
  let fresh = ""; /* the key of a log that was pressed a moment ago and has never waited */

  const read = () => { try { return JSON.parse(localStorage.getItem(STORE)) || []; } catch { return []; } };
  const write = (rows) => { if (rows.length) localStorage.setItem(STORE, JSON.stringify(rows)); else localStorage.removeItem(STORE); };
  const drop = (key) => write(read().filter((row) => row.key !== key));
  const put = (entry) => write([...read().filter((row) => row.key !== entry.key), entry]);
  const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
  const tell = (text, kind) => { if (status.textContent !== text) status.textContent = text; status.className = text ? `attendance-status ${kind}` : ""; };
  const form = () => document.querySelector("form[data-log]");
  const field = (name, at = form()) => at.querySelector(`[name="${name}"]`);
  const press = (text, act) => {
    const made = document.createElement("button");
    made.type = "button"; made.className = "button secondary"; made.textContent = text;
    made.addEventListener("click", act);
    return made;
  };

  /* --- a copy of the page, so that it opens again in the basement ------------------------------------ */
  const keepPage = async () => {
    if (!window.caches || !navigator.serviceWorker || !form() || isCopy) return;
    const page = document.documentElement.cloneNode(true);
    page.dataset.copy = "yes";
    page.querySelectorAll("[data-status], [data-list]").forEach((part) => part.replaceChildren());
    page.querySelectorAll("form[data-log]").forEach((part) => part.removeAttribute("hidden"));
    const copy = new Response(`<!DOCTYPE html>${page.outerHTML}`, { headers: { "Content-Type": "text/html; charset=utf-8" } });
    await (await caches.open(PAGES)).put(HERE, copy);
  };
  const forgetPages = async () => {
    if (window.caches) await caches.delete(PAGES);
    /* A link of a message is a secret: nothing that names it stays. */
    if (navigator.serviceWorker && location.pathname.startsWith("/l/") && sentSomething) {
      const found = await navigator.serviceWorker.getRegistration(location.pathname);
      if (found) await found.unregister();
    }
  };

  /* --- what waits ----------------------------------------------------------------------------------- */
  const mine = () => read().find((row) => row.at === HERE && !row.many);
  const show = async () => {
    const rows = read();
    const asks = rows.filter((row) => row.ask);
    list.replaceChildren(...asks.map((row) => {
      const line = document.createElement("p");
      line.className = "row";
      line.append(`${row.when || words.unplanned} `, press(words.look, () => look(row)), press(words.drop, () => { drop(row.key); show(); }));
      return line;
    }));
    const waiting = rows.length - asks.length;
    if (waiting) { await keepPage(); tell(words.waiting.replace("{n}", waiting), "waiting"); return; }
    if (!navigator.onLine) { await keepPage(); tell(words.offline, "waiting"); return; }
    if (asks.length) { tell(words.ask, "urgent"); return; }
    await forgetPages();
    tell(sentSomething ? words.sent : "", "good");
  };
  const showKept = (entry) => {
    const at = form();
    if (!at) return;
    at.hidden = true;
    const said = document.createElement("section");
    said.className = "card"; said.tabIndex = -1;
    const text = document.createElement("p");
    text.textContent = words.kept;
    const back = (key) => { said.remove(); at.hidden = false; field("client_key", at).value = key; field("outcome", at).focus(); };
    said.append(text, entry.many
      ? press(words.another, () => { at.reset(); back(newKey()); })
      : press(words.change, () => { drop(entry.key); back(newKey()); show(); }));
    at.before(said);
    said.focus();
  };

  /* --- sending --------------------------------------------------------------------------------------- */
  const post = async (row) => {
    const body = new URLSearchParams(row.body);
    body.set("kept", "1");
    const ask = () => fetch(row.at, { method: "POST", credentials: "same-origin", redirect: "manual", body });
    let answer = await ask();
    if (answer.status === 403) { /* the sign-in was renewed meanwhile: the page has another token */
      const page = await fetch(row.at, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
      const token = page.ok && new DOMParser().parseFromString(await page.text(), "text/html").querySelector('[name="csrfmiddlewaretoken"]');
      if (token) { body.set("csrfmiddlewaretoken", token.value); answer = await ask(); }
    }
    const said = answer.headers.get("X-Log") || "";
    if (said === "written") return { became: "written", answer };
    if (answer.type === "opaqueredirect" || answer.status === 403 || said === "other") return { became: "signin" };
    if (answer.status === 429 || answer.status >= 500) return { became: "later", wait: Number(answer.headers.get("Retry-After")) || 5 };
    return { became: "ask", answer };
  };
  const turn = async (answer, row) => { /* the page shows what the server says, without another page load */
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("main");
    if (!found) return;
    found.querySelectorAll("[data-log-kept], script").forEach((part) => part.remove());
    const main = document.querySelector("main");
    main.replaceChildren(...document.adoptNode(found).childNodes, box);
    document.title = page.title;
    bind(row);
    const head = main.querySelector(".error-summary, h1");
    if (head) { head.tabIndex = -1; head.focus(); }
    window.scrollTo(0, 0);
  };
  const look = async (row) => {
    try {
      const { became, answer } = await post(row);
      if (became === "written") drop(row.key);
      if (answer) await turn(answer, row);
    } catch { /* no network: the line stays */ }
    await show();
  };
  const later = (seconds) => { window.clearTimeout(again); again = window.setTimeout(send, seconds * 1000); };
  const one = async (row) => {
    const { became, answer, wait } = await post(row);
    const isHere = form() && field("client_key").value === row.key;
    if (became === "signin") { await keepPage(); tell(words.signin, "urgent"); return false; }
    if (became === "later") { await show(); later(wait); return false; }
    if (became === "written" || row.key === fresh) drop(row.key);
    else put({ ...row, ask: true });
    sentSomething = sentSomething || became === "written";
    if (isHere && (!row.many || row.key === fresh)) await turn(answer, row);
    return true;
  };
  const sendAll = async () => {
    const next = () => read().find((row) => !row.ask);
    for (let row = next(); row && navigator.onLine; row = next()) if (!await one(row)) return;
    await show();
  };
  const send = async () => {
    if (sending) return;
    sending = true;
    try {
      const run = () => sendAll();
      await (navigator.locks ? navigator.locks.request("traboule-logs", run) : run());
    } catch {
      const row = read().find((entry) => entry.key === fresh);
      fresh = "";
      if (row) showKept(row);
      await show();
      if (navigator.onLine) later(3); /* a server that is starting again is back in a moment */
    }
    sending = false;
  };

  /* --- the form -------------------------------------------------------------------------------------- */
  /* Without a network nobody can ask back: the two questions that must be answered are asked here. */
  const lacks = (said) => {
    if (said.has("day") && !said.get("day")) return "day";
    if (!said.get("outcome")) return "outcome";
    if (said.get("outcome") !== "met" || (said.get("minutes") && said.get("minutes") !== "other")) return "";
    return said.get("other_minutes") ? "" : "minutes";
  };
  const submit = (event) => {
    event.preventDefault();
    const at = event.target;
    const said = new URLSearchParams(new FormData(at));
    const lack = navigator.onLine ? "" : lacks(said);
    if (lack) { tell(words[`lack${lack[0].toUpperCase()}${lack.slice(1)}`], "urgent"); field(lack, at).focus(); return; }
    const entry = { key: said.get("client_key"), at: at.dataset.at || HERE, when: words.when || said.get("day") || "", many: said.has("day"), body: said.toString() };
    put(entry);
    if (navigator.onLine) { fresh = entry.key; send(); } else { showKept(entry); show(); }
  };
  const bind = (row) => {
    const at = form();
    if (!at) return;
    if (row) at.dataset.at = row.at;
    at.addEventListener("submit", submit);
    at.querySelectorAll("[data-log-drop]").forEach((part) => part.addEventListener("click", () => {
      drop(field("client_key", at).value);
      at.hidden = true;
      show();
    }));
  };

  const start = async () => {
    bind(null);
    window.addEventListener("online", send);
    window.addEventListener("offline", show);
    window.setInterval(() => { if (read().some((row) => !row.ask)) send(); }, 20000);
    if (form() && isCopy) field("client_key").value = newKey(); /* that of the copy may have been sent */
    const waits = form() && mine();
    if (waits && !waits.ask) { field("client_key").value = waits.key; showKept(waits); }
    if (form() && navigator.serviceWorker && window.caches && navigator.onLine) {
      try {
        await navigator.serviceWorker.register(words.worker, { scope: location.pathname });
        const files = Array.from(document.querySelectorAll('link[rel="stylesheet"], link[rel="preload"], script[src]'), (tag) => tag.href || tag.src);
        await (await caches.open(ASSETS)).addAll(files.filter((address) => address.startsWith(location.origin)));
      } catch { /* The page still works while it stays open. */ }
    }
    box.dataset.ready = "yes";
    if (read().length) await send(); else await show();
  };
  start();
})();
