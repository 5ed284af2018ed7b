// What the pages share in the browser: links inside the app, and a lost connection.
(function () {
  "use strict";

  const BROKE = "cc-broke"; // what the server sends in place of a page that it could not build

  // A slow or busy computer needs longer than the two seconds after which anywidget gives up a picture.
  const HURRY = 2000;
  const LONGEST = 60000;
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (time) => timeout(time === HURRY ? LONGEST : time);

  const here = (link) => link && link.dataset && "here" in link.dataset;

  document.addEventListener("click", (event) => {
    const link = event.target.closest ? event.target.closest("a[href]") : null;
    if (!here(link) || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      return;
    }
    if (!window.solara || !window.solara.router || !window.solara.router.push || lost()) {
      return;
    }
    event.preventDefault();
    const moved = new URL(link.href).pathname !== window.location.pathname;
    window.solara.router.push(link.getAttribute("href"));
    if (moved) {
      focusPage();
    }
  });

  // A new page begins at its main part, for those who listen or use the keyboard.
  function focusPage() {
    const main = document.getElementById("cc-main");
    if (main) {
      main.focus({ preventScroll: true });
    }
  }

  document.addEventListener("toggle", (event) => closeOthers(event.target), true);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const open of document.querySelectorAll("details.cc-languages[open]")) {
        open.open = false;
        open.querySelector("summary").focus();
      }
    }
  });

  function closeOthers(opened) {
    if (!opened.matches || !opened.matches("details.cc-languages[open]")) {
      return;
    }
    const close = (event) => {
      if (!opened.contains(event.target)) {
        opened.open = false;
        document.removeEventListener("click", close);
      }
    };
    document.addEventListener("click", close);
  }

  // Lost until the server has answered again and the page is built anew: before that, clicks go nowhere.
  let answered = true;

  function lost() {
    const root = window.app && window.app.$data;
    if (!root || !root.wasConnected || !window.solara || !window.solara.debug) {
      return false;
    }
    if (root.connectionStatus !== "connected") {
      answered = false;
      window.solara.debug.lastRestore = undefined; // Solara sets it when the server answers
    } else if (window.solara.debug.lastRestore !== undefined && !root.remounting) {
      answered = true;
    }
    return !answered;
  }

  // Solara tries again less and less often, and not at all after two minutes or so. We ask whether the server
  // is there, so that the page goes on as soon as it is; a page that Solara gave up is loaded anew.
  const PATIENCE = 10000; // milliseconds that a new connection may take before another one is tried
  let tried = 0;
  setInterval(async () => {
    const root = window.app && window.app.$data;
    const gone = root && root.wasConnected && root.connectionStatus !== "connected";
    if (!(gone || (root && root.needsRefresh)) || Date.now() - tried < PATIENCE || !(await isThere())) {
      return;
    }
    tried = Date.now();
    if (root.needsRefresh) {
      window.location.reload();
    } else if (root.connectionStatus !== "connected") {
      window.solara.debug.kernel().reconnect().catch(() => {});
    }
  }, 2500);

  async function isThere() {
    try {
      return (await fetch("/look/site.js", { method: "HEAD", cache: "no-store" })).ok;
    } catch (error) {
      return false;
    }
  }

  // The page goes on without its server, but says so; it connects again by itself.
  setInterval(() => {
    const root = window.app && window.app.$data;
    if (!root) {
      return;
    }
    root.debug = false; // what the server prints is for its log
    const notice = document.getElementById("cc-offline");
    if (notice) {
      notice.hidden = !(lost() || root.needsRefresh);
    }
    const broke = [...document.querySelectorAll("#app pre")].find((one) => one.textContent.trim() === BROKE);
    const broken = document.getElementById("cc-broken");
    if (broken) {
      broken.hidden = !broke;
    }
    if (broke) {
      broke.hidden = true;
      document.getElementById("cc-wait")?.remove(); // app.css hides it where there is a page
    }
  }, 300);
})();
