// Saves the draft every five seconds while it changes and on leaving; says when; keeps a copy here when the line is lost.
import { forget, keepHere } from "./drafts.js";

const EVERY_MS = 5_000;
const AGAIN_MS = 15_000;
const LEAVING_BYTES = 60_000;
const WORDS = {
  saving: "Đang lưu nháp…",
  saved: (at) => `Đã lưu nháp lúc ${at}`,
  lost: "Mất mạng. Bản nháp còn nguyên trên máy này, tự gửi khi có mạng.",
  lostHere: "Mất mạng. Giữ nguyên trang này, bản nháp tự gửi khi có mạng.",
  signedOut: "Phiên làm việc đã hết. Bản nháp còn nguyên trên máy này. Đăng nhập lại ở thẻ khác rồi quay về trang này.",
};
const UNSENT = new Set(["csrfmiddlewaretoken", "key", "version"]);

const clock = () => new Intl.DateTimeFormat("vi", { hour: "numeric", minute: "2-digit", second: "2-digit", hour12: false, timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());

/** What was typed, without files and without what belongs to one rendering of the page. */
export const typed = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !UNSENT.has(name));

export class Autosave {
  constructor(form, whenSaved) {
    Object.assign(this, { form, whenSaved, dirty: false, running: null, stopped: false, timer: 0 });
    this.place = document.querySelector("[data-autosave-status]");
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    // Before all others: a send that overtakes a save would carry the number of an older version.
    addEventListener("submit", (event) => event.target === form && this.sending(event), true);
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.leave());
    addEventListener("pagehide", () => this.leave());
    form.addEventListener("congso:keep", () => {
      this.dirty = true;
      this.save();
    });
    form.addEventListener("congso:say", ({ detail }) => this.say(detail));
    addEventListener("online", () => this.dirty && this.save());
    // Coming back with the browser's own button: what was saved on leaving is not in this page.
    addEventListener("pageshow", (event) => event.persisted && location.reload());
  }

  say(words, bad = false) {
    if (!this.place) return;
    this.place.textContent = words;
    this.place.classList.toggle("cs-ed__bad", bad);
  }

  changed() {
    this.dirty = true;
    this.later(EVERY_MS);
  }

  later(wait) {
    if (!this.timer && !this.stopped) this.timer = setTimeout(() => this.save(), wait);
  }

  sending(event) {
    if (!this.running) {
      this.rest();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    this.running.then(() => this.form.requestSubmit(event.submitter));
  }

  rest() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.stopped = true;
    this.dirty = false;
  }

  leave() {
    if (!this.dirty || this.stopped) return;
    keepHere(this.form, typed(this.form));
    this.save({ leaving: true });
  }

  save({ leaving = false } = {}) {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.running || this.stopped || !this.dirty) return;
    this.dirty = false;
    if (!leaving) this.say(WORDS.saving);
    this.running = this.send(leaving)
      .then((answer) => this.take(answer))
      .catch(() => this.lost())
      .finally(() => {
        this.running = null;
        this.form.dispatchEvent(new CustomEvent("congso:kept", { detail: !this.dirty && Number(this.form.elements.namedItem("version")?.value) > 0 }));
        if (this.dirty) this.later(EVERY_MS);
      });
  }

  send(leaving) {
    const body = new URLSearchParams([...new FormData(this.form)].filter(([, value]) => typeof value === "string"));
    return fetch(this.form.dataset.autosaveUrl, {
      method: "POST",
      body,
      // The answer to an error is then the short one that only tells it.
      headers: { "HX-Request": "true", "X-Autosave": "1", "X-CSRFToken": body.get("csrfmiddlewaretoken") ?? "" },
      keepalive: leaving && body.toString().length < LEAVING_BYTES,
      redirect: "follow",
    }).then(async (answer) => ({
      ok: answer.ok,
      status: answer.status,
      redirected: answer.redirected,
      leadsTo: answer.headers.get("HX-Redirect"),
      isJson: answer.headers.get("Content-Type")?.includes("json"),
      text: await answer.text(),
    }));
  }

  take({ ok, status, redirected, leadsTo, isJson, text }) {
    if (leadsTo) {
      this.rest();
      forget(this.form);
      location.assign(leadsTo);
      return;
    }
    if (redirected || status === 401) return this.hold(WORDS.signedOut);
    if (status === 451) return this.refuse(text);
    if (status >= 500) return this.lost();
    const part = isJson ? null : new DOMParser().parseFromString(text, "text/html").body;
    const refusal = part?.querySelector("[data-error]")?.textContent.trim();
    if (!ok || refusal) return this.hold(refusal || WORDS.lost);
    if (part) this.takePart(part);
    else this.takeJson(JSON.parse(text));
    forget(this.form);
    this.whenSaved();
  }

  /** A part of the page: its hidden fields replace those of the form, the rest is what is said. */
  takePart(part) {
    for (const field of part.querySelectorAll('input[type="hidden"][name]')) {
      const own = this.form.elements.namedItem(field.name);
      if (own) own.value = field.value;
      field.remove();
    }
    if (!part.textContent.trim()) return this.say(WORDS.saved(clock()));
    this.place?.classList.remove("cs-ed__bad");
    this.place?.replaceChildren(...part.childNodes);
  }

  takeJson(answer) {
    for (const [name, value] of Object.entries(answer.fields ?? {})) this.form.elements.namedItem(name).value = value;
    for (const [name, key] of [["autosave_url", "autosaveUrl"], ["preview_url", "previewUrl"]]) if (answer[name]) this.form.dataset[key] = answer[name];
    if (answer.action) this.form.action = answer.action;
    if (answer.address) history.replaceState(null, "", answer.address);
    this.say(WORDS.saved(answer.at ?? clock()));
  }

  /** It may be secret: neither the server nor this machine keeps it. */
  refuse(text) {
    forget(this.form);
    this.dirty = false;
    this.say(new DOMParser().parseFromString(text, "text/html").querySelector("[data-error]")?.textContent.trim() ?? "", true);
  }

  /** The server does not take it now: what is typed stays here, and the next change tries again. */
  hold(words) {
    keepHere(this.form, typed(this.form));
    this.say(words, true);
  }

  lost() {
    this.dirty = true;
    this.say(keepHere(this.form, typed(this.form)) ? WORDS.lost : WORDS.lostHere, true);
    this.later(AGAIN_MS);
  }
}
