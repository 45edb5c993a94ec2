/* Marking who came, with or without a network. See web/components/attendance.py for the server's half.

   Kept on the phone: marks that are not sent yet (numbers, states, times, keys: no names), and, while the
   network is away or marks wait, a copy of this page. Both are deleted once everything is sent. */
"use strict";
(() => {
  const form = document.querySelector("form[data-attendance]");
  if (!form || !window.fetch || !window.localStorage) return;
  const words = form.dataset;
  const store = `attendance:${words.attendance}`;
  const pageCache = `attendance-page:${words.attendance}`;
  const assetCache = "attendance-assets";
  const status = form.querySelector("[data-status]");
  const button = form.querySelector("[data-save]");
  let sending = false;
  let sentSomething = false;

  const read = () => { try { return JSON.parse(localStorage.getItem(store)) || []; } catch { return []; } };
  const write = (rows) => rows.length ? localStorage.setItem(store, JSON.stringify(rows)) : localStorage.removeItem(store);
  const line = (subject) => form.querySelector(`[data-subject="${Number(subject)}"]`);
  const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");
  const tell = (text, kind) => { if (status.textContent !== text) status.textContent = text; status.className = `attendance-status ${kind}`; };

  const choose = (subject, state) => {
    const box = line(subject) && line(subject).querySelector(`input[type="radio"][value="${CSS.escape(state)}"]`);
    if (box) box.checked = true;
  };
  const settle = (subject, state) => {
    const row = line(subject);
    if (!row) return;
    row.dataset.seen = state;
    row.querySelector("input[data-seen]").value = state;
    row.classList.remove("unsent");
    row.querySelector("[data-conflict]").replaceChildren();
  };

  /* A copy of the page, so that it opens again in the basement. Chosen boxes are rebuilt from the queue. */
  const keepPage = async () => {
    if (!window.caches || !navigator.serviceWorker) return;
    const copy = new Response(`<!DOCTYPE html>${document.documentElement.outerHTML}`, { headers: { "Content-Type": "text/html; charset=utf-8" } });
    await (await caches.open(pageCache)).put(location.pathname, copy);
  };
  const forgetPage = async () => { if (window.caches) await caches.delete(pageCache); };

  const queue = (subject, state) => {
    const row = line(subject);
    const rows = read().filter((r) => r.subject !== subject);
    rows.push({ subject, state, at: new Date().toISOString(), key: newKey(), seen: row.dataset.seen || "" });
    write(rows);
    row.classList.add("unsent");
    send();
  };

  const ask = (answer) => {
    const row = line(answer.subject);
    if (!row) return;
    const place = row.querySelector("[data-conflict]");
    const text = document.createElement("p");
    text.textContent = words.disagree.replace("{who}", answer.by || words.somebody).replace("{when}", answer.at).replace("{what}", answer.words);
    const mine = document.createElement("button");
    const theirs = document.createElement("button");
    mine.type = theirs.type = "button";
    mine.className = theirs.className = "button secondary";
    mine.textContent = words.mine;
    theirs.textContent = words.theirs;
    const wanted = row.querySelector('input[type="radio"]:checked');
    mine.addEventListener("click", () => { const state = wanted.value; settle(answer.subject, answer.state); choose(answer.subject, state); queue(answer.subject, state); });
    theirs.addEventListener("click", () => { choose(answer.subject, answer.state); settle(answer.subject, answer.state); finish(); });
    place.replaceChildren(text, mine, theirs);
  };

  const finish = async () => {
    const waiting = read().length;
    const conflicts = form.querySelectorAll("[data-conflict] button").length;
    if (waiting) {
      await keepPage();
      if (!read().length) return finish(); /* everything was sent while the copy was written */
      tell(words.waiting.replace("{n}", read().length), "waiting");
      return;
    }
    if (!navigator.onLine) { await keepPage(); tell(words.offline, "waiting"); return; }
    await forgetPage();
    if (conflicts) tell(words.decide, "urgent");
    else tell(sentSomething ? words.sent : "", "good");
  };

  const send = async () => {
    if (sending) return;
    sending = true;
    try {
      let rows = read();
      while (rows.length && navigator.onLine) {
        const answer = await fetch(words.rows, {
          method: "POST", credentials: "same-origin", redirect: "error",
          headers: { "Content-Type": "application/json", "X-CSRFToken": form.querySelector('[name="csrfmiddlewaretoken"]').value },
          body: JSON.stringify({ rows }),
          // A line that hangs must not hold back the next round.
          signal: window.AbortSignal && AbortSignal.timeout ? AbortSignal.timeout(12000) : undefined,
        });
        if (!answer.ok) { await keepPage(); tell(words.signin, "urgent"); sending = false; return; }
        const said = (await answer.json()).rows;
        const done = new Set(said.map((r) => r.key));
        for (const r of said) {
          const sent = rows.find((row) => row.key === r.key);
          if (r.result === "conflict") { line(r.subject) && line(r.subject).classList.remove("unsent"); ask(r); } else if (sent) settle(r.subject, sent.state);
        }
        rows = read().filter((r) => !done.has(r.key));
        write(rows);
        sentSomething = true;
        if (!said.length) break;
      }
    } catch (error) {
      /* The network is away, or the sign-in is over (redirect: "error"): the marks wait. */
      if (navigator.onLine && error instanceof TypeError && await reachable()) { sending = false; await keepPage(); tell(words.signin, "urgent"); return; }
      if (navigator.onLine) window.setTimeout(send, 3000); /* a server that is starting again is back in a moment */
    }
    sending = false;
    await finish();
  };
  const reachable = () => fetch(location.pathname, { method: "HEAD", redirect: "manual", cache: "no-store" }).then((r) => r.type === "opaqueredirect", () => false);

  form.addEventListener("change", (event) => {
    const row = event.target.closest("[data-subject]");
    if (row && event.target.type === "radio") queue(Number(row.dataset.subject), event.target.value);
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  window.addEventListener("online", send);
  window.addEventListener("offline", finish);
  window.setInterval(() => { if (read().length) send(); }, 20000);

  const start = async () => {
    for (const row of form.querySelectorAll("[data-subject]")) choose(row.dataset.subject, row.dataset.seen || "none");
    for (const r of read()) {
      if (!line(r.subject)) continue;
      choose(r.subject, r.state);
      line(r.subject).classList.add("unsent");
    }
    button.hidden = true;
    if (navigator.serviceWorker && window.caches && navigator.onLine) {
      try {
        await navigator.serviceWorker.register(words.worker);
        const files = Array.from(document.querySelectorAll('link[rel="stylesheet"], link[rel="preload"], script[src]'), (tag) => tag.href || tag.src);
        await (await caches.open(assetCache)).addAll(files.filter((address) => address.startsWith(location.origin)));
      } catch { /* The page still works while it stays open. */ }
    }
    form.dataset.ready = "yes";
    await send();
  };
  start();
})();
