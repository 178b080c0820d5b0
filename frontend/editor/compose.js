// The page where a paper is written: saves by itself, shows the printed page, and fetches the editor once the page stands.
//
//   <form action method="post" data-autosave-url data-preview-url data-preview-target="#preview">
//     <textarea name="body_text" data-editor="body_json">  <input type="hidden" name="body_json">
//   <span role="status" data-autosave-status>     anywhere on the page
//   <script src="…/compose.js" defer data-editor-src="…/editor.js">
//
// Saving posts the whole form with HX-Request and X-Autosave. The answer is a part of the page (its hidden fields replace
// those of the form, the rest is shown as the status; an element with data-error, or a status 4xx, is a refusal) or JSON:
// {at, fields: {name: value}, action, autosave_url, preview_url, address}. HX-Redirect is followed. After each save the
// preview is fetched. Without scripts the textarea is sent as it is.
//
// This script stands in for desk.js: what the page loads with the editor has to stay within the budget, htmx would not fit.
import { watchHouse } from "../scripts/house.js";
import { watchParts } from "../scripts/parts.js";
import { Autosave, typed } from "./autosave.js";
import { forget, keptHere } from "./drafts.js";

const script = document.currentScript;
watchHouse(script.dataset.day);
watchParts();
const form = document.querySelector("form[data-autosave-url]");

async function showPreview() {
  const target = document.querySelector(form.dataset.previewTarget || null);
  if (!target || !form.dataset.previewUrl) return;
  target.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.dataset.previewUrl, { headers: { "HX-Request": "true" } });
    const part = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.redirected) target.replaceChildren(...part.body.childNodes);
  } catch {
    // The old picture stays; the next save fetches it again.
  } finally {
    target.removeAttribute("aria-busy");
  }
}

/** Put what was typed back into the form; lists of ticks too. */
function refill(fields) {
  const names = new Set(fields.map(([name]) => name));
  for (const control of form.elements) {
    const values = fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else if (control.multiple) for (const option of control.options) option.selected = values.includes(option.value);
    else if (names.has(control.name) && control.type !== "file") control.value = values[0];
  }
}

/** A copy that never reached the server is offered, not taken without asking. */
function offerKept(fields) {
  const note = document.createElement("div");
  note.className = "cs-note cs-note--warn mb-4";
  note.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent = "Trên máy này còn bản nháp chưa gửi được lên hệ thống.";
  const choose = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-s";
    made.textContent = label;
    made.addEventListener("click", () => (act(), note.remove(), startEditor()));
    return made;
  };
  const row = document.createElement("div");
  row.className = "cs-row";
  row.append(choose("Dùng bản trên máy này", () => { refill(fields); autosave.changed(); }), choose("Bỏ bản trên máy này", () => forget(form)));
  const inner = document.createElement("div");
  inner.append(words, row);
  note.append(inner);
  form.before(note);
}

let started = false;
function startEditor() {
  if (started || !script.dataset.editorSrc) return;
  started = true;
  const made = document.createElement("script");
  made.src = script.dataset.editorSrc;
  document.head.append(made);
}

const whenStill = (act) => ("requestIdleCallback" in window ? requestIdleCallback(act, { timeout: 1500 }) : setTimeout(act, 200));
let autosave;
if (form) {
  autosave = new Autosave(form, showPreview);
  const kept = keptHere(form, typed(form));
  if (kept) offerKept(kept);
  else if (document.readyState === "complete") whenStill(startEditor);
  else addEventListener("load", () => whenStill(startEditor));
}
