// Keeps the page up to date: when the server says that something changed, the page is fetched again and its main part
// is exchanged, with open details, focus and scroll position kept.
(() => {
  const pill = document.getElementById("live");
  let busy = false;
  let again = false;

  const say = (text, tone) => {
    if (pill && pill.textContent !== text) {
      pill.textContent = text;
      pill.dataset.tone = tone;
    }
  };

  const keep = (oldMain, newMain) => {
    oldMain.querySelectorAll("details[open][id]").forEach((d) => {
      const same = newMain.querySelector("#" + CSS.escape(d.id));
      if (same) same.open = true;
    });
  };

  const refresh = async () => {
    if (busy || document.hidden) {
      again = true;
      return;
    }
    busy = true;
    again = false;
    const started = performance.now();
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const oldMain = document.querySelector("main");
        const newMain = page.querySelector("main");
        if (newMain && newMain.innerHTML !== oldMain.innerHTML) {
          const focused = oldMain.contains(document.activeElement) ? document.activeElement.id : "";
          const [x, y] = [scrollX, scrollY];
          keep(oldMain, newMain);
          oldMain.replaceChildren(...newMain.childNodes);
          document.title = page.title;
          if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
          scrollTo(x, y);
        }
      }
    } catch {
      // The stream's own error handler tells the reader; the next change tries again.
    }
    // A server that is slow because it is counting must not be asked more often for that.
    const pause = Math.max(500, 3 * (performance.now() - started));
    setTimeout(() => {
      busy = false;
      if (again) refresh();
    }, pause);
  };

  const stream = new EventSource("/api/v1/live");
  stream.addEventListener("open", () => say("live", "on"));
  stream.addEventListener("error", () => say("reconnecting", "off"));
  stream.addEventListener("change", refresh);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && again) refresh();
  });
})();
