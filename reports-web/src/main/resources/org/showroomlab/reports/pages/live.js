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
    oldMain.querySelectorAll("details[id]").forEach((d) => {
      const same = newMain.querySelector("#" + CSS.escape(d.id));
      if (same) same.open = d.open;
    });
  };

  // Wide tables can be scrolled and reached with the keyboard; they are known by their labels.
  const regions = () => [...document.querySelectorAll("main .scroll[aria-label]")];
  const region = (label) => regions().find((r) => r.getAttribute("aria-label") === label);

  // What somebody is about to copy stays where it is.
  const selecting = () => {
    const selection = getSelection();
    return !selection.isCollapsed && document.querySelector("main").contains(selection.anchorNode);
  };

  const refresh = async () => {
    if (busy || document.hidden || selecting()) {
      again = true;
      return;
    }
    busy = true;
    again = false;
    let failed = false;
    const started = performance.now();
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) {
        failed = true;
      } else {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const oldMain = document.querySelector("main");
        const newMain = page.querySelector("main");
        if (newMain && newMain.innerHTML !== oldMain.innerHTML) {
          const active = document.activeElement;
          const focused = oldMain.contains(active) ? active.id : "";
          const focusedRegion = regions().includes(active) ? active.getAttribute("aria-label") : "";
          const scrolled = regions().map((r) => [r.getAttribute("aria-label"), r.scrollLeft]);
          const [x, y] = [scrollX, scrollY];
          keep(oldMain, newMain);
          oldMain.replaceChildren(...newMain.childNodes);
          document.title = page.title;
          if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
          scrolled.forEach(([label, left]) => {
            const same = region(label);
            if (same) same.scrollLeft = left;
          });
          if (focusedRegion) region(focusedRegion)?.focus({ preventScroll: true });
          scrollTo(x, y);
        }
      }
    } catch {
      // The stream's own error handler tells the reader.
      failed = true;
    }
    // There may be no later change: what this one said must not be missed for good.
    if (failed) again = true;
    // A server that is slow because it is counting must not be asked more often for that.
    const pause = failed ? 5000 : Math.max(500, 3 * (performance.now() - started));
    setTimeout(() => {
      busy = false;
      if (again) refresh();
    }, pause);
  };

  say("connecting", "off");
  const stream = new EventSource("/api/v1/live");
  // What changed while nobody listened was said to nobody: before the first connection, and while there was none.
  stream.addEventListener("open", refresh);
  stream.addEventListener("error", () => say("reconnecting", "off"));
  stream.addEventListener("results", (event) => {
    const { live, interrupted_since: since } = JSON.parse(event.data);
    if (selecting()) say("waits while text is selected", "off");
    else if (live === false) say("a finished file, not live", "off");
    else if (since) say("no new results since " + since.slice(0, 16).replace("T", " ") + " UTC", "off");
    else say("live", "on");
  });
  stream.addEventListener("change", refresh);
  const catchUp = () => {
    if (!document.hidden && again) refresh();
  };
  document.addEventListener("visibilitychange", catchUp);
  document.addEventListener("selectionchange", catchUp);
})();
