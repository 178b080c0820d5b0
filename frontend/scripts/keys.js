// Single keys of the desk. By event.code, so that a Vietnamese input method does not swallow them; off inside fields;
// the account's menu switches them off altogether.
const PLACES = { KeyV: "work", KeyD: "documents", KeyN: "tasks", KeyS: "figures" };
const SECOND_KEY_MS = 1500;
let goUntil = 0;

const isField = (element) => element?.matches?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [contenteditable] *");
const rows = () => [...document.querySelectorAll("[data-row]")];

function move(step) {
  const all = rows();
  const at = all.findIndex((row) => row.matches(".is-at"));
  const next = all[Math.max(0, Math.min(all.length - 1, at + step))];
  if (!next) return;
  all[at]?.classList.remove("is-at");
  next.classList.add("is-at");
  next.querySelector("a")?.focus();
  next.scrollIntoView({ block: "nearest" });
}

/** The second key of two: a place of the side bar, or a page that the list of keys names. */
function go(code) {
  const letter = code.replace(/^Key/, "").toLowerCase();
  const place = PLACES[code] ? document.querySelector(`[data-place="${PLACES[code]}"]`) : document.querySelector(`[data-go="${CSS.escape(letter)}"]`);
  if (!place) return false;
  goUntil = 0;
  place.click();
  return true;
}

function back() {
  if (isField(document.activeElement)) document.activeElement.blur();
  else document.querySelector(".cs-crumb a")?.click();
}

const ACTS = {
  Slash: (event) => (event.shiftKey ? document.getElementById("keys")?.showModal() : document.querySelector("[data-search]")?.focus()),
  KeyG: () => (goUntil = Date.now() + SECOND_KEY_MS),
  KeyJ: () => move(1),
  KeyK: () => move(-1),
  KeyX: (event) => document.querySelector(event.shiftKey ? "[data-bulk-all]" : "[data-row].is-at input[type=checkbox]")?.click(),
  KeyA: () => {
    const main = document.querySelector("[data-main-act]");
    main?.focus();
    if (main?.matches("a")) main.click();
  },
};

export function watchKeys() {
  document.addEventListener("keydown", (event) => {
    if (document.documentElement.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.code === "Escape") return back();
    if (isField(event.target)) return;
    if (Date.now() < goUntil && go(event.code)) return event.preventDefault();
    if (ACTS[event.code]) {
      event.preventDefault();
      ACTS[event.code](event);
    }
  });
}
