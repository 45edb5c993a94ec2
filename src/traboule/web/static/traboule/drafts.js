// Keeps what is typed into forms with data-draft on the server, a few seconds after the last key.
// Without this file nothing breaks: a form that is sent after the session has ended is kept by the server.
(() => {
  "use strict";
  const WAIT = 2500;

  const watch = (form) => {
    const said = form.querySelector("[data-draft-said]");
    let timer = 0;
    let saving = null;
    const save = async () => {
      saving = new AbortController();
      try {
        const answer = await fetch(form.dataset.draft, {
          method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual",
          credentials: "same-origin", signal: saving.signal,
        });
        if (answer.ok && said) said.textContent = `${said.dataset.draftSaid}: ${await answer.text()}`;
      } catch (_) { /* no network: the next key tries again */ }
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, WAIT); });
    form.addEventListener("submit", () => { clearTimeout(timer); if (saving) saving.abort(); });
  };

  document.querySelectorAll("form[data-draft]").forEach(watch);
})();
